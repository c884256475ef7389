// It stands in every page, so its names are short. r: the style of the page, m: for which devices the dark colours are,
// d: what it says of that in the style sheet, k: what is kept of the reader's choices, l: looks as chosen. When the page is
// there it shows the choices and lets the worker be found, by u, the only address that the policy gives.
{
let r = document.documentElement.style, m = document.styleSheets[0].cssRules[1].media, d = m.mediaText, k = {}, l = () => {
r.fontSize = k.size || "";
r.colorScheme = k.scheme || "";
m.mediaText = {light: "not all", dark: "screen"}[k.scheme] || d;
};
try {
k = localStorage;
} catch {}
l();
onload = () => {
for (let c of document.querySelectorAll(".look select")) {
c.value = k[c.name] || "";
c.onchange = () => {
k[c.name] = c.value;
l();
};
c.parentNode.hidden = 0;
}
let u = "/sw.js";
navigator.serviceWorker?.register(self.trustedTypes?.createPolicy("sw", {createScriptURL: () => u}).createScriptURL(u) || u, {updateViaCache: "all"}).catch(() => 0);
};
}

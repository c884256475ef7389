(() => {
const root = document.documentElement;
const dark = document.styleSheets[0].cssRules[1].media;
const device = dark.mediaText;
let kept = {};
try {
kept = localStorage;
} catch {}
const look = () => {
root.style.fontSize = kept.size || "";
root.style.colorScheme = kept.scheme || "";
dark.mediaText = {light: "not all", dark: "screen"}[kept.scheme] || device;
};
look();
addEventListener("load", () => {
for (const choice of document.querySelectorAll(".look select")) {
choice.value = kept[choice.name] || "";
choice.onchange = () => {
kept[choice.name] = choice.value;
look();
};
choice.parentNode.hidden = false;
}
const policy = self.trustedTypes?.createPolicy("sw", {createScriptURL: () => "/sw.js"});
navigator.serviceWorker?.register(policy?.createScriptURL("") || "/sw.js", {updateViaCache: "all"}).catch(() => {});
});
})();

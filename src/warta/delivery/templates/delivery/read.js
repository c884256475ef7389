(() => {
const address = document.querySelector("article[data-read]")?.dataset.read;
if (!address) return;
let timer;
const watch = () => {
clearTimeout(timer);
if (document.visibilityState !== "visible") return;
timer = setTimeout(() => {
document.removeEventListener("visibilitychange", watch);
navigator.sendBeacon(address);
}, 1000);
};
document.addEventListener("visibilitychange", watch);
watch();
})();

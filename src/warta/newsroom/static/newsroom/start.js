// Starts what Wagtail would start by inline script; the server sends it as data (newsroom/starters.py).
(() => {
  const known = /^(?:[A-Z]\w*Chooser|InlinePanel|init(?:Date|Time|DateTime)Chooser)$/;
  const started = new WeakSet();

  const start = (element) => {
    const name = element.dataset.start;
    if (started.has(element) || !known.test(name) || typeof window[name] !== "function") return;
    started.add(element);
    const values = JSON.parse(element.textContent);
    if (name.startsWith("init")) window[name](...values);
    else new window[name](...values);
  };

  const startAll = (root) => {
    if (root.matches?.("script[data-start]")) start(root);
    root.querySelectorAll?.("script[data-start]").forEach(start);
  };

  document.addEventListener("DOMContentLoaded", () => {
    startAll(document);
    new MutationObserver((changes) => {
      changes.forEach((change) => change.addedNodes.forEach(startAll));
    }).observe(document.body, { childList: true, subtree: true });
  });
})();

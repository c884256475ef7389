// Keeps the dashboard up to date by server-sent events. Each answer holds one event and asks to be asked again
// (decision 28), so that the browser itself comes back; what it gave up on is begun anew here. Nothing is asked while
// nobody looks. Without this script the page shows the numbers of its load.
(() => {
  const board = document.querySelector("[data-numbers]");
  if (!board || !window.EventSource) return;
  const state = document.querySelector("[data-state]");
  const button = document.querySelector("[data-pause]");
  const words = { pause: button.textContent, go: button.dataset.go };
  const AGAIN_MS = 10_000;
  let source = null;
  let again = 0;
  let isPaused = false;

  const tell = (name, clock) => {
    state.dataset.is = name;
    state.querySelector("[data-said]").textContent = state.dataset[name];
    if (clock) state.querySelector("[data-clock]").textContent = clock;
  };

  // What is open stays open, and who stands on a link or a table stays there.
  const place = () => {
    const all = [...board.querySelectorAll("a, summary, [tabindex]")];
    return all.indexOf(document.activeElement);
  };

  const show = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const open = new Set([...board.querySelectorAll("details[open]")].map((one) => one.dataset.name));
    const scrolled = [...board.querySelectorAll(".warta-chart__scroll")].map((one) => one.scrollTop);
    const focused = place();
    page.querySelectorAll("details").forEach((one) => { one.open = open.has(one.dataset.name); });
    board.replaceChildren(...page.body.childNodes);
    board.querySelectorAll(".warta-chart__scroll").forEach((one, number) => { one.scrollTop = scrolled[number] ?? 0; });
    if (focused >= 0) board.querySelectorAll("a, summary, [tabindex]")[focused]?.focus({ preventScroll: true });
  };

  const stop = () => {
    clearTimeout(again);
    source?.close();
    source = null;
  };

  const start = () => {
    stop();
    if (isPaused || document.hidden) return;
    source = new EventSource(board.dataset.numbers);
    source.addEventListener("numbers", (event) => { show(event.data); });
    source.addEventListener("clock", (event) => { tell("live", event.data); });
    source.addEventListener("error", () => {
      if (source?.readyState !== EventSource.CLOSED) return; // it comes back by itself
      tell("lost");
      stop();
      again = setTimeout(start, AGAIN_MS);
    });
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    isPaused = !isPaused;
    button.textContent = isPaused ? words.go : words.pause;
    if (isPaused) {
      stop();
      tell("paused");
    } else start();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : start()));
  start();
})();

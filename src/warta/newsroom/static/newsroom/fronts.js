// Arranging a front without loading the page anew, and by dragging. The server does every move; without this script the
// same buttons send the same form.
(() => {
  const form = document.querySelector("[data-front]");
  if (!form) return;
  const said = document.querySelector("[data-said]");
  const PAUSE_MS = 250;
  let dragged = "";
  let typing = 0;
  let before = Promise.resolve();

  const drag = () => form.querySelectorAll("[data-drag]").forEach((one) => { one.draggable = true; });

  const focus = (act) => {
    const [verb, slot, other] = act.split(":");
    if (verb === "search") {
      form.querySelector("#q").focus();
      said.textContent = form.querySelector("[data-found]").textContent;
      return;
    }
    const slots = [...form.querySelectorAll("[data-slot]")].map((one) => one.dataset.slot);
    const step = { up: -1, down: 1 }[verb] ?? 0;
    form.querySelector(`[data-slot="${slots[slots.indexOf(slot) + step] ?? other}"]`)?.focus();
  };

  const ask = async (act) => {
    const sent = new FormData(form);
    sent.set("act", act);
    const answer = await fetch(form.action, { method: "POST", body: sent, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-front]");
    if (!fresh) throw new Error("no front in the answer");
    return fresh;
  };

  const move = async (act) => {
    const fresh = await ask(act);
    form.replaceChildren(...fresh.childNodes);
    drag();
    focus(act);
  };

  // While somebody types, only what was found is shown anew; if that fails, the button still searches.
  const look = async () => {
    const fresh = await ask("search");
    for (const part of ["[data-found]", "[data-found-list]"]) {
      form.querySelector(part).replaceWith(fresh.querySelector(part));
    }
    drag();
    said.textContent = form.querySelector("[data-found]").textContent;
  };

  const queue = (act) => {
    before = before.then(() => move(act)).catch(() => {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: "act", value: act });
      form.append(field);
      HTMLFormElement.prototype.submit.call(form);
    });
  };

  form.addEventListener("input", (event) => {
    if (event.target.id !== "q") return;
    clearTimeout(typing);
    typing = setTimeout(() => { before = before.then(look).catch(() => {}); }, PAUSE_MS);
  });

  form.addEventListener("submit", (event) => {
    clearTimeout(typing);
    const act = event.submitter?.name === "act" ? event.submitter.value : "";
    if (!act || act === "publish" || act === "preview") return;
    event.preventDefault();
    queue(act);
  });

  const target = (event) => (dragged ? event.target.closest("[data-slot], [data-out]") : null);

  form.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-drag]")?.dataset.drag ?? "";
    event.dataTransfer.setData("text/plain", dragged);
    event.dataTransfer.effectAllowed = "move";
  });
  form.addEventListener("dragover", (event) => {
    const over = target(event);
    form.querySelectorAll("[data-over]").forEach((one) => { if (one !== over) delete one.dataset.over; });
    if (!over) return;
    event.preventDefault();
    over.dataset.over = "";
  });
  form.addEventListener("dragend", () => {
    dragged = "";
    form.querySelectorAll("[data-over]").forEach((one) => { delete one.dataset.over; });
  });
  form.addEventListener("drop", (event) => {
    const over = target(event);
    if (!over) return;
    event.preventDefault();
    const [what, which] = dragged.split(":");
    const slot = over.dataset.slot;
    if (slot && what === "article") queue(`put:${slot}:${which}`);
    else if (slot && what === "place" && slot !== which) queue(`swap:${slot}:${which}`);
    else if (!slot && what === "place") queue(`out:${which}`);
    dragged = "";
  });

  drag();
})();

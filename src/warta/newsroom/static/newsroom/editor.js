// The article's editor: numbers what this tab sends, and leads to both texts when somebody else saved.
(() => {
  const form = () => document.querySelector("form[data-edit-form]");

  // In the form only at the end: Wagtail would take a new number for something typed.
  const next = () => {
    form().dataset.turn = (Number(form().dataset.turn) || 0) + 1;
    return form().dataset.turn;
  };

  document.addEventListener("w-autosave:save", (event) => event.detail.formData.set("turn", next()));
  document.addEventListener(
    "submit",
    (event) => {
      const input = event.target === form() && event.target.elements.namedItem("turn");
      if (input) input.value = next();
    },
    true,
  );

  // Wagtail looks at the form for the first time after two seconds, and takes what was typed until then for its own.
  let isTyping = false;
  document.addEventListener("input", (event) => {
    isTyping ||= form()?.contains(event.target);
  });
  document.addEventListener("w-unsaved:watch-edits", (event) => {
    if (isTyping && event.target === form()) form().dataset.wUnsavedForceValue = "true";
    isTyping = false;
  });

  document.addEventListener("w-autosave:error", (event) => {
    const words = document.getElementById("warta-editor-words")?.dataset;
    if (!event.detail.response?.join_url || !words || document.getElementById("warta-stale")) return;
    const bar = document.createElement("div");
    bar.id = "warta-stale";
    bar.className = "warta-bar";
    bar.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = event.detail.text;
    const both = document.createElement("button");
    both.type = "button";
    both.className = "button";
    both.textContent = words.join;
    // The form goes with it, so that what was typed after the refused autosave is in the comparison too.
    both.addEventListener("click", () => form().requestSubmit());
    bar.append(text, both);
    form().before(bar);
  });
})();

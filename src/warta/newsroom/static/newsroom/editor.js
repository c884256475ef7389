// The article's editor: numbers what this tab sends, and leads to both texts when somebody else saved.
(() => {
  const form = () => document.querySelector("form[data-edit-form]");
  const field = (name) => form()?.elements.namedItem(name);
  let turn = 0;

  const next = () => {
    turn += 1;
    const input = field("turn");
    if (input) input.value = turn;
    return turn;
  };

  document.addEventListener("w-autosave:save", (event) => {
    if (field("turn")) event.detail.formData.set("turn", next());
  });
  document.addEventListener("submit", (event) => event.target === form() && next(), true);

  document.addEventListener("w-autosave:error", (event) => {
    const where = event.detail.response?.join_url;
    const words = document.getElementById("warta-editor-words")?.dataset;
    if (!where || !words || document.getElementById("warta-stale")) return;
    const bar = document.createElement("div");
    bar.id = "warta-stale";
    bar.className = "warta-bar";
    bar.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = event.detail.text;
    const link = document.createElement("button");
    link.type = "button";
    link.className = "button";
    link.textContent = words.join;
    // The form goes with it, so that what was typed after the refused autosave is in the comparison too.
    link.addEventListener("click", () => form().requestSubmit());
    bar.append(text, link);
    form().before(bar);
    link.focus({ preventScroll: true });
  });
})();

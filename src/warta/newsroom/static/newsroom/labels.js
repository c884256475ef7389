// Names what Wagtail leaves nameless: a block's only field, the cells of a table, tags, photos to upload and how far
// they are, and who else has the article open.
(() => {
  const nameless = "[data-field-wrapper] :is(input, textarea, select, [role=textbox]), #fileupload";

  const words = (element) => element?.textContent.replace("*", "").trim();

  const name = (field) => {
    if (field.labels?.length || field.type === "hidden" || field.ariaLabel || field.hasAttribute("aria-labelledby")) return;
    const label = words(field.closest("[data-field-wrapper]")?.querySelector("label"));
    const block = words(field.closest("section")?.querySelector(".c-sf-block__type, [data-panel-heading-text]"));
    const cell = field.closest("td, th");
    const place = cell ? ` ${cell.closest("tr").rowIndex}.${cell.cellIndex}` : "";
    field.ariaLabel = (label || block || words(field.previousElementSibling) || "") + place;
  };

  const nameProgress = (bar) => {
    bar.role = "progressbar";
    bar.ariaLabel = words(document.querySelector("h1"));
  };

  // What the tooltip says, "Ratri Manggala - Sedang membukanya"; Tippy takes the words out of the button.
  const nameSession = (button) => {
    const told = words(button.querySelector(".w-editing-sessions__popup") ?? button._tippy?.props.content);
    if (told) button.ariaLabel = told.replace(/\s+/g, " ");
  };

  const nameAll = (root) => {
    if (root.matches?.(nameless)) name(root);
    root.querySelectorAll?.(nameless).forEach(name);
    root.querySelectorAll?.(".progress").forEach(nameProgress);
    root.querySelectorAll?.("button.w-editing-sessions__session").forEach(nameSession);
  };

  document.addEventListener("DOMContentLoaded", () => {
    nameAll(document);
    new MutationObserver((changes) => {
      changes.forEach((change) => change.addedNodes.forEach(nameAll));
    }).observe(document.body, { childList: true, subtree: true });
  });
})();

// Sends a note without leaving the text: the answer holds all notes as they are now.
document.addEventListener("submit", async (event) => {
  const panel = event.target.closest("[data-notes]");
  if (!panel) return;
  event.preventDefault();
  const body = new FormData(event.target, event.submitter);
  const answer = await fetch(event.target.action, { method: "POST", body });
  if (answer.ok) {
    panel.innerHTML = await answer.text();
    panel.querySelector("textarea")?.focus();
  }
});

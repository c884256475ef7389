// Says in words what allauth's own script tells the console, and hides passkeys where no browser allows them.
document.addEventListener("DOMContentLoaded", () => {
  const said = document.getElementById("passkey-said");
  if (!said) return;
  const say = (words) => {
    said.textContent = words;
    said.hidden = false;
  };
  const isName = !/^(?:[\d.]+|\[.*\])$/.test(location.hostname);
  if (!window.PublicKeyCredential || !window.isSecureContext || !isName) {
    for (const id of ["passkey-button", "add-button"]) document.getElementById(id)?.setAttribute("hidden", "");
    if (!document.getElementById("passkey")) say(said.dataset.insecure);
    return;
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    say(said.dataset.failed);
  });
});

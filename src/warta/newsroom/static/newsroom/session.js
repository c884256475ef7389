// An editor whose session ended says so, leads to the sign-in page in another tab, and saves again once that is done.
(() => {
  const ASKED_EVERY_MS = 5000;
  const OVER = "session_over";

  const form = () => document.querySelector("form[data-edit-form]");
  const words = () => document.getElementById("warta-editor-words").dataset;
  const bar = () => document.getElementById("warta-session");

  const isKept = async () => {
    try {
      return Boolean(await form().isKept?.());
    } catch {
      return false; // the browser keeps nothing: then nobody is told that it does
    }
  };

  // The token of the new session goes with everything that this page sends from now on.
  const takeToken = (token) => {
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => {
      input.value = token;
    });
    const ping = document.querySelector("form.w-editing-sessions");
    if (!ping || ping.elements.namedItem("csrfmiddlewaretoken")) return;
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: "csrfmiddlewaretoken", value: token });
    ping.append(input);
  };

  const goOn = async () => {
    if (!bar() || document.hidden) return;
    const answer = await fetch(words().session, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const now = await answer.json();
    if (String(now.user) !== words().user || !bar()) return;
    bar().remove();
    takeToken(now.token);
    form().dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
  };

  const show = () => {
    const made = document.createElement("div");
    made.id = "warta-session";
    made.className = "warta-bar";
    made.setAttribute("role", "alert");
    const link = document.createElement("a");
    Object.assign(link, { className: "button", href: words().signIn, target: "_blank", textContent: words().signInWords });
    made.append(document.createElement("p"), link);
    form().before(made);
  };

  document.addEventListener(
    "w-autosave:error",
    async (event) => {
      if (event.detail.response?.error_code !== OVER) return;
      event.detail.text = event.detail.response.error_message; // before Wagtail's own bar takes it
      if (!bar()) show();
      const text = (await isKept()) ? words().overKept : words().over;
      if (bar()) bar().querySelector("p").textContent = text;
    },
    true,
  );

  document.addEventListener("visibilitychange", goOn);
  window.addEventListener("focus", goOn);
  setInterval(goOn, ASKED_EVERY_MS);
})();

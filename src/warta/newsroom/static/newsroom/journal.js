// Keeps what is typed in this browser until the server has it: at most 2 s old, per person and article, in IndexedDB.
// What was left unsaved (the server, the network or the browser died) is offered the next time the article is opened;
// bringing it back posts it as this tab would have, so that it meets what others saved meanwhile like any other save.
(() => {
  const EVERY_MS = 2000;
  const NOT_TYPED = /^(?:csrfmiddlewaretoken|turn|loaded_revision.*|overwrite_revision_id|action-.*|next)$/;

  const open = () =>
    new Promise((done, fail) => {
      const asked = indexedDB.open("warta-journal", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("texts");
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });

  const store = async (mode, work) => {
    const database = await open();
    try {
      return await new Promise((done, fail) => {
        const transaction = database.transaction("texts", mode);
        const asked = work(transaction.objectStore("texts"));
        transaction.oncomplete = () => done(asked.result);
        transaction.onerror = transaction.onabort = () => fail(transaction.error);
      });
    } finally {
      database.close();
    }
  };

  const typed = (form) =>
    [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_TYPED.test(name));

  // What a field says, however it is written: rich text is JSON, which the server and the editor lay out differently.
  const parts = (value) =>
    value && typeof value === "object"
      ? Object.entries(value).map(([name, part]) => [name, parts(part)]).filter(([, part]) => part?.length !== 0).sort()
      : value;
  const meaning = (text) => {
    try {
      return parts(JSON.parse(text));
    } catch {
      return text;
    }
  };

  const wording = (fields) => // by whichever tab
    JSON.stringify(fields.filter(([name]) => name !== "tab").map(([name, text]) => [name, meaning(text)]));

  // Where the texts of one person and one article lie, each tab's under its own name.
  const shelf = (form, words) => `${words.user} ${new URL(form.action || location.href).pathname} `;

  const begin = (form, words) => {
    const tab = () => form.elements.namedItem("tab")?.value || "";
    const key = () => `${shelf(form, words)}${tab()}`;
    const turn = () => Number(form.dataset.turn) || 0;
    let isTouched = false;
    let kept = JSON.stringify(typed(form));
    let sent = { text: "", turn: 0, key: "" };

    const keep = async () => {
      if (!isTouched) return;
      const fields = typed(form);
      const text = JSON.stringify(fields);
      if (text === kept) return;
      kept = text;
      const sentAs = text === sent.text ? sent.turn : 0;
      const entry = { fields, tab: tab(), action: form.action, turn: turn(), sent: sentAs, at: Date.now() };
      await store("readwrite", (texts) => texts.put(entry, key()));
    };

    // Tells whether the browser keeps just what the form says now.
    form.isKept = async () => {
      const said = JSON.stringify(typed(form));
      await keep();
      const entry = await store("readonly", (texts) => texts.get(key()));
      return JSON.stringify(entry?.fields) === said;
    };

    const send = () => {
      kept = ""; // written once more, now with the number under which it was sent
      sent = { text: JSON.stringify(typed(form)), turn: turn(), key: key() };
      return keep();
    };

    navigator.locks?.request(`warta ${tab()}`, () => new Promise(() => {})); // held while this tab lives

    const touch = () => {
      isTouched = true;
    };
    form.addEventListener("input", touch);
    document.addEventListener("w-unsaved:add", touch);
    document.addEventListener("w-autosave:save", send);
    document.addEventListener("submit", (event) => event.target === form && send(), true);
    document.addEventListener("w-autosave:success", async () => {
      await store("readwrite", (texts) => texts.delete(sent.key));
      if (JSON.stringify(typed(form)) !== sent.text) kept = "";
    });
    document.addEventListener("visibilitychange", keep);
    window.addEventListener("pagehide", keep);
    setInterval(keep, EVERY_MS);
  };

  const isSaved = async (entry, words) => {
    if (!entry.sent || !entry.tab) return false;
    const answer = await fetch(words.tabs.replace(words.noTab, entry.tab));
    return answer.ok && (await answer.json()).turn >= entry.sent;
  };

  // The newest text on a shelf that is neither saved, nor of a tab that is open now, nor what the page says anyway.
  const leftOver = async (form, words) => {
    const prefix = shelf(form, words);
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const keys = await store("readonly", (texts) => texts.getAllKeys(range));
    const entries = await store("readonly", (texts) => texts.getAll(range));
    const open = new Set((await navigator.locks?.query())?.held.map((lock) => lock.name));
    const said = wording(typed(form));
    const isKnown = async (entry) => wording(entry.fields) === said || (await isSaved(entry, words));
    let newest = null;
    for (const [place, key] of keys.entries()) {
      const entry = entries[place];
      if (open.has(`warta ${entry.tab}`)) continue;
      if (await isKnown(entry)) await store("readwrite", (texts) => texts.delete(key));
      else if (!newest || entry.at > newest.entry.at) newest = { key, entry };
    }
    return newest;
  };

  const bringBack = (entry, form) => {
    const back = document.createElement("form");
    back.method = "post";
    back.action = entry.action;
    back.hidden = true;
    const token = form.elements.namedItem("csrfmiddlewaretoken").value;
    const own = [["csrfmiddlewaretoken", token], ["turn", String(Math.max(entry.turn, entry.sent) + 1)]];
    for (const [name, value] of [...entry.fields, ...own]) {
      const input = document.createElement("textarea");
      input.name = name;
      input.value = value;
      back.append(input);
    }
    document.body.append(back);
    HTMLFormElement.prototype.submit.call(back);
  };

  const offer = (entry, key, form, words) => {
    const at = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(entry.at);
    const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium" }).format(entry.at);
    const isToday = new Date(entry.at).toDateString() === new Date().toDateString();
    const bar = document.createElement("div");
    bar.id = "warta-journal";
    bar.className = "warta-bar";
    bar.setAttribute("role", "status");
    const text = document.createElement("p");
    text.textContent = words.unsaved.replace("{at}", isToday ? at : `${day} ${at}`);
    const yes = document.createElement("button");
    yes.type = "button";
    yes.className = "button";
    yes.textContent = words.restore;
    yes.addEventListener("click", () => bringBack(entry, form));
    const no = document.createElement("button");
    no.type = "button";
    no.className = "button button-secondary";
    no.textContent = words.discard;
    no.addEventListener("click", async () => {
      await store("readwrite", (texts) => texts.delete(key));
      bar.remove();
    });
    bar.append(text, yes, no);
    form.before(bar);
  };

  document.addEventListener("DOMContentLoaded", async () => {
    const form = document.querySelector("form[data-edit-form]");
    const words = document.getElementById("warta-editor-words")?.dataset;
    if (!form || !words || !window.indexedDB) return;
    begin(form, words);
    try {
      const left = await leftOver(form, words);
      if (left) offer(left.entry, left.key, form, words);
    } catch (error) {
      console.warn("journal:", error); // private windows may have no store: the server's autosave remains
    }
  });
})();

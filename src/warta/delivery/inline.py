"""The style sheets and scripts that stand inside pages, and the hashes by which browsers accept them."""

import base64
import hashlib
import re
from pathlib import Path
from string import ascii_letters
from typing import Final

FOLDER: Final = Path(__file__).parent / "templates" / "delivery"


def minified(css: str) -> str:
    """Return a style sheet without comments and needless white space, its custom properties named by one letter."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    tight = re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", bare)).replace(": ", ":").replace(";}", "}").strip()
    tight = re.sub(r"(?<=[a-z*]) \+ (?=[.a-z*])", "+", tight)
    properties = dict.fromkeys(re.findall(r"--[a-z0-9]{2,}(?=:)", tight))
    for letter, name in zip(ascii_letters, properties, strict=False):
        tight = re.sub(rf"{name}\b", f"--{letter}", tight)
    return tight


def tightened(script: str) -> str:
    """Return a script of ours without comments and white space around its signs; none of its strings holds any."""
    bare = re.sub(r"^\s*//.*\n", "", script, flags=re.MULTILINE)
    return re.sub(r"\s*([-+*/=<>|&!?:;,(){}\[\]])\s*", r"\1", bare).replace(";}", "}").strip()


def csp_hash(text: str) -> str:
    """Return the source expression by which a policy allows one inline text.

    Source: Content Security Policy Level 3, 2.3.1 (hash-source).
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


STYLE: Final = minified(_text("paper.css"))
"""The style of articles, static pages and notices."""
LISTS_STYLE: Final = minified(_text("paper.css") + _text("lists.css"))
"""The style of pages with lists of articles: the same and more."""
LITE_STYLE: Final = minified(_text("lite/lite.css"))
SCRIPT: Final = tightened(_text("read.js"))
"""Tells once that an article was read; stands at the end of its page."""
LOOK: Final = tightened(_text("look.js"))
"""Sets size of type and colours as the reader chose before anything is shown; stands behind the style of every page."""
GROUNDS: Final = tuple(re.findall(r"--ground: (#[0-9a-f]{6})", _text("paper.css")))
"""The colours of the paper itself, light and dark."""

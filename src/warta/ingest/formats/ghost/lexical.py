"""Writes the documents of Ghost's editor since 2023 as HTML. Source: Lexical's JSON, and Ghost's `kg-default-nodes`."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

from warta.ingest.formats.ghost import cards
from warta.ingest.formats.ghost.cards import Lose, Payload, UnwrittenError

_DEEPEST: Final = 40
_MARKS: Final = {1: "b", 2: "i"}
"""Bits of a text's format that copy can carry; struck, underlined, raised and the like are only looks."""

_TAGS: Final = {"quote": "blockquote", "aside": "blockquote", "paragraph": "p", "listitem": "li"}
_NESTED: Final = re.compile(r"</li><li>(<[ou]l>)")
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WRAPS: Final = frozenset({"root", "at-link", "zwnj"})


def pieces(document: object, lose: Lose) -> Iterator[str]:
    """Return each block of a document as HTML of its own, so that what is left open in one ends with it.

    Raises: UnwrittenError when it is no document of this kind.
    """
    root = document.get("root") if isinstance(document, Mapping) else None
    children = root.get("children") if isinstance(root, Mapping) else None
    if not isinstance(children, list):
        raise UnwrittenError("has no root with children")
    for node in children:
        yield _written(node, lose, 0)


def _written(node: object, lose: Lose, depth: int) -> str:
    if not isinstance(node, Mapping):
        return ""
    if depth > _DEEPEST:
        lose("nesting: what lies more than 40 deep")
        return ""
    name = cards.text(node, "type").removeprefix("extended-")
    if not name:
        return ""
    if name == "linebreak":
        return "<br>"
    if isinstance(node.get("text"), str):
        return _marked(node)
    children = node.get("children")
    if not isinstance(children, list):
        return cards.written(name, node, lose)
    inner = "".join(_written(child, lose, depth + 1) for child in children)
    if name in {"link", "autolink"}:
        return f'<a href="{escape(cards.text(node, "url"))}">{inner}</a>'
    tag = _tag(name, node)
    if name == "list":  # a list within an item comes as an item of its own after it
        inner = _NESTED.sub(r"\1", inner)
    if not tag and name not in _WRAPS:
        lose(f"card: {name}, its words are kept")
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _tag(name: str, node: Payload) -> str:
    if name == "heading":
        level = cards.text(node, "tag")
        return level if level in _HEADINGS else "h2"
    if name == "list":
        return "ol" if cards.text(node, "listType", "tag") in {"number", "ol"} else "ul"
    return _TAGS.get(name, "")


def _marked(node: Payload) -> str:
    words = cards.cleaned(cards.text(node, "text")) or " "
    bits = node.get("format")
    marks = [mark for bit, mark in _MARKS.items() if isinstance(bits, int) and bits & bit]
    return "".join(f"<{mark}>" for mark in marks) + words + "".join(f"</{mark}>" for mark in reversed(marks))

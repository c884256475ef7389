"""Writes the documents of Ghost's editor from 2017 to 2023 as HTML. Source: Mobiledoc 0.3.2."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

from warta.ingest import html
from warta.ingest.formats.ghost import cards
from warta.ingest.formats.ghost.cards import Lose, UnwrittenError

_MARKS: Final = {"strong": "b", "b": "b", "em": "i", "i": "i", "a": "a"}
_TAGS: Final = {"aside": "blockquote", "pull-quote": "blockquote"}
_BLOCKS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
_MARKUP, _PICTURE, _LIST, _CARD = 1, 2, 3, 10
_ATOM: Final = 1


def pieces(document: object, lose: Lose) -> Iterator[str]:
    """Return each section of a document as HTML of its own.

    Raises: UnwrittenError when it is no document of this kind.
    """
    if not isinstance(document, Mapping) or not isinstance(document.get("sections"), list):
        raise UnwrittenError("has no sections")
    writer = _Writer(document, lose)
    for section in _list(document["sections"]):
        yield writer.section(_list(section))


class _Writer:
    def __init__(self, document: Mapping[str, object], lose: Lose) -> None:
        self._markups = [_list(each) for each in _list(document.get("markups"))]
        self._atoms = [_list(each) for each in _list(document.get("atoms"))]
        self._cards = [_list(each) for each in _list(document.get("cards"))]
        self._lose = lose
        self._room = html.LONGEST

    def section(self, section: list[object]) -> str:
        match section:
            case [kind, str(name), list(markers), *_] if kind == _MARKUP:
                tag = _TAGS.get(name, name)
                tag = tag if tag in _BLOCKS else "p"
                return f"<{tag}>{self._markers(markers)}</{tag}>"
            case [kind, str(source), *_] if kind == _PICTURE:
                return f'<img src="{escape(source)}">'
            case [kind, str(tag), list(items), *_] if kind == _LIST:
                tag = "ol" if tag == "ol" else "ul"
                inner = "".join(f"<li>{self._markers(_list(item))}</li>" for item in items)
                return f"<{tag}>{inner}</{tag}>"
            case [kind, int(number), *_] if kind == _CARD:
                match _at(self._cards, number):
                    case [str(name), dict(payload), *_]:
                        return self._counted(cards.written(name, payload, self._lose))
                    case [str(name), *_]:
                        return cards.written(name, {}, self._lose)
        self._lose("card: a section that cannot be read")
        return ""

    def _markers(self, markers: list[object]) -> str:
        parts: list[str] = []
        ends: list[str] = []
        for marker in markers:
            match marker:
                case [kind, list(opened), int(closed), value, *_]:
                    for number in opened:
                        opening, end = self._markup(number)
                        parts.append(opening)
                        ends.append(end)
                    parts.append(self._atom(value) if kind == _ATOM else cards.cleaned(str(value)))
                    parts.extend(ends.pop() for _ in range(min(max(closed, 0), len(ends))))
                case _:
                    self._lose("card: words that cannot be read")
        return "".join((*parts, *reversed(ends)))

    def _markup(self, number: object) -> tuple[str, str]:
        match _at(self._markups, number):
            case [str(name), list(pairs), *_] if _MARKS.get(name) == "a":
                named = dict(zip(pairs[::2], pairs[1::2], strict=False)) if _is_text(pairs) else {}
                return self._counted(f'<a href="{escape(named.get("href", ""))}">'), "</a>"
            case [str(name), *_] if name in _MARKS:
                return f"<{_MARKS[name]}>", f"</{_MARKS[name]}>"
        return "", ""

    def _atom(self, number: object) -> str:
        match _at(self._atoms, number):
            case ["soft-return", *_]:
                return "<br>"
            case [_, str(words), *_]:
                return self._counted(cards.cleaned(words))
        return ""

    def _counted(self, part: str) -> str:
        """Return what many sections may refer to, as long as all of it together is no longer than a body may be."""
        self._room -= len(part)
        if self._room < 0:
            raise UnwrittenError(f"repeats its parts to more than {html.LONGEST:,} characters")
        return part


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _is_text(pairs: list[object]) -> bool:
    return all(isinstance(each, str) for each in pairs)


def _at(parts: list[list[object]], number: object) -> list[object]:
    return parts[number] if isinstance(number, int) and 0 <= number < len(parts) else []

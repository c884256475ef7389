"""Headlines, descriptions and bodies: texts that come in several roles and markups under several spellings.

ninjs 1.x has `headline`, `headline_*`, `description_*` and `body_*`; 2.x and 3.x have lists of objects with `role`,
`contentType` and `value`. Source: IPTC ninjs 1.8 and 3.1, JSON schemas.
"""

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import Final, Literal

from warta.ingest import html
from warta.ingest.formats.ninjs.fields import Fields, UnusableError, clean, line, short, spelled
from warta.lexicon.copy import BlockCopy, ParagraphCopy

Markup = Literal["html", "plain", "xml"]

_TAG: Final = re.compile(
    r"</[a-z][a-z0-9]*>|<(?:p|br|div|b|i|em|strong|a|h[1-6]|ul|ol|li|span|figure|blockquote|table|img|script)\b[^<>]{0,999}>",
    re.IGNORECASE,
)
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")
_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_SAME: Final = 0.8
_WRAPPED: Final = 120
_SHORT_LINE: Final = 60


@dataclass(frozen=True, slots=True)
class Wording:
    """One text with its place in the item, its role (`main`, `text`, or empty) and how it is marked up."""

    label: str
    role: str
    markup: Markup
    text: str


def wordings(item: Fields, singular: str, plural: str) -> tuple[Wording, ...]:
    """Read every wording of a headline, description or body: the list first, then the single fields."""
    found = []
    for part in item.objects(plural):
        value = part.take("value", "text", "content")
        part.pass_over("contenttype", "mimetype", "role", "name", "charcount", "wordcount")
        if value is None or not isinstance(value[1], str):
            part.lost.add(f"{part.at}: without text")
            continue
        content_type = part.peek("contenttype", "mimetype")
        role = part.peek("role")
        role = spelled(tail(role) if isinstance(role, str) else part.key)
        text = clean(value[1])
        found.append(Wording(part.at, role, _markup(content_type, role, text), text))
    for label, suffix, text in item.texts(singular, plural):
        found.append(Wording(label, suffix, _markup(None, suffix, text), text))
    return tuple(found)


def tail(name: str) -> str:
    """Return the last part of a name from a vocabulary: `stat:usable` and `http://…/usable` are `usable`."""
    return re.split(r"[/:#]", name.strip().rstrip("/:#"))[-1]


def plain(wording: Wording) -> str:
    """Return a wording as one line without markup, and without entities, which agencies leave in plain text too.

    Raises: UnusableError when it is too long to be read.
    """
    if wording.markup == "plain" and not _TAG.search(wording.text):
        return line(_ENTITY.sub(lambda found: unescape(found[0]), wording.text))
    try:
        return line(html.words(wording.text))
    except ValueError as too_long:
        raise UnusableError(f"{wording.label} has {too_long}") from too_long


def tell_others(item: Fields, others: tuple[Wording, ...], said: str) -> None:
    """Note the wordings that say something else than what was taken; the same in another markup is no loss."""
    known = _vocabulary(said) if others else set()
    for other in others:
        its = _vocabulary(re.sub(r"<[^<>]{0,999}>", " ", other.text))
        if its and len(its & known) < _SAME * len(its):
            item.lost.add(
                f"{other.label} ({short(other.role, 40)})" if other.label.endswith("]") and other.role else other.label
            )


def paragraphs(text: str) -> tuple[BlockCopy, ...]:
    """Split plain text at blank lines, or at each line when there is none and lines are too long to be wrapped ones.

    Lines within a paragraph are joined, unless all are short: those stay lines.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    parts = _BLANK_LINE.split(whole)
    if len(parts) == 1 and any(len(part) > _WRAPPED for part in whole.split("\n")):
        parts = whole.split("\n")
    return tuple(ParagraphCopy(f"<p>{_joined(part)}</p>") for part in parts if part.strip())


def _joined(part: str) -> str:
    lines = [line(each) for each in part.split("\n") if each.strip()]
    between = "<br>" if len(lines) > 1 and all(len(each) < _SHORT_LINE for each in lines) else " "
    return between.join(escape(each, quote=False) for each in lines)


def _vocabulary(text: str) -> set[str]:
    return set(re.findall(r"\w+", unescape(text).casefold()))


def _markup(content_type: object, role: str, text: str) -> Markup:
    kind = content_type.lower() if isinstance(content_type, str) else ""
    if kind.startswith("text/plain") or (not kind and role in {"text", "plain"}):
        return "plain"
    if "html" in kind or (not kind and ("html" in role or "rich" in role)):
        return "html"
    if "xml" in kind or (not kind and ("xml" in role or "nitf" in role)):
        return "xml"
    return "html" if _TAG.search(text) else "plain"

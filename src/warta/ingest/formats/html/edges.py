"""The head and foot of a text: place lines, names, sign-offs and lines about the site are taken off the paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from warta.ingest.formats.html import dates
from warta.ingest.formats.html.people import people
from warta.ingest.formats.html.phrases import NOISE, READ_ALSO_START, SIDE_HEADS, TAGS_LINE
from warta.ingest.formats.ninjs.fields import Lost, short
from warta.ingest.html.inline import plain
from warta.lexicon.copy import BlockCopy, HeadingCopy, ParagraphCopy, Role

_SIGN: Final = re.compile(
    r"(?P<before>.*?)\s*(?:\[(?P<square>[A-Za-z]{2,8}(?:/[A-Za-z]{2,8}){0,3})\]"
    r"|\((?P<round>(?:[a-z]{2,4}|[A-Z][a-z]{1,3})(?:\s?/\s?[A-Za-z]{2,6}){0,3}|\*{1,3}|[A-Z]{2,3}(?:\s?/\s?[A-Z]{2,3}){1,2})\))\s*\.?",
    re.DOTALL,
)
_PLACE_NAME: Final = r"[A-Z][\w'’.-]*(?:[ /][A-Z][\w'’.-]*){0,3}"
_LINE: Final = re.compile(
    rf"(?P<first>{_PLACE_NAME})(?:\s*\((?P<agency>[^()]{{2,40}})\))?(?:\s*[,|]\s*(?P<second>{_PLACE_NAME}|[a-z0-9-]+(?:\.[a-z]+)+))?"
    r"(?:\s*\((?P<other>[^()]{2,40})\))?\s*(?:[-–—]{1,2}|:)\s+(?=\S)"
)
_DOMAIN: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+", re.ASCII)
_MOST_INITIALS: Final = 8
_LONGEST_LINE: Final = 10_000
_HEAD, _FOOT = 4, 6


@dataclass(slots=True)
class Edges:
    """What the head and foot of a text said."""

    place: str = ""
    initials: str = ""
    by: dict[str, tuple[str, Role]] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)


def trimmed(blocks: Sequence[BlockCopy], said: Sequence[str], edges: Edges, lost: Lost) -> list[BlockCopy]:
    """Return the blocks of one page without what its head and foot say of it; `said` are headline and standfirst."""
    known = {_spelled(words) for words in said if words}
    whole = [block for block in blocks if not _is_noise(block)]
    kept = [
        part
        for at, block in enumerate(whole)
        for part in (_lines(block, known) if at < _HEAD or at >= len(whole) - _FOOT else (block,))
        if not _is_noise(part)
    ]
    start = 0
    while start < min(_HEAD, len(kept)) and _is_told(kept[start], known, edges, lost):
        start += 1
    kept = kept[start:]
    for place in range(min(_HEAD, len(kept)) - 1, -1, -1):
        if _is_people(kept[place], edges, lost):
            del kept[place]
    at, looked = len(kept) - 1, 0
    while at >= 0 and looked < _FOOT:
        block, looked = kept[at], looked + 1
        if _is_people(block, edges, lost) or _is_tags(block, edges) or _is_left(block, is_last=at == len(kept) - 1):
            del kept[at]
        elif (
            isinstance(block, ParagraphCopy)
            and not edges.initials
            and (shorter := _unsigned(block, edges, lost)) != block
        ):
            kept[at : at + 1] = [shorter] if shorter else []
        at -= 1
    return kept


def placed(blocks: list[BlockCopy], edges: Edges, sites: Sequence[str]) -> list[BlockCopy]:
    """Take the line of place and paper off the first paragraph if it surely is one; `sites` are the paper's names."""
    at = next((at for at, block in enumerate(blocks) if isinstance(block, ParagraphCopy)), None)
    if at is None:
        return blocks
    block = blocks[at]
    if not isinstance(block, ParagraphCopy) or not block.html.startswith("<p>"):
        return blocks
    words = plain(block.html[:2_000])
    found = _LINE.match(words[:200])
    if found is None:
        return blocks
    is_bold = re.match(r"<p>\s*<b>", block.html) is not None
    place = _place(found, [_letters(site) for site in sites if site], is_bold=is_bold, rest=words[found.end() :])
    if place is None:
        return blocks
    edges.place = _cased(place)[:120]
    return [*blocks[:at], ParagraphCopy(cut(block.html, found.end())), *blocks[at + 1 :]]


def cut(html: str, count: int) -> str:
    """Return the markup of a paragraph without the first characters of its words, blanks counted as `plain` does."""
    kept: list[str] = []
    left, was_blank = count, True
    for part in re.findall(r"<[^>]*>|&#?\w+;|.", html, re.DOTALL):
        if left <= 0 or (part.startswith("<") and part != "<br>"):
            kept.append(part)
        elif part.isspace() or part == "<br>":
            left -= not was_blank
            was_blank = True
        else:
            left, was_blank = left - 1, False
    return re.sub(r"<p>\s+", "<p>", re.sub(r"<(b|i)>\s*</\1>|<a [^>]*>\s*</a>", "", "".join(kept)))


def _place(found: re.Match[str], sites: list[str], *, is_bold: bool, rest: str) -> str | None:
    first, second = found["first"], found["second"] or ""
    agency = found["agency"] or found["other"] or ""
    if second:
        if _is_site(first, sites) and not _is_site(second, sites):
            return second
        if _is_site(second, sites) or (agency and agency.upper() == agency):
            return first
        return (second if first.isupper() and not second.isupper() else first) if is_bold else None
    if agency and (agency.upper() == agency or _is_site(agency, sites)):
        return first
    if _is_site(first, sites):
        return ""
    starts = re.match(r"[\"“'‘(]?[A-Z0-9]", rest) is not None
    return first if starts and (is_bold or first.isupper()) and len(first) > 2 and not agency else None


def _is_site(words: str, sites: list[str]) -> bool:
    name = _letters(words)
    return _DOMAIN.fullmatch(words) is not None or any(
        name == site or (min(len(name), len(site)) >= 4 and (site.startswith(name) or name.startswith(site)))
        for site in sites
    )


def _letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).casefold()


def _cased(place: str) -> str:
    return " ".join(
        word.title() if word.isupper() and word not in {"DKI", "DIY", "IKN"} else word for word in place.split()
    )


def _spelled(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().casefold()


def _said(block: BlockCopy) -> str:
    """Return the words of a block; none of one that is too long to be a line of its own."""
    if isinstance(block, ParagraphCopy):
        return plain(block.html) if len(block.html) <= _LONGEST_LINE else ""
    return block.text if isinstance(block, HeadingCopy) else ""


def _is_noise(block: BlockCopy) -> bool:
    words = _said(block)
    return 0 < len(words) <= 220 and NOISE.fullmatch(words) is not None


def _lines(block: BlockCopy, known: set[str]) -> Sequence[BlockCopy]:
    """Part the first and last lines of a paragraph from it when they are no text: headline, date, names."""
    if not isinstance(block, ParagraphCopy) or not block.html.startswith("<p>") or not _said(block):
        return (block,)
    lines = block.html.removeprefix("<p>").removesuffix("</p>").split("<br>")
    if len(lines) == 1 or any(line.count(f"<{mark}") != line.count(f"</{mark}>") for line in lines for mark in "abi"):
        return (block,)
    start, end = 0, len(lines)
    while start < end and _is_line(lines[start], known):
        start += 1
    while end > start and _is_line(lines[end - 1], known):
        end -= 1
    if (start, end) == (0, len(lines)):
        return (block,)
    middle = "<br>".join(lines[start:end])
    parts = (*lines[:start], middle, *lines[end:])
    return tuple(ParagraphCopy(f"<p>{part.strip()}</p>") for part in parts if part.strip())


def _is_line(markup: str, known: set[str]) -> bool:
    words = plain(markup)
    is_sign = _SIGN.fullmatch(words)
    return (
        not words
        or _spelled(words) in known
        or dates.is_only_date(words)
        or people(words) is not None
        or NOISE.fullmatch(words[:300]) is not None
        or (is_sign is not None and not is_sign["before"])
    )


def _is_told(block: BlockCopy, known: set[str], edges: Edges, lost: Lost) -> bool:
    words = _said(block)
    if not words:
        return False
    return _spelled(words) in known or dates.is_only_date(words) or _is_people(block, edges, lost)


def _is_people(block: BlockCopy, edges: Edges, lost: Lost) -> bool:
    if not isinstance(block, ParagraphCopy) or READ_ALSO_START.match(words := _said(block)):
        return False
    told = people(words)
    if told is None:
        return False
    found, others = told
    if not found and not others[0].lower().startswith(("foto", "photo", "video", "uploader", "pengunggah")):
        return False
    for name, role in found:
        edges.by.setdefault(name.casefold(), (name, role))
    for each in others:
        lost.add(f"byline: {short(each, 150)}")
    return True


def _is_tags(block: BlockCopy, edges: Edges) -> bool:
    found = TAGS_LINE.fullmatch(_said(block))
    if found:
        edges.topics += [name for part in re.split(r"[,;#|]", found["tags"]) if 0 < len(name := part.strip()) <= 80]
    return found is not None


def _is_left(block: BlockCopy, *, is_last: bool) -> bool:
    """Tell whether a block is the heading of a list that was removed, or a heading with nothing after it."""
    return isinstance(block, HeadingCopy) and (is_last or SIDE_HEADS.fullmatch(block.text.strip(" :")) is not None)


def _unsigned(block: ParagraphCopy, edges: Edges, lost: Lost) -> ParagraphCopy | None:
    """Return a paragraph without the initials at its end, None when nothing is left; the same when there are none."""
    words = _said(block)
    found = _SIGN.fullmatch(words)
    if found is None or not block.html.endswith("</p>"):
        return block
    before, sign = found["before"], (found["square"] or found["round"]).replace(" ", "")
    is_alone = not before
    if not is_alone and not re.search(r"[.!?\"”)]$", before):
        return block
    if not sign.strip("*"):
        sign = ""
    if len(sign) > _MOST_INITIALS:
        lost.add(f"initials: {sign}")
        sign = sign.split("/")[0]
    edges.initials = sign
    if is_alone:
        return None
    markup = re.sub(
        r"\s*(?:<[bi]>\s*|\s)*[\[(][A-Za-z/\s*]{1,40}[\])]\s*\.?\s*(?:</[bi]>|\s)*</p>$", "</p>", block.html
    )
    if plain(markup) != before:
        return block
    return ParagraphCopy(re.sub(r"<(b|i)>\s*</\1>", "", markup))

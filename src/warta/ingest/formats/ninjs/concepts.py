"""Status, language, place, subjects, genre and old addresses of an item."""

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from warta.ingest.formats.ninjs.fields import Fields, UnusableError, kind, line, short, spelled
from warta.ingest.formats.ninjs.wordings import tail
from warta.lexicon.copy import Status
from warta.lexicon.languages import LANGUAGES

_STATUS: Final[Mapping[str, Status]] = {
    "usable": "published", "withheld": "draft", "canceled": "withdrawn", "cancelled": "withdrawn",
}  # fmt: skip
_FORMER: Final = {"in": "id"}
"""ISO 639 called Indonesian `in` until 1989, and some systems still do."""
_LONGEST: Final = 80
_LONGEST_PLACE: Final = 120
_ADDRESSES: Final = frozenset({"oldaddress", "web", "weburl", "url", "permalink", "canonical", "canonicalurl", "link"})


def status(item: Fields) -> Status:
    """Read the publishing status; usable when there is none.

    Raises: UnusableError for a status that is not of the standard. Source: ninjs 3.1, pubStatus.
    """
    took = item.take("pubstatus")
    if took is None:
        return "published"
    label, value = took
    found = _STATUS.get(tail(value).lower()) if isinstance(value, str) else None
    if found is None:
        said = f'"{short(value)}"' if isinstance(value, str) else kind(value)
        raise UnusableError(f"{label} is {said}: write usable, withheld or canceled")
    return found


def language(item: Fields) -> str:
    """Read the language: id, en, or nothing with a note."""
    own = item.text("language", "lang")
    short_name = own.lower()[:2]
    lang = _FORMER.get(short_name, short_name)
    if own and lang not in LANGUAGES:
        item.lost.add(f"language: {short(own)}")
        return ""
    return lang


def place(item: Fields) -> str:
    """Read the place from which the item reports."""
    value = item.peek("located")
    if isinstance(value, Mapping | list):
        located = item.objects("located")
        names = [part.text("name", "city", "label", "literal") for part in located]
        name = next((each for each in names if each), "")
    else:
        name = item.text("located")
    if len(name) > _LONGEST_PLACE:
        item.lost.add(f"located: {short(name)}")
        return ""
    return name


def subjects(item: Fields) -> tuple[str, ...]:
    """Read the names of all subjects in their order."""
    found: dict[str, str] = {}
    for subject in item.objects("subjects", "subject"):
        name = _name(subject)
        if name and len(name) <= _LONGEST:
            found.setdefault(name.casefold(), name)
        else:
            said = short(name) or subject.text("literal", "code", "qcode", "uri") or "without a name"
            item.lost.add(f"{subject.at}: {said}")
    return tuple(found.values())


def genre(item: Fields) -> str:
    """Read the first genre: its name, or the end of its code or uri; others are lost."""
    first = ""
    for part in item.objects("genres", "genre"):
        name = _name(part) or tail(part.text("literal", "code", "qcode", "uri"))
        if first or len(name) > _LONGEST:
            item.lost.add(f"{part.at}: {short(name)}")
        else:
            first = name
    return first


def old_addresses(item: Fields) -> tuple[str, ...]:
    """Read the web addresses among the alternative ids, where they are called url, web, permalink or the like."""
    return tuple(dict.fromkeys(_old(item)))


def _old(item: Fields) -> Iterator[str]:
    value = item.peek("altids")
    if isinstance(value, Mapping):
        pairs = [(str(name), address) for name, address in value.items() if isinstance(address, str)]
        item.pass_over("altids")
    else:
        pairs = [(part.text("role", "name"), part.text("value", "id")) for part in item.objects("altids")]
    for role, address in pairs:
        if spelled(tail(role)) in _ADDRESSES and _has_path(line(address)):
            yield line(address)


def _has_path(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https", ""} and parts.path.startswith("/") and parts.path != "/"


def _name(concept: Fields) -> str:
    value = concept.peek("name", "names")
    if isinstance(value, Mapping | list):
        names = concept.take("names", "name")
        return _first_text(names[1]) if names else ""
    return concept.text("name", "names", "title", "label")


def _first_text(value: object) -> str:
    values = list(value.values()) if isinstance(value, Mapping) else value if isinstance(value, list) else [value]
    for each in values:
        if isinstance(each, str) and each.strip():
            return line(each)
        if isinstance(each, Mapping):
            inner = each.get("value") or each.get("name")
            if isinstance(inner, str) and inner.strip():
                return line(inner)
    return ""

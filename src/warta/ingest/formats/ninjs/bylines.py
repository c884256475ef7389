"""Who reported and who edited."""

import re
from typing import Final

from warta.ingest.formats.ninjs.fields import Fields, line, short, spelled
from warta.lexicon.copy import Role

_LEADING: Final = re.compile(
    r"(?:by|oleh|laporan|reporter|report|penulis|pewarta|teks|text|editor|penyunting)\b\s*(?::|-|–)?\s*", re.IGNORECASE
)
_PICTURES: Final = re.compile(
    r"(?:photos?|fotos?|pictures?|videos?|graphics?|grafis|infografis)\s*(?::|\bby\b|\boleh\b)", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"\s*[,;/|&\n]\s*|\s+(?:and|dan)\s+", re.IGNORECASE)
_DEGREE: Final = re.compile(r"(?=.*\.)(?:[A-Z][A-Za-z]{0,4}\.?){2,3}|Jr\.?|Sr\.?", re.ASCII)
_LONGEST: Final = 100
_MOST: Final = 20
_REPORTS: Final = re.compile(r"author|reporter|writer|byline|creator|contributor|correspondent|penulis|laporan")
_EDITS: Final = re.compile(r"editor|penyunting")


def credited(words: str) -> tuple[tuple[str, Role], ...]:
    """Return who is named in a byline: `Oleh A, B` and `By A and B` are A and B; a degree stays with its name."""
    found: list[tuple[str, Role]] = []
    role: Role = "reporter"
    for part in _BETWEEN.split(words):
        leading = _LEADING.match(part.strip())
        if leading:
            role = "editor" if _EDITS.match(leading[0].lower()) else "reporter"
        name = line(part.strip()[leading.end() :] if leading else part)
        if name and found and _DEGREE.fullmatch(name):
            found[-1] = (f"{found[-1][0]}, {name}", found[-1][1])
        elif name:
            found.append((name, role))
    return tuple(found)


def bylines(item: Fields) -> tuple[tuple[str, Role], ...]:
    """Return reporters and editors: from the byline, else from authors or people called authors.

    Editors among authors and people count beside a byline.
    """
    found: dict[str, tuple[str, Role]] = {}
    for by in item.objects("by", "byline", "bylines"):
        _note(found, by, by.text("name", "value", "text"), _role(by))
    is_named = bool(found)
    for field in ("authors", "author", "people", "person"):
        _from_people(item, field, found, is_named=is_named)
    return tuple(found.values())


def _from_people(item: Fields, field: str, found: dict[str, tuple[str, Role]], *, is_named: bool) -> None:
    is_authors = field.startswith("author")
    value = item.peek(field)
    if value is None:
        return
    people = Fields({field: value}, item.lost).objects(field)
    spare = False
    for person in people:
        role = _role(person) or ("reporter" if is_authors else None)
        name = person.text("name", "byline", "value") if role else ""
        is_known = all(known.casefold() in found for known, _ in credited(name))
        if role and name and not is_known and (role == "editor" or not is_named):
            _note(found, person, name, role)
        elif not (role and name and is_known):
            spare = True
    if not spare:
        item.pass_over(field)


def _note(found: dict[str, tuple[str, Role]], by: Fields, words: str, role: Role | None) -> None:
    for name, own_role in credited(words):
        if _PICTURES.match(name) or len(name) > _LONGEST or len(found) >= _MOST:
            by.lost.add(f"{by.at}: {short(name)}")
        else:
            found.setdefault(name.casefold(), (name, role or own_role))


def _role(person: Fields) -> Role | None:
    said = person.peek("role", "rel", "relation")
    called = spelled(said) if isinstance(said, str) else ""
    if _EDITS.search(called):
        return "editor"
    return "reporter" if _REPORTS.search(called) else None

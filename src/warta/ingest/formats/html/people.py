"""Who is named in a line such as `Reporter: A | Editor: B`, `Kontributor Demak, A`, `Laporan wartawan Lama, A`."""

import re
from typing import Final

from warta.ingest.formats.ninjs.bylines import credited
from warta.lexicon.copy import Role

_I: Final = re.IGNORECASE
_LABELS: Final = (
    r"laporan|reporter|penulis|pewarta|wartawan|jurnalis|oleh|kontributor|koresponden|editor|redaktur|penyunting|"
    r"written by|reported by|reporting by|editing by|edited by|by|author|uploader|pengunggah|foto|photo|photographer|"
    r"fotografer|video(?:grafer)?|sumber"
)
_LABEL: Final = re.compile(
    rf"(?<![\w.])(?P<label>{_LABELS})\b(?:\s*[/&]\s*(?:{_LABELS})\b)?(?P<more>\s+(?:wartawan|kontributor|tim|koresponden|jurnalis)\b)?"
    r"(?P<of>\s+(?-i:[A-Z])[\w.]+(?:\s(?-i:[A-Z])[\w.]+){0,2}\s*,)?\s*(?P<sign>[:：]|\s[-–]\s|)\s*",
    _I,
)
_EDITS: Final = re.compile(r"edit|redaktur|penyunting", _I)
_OTHERS: Final = re.compile(r"foto|photo|video|sumber|uploader|pengunggah", _I)
_SIGNLESS: Final = re.compile(
    r"oleh|by|kontributor|written by|reported by|laporan|editing by|edited by|reporting by|wartawan", _I
)
_NAME: Final = re.compile(r"[A-Z][\w.'’`-]*(?:,?\s(?:[A-Z][\w.'’`-]*|bin|binti|van|de|al|dan)){0,6}")
_COPYRIGHT: Final = re.compile(r"\s*(?:copyright|hak cipta|©|\bCOPYRIGHT\b).*", _I | re.DOTALL)
_BRACKETS: Final = re.compile(r"^[(\[]\s*(.*?)\s*[)\]]$")
_LONGEST: Final = 240
_NO_NAMES: Final = frozenset(
    {"admin", "administrator", "redaksi", "editor", "user", "author", "tim redaksi", "webmaster", "root"}
)

People = tuple[tuple[str, Role], ...]


def people(words: str) -> tuple[People, tuple[str, ...]] | None:
    """Return who is named in a line, and what of it names no reporter or editor; None when it is no byline."""
    line = _COPYRIGHT.sub("", " ".join(words.split()))
    line = _BRACKETS.sub(r"\1", line).strip(" |-–—.")
    if not line or len(line) > _LONGEST:
        return None
    marks = [each for each in _LABEL.finditer(line) if _is_label(each, line)]
    if not marks or marks[0].start() != 0:
        return None
    found: list[tuple[str, Role]] = []
    others: list[str] = []
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        said = line[mark.end() : after.start() if after else len(line)].strip(" |/,;-–—.·•")
        if _OTHERS.match(mark["label"]):
            others.append(f"{mark['label']}: {said}")
            continue
        label = "Editor" if _EDITS.match(mark["label"]) else "Reporter"
        for name, role in credited(f"{label}: {said}"):
            if not is_name(name):
                return None
            found.append((name, "editor" if label == "Editor" else role))
    return (tuple(found), tuple(others)) if found or others else None


def is_name(words: str) -> bool:
    """Tell whether words can be the name of a person."""
    return (
        len(words) <= 60
        and _NAME.fullmatch(words) is not None
        and words.casefold() not in _NO_NAMES
        and "http" not in words
    )


def plain_names(words: str, site: str) -> People:
    """Return the names in words that are said to be an author's: `Sari Contoh - Portal Lama` is one."""
    if (told := people(words)) is not None:
        return told[0]
    first = re.split(r"\s+[-–|]\s+", " ".join(words.split()))[0]
    return tuple((name, role) for name, role in credited(first) if is_name(name) and name.casefold() != site.casefold())


def _is_label(mark: re.Match[str], line: str) -> bool:
    if mark["sign"] or mark["of"]:
        return True
    return (
        bool(_SIGNLESS.fullmatch(mark["label"])) and mark.start() == 0 and is_name(line[mark.end() :].strip(" .")[:60])
    )

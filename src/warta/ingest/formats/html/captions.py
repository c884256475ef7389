"""Caption and credit of a picture, which papers write into one line: `Warga di pasar/Antara`, `(Foto: Nama/Kantor)`."""

import dataclasses
import re
from typing import Final

from warta.lexicon.copy import PhotoCopy

_LABEL: Final = (
    r"(?:foto|photo|sumber(?:\s+foto)?|source|kredit|credit|dok(?:umentasi)?|dokumen|gambar|ilustrasi\s+foto)"
)
_NAME: Final = r"[A-Z][\w.'’-]*(?:[ ]?[A-Z(][\w.'’)-]*){0,4}"
_SLASHED: Final = re.compile(rf"{_NAME}(?:\s?/\s?(?:{_NAME}|[a-z]{{2,5}})){{1,3}}")
_WHOLE: Final = re.compile(rf"\(?\s*{_LABEL}\s*(?:oleh|by)?\s*[:.]\s*(?P<credit>.{{2,100}}?)\)?\.?", re.IGNORECASE)
_BRACKETS: Final = re.compile(
    r"(?P<caption>.*?)\s*[(\[](?P<credit>[^()\[\]]{2,100}(?:\([^()]*\))?)[)\]]\s*\.?", re.DOTALL
)
_TAIL: Final = re.compile(
    rf"(?P<caption>.*?[.!?\"”)\d])?\s*[|•–-]?\s*\b{_LABEL}\s*(?:oleh|by)?\s*[:.]\s*(?P<credit>[^.:]{{2,80}})\.?",
    re.IGNORECASE | re.DOTALL,
)
_LAST: Final = re.compile(
    rf"(?P<caption>.*?[\w)\"”.])\s*/\s?(?P<credit>{_NAME}(?:\s?/\s?(?:{_NAME}|[a-z]{{2,5}}))*)\.?", re.DOTALL
)
_AGENCY: Final = re.compile(
    rf"{_LABEL}\b\s*(?:oleh\b|by\b)?\s*[:./]?|©|\bdok\b|\bist(?:imewa)?\b|\bfoto\b|/", re.IGNORECASE
)
_LONGEST: Final = 2_000


def split(words: str) -> tuple[str, str]:
    """Return caption and credit; the credit is empty when the line names none."""
    line = " ".join(words[:_LONGEST].split())
    if whole := _WHOLE.fullmatch(line):
        return "", _unlabelled(whole["credit"])
    if _SLASHED.fullmatch(line):
        return "", line
    found = _BRACKETS.fullmatch(line)
    if found and _AGENCY.search(found["credit"]) and not re.fullmatch(r"[\d/.\s-]+", found["credit"]):
        return found["caption"].strip(), _unlabelled(found["credit"])
    end = max(line.rfind(". "), line.rfind(") "), line.rfind(".) "))
    if end > 0 and _SLASHED.fullmatch(line[end + 1 :].strip(" .")):
        return line[: end + 1].strip(), line[end + 1 :].strip(" .")
    for pattern in (_TAIL, _LAST):
        found = pattern.fullmatch(line)
        if found and found["caption"] and len(found["credit"].split()) <= 8:
            return found["caption"].strip(), _unlabelled(found["credit"])
    return line, ""


def credited(photo: PhotoCopy) -> PhotoCopy:
    """Return a photo whose credit was taken out of its caption, and whose credit has no label."""
    caption, credit = split(photo.caption)
    own = photo.credit and (split(photo.credit)[1] or _unlabelled(photo.credit))
    if own and (not credit or own == credit):
        return dataclasses.replace(photo, caption=caption if own == credit else photo.caption, credit=own)
    return dataclasses.replace(photo, caption=caption, credit=credit or own)


def _unlabelled(credit: str) -> str:
    return re.sub(rf"^\s*(?:{_LABEL}\s*(?:oleh|by)?\s*[:.]\s*|©\s*)", "", credit, flags=re.IGNORECASE).strip(" .")

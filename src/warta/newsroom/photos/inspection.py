"""Checks a photo before it is kept, and reads what it says of itself."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from warta.newsroom.photos import child

WORDS: Final = ("caption", "creator", "credit", "copyright_notice", "usage_terms", "licence", "place")
"""What is read from a photo as text; an empty field of the same name is filled with it."""
_TIMEOUT_S: Final = 30


class RefusedPhotoError(ValueError):
    """The file is no photo that can be used; the message is for the person who brought it."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a photo is and says: size in pixels as it is shown, words (empty where it says nothing), and looks.

    `taken_at` without an offset in the photo is the paper's own time. `eye` is the guessed middle, width and height.
    """

    format: str
    width: int
    height: int
    caption: str
    creator: str
    credit: str
    copyright_notice: str
    usage_terms: str
    licence: str
    place: str
    taken_at: datetime | None
    likeness: int
    eye: tuple[int, int, int, int] | None


def inspect(path: Path) -> Inspected:
    """Decode a photo in a child process with limits of memory and time.

    Raises: RefusedPhotoError, in the words of the current language.
    """
    try:
        done = subprocess.run(  # noqa: S603 — our own module; the path is an argument, not a command
            [sys.executable, "-I", "-m", child.__name__, str(path)],
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=True,
        )
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise RefusedPhotoError(
            _("The photo could not be read within the limits: save it smaller and try again.")
        ) from error
    if "error" in found:
        raise RefusedPhotoError(_explain(found))
    eye = found.pop("eye")
    return Inspected(**{**found, "taken_at": _instant(found["taken_at"]), "eye": tuple(eye) if eye else None})


def _instant(text: str) -> datetime | None:
    """Return the instant that ISO 8601 names; None for what is no instant, or lies outside what can be stored."""
    try:
        found = datetime.fromisoformat(text)
        return timezone.make_aware(found) if found.tzinfo is None else found.astimezone(timezone.get_default_timezone())
    except (ValueError, OverflowError):
        return None


def _explain(found: dict[str, Any]) -> str:
    match found["error"]:
        case "too-large":
            return _(
                "The photo is too large to be opened safely: at most %(side)s pixels a side and %(pixels)s million"
                " pixels in all. Save it smaller and try again."
            ) % {"side": child.LONGEST_SIDE, "pixels": child.MOST_PIXELS // 1_000_000}
        case "animated":
            return _("Moving pictures cannot be used as a photo: save one frame as JPEG.")
        case "unknown-format":
            return _("This is no photo that Warta reads. Save it as JPEG, PNG, WebP or AVIF and try again.")
        case _:
            return _("The photo is damaged or not whole: copy it again from the camera or ask for it again.")

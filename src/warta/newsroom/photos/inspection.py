"""Checks a photo before it is kept, and reads its caption, photographer and credit."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from warta.newsroom.photos import child

_TIMEOUT_S: Final = 30


class RefusedPhotoError(ValueError):
    """The file is no photo that can be used; the message is for the person who brought it."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a photo is and says: size in pixels, and words from its IPTC/XMP (empty where it says nothing)."""

    format: str
    width: int
    height: int
    caption: str
    creator: str
    credit: str


def inspect(path: Path) -> Inspected:
    """Decode a photo in a child process with limits of memory and time.

    Raises: RefusedPhotoError, in the words of the current language.
    """
    try:
        done = subprocess.run(  # noqa: S603 — our own script; the path is an argument, not a command
            [sys.executable, "-I", child.__file__, str(path)],
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
    return Inspected(**found)


def _explain(found: dict[str, int | str]) -> str:
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

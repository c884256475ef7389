"""The child process that decodes a photo from outside: run as a module, it knows nothing of the newsroom.

Usage: `python -m warta.newsroom.photos.child FILE`; prints one JSON object: what the photo is and says, or
`{"error": code}`. A picture can be small on disk and huge in memory; here it meets limits of memory and time, and may
die alone.
"""

import json
import resource
import sys
import warnings
from typing import Any, Final

from PIL import Image, ImageOps, UnidentifiedImageError

from warta.newsroom.photos.eye import guess, likeness
from warta.newsroom.photos.words import words

FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF")
LONGEST_SIDE: Final = 16_000
MOST_PIXELS: Final = 64_000_000
_JPEG_WITH_PREVIEWS: Final = "MPO"
"""What Pillow calls a JPEG that carries further pictures, as many cameras and telephones write it (CIPA DC-007)."""
_MEMORY: Final = 1_500 * 2**20
_CPU_S: Final = 20
_REDUCED: Final = frozenset({"L", "RGB", "RGBA", "CMYK", "YCbCr", "LA"})
"""The modes in which Pillow makes a photo smaller."""
_LOOKED_AT: Final = 1_024
"""Pixels of the longer side that are looked at for likeness and eye."""


def look(path: str) -> dict[str, Any]:
    """Decode the photo whole and return its format, size in pixels, words and looks, or an error code."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(path, formats=FORMATS) as image:
                width, height = image.size
                if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
                    return {"error": "too-large", "width": width, "height": height}
                if getattr(image, "n_frames", 1) > 1 and image.format != _JPEG_WITH_PREVIEWS:
                    return {"error": "animated"}
                said = words(image)
                image.load()
                kind = "JPEG" if image.format == _JPEG_WITH_PREVIEWS else image.format
                return {"format": kind, **said, **_looks(image)}
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            return {"error": "too-large"}
        except UnidentifiedImageError:
            return {"error": "unknown-format"}
        except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, MemoryError):
            return {"error": "damaged"}


def _looks(image: Image.Image) -> dict[str, Any]:
    """Return size, likeness and guessed eye of a photo as it is shown: turned as its camera was held."""
    times = max(1, max(image.size) // _LOOKED_AT)
    small = image.reduce(times) if times > 1 and image.mode in _REDUCED else image
    try:
        upright = ImageOps.exif_transpose(small).convert("RGB")
    except Exception:  # noqa: BLE001 — a broken Exif block ends in many ways, and costs the turn alone
        upright = small.convert("RGB")
    width, height = image.size if upright.size == small.size else reversed(image.size)
    eye = guess(upright)
    scale = times if small is not image else 1
    return {
        "width": width,
        "height": height,
        "likeness": likeness(upright),
        "eye": [side * scale for side in eye] if eye else None,
    }


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    print(json.dumps(look(sys.argv[1])))  # noqa: T201 — this is how the child answers

"""The child process that decodes a photo from outside: run as a script, it knows nothing of the newsroom.

Usage: `python child.py FILE`; prints one JSON object: what the photo is and says, or `{"error": code}`.
A picture can be small on disk and huge in memory; here it meets limits of memory and time, and may die alone.
Source: IPTC Photo Metadata Standard 2024.1 (IIM datasets 2:120, 2:80, 2:110; dc:description, dc:creator,
photoshop:Credit in XMP).
"""

import json
import re
import resource
import sys
import warnings
from typing import Any, Final

from PIL import Image, IptcImagePlugin, UnidentifiedImageError
from PIL.ImageFile import ImageFile

FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF")
LONGEST_SIDE: Final = 16_000
MOST_PIXELS: Final = 64_000_000
_JPEG_WITH_PREVIEWS: Final = "MPO"
"""What Pillow calls a JPEG that carries further pictures, as many cameras and telephones write it (CIPA DC-007)."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MEMORY: Final = 1_500 * 2**20
_CPU_S: Final = 20


def look(path: str) -> dict[str, Any]:
    """Decode the photo whole and return its format, size in pixels and words, or an error code."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(path, formats=FORMATS) as image:
                width, height = image.size
                if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
                    return {"error": "too-large", "width": width, "height": height}
                if getattr(image, "n_frames", 1) > 1 and image.format != _JPEG_WITH_PREVIEWS:
                    return {"error": "animated"}
                words = _words(image)
                image.load()
                kind = "JPEG" if image.format == _JPEG_WITH_PREVIEWS else image.format
                return {"format": kind, "width": width, "height": height, **words}
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            return {"error": "too-large"}
        except UnidentifiedImageError:
            return {"error": "unknown-format"}
        except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, MemoryError):
            return {"error": "damaged"}


def _words(image: ImageFile) -> dict[str, str]:
    iptc, xmp = _iptc(image), _xmp(image)
    return {
        name: _CONTROLS.sub("", iptc.get(name) or xmp.get(name) or "").strip()
        for name in ("caption", "creator", "credit")
    }


def _iptc(image: ImageFile) -> dict[str, str]:
    try:
        found = IptcImagePlugin.getiptcinfo(image) or {}
    except (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError):
        return {}
    is_utf8 = found.get((1, 90)) == b"\x1b%G"
    words = {}
    for name, dataset in {"caption": (2, 120), "creator": (2, 80), "credit": (2, 110)}.items():
        value = found.get(dataset, b"")
        values = value if isinstance(value, list) else [value]
        words[name] = ", ".join(_decode(part, is_utf8=is_utf8) for part in values if part)
    return words


def _decode(value: bytes, *, is_utf8: bool) -> str:
    try:
        return value.decode("utf-8").strip("\0 ")
    except UnicodeDecodeError:
        return value.decode("utf-8" if is_utf8 else "cp1252", "replace").strip("\0 ")


def _xmp(image: Image.Image) -> dict[str, str]:
    try:
        described = image.getxmp()["xmpmeta"]["RDF"]["Description"]
    except Exception:  # noqa: BLE001 — XML from outside: whatever is wrong with it, the photo counts without it
        return {}
    parts = described if isinstance(described, list) else [described]
    words: dict[str, str] = {}
    for part in (part for part in parts if isinstance(part, dict)):
        for name, key in {"caption": "description", "creator": "creator", "credit": "Credit"}.items():
            words[name] = words.get(name) or ", ".join(_texts(part.get(key)))
    return words


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, dict):
        return [text for key in ("Alt", "Seq", "Bag", "li", "text") for text in _texts(value.get(key))]
    return []


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    print(json.dumps(look(sys.argv[1])))  # noqa: T201 — this is how the child answers

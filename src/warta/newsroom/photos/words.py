"""Reads what a photo says of itself, in the child process alone: Exif, IPTC-IIM and XMP, and which of them counts.

Sources: Metadata Working Group, Guidelines for Handling Image Metadata 2.0 (November 2010): Exif first for
description, creator, copyright and date; then XMP, unless the digest beside the IIM (Photoshop resource 0x0425, the MD5
of resource 0x0404) differs from the IIM as it is: then the IIM was changed later and comes before XMP.
IPTC Photo Metadata Standard 2024.1 for the names; IIM 4.2 datasets; Exif 2.32 tags.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from PIL import IptcImagePlugin
from PIL.ImageFile import ImageFile

MOST_XMP: Final = 2_000_000
"""Octets; a packet beyond it is no packet of words."""
MOST_WORDS: Final = 4_000
"""Characters of one property."""
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP: Final = "{http://ns.adobe.com/photoshop/1.0/}"
_RIGHTS: Final = "{http://ns.adobe.com/xap/1.0/rights/}"
_PLUS: Final = "{http://ns.useplus.org/ldf/xmp/1.0/}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_XMP: Final = {
    "caption": f"{_DC}description",
    "creator": f"{_DC}creator",
    "credit": f"{_PHOTOSHOP}Credit",
    "copyright_notice": f"{_DC}rights",
    "usage_terms": f"{_RIGHTS}UsageTerms",
    "licence": f"{_RIGHTS}WebStatement",
    "taken_at": f"{_PHOTOSHOP}DateCreated",
    "city": f"{_PHOTOSHOP}City",
    "province": f"{_PHOTOSHOP}State",
    "country": f"{_PHOTOSHOP}Country",
}
_IIM: Final = {
    "caption": (2, 120),
    "creator": (2, 80),
    "credit": (2, 110),
    "copyright_notice": (2, 116),
    "city": (2, 90),
    "province": (2, 95),
    "country": (2, 101),
}
_EXIF: Final = {"caption": 0x010E, "creator": 0x013B, "copyright_notice": 0x8298}
_BY_CAMERAS: Final = frozenset({"olympus digital camera", "minolta digital camera", "sony dsc", "digital camera"})
"""What cameras write as description of every photo."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_IIM_DATE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_IIM_TIME: Final = re.compile(r"(\d{2})(\d{2})(\d{2})(?:([+-]\d{2})(\d{2}))?")
_EXIF_DATE: Final = re.compile(r"(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})")
_WRONG_XML: Final = (ValueError, SyntaxError, LookupError, RecursionError, MemoryError)
"""What reading XML from outside may end in: the photo counts without its words."""


def words(image: ImageFile) -> dict[str, str]:
    """Return what a photo says, empty where it says nothing; `taken_at` is ISO 8601, with an offset if it has one."""
    exif, iim, xmp = _exif(image), _iim(image), _xmp(image)
    order = (exif, iim, xmp) if _iim_is_later(image) else (exif, xmp, iim)
    names = [*_XMP, "city", "province", "country"]
    said = {name: _clean(next((one[name] for one in order if one.get(name)), "")) for name in names}
    places = [said.pop("city"), said.pop("province"), said.pop("country")]
    licence = _address(said["licence"])
    return {**said, "licence": licence, "place": ", ".join(dict.fromkeys(filter(None, places)))}


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text[: MOST_WORDS * 2]).strip()[:MOST_WORDS]


def _address(text: str) -> str:
    """Return an address of the web; empty for anything else, a script's among it."""
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    return text if is_web and not re.search(r"[\s<>\"'\\^`{|}]", text) else ""


def _iim_is_later(image: ImageFile) -> bool:
    resources = image.info.get("photoshop")
    if not isinstance(resources, dict):
        return False
    block, digest = resources.get(0x0404), resources.get(0x0425)
    if not isinstance(block, bytes) or not isinstance(digest, bytes) or len(digest) < 16 or not any(digest[:16]):
        return False
    return hashlib.md5(block, usedforsecurity=False).digest() != digest[:16]


def _exif(image: ImageFile) -> dict[str, str]:
    try:
        tags = image.getexif()
        inner = tags.get_ifd(0x8769)
    except Exception:  # noqa: BLE001 — Pillow's reader of a broken block ends in many ways
        return {}
    said = {name: _exif_text(tags.get(tag)) for name, tag in _EXIF.items()}
    if said["caption"].casefold() in _BY_CAMERAS:
        said["caption"] = ""
    found = _EXIF_DATE.match(_exif_text(inner.get(36867)))
    if found:
        offset = _exif_text(inner.get(36881))
        zone = offset if re.fullmatch(r"[+-]\d{2}:\d{2}", offset) else ""
        said["taken_at"] = f"{found[1]}-{found[2]}-{found[3]}T{found[4]}{zone}"
    return said


def _exif_text(value: Any) -> str:
    """Return text that Pillow took for Latin-1; photographer's and editor's copyright stand apart by a NUL."""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    if not isinstance(value, bytes):
        return ""
    parts = [_decode(part, is_utf8=False).strip() for part in value.split(b"\0")]
    return ", ".join(filter(None, parts))


def _iim(image: ImageFile) -> dict[str, str]:
    try:
        found = IptcImagePlugin.getiptcinfo(image) or {}
    except (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError):
        return {}
    is_utf8 = found.get((1, 90)) == b"\x1b%G"

    def said(dataset: tuple[int, int]) -> str:
        value = found.get(dataset, b"")
        values = value if isinstance(value, list) else [value]
        return ", ".join(_decode(part, is_utf8=is_utf8) for part in values if part)

    date, time = _IIM_DATE.fullmatch(said((2, 55))), _IIM_TIME.fullmatch(said((2, 60)))
    day = "-".join(date.groups()) if date else ""
    hour = f"T{time[1]}:{time[2]}:{time[3]}" + (f"{time[4]}:{time[5]}" if time[4] else "") if time else ""
    return {**{name: said(dataset) for name, dataset in _IIM.items()}, "taken_at": day and day + hour}


def _decode(value: bytes, *, is_utf8: bool) -> str:
    try:
        return value.decode("utf-8").strip("\0 ")
    except UnicodeDecodeError:
        return value.decode("utf-8" if is_utf8 else "cp1252", "replace").strip("\0 ")


def _xmp(image: ImageFile) -> dict[str, str]:
    packet = image.info.get("xmp")
    if not isinstance(packet, bytes) or len(packet) > MOST_XMP:
        return {}
    try:
        root = fromstring(packet.rstrip(b"\0 "), forbid_dtd=True)
        said = {name: _said(root, key) for name, key in _XMP.items()}
        licensor = next(root.iter(f"{_PLUS}LicensorURL"), None)
    except _WRONG_XML:
        return {}
    if not said["licence"] and licensor is not None:
        said["licence"] = (licensor.text or "").strip()
    return said


def _said(root: Element, key: str) -> str:
    for description in _descriptions(root):
        if text := description.get(key, "").strip():
            return text
        element = description.find(key)
        if element is not None and (values := _values(element)):
            return ", ".join(values)
    return ""


def _descriptions(root: Element) -> Iterator[Element]:
    for rdf in root.iter(f"{_RDF}RDF"):
        yield from rdf.findall(f"{_RDF}Description")


def _values(element: Element) -> list[str]:
    """Return the values of a property: all of a list, and of texts in several languages the default one."""
    several = element.find(f"{_RDF}Alt")
    if several is not None:
        texts = several.findall(f"{_RDF}li")
        chosen = next((text for text in texts if text.get(_LANG) == "x-default"), texts[0] if texts else None)
        return [(chosen.text or "").strip()] if chosen is not None else []
    items = element.findall(f"{_RDF}Seq/{_RDF}li") or element.findall(f"{_RDF}Bag/{_RDF}li") or [element]
    return [text for item in items if (text := (item.text or "").strip())]

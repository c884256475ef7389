"""Builds photos that say something of themselves: Exif, IPTC-IIM with its digest, XMP."""

import hashlib
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image

from tests.newsroom.builders import photo_bytes

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}


def dataset(record: int, number: int, value: bytes) -> bytes:
    """Return one IIM dataset."""
    return bytes((0x1C, record, number)) + len(value).to_bytes(2, "big") + value


def iim(**numbers: str) -> bytes:
    """Return IIM datasets of record 2: `iim(n120="keterangan")`."""
    return b"".join(dataset(2, int(name[1:]), words.encode()) for name, words in numbers.items())


def app13(datasets: bytes, digest: bytes | None = None) -> bytes:
    """Return the JPEG segment of datasets, with the digest that says of which datasets the XMP was made."""
    resources = _resource(0x0404, datasets) + (_resource(0x0425, digest) if digest is not None else b"")
    body = b"Photoshop 3.0\x00" + resources
    return b"\xff\xed" + (len(body) + 2).to_bytes(2, "big") + body


def digest_of(datasets: bytes) -> bytes:
    """Return the digest of datasets."""
    return hashlib.md5(datasets, usedforsecurity=False).digest()


def _resource(number: int, value: bytes) -> bytes:
    head = b"8BIM" + number.to_bytes(2, "big") + b"\0\0" + len(value).to_bytes(4, "big")
    return head + value + b"\0" * (len(value) % 2)


def xmp(**properties: str) -> bytes:
    """Return an XMP packet of plain properties: `xmp(photoshop_Credit="Antara")`."""
    names = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    named = {name.replace("_", ":", 1): escape(words) for name, words in properties.items()}
    inner = "".join(f"<{name}>{words}</{name}>" for name, words in named.items())
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {names}>{inner}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def exif(values: dict[int, Any], inner: dict[int, Any] | None = None, *, gps: bool = False) -> bytes:
    """Return an Exif block, its text in UTF-8 as cameras write it; `inner` are the tags of the Exif directory."""
    block, written = Image.Exif(), {}
    for tag, value in values.items():
        block[tag] = value
        if isinstance(value, str) and not value.isascii():  # Pillow would write question marks
            block[tag] = f"{tag:x}".ljust(len(value.encode()), "@")
            written[block[tag].encode()] = value.encode()
    if inner:
        block.get_ifd(0x8769).update(inner)
    if gps:
        block.get_ifd(0x8825).update({1: "S", 2: (6.0, 10.0, 30.0), 3: "E", 4: (106.0, 49.0, 0.0)})
    whole = block.tobytes()
    for placeholder, text in written.items():
        whole = whole.replace(placeholder, text)
    return whole


def scene(size: tuple[int, int] = (600, 400), at: tuple[int, int] = (450, 120), **options: Any) -> bytes:
    """Return a photo with a light, chequered thing at a place of a ground that grows darker to the right."""
    image = Image.linear_gradient("L").rotate(90).resize(size).convert("RGB")
    for row in range(8):
        for column in range(8):
            left, top = at[0] - 40 + column * 10, at[1] - 40 + row * 10
            image.paste("white" if (row + column) % 2 else "black", (left, top, left + 10, top + 10))
    out = BytesIO()
    kind = options.pop("kind", "JPEG")
    image.save(out, kind, **options)
    return out.getvalue()


def plain(**options: Any) -> bytes:
    """Return a small photo of one colour."""
    return photo_bytes((60, 40), options.pop("kind", "JPEG"), **options)

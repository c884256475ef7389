"""Photos that come in: what is taken, and a zoo of what is refused with words that help."""

import gzip
import os
import resource
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.newsroom.builders import photo_bytes, photo_file
from tests.newsroom.photo_words import app13, dataset, exif, plain, xmp
from warta.newsroom.photos.inspection import RefusedPhotoError, inspect


def png(width: int, height: int, *, rows: int = 0) -> bytes:
    """Return a small PNG file of one bit a pixel that claims a size and holds so many rows of zeros."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(bytes(width // 8 + 1) * rows, 9)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def frames(kind: str, **options: object) -> bytes:
    """Return a moving picture of three frames."""
    first, *others = (Image.new("RGB", (40, 30), colour) for colour in ("red", "green", "blue"))
    out = BytesIO()
    first.save(out, kind, save_all=True, append_images=others, **options)
    return out.getvalue()


def claiming(jpeg: bytes, side: int) -> bytes:
    """Return a JPEG whose frame header claims another size."""
    at = next(place for marker in (b"\xff\xc0", b"\xff\xc2") if (place := jpeg.find(marker)) > 0)
    return jpeg[: at + 5] + struct.pack(">HH", side, side) + jpeg[at + 9 :]


def webp_claiming(side: int) -> bytes:
    """Return a lossless WebP of a few bytes that claims a size."""
    bits = b"\x2f" + struct.pack("<I", (side - 1) | (side - 1) << 14) + bytes(10)
    chunk = b"VP8L" + struct.pack("<I", len(bits)) + bits + b"\0" * (len(bits) % 2)
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def png_with_text(length: int, text: str = "") -> bytes:
    """Return a PNG with compressed words."""
    info = PngInfo()
    info.add_text("Comment", text or "a" * length, zip=True)
    return photo_bytes((60, 40), "PNG", pnginfo=info)


def zipped() -> bytes:
    """Return an archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Rahasia.html", "<script>alert('Rahasia')</script>")
    return out.getvalue()


PLACED = xmp(photoshop_Credit="Antara").replace(
    b"</rdf:Description>",
    b'<exif:GPSLatitude xmlns:exif="http://ns.adobe.com/exif/1.0/">6,10S Rahasia</exif:GPSLatitude></rdf:Description>',
)
LAUGHING = (
    b"<!DOCTYPE a ["
    + b"".join(
        f'<!ENTITY e{number} "{f"&e{number - 1};" * 10 if number else "Rahasia"}">'.encode() for number in range(12)
    )
    + b"]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&e11;</x:xmpmeta>"
)
LEAKING = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + xmp(dc_description="@").replace(b"@", b"&b;")
LOOPING = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<I", 8)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)
TOO_LARGE = "too large|terlalu besar"
NO_PHOTO = "no photo|bukan foto"
DAMAGED = "damaged|rusak"
MOVING = "Moving|bergerak"
ZOO = {
    "claims 20,000 × 20,000 in 48 bytes.png": (png(20_000, 20_000), TOO_LARGE),
    "13,000 × 13,000 in a few kB.png": (png(13_000, 13_000, rows=13_000), TOO_LARGE),
    "30,000 wide.png": (png(30_000, 100, rows=100), TOO_LARGE),
    "30,000 high.png": (png(100, 30_000, rows=30_000), TOO_LARGE),
    "drawing.svg": (SVG, NO_PHOTO),
    "drawing called.jpg": (SVG, NO_PHOTO),
    "drawing called.png": (b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG, NO_PHOTO),
    "moving.gif": (frames("GIF"), NO_PHOTO),
    "still.gif": (photo_bytes((9, 9), "GIF"), NO_PHOTO),
    "text called.jpg": (b"Ini bukan foto.\n" * 100, NO_PHOTO),
    "page called.jpg": (b"<!doctype html><script>alert(1)</script>", NO_PHOTO),
    "program called.jpg": (b"\x7fELF" + bytes(500), NO_PHOTO),
    "empty.jpg": (b"", NO_PHOTO),
    "postscript.eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", NO_PHOTO),
    "scan.tiff": (photo_bytes((9, 9), "TIFF"), NO_PHOTO),
    "truncated.jpg": (photo_bytes()[:2000], DAMAGED),
    "half.png": (photo_bytes((900, 900), "PNG", compress_level=0)[:5000], DAMAGED),
    "half.webp": (photo_bytes((900, 900), "WEBP", lossless=True)[:60], f"{DAMAGED}|{NO_PHOTO}"),
    "head alone.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", f"{DAMAGED}|{NO_PHOTO}"),
    "no pixels.png": (png(100, 100, rows=0), DAMAGED),
    "jpeg that claims 65,535 × 65,535.jpg": (claiming(photo_bytes(), 65_535), TOO_LARGE),
    "webp that claims 16,383 × 16,383.webp": (webp_claiming(16_383), TOO_LARGE),
    "words that unpack to 200 MB.png": (png_with_text(200 * 2**20), DAMAGED),
    "telephone.heic": (HEIC, NO_PHOTO),
    "telephone called.jpg": (HEIC, NO_PHOTO),
    "film.mp4": (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + bytes(200), NO_PHOTO),
    "paper.pdf": (b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n", NO_PHOTO),
    "layers.psd": (b"8BPS\0\1" + bytes(60), NO_PHOTO),
    "icon.ico": (photo_bytes((16, 16), "ICO"), NO_PHOTO),
    "paint.bmp": (photo_bytes((16, 16), "BMP"), NO_PHOTO),
    "plain.ppm": (photo_bytes((16, 16), "PPM"), NO_PHOTO),
    "fax.tga": (photo_bytes((16, 16), "TGA"), NO_PHOTO),
    "drawing.svgz": (gzip.compress(SVG), NO_PHOTO),
    "archive called.png": (zipped(), NO_PHOTO),
    "gif and script called.jpg": (b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//", NO_PHOTO),
    "frame without a picture.webp": (b"RIFF\x04\0\0\0WEBP", f"{DAMAGED}|{NO_PHOTO}"),
    "wave called.webp": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), NO_PHOTO),
    "one byte.jpg": (b"\xff", NO_PHOTO),
    "moving.webp": (frames("WEBP", duration=100), MOVING),
    "moving.png": (frames("PNG"), MOVING),
    "moving.avif": (frames("AVIF"), MOVING),
}


SOUND = {
    "page behind it.jpg": photo_bytes((60, 40)) + b"<html><script>alert('Rahasia')</script>",
    "archive behind it.png": photo_bytes((60, 40), "PNG") + zipped(),
    "page in its comment.jpg": photo_bytes((60, 40), comment=b"<script>alert('Rahasia')</script>"),
    "page in its words.png": png_with_text(0, "<script>alert('Rahasia')</script>"),
    "much Exif.jpg": plain(exif=exif({0x0131: "Rahasia " * 7000}, gps=True)),
    "much IPTC.jpg": plain(extra=app13(dataset(2, 25, b"Rahasia " * 3500) * 2)),
    "many segments.jpg": plain(extra=b"\xff\xfe\x00\x0aRahasia " * 8000),
    "a profile of 1 MB.jpg": plain(icc_profile=b"Rahasia " * 130_000),
    "a place in Exif.jpg": plain(exif=exif({}, gps=True)),
    "a place in Exif.png": plain(kind="PNG", exif=exif({}, gps=True)),
    "a place in Exif.webp": plain(kind="WEBP", exif=exif({}, gps=True)),
    "a place in Exif.avif": plain(kind="AVIF", exif=exif({}, gps=True)),
    "a place in XMP.jpg": plain(xmp=PLACED),
    "a place in XMP.webp": plain(kind="WEBP", xmp=PLACED),
    "entities in XMP.jpg": plain(xmp=LAUGHING),
    "a file's name in XMP.jpg": plain(xmp=LEAKING),
    "XMP as deep as a well.jpg": plain(xmp=b"<a>" * 12_000 + b"</a>" * 6_000),
    "Exif that points at itself.jpg": plain(exif=LOOPING),
    "Exif that is cut.jpg": plain(exif=exif({0x0131: "Rahasia" * 90}, gps=True)[:60]),
    "IPTC that is cut.jpg": plain(extra=app13(b"\x1c\x02\x78\xff\xff")),
    "previews inside.jpg": frames("MPO"),
}
"""Files of two minds: sound photos with something else in, on or behind them."""


def spent(call: Callable[[], object]) -> tuple[float, float]:
    """Return processor seconds, the child's among them, and by how many MiB this process grew at most."""
    before, peak = os.times(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    call()
    after = os.times()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak
    return sum(after[:4]) - sum(before[:4]), grown / 1024


def test_the_zoo_is_large() -> None:
    assert len(ZOO) >= 40
    assert len(SOUND) >= 20


def thirds(names):
    """Return all names; but each third takes --thorough."""
    return [
        name if place % 3 == 0 else pytest.param(name, marks=pytest.mark.thorough) for place, name in enumerate(names)
    ]


@pytest.mark.parametrize("name", thirds(ZOO))
def test_the_zoo_is_refused_within_a_second_and_64_mib(tmp_path, name):
    data, words = ZOO[name]
    assert len(data) < 300_000
    path = photo_file(tmp_path, name, data)

    def refuse() -> None:
        with pytest.raises(RefusedPhotoError, match=words):
            inspect(path)

    seconds, grown_mib = spent(refuse)
    assert seconds < 1
    assert grown_mib < 64


@pytest.mark.parametrize("name", thirds(SOUND))
def test_sound_photos_with_something_else_are_taken_within_a_second(tmp_path, name):
    path = photo_file(tmp_path, name, SOUND[name])
    seconds, grown_mib = spent(lambda: inspect(path))
    assert seconds < 1
    assert grown_mib < 64


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("a.jpg", photo_bytes((1200, 800)), (1200, 800)),
        ("a.png", photo_bytes((30, 20), "PNG"), (30, 20)),
        ("a.webp", photo_bytes((30, 20), "WEBP"), (30, 20)),
        ("a.avif", photo_bytes((30, 20), "AVIF"), (30, 20)),
        ("clear.png", photo_bytes((30, 20), "PNG", mode="RGBA"), (30, 20)),
        ("print.jpg", photo_bytes((30, 20), "JPEG", mode="CMYK"), (30, 20)),
        ("grey.jpg", photo_bytes((30, 20), "JPEG", mode="L"), (30, 20)),
        ("palette.png", photo_bytes((30, 20), "PNG", mode="P"), (30, 20)),
        ("wrong suffix.png", photo_bytes((30, 20)), (30, 20)),
        ("as large as may be.png", png(16_000, 4_000, rows=4_000), (16_000, 4_000)),
        ("with a preview inside.jpg", frames("MPO"), (40, 30)),
    ],
)
def test_a_sound_photo_is_taken(tmp_path, name, data, size):
    found = inspect(photo_file(tmp_path, name, data))
    assert (found.width, found.height) == size
    assert (found.caption, found.creator, found.credit) == ("", "", "")


def test_a_name_that_looks_like_an_option_is_a_file(tmp_path, monkeypatch):
    photo_file(tmp_path, "-h")
    monkeypatch.chdir(tmp_path)
    assert inspect((tmp_path / "-h").relative_to(tmp_path)).format == "JPEG"

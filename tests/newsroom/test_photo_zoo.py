"""Photos that come in: what is taken, and a zoo of what is refused with words that help."""

import struct
import time
import zlib
from io import BytesIO

import pytest
from PIL import Image

from tests.newsroom.builders import photo_bytes, photo_file
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


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
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
    "moving.webp": (frames("WEBP", duration=100), MOVING),
    "moving.png": (frames("PNG"), MOVING),
    "moving.avif": (frames("AVIF"), MOVING),
}


@pytest.mark.parametrize("name", ZOO)
def test_the_zoo_is_refused_within_seconds(tmp_path, name):
    data, words = ZOO[name]
    assert len(data) < 100_000
    start = time.monotonic()
    with pytest.raises(RefusedPhotoError, match=words):
        inspect(photo_file(tmp_path, name, data))
    assert time.monotonic() - start < 10


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

"""Joined segments are one stream that every client reads, and the coding is one that the client takes."""

import gzip
import shutil
import subprocess
import time
import zlib

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from warta.delivery import segments

TEXTS = st.lists(
    st.one_of(
        st.text(max_size=300),
        st.text(alphabet="<p>/a &;\n", max_size=3000),
        st.builds(str.__mul__, st.sampled_from(["a", "Kapal ", "ñ", "💣", "\0", "\ud7ff"]), st.integers(0, 40_000)),
    ),
    min_size=1,
    max_size=8,
)


def streamed(data: bytes, sizes: list[int]) -> bytes:
    """Decode as a browser does: chunk by chunk, one member, nothing behind it."""
    decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
    decoded, at, turn = b"", 0, 0
    while at < len(data):
        size = sizes[turn % len(sizes)]
        decoded += decoder.decompress(data[at : at + size])
        at, turn = at + size, turn + 1
    assert decoder.eof
    assert decoder.unused_data == b""
    return decoded


@settings(max_examples=120, deadline=None)
@given(TEXTS, st.lists(st.integers(1, 4096), min_size=1, max_size=5))
def test_gzip_of_joined_segments_is_the_text_for_every_decoder(texts: list[str], sizes: list[int]) -> None:
    whole = "".join(texts).encode()
    data = segments.gzip([segments.pack(text) for text in texts])
    assert gzip.decompress(data) == whole
    assert zlib.decompress(data, 16 + zlib.MAX_WBITS) == whole
    assert streamed(data, sizes) == whole
    assert data[-8:] == zlib.crc32(whole).to_bytes(4, "little") + len(whole).to_bytes(4, "little")
    assert data == segments.joined([segments.pack(text) for text in texts], "gzip")


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_other_codings_are_the_text_too(texts: list[str]) -> None:
    whole = "".join(texts).encode()
    packed = [segments.pack(text) for text in texts]
    assert segments.joined(packed, "identity") == whole
    assert zstd.decompress(segments.joined(packed, "zstd")) == whole
    assert [(piece.size, piece.crc) for piece in packed] == [
        (len(text.encode()), zlib.crc32(text.encode())) for text in texts
    ]


def test_other_programs_read_the_joined_stream(tmp_path) -> None:
    texts = ["<!doctype html>" * 40, "", "Kapal Perintis 💣" * 900, "\n", "</html>"]
    path = tmp_path / "page.gz"
    path.write_bytes(segments.gzip([segments.pack(text) for text in texts]))
    done = subprocess.run([shutil.which("gzip") or "gzip", "-dc", str(path)], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "".join(texts)


def test_one_wrong_byte_is_noticed_by_the_client() -> None:
    data = bytearray(segments.gzip([segments.pack("Kapal berlayar. " * 50), segments.pack("Kapal tiba.")]))
    data[len(data) // 2] ^= 0x10
    with pytest.raises((zlib.error, OSError, EOFError)):
        gzip.decompress(bytes(data))


def test_joining_costs_few_bytes() -> None:
    texts = [f"<li><a href='/dunia/read/2024/05/03/{n}/kapal'>Kapal nomor {n} berlayar</a></li>" * 20 for n in range(5)]
    joined = len(segments.gzip([segments.pack(text) for text in texts]))
    assert joined < len(gzip.compress("".join(texts).encode(), 9)) + 5 * 120


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        (None, "identity"),
        ("", "identity"),
        ("identity", "identity"),
        ("br, deflate", "identity"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("X-GZip", "gzip"),
        ("gzip, deflate, br, zstd", "gzip"),
        ("zstd, gzip;q=0.1", "gzip"),
        ("zstd", "zstd"),
        ("br, zstd", "zstd"),
        ("gzip;q=0, zstd", "zstd"),
        ("gzip;q=0", "identity"),
        ("gzip;q=0.0", "identity"),
        ("gzip;q=0.000", "identity"),
        ("gzip;Q=0", "identity"),
        ("gzip ; q=0", "identity"),
        ("gzip; q = 0", "identity"),
        ("gzip;q=0.001", "gzip"),
        ("*", "gzip"),
        ("*;q=0", "identity"),
        ("gzip;q=0, *", "zstd"),
        ("gzip;q=0, *;q=0.5", "zstd"),
        ("gzip;q=0, zstd;q=0, *", "identity"),
        ("*;q=0, gzip", "gzip"),
        ("identity;q=0, gzip;q=0", "identity"),
        ("identity;q=0", "identity"),
        ("x-gzip;q=0", "identity"),
        ("x-gzip;q=0, *", "zstd"),
        ("gzip;q=-1", "identity"),
        ("gzip;q=nan", "identity"),
        ("gzip;q=", "identity"),
        ("gzip;q=satu", "identity"),
        ("gzip;q=1e400", "gzip"),
        ("gzipped", "identity"),
        ("gzip\0", "identity"),
        (",,, ;, ;q=1,=,gzip", "gzip"),
        (";q=1", "identity"),
        ("\tgzip\t;\tq=1", "gzip"),
        ("gz ip", "identity"),
        ("ｇｚｉｐ", "identity"),
    ],
)
def test_the_coding_is_one_that_is_taken(accepted: str | None, chosen: str) -> None:
    assert segments.coding(accepted) == chosen


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(alphabet="gzipstd*;q=01. ,-", max_size=200)))
def test_no_header_breaks_the_choice(accepted: str) -> None:
    chosen = segments.coding(accepted)
    assert chosen in {"gzip", "zstd", "identity"}
    words = accepted.lower()
    if "gzip" not in words and "*" not in words:
        assert chosen != "gzip"
    if "zstd" not in words and "*" not in words:
        assert chosen != "zstd"


@pytest.mark.parametrize(
    "entry", ["x{n};q=0.{n}", "gzip;q=0.{n}", "", ";", "gzip;q=" + "1" * 30, "*;q=0", "{n}=;{n};q={n}"]
)
def test_ten_thousand_entries_cost_ten_times_a_thousand(entry: str) -> None:
    def seconds(count: int) -> float:
        header = ",".join(entry.format(n=number) for number in range(count))
        best = float("inf")
        for _ in range(5):
            start = time.process_time()
            segments.coding(header)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(10_000) < max(40 * seconds(1_000), 0.02)


def test_one_entry_of_a_megabyte_costs_little() -> None:
    start = time.process_time()
    for value in ("gzip;q=0." + "1" * 10**6, "gzip;q=" + "9" * 10**6, "a" * 10**6, "gzip" + ";" * 10**6):
        segments.coding(value)
    assert time.process_time() - start < 0.5

"""RSS, Atom and JSON Feed as archives: golden pairs, and what may never happen whatever is in them.

`GOLDEN=write pytest tests/ingest/formats/test_feed.py` writes the expected files anew, to be read before they are
committed.
"""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.formats.golden import check
from warta.ingest.formats import feed
from warta.ingest.formats.feed import parse
from warta.ingest.item import BrokenItem, SourceItem, Told
from warta.lexicon.copy import ParagraphCopy

DATA = Path(__file__).parents[1] / "data"
GIVEN = sorted(path for path in DATA.glob("feed-*") if ".expected." not in path.name)
TOLD = Told(pictures=DATA / "foto")


@pytest.mark.parametrize("path", GIVEN, ids=lambda path: path.name)
def test_golden(path):
    check(path, parse, TOLD)


HEAD = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>'


def one(tmp_path, raw, name="f.xml", **told):
    file = tmp_path / name
    file.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return list(parse(file, Told(**told)))


def item(tmp_path, inner, **told):
    [found] = one(tmp_path, f"{HEAD}<item><title>T</title><link>https://lama.example/a</link>{inner}</item>", **told)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_of_unicode_is_read(tmp_path, encoding):
    raw = f'<?xml version="1.0" encoding="{encoding[:6]}"?>{HEAD}<item><title>Kafé</title><link>a</link></item>'
    assert [found.copy.headline for found in one(tmp_path, raw.encode(encoding))] == ["Kafé"]


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("Mon, 03 May 2021 06:39:00 +0700", "2021-05-02T23:39:00+00:00"),
        ("Mon, 03 May 2021 06:39:00 WIB", "2021-05-02T23:39:00+00:00"),
        ("Mon, 03 May 2021 06:39:00", "2021-05-02T21:39:00+00:00"),
        ("Mon, 03 May 2021 06:39:00 -0000", "2021-05-03T06:39:00+00:00"),
        ("2021-05-03T06:39:00Z", "2021-05-03T06:39:00+00:00"),
        ("2021-05-03 06:39", "2021-05-02T21:39:00+00:00"),
    ],
)
def test_dates(tmp_path, written, instant):
    found = item(tmp_path, f"<pubDate>{written}</pubDate>", zone="Asia/Jayapura")
    assert found.copy.first_published_at.isoformat() == instant
    assert found.copy.status == "published"


@pytest.mark.parametrize(
    "written", ["besok", "0001-01-01", "Mon, 99 May 2021 06:39:00 +0700", "9" * 5_000, "2021-05-03T06:39:00+99:99"]
)
def test_a_date_that_cannot_be_read_makes_a_draft(tmp_path, written):
    found = item(tmp_path, f"<pubDate>{written}</pubDate>")
    assert found.copy.status == "draft"
    assert "date: none, taken as a draft" in found.lost


def test_words_on_a_picture_are_not_the_body(tmp_path):
    found = item(tmp_path, "<description>Isi.</description><media:description>Gambar.</media:description>")
    assert found.copy.body == (ParagraphCopy("<p>Isi.</p>"),)


def test_a_feed_of_more_than_64_mb_is_refused_with_words_on_what_to_do(tmp_path):
    file = tmp_path / "f.xml"
    with file.open("wb") as out:
        out.truncate(feed.LARGEST + 1)
    [found] = parse(file, Told())
    assert found.reason == "is larger than 64 MB: cut the feed into files by year, each a feed of its own"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "holds no items"),
        ("<html><p>bukan umpan</p></html>", "holds no items"),
        (f'<!DOCTYPE rss [<!ENTITY a "b">]>{HEAD}<item/>', "declares entities"),
        (f'<!doctype rss SYSTEM "file:///etc/passwd" [ ]>{HEAD}<item/>', "declares entities"),
        (f'<!DOCTYPE rss SYSTEM "x"><!ENTITY a SYSTEM "file:///etc/passwd">{HEAD}<item/>', "declares entities"),
        ("x" * 600_000 + "<item>", "is no feed: 600,000 bytes come before its first item"),
        (f"{HEAD}<item><title>{'x' * 5_000_000}</title></item>", "bytes: at most 4,194,304"),
        (f"{HEAD}<item>{'<a>' * 20_000}</item>", "has 20,002 times < outside of CDATA"),
        (f"{HEAD}<item><a {'b ' * 200_000}></item>", "has a tag of more than 200,000 bytes"),
        (f"{HEAD}<item><title>{'x' * 301}</title><link>a:b</link></item>", "its title has 301 characters"),
        ('{"version":"1"}', "holds no items"),
        ('{"items":[1', "the file ends within a value; the items before that place are taken"),
        ('{"items":[' + "[" * 99_999 + "]" * 99_999 + "]}", "is nested too deep"),
        ("{" + ",".join(f'"{n}":1' for n in range(200)) + "}", "more than 100 fields"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, raw, reason):
    began = time.process_time()
    found = one(tmp_path, raw)
    assert reason in " ".join(each.reason for each in found if isinstance(each, BrokenItem))
    assert time.process_time() - began < 1


def test_an_entity_within_an_article_is_only_words(tmp_path):
    found = item(tmp_path, "<description><![CDATA[<p>Tulis &lt;!ENTITY a&gt; di <!DOCTYPE x></p>]]></description>")
    assert found.copy.body[0].html.startswith("<p>Tulis &lt;!ENTITY a&gt; di")


@pytest.mark.parametrize("author", ["a" * 200_000, "a@" * 100_000, "a." * 100_000])
def test_an_endless_author_takes_no_time(tmp_path, author):
    began = time.process_time()
    for inner in (f"<author>{author}</author>", f"<dc:creator><![CDATA[{author}]]></dc:creator>", f"<author>{author}"):
        assert item(tmp_path, inner).copy.by == ()
    assert time.process_time() - began < 1


def test_one_broken_item_harms_no_other(tmp_path):
    raw = f"{HEAD}<item><title>A</title><link>a:1</link><description><![CDATA[x<item></description></item>"
    raw += "".join(f"<item><title>B{n}</title><link>a:b{n}</link></item>" for n in range(3))
    raw += "<item><title>C</title><link>a:c</link><description><![CDATA[x]]></description></item>"
    found = [each.copy.headline for each in one(tmp_path, raw) if isinstance(each, SourceItem)]
    assert found == ["A", "B0", "B1", "B2", "C"]


SAMPLES = [path.read_bytes() for path in GIVEN]


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(SAMPLES),
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.integers(0, 40),
            st.sampled_from([b"", b"<", b">", b"&", b"]]>", b"<![CDATA[", b"\xff", b'"']),
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_a_damaged_feed_yields_items_and_never_fails(tmp_path_factory, sample, damages, is_doubled):
    raw = bytearray(sample)
    for place, length, instead in damages:
        at = int(place * len(raw))
        raw[at : at + length] = raw[at : at + length] * 2 if is_doubled else instead
    file = tmp_path_factory.getbasetemp() / "damaged.xml"
    file.write_bytes(raw)
    began = time.process_time()
    for found in parse(file, TOLD):
        assert isinstance(found, SourceItem | BrokenItem)
        if isinstance(found, SourceItem):
            assert all(len(loss) <= 200 for loss in found.lost)
            repr(found.copy).encode()
    assert time.process_time() - began < 1

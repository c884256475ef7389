"""ninjs: the golden pairs in tests/ingest/data, and what may never happen whatever an agency sends.

`GOLDEN=write pytest tests/ingest/formats` writes the expected files anew, to be read before they are committed.
"""

import re
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.formats.golden import check
from warta.ingest.formats.ninjs import item_of
from warta.ingest.item import BrokenItem, SourceItem
from warta.lexicon.copy import HEADLINE_LENGTH, HeadingCopy, ParagraphCopy

DATA = Path(__file__).parents[1] / "data"
GIVEN = sorted(path for path in DATA.glob("ninjs-*.json*") if ".expected." not in path.name)


@pytest.mark.parametrize("path", GIVEN, ids=lambda path: path.name)
def test_golden(path):
    check(path)


def test_there_are_enough_golden_pairs():
    assert len(GIVEN) >= 14
    assert {path.name.replace(".expected", "") for path in DATA.glob("ninjs-*.expected.json")} == {
        f"{path.stem}.json" for path in GIVEN
    }


def item(**fields):
    return item_of({"uri": "tag:x", "headline": "H", **fields}, folder=None, where="x.json")


@pytest.mark.parametrize("name", ["firstcreated", "firstCreated", "first_created", "first-created", "FIRST_CREATED"])
def test_every_spelling_of_a_field_is_known(name):
    found = item(**{name: "2024-05-03T06:39:00+07:00"})
    assert found.copy.first_published_at.isoformat() == "2024-05-02T23:39:00+00:00"
    assert found.copy.zone == "Asia/Jakarta"
    assert found.lost == ()


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("By Ani and Budi", ["Ani", "Budi"]),
        ("Oleh Ani, Budi", ["Ani", "Budi"]),
        ("Laporan: Ani dan Budi", ["Ani", "Budi"]),
        ("Ani / Budi & Citra; Dewi", ["Ani", "Budi", "Citra", "Dewi"]),
        ("Dr. Siti Aminah, M.Si., Budi", ["Dr. Siti Aminah, M.Si.", "Budi"]),
        ("Byron Dandan", ["Byron Dandan"]),
        (["Ani", {"name": "Budi"}], ["Ani", "Budi"]),
        ("Ani, ANI", ["Ani"]),
        ("", []),
    ],
)
def test_bylines(by, names):
    assert item(by=by).copy.by == tuple((name, "reporter") for name in names)


def test_an_editor_named_in_the_byline_is_an_editor():
    assert item(byline="Reporter: Ani / Editor: Budi").copy.by == (("Ani", "reporter"), ("Budi", "editor"))


def test_a_photo_credit_is_no_byline():
    found = item(byline="Ani, Foto: Budi")
    assert found.copy.by == (("Ani", "reporter"),)
    assert found.lost == ("byline: Foto: Budi",)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("usable", "published"),
        ("stat:usable", "published"),
        ("http://cv.iptc.org/newscodes/pubstatus/Usable", "published"),
        (None, "published"),
        ("WITHHELD", "draft"),
        ("canceled", "withdrawn"),
        ("cancelled", "withdrawn"),
    ],
)
def test_status(said, status):
    assert item(pubStatus=said).copy.status == status


@pytest.mark.parametrize("said", ["gone", 1, ["usable"]])
def test_an_unknown_status_is_refused(said):
    assert item(pubStatus=said).reason.endswith("write usable, withheld or canceled")


@pytest.mark.parametrize("embargo", ["besok", 5, "2024-13-01T00:00:00Z", True, {"until": "2024"}])
def test_an_embargo_that_cannot_be_read_refuses_the_item(embargo):
    found = item(embargoed=embargo)
    assert isinstance(found, BrokenItem)
    assert found.reason.startswith("embargoed is ")
    assert "2024-05-03T06:39:00+07:00" in found.reason


def test_a_long_headline_is_refused_with_its_length():
    assert f"{HEADLINE_LENGTH + 1} characters" in item(headline="x" * (HEADLINE_LENGTH + 1)).reason
    assert len(item(headline="x" * HEADLINE_LENGTH).copy.headline) == HEADLINE_LENGTH


def test_plain_text_is_escaped_and_parted():
    found = item(body_text="A < B & C\n\n<script>x</script>")
    assert found.copy.body == (
        ParagraphCopy("<p>A &lt; B &amp; C</p>"),
        ParagraphCopy("<p>&lt;script&gt;x&lt;/script&gt;</p>"),
    )


def test_long_lines_without_blank_ones_are_paragraphs():
    long = "kata " * 30
    assert len(item(body_text=f"{long}\n{long}").copy.body) == 2


def test_html_comes_before_text_and_the_same_words_are_no_loss():
    found = item(body_text="Kata satu dua tiga", body_html="<p>Kata <b>satu</b> dua tiga</p>")
    assert found.copy.body == (ParagraphCopy("<p>Kata <b>satu</b> dua tiga</p>"),)
    assert found.lost == ()


def test_another_text_is_a_loss():
    assert item(body_text="Sisipan lain sama sekali", body_html="<p>Kata</p>").lost == ("body_text",)


def test_a_repeated_headline_opens_no_body():
    found = item(body_html="<h1>H</h1><h2>Lain</h2><p>Kata</p>")
    assert found.copy.body[0] == HeadingCopy("Lain")


def test_a_body_longer_than_two_million_characters_is_refused():
    assert "2,000,001 characters" in item(body_html="<p>" + "x" * 1_999_998).reason
    assert "2,000,001 characters" in item(body_text="x" * 2_000_001).reason


def test_control_characters_and_halves_of_characters_go():
    found = item(headline="A\x00B\ud800C", body_html="<p>x\x00\udfffy\x1b</p>", located="Ko\x07ta")
    assert (found.copy.headline, found.copy.place, found.copy.body) == ("ABC", "Kota", (ParagraphCopy("<p>xy</p>"),))


def test_losses_are_bounded():
    found = item(**{f"x{n}": 1 for n in range(5000)})
    assert len(found.lost) == 201
    assert found.lost[-1] == "… and more"


def picture(folder, href, **fields):
    return item_of(
        {"uri": "tag:x", "headline": "H", "associations": {"main": {"type": "picture", "href": href, **fields}}},
        folder=folder,
        where="x",
    )


def test_a_picture_that_leads_in_the_body_too_is_shown_once(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"x")
    found = item_of(
        {"uri": "tag:x", "headline": "H", "body_html": '<p>A</p><img src="a.jpg"><p>B</p>',
         "associations": [{"name": "a", "type": "picture", "href": "a.jpg"}]},
        folder=tmp_path,
        where="x",
    )  # fmt: skip
    assert found.copy.lead.path == tmp_path / "a.jpg"
    assert len(found.copy.body) == 2


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret").write_bytes(b"x")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.jpg").symlink_to(tmp_path / "secret")
    (inside / "ring").symlink_to(inside / "ring")
    (inside / "folder").symlink_to(tmp_path)
    for href in ("a.jpg", "folder/secret", "ring", "ring/a.jpg", "%2e%2e/secret", "..%2Fsecret", "x/../../secret"):
        found = picture(inside, href)
        assert found.copy.lead is None, href
        assert len(found.lost) == 1


@pytest.mark.parametrize(
    "href", ["a" * 5000, "a/" * 3000, "\x00", "a\nb", "%00", "[", "//[", "http://[", "C:\\a", "%ff", "?", "#"]
)
def test_odd_addresses_of_pictures_are_lost(tmp_path, href):
    found = picture(tmp_path, href)
    assert found.copy.lead is None
    assert found.lost[0].startswith("picture: ")


def test_the_widest_picture_beside_the_document_is_taken(tmp_path):
    for name in ("s.jpg", "m.jpg"):
        (tmp_path / name).write_bytes(b"x")
    renditions = {
        "s": {"href": "s.jpg", "width": 10},
        "m": {"href": "m.jpg", "width": "900"},
        "l": {"href": "l.jpg", "width": 2000},
        "v": {"href": "s.jpg", "mimetype": "video/mp4", "width": 5000},
    }
    found = picture(tmp_path, None, renditions=renditions)
    assert found.copy.lead.path.name == "m.jpg"


NAMES = [
    "uri",
    "guid",
    "type",
    "headline",
    "headlines",
    "headline_main",
    "title",
    "by",
    "byline",
    "authors",
    "people",
    "person",
    "located",
    "place",
    "subject",
    "subjects",
    "genre",
    "genres",
    "firstcreated",
    "versionCreated",
    "embargoed",
    "pubStatus",
    "language",
    "description_text",
    "descriptions",
    "body_html",
    "body_text",
    "bodies",
    "associations",
    "renditions",
    "altids",
    "name",
    "value",
    "role",
    "contentType",
    "href",
    "width",
    "rel",
    "mimetype",
]
WORDS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="<>/=\"' abcpdivutlsrimg&;#!-", max_size=60),
    st.sampled_from(
        ["usable", "2024-05-03T06:39:00+07:00", "2024-05-03", "text/html", "picture", "main", "image/jpeg", "../a",
         "a.jpg", "<p>x</p>", "author", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"]
    ),
)  # fmt: skip
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=8)), inner, max_size=5),
    ),
    max_leaves=25,
)
TAG = re.compile(r"</?(?:p|b|i|a|br|ul|ol|li)(?: href=\"[^\"<>]*\")?>")


@settings(max_examples=300, deadline=None)
@given(st.one_of(JSON, st.dictionaries(st.sampled_from(NAMES), JSON, max_size=12)))
def test_any_json_becomes_copy_or_a_reason(data):
    data = {"uri": "tag:x", "headline": "H", **data} if isinstance(data, dict) and len(data) % 2 else data
    found = item_of(data, folder=DATA, where="x")
    if isinstance(found, BrokenItem):
        assert found.reason
        return
    assert isinstance(found, SourceItem)
    assert found.copy.uri
    assert 0 < len(found.copy.headline) <= HEADLINE_LENGTH
    for text in (found.copy.headline, found.copy.standfirst, found.copy.place, *found.copy.topics, *found.lost):
        assert "\x00" not in text
        text.encode()
    for at in (found.copy.first_published_at, found.copy.updated_at, found.copy.embargo):
        assert at is None or at.tzinfo is UTC
    for block in found.copy.body:
        if isinstance(block, ParagraphCopy):
            assert "<" not in TAG.sub("", block.html)

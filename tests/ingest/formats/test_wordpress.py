"""WordPress: the golden pairs in tests/ingest/data, and what may never happen whatever an export holds.

`GOLDEN=write pytest tests/ingest/formats` writes the expected files anew, to be read before they are committed.
"""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.formats.golden import check
from warta.ingest.formats.ninjs.fields import Lost
from warta.ingest.formats.wordpress import parse, scan
from warta.ingest.formats.wordpress.autop import with_paragraphs
from warta.ingest.formats.wordpress.metadata import image_words
from warta.ingest.formats.wordpress.shortcodes import Shortcodes
from warta.ingest.item import BrokenItem, SourceItem, Told
from warta.lexicon.copy import EmbedCopy, PictureCopy

DATA = Path(__file__).parents[1] / "data"
GIVEN = sorted(path for path in DATA.glob("wordpress-*") if ".expected." not in path.name)
HEAD = "<rss><channel><link>https://lama.example</link>"


@pytest.mark.parametrize("path", GIVEN, ids=lambda path: path.name)
def test_golden(path):
    check(path, parse, Told(pictures=DATA))


def items(tmp_path, *xml, told=None, head=HEAD):
    file = tmp_path / "ekspor.xml"
    file.write_text(head + "".join(xml) + "</channel></rss>")
    return list(parse(file, told or Told()))


def item(body="Isi.", *, number=1, title="Judul", kind="post", more=""):
    return (
        f"<item><title>{title}</title><content:encoded><![CDATA[{body}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2019-05-03 00:39:00</wp:post_date_gmt>"
        f"<wp:post_type>{kind}</wp:post_type>{more}</item>"
    )


def test_read_only_grows_and_ends_at_the_size_of_the_source():
    found = list(parse(DATA / "wordpress-parts", Told(pictures=DATA)))
    size = sum(path.stat().st_size for path in (DATA / "wordpress-parts").rglob("[!.]*.xml"))
    assert [each.read for each in found] == sorted(each.read for each in found)
    assert 0 < found[0].read <= found[-1].read <= size


def test_the_same_sources_make_the_same_identities_whatever_their_order(tmp_path):
    one = item(number=1, more="<guid>https://lama.example/sama</guid>")
    two = item(number=2, more="<guid>https://lama.example/sama</guid>")
    uris = [{found.copy.uri for found in items(tmp_path, *order)} for order in ((one, two), (two, one))]
    assert uris[0] == uris[1] == {"https://lama.example/?p=1", "https://lama.example/?p=2"}


def test_an_item_with_nothing_to_name_it_is_refused(tmp_path):
    (found,) = items(tmp_path, item(number=0), head="<rss><channel>")
    assert "nothing names it for good" in found.reason


def test_a_site_in_a_folder_keeps_its_own_numbers_apart_from_another_site(tmp_path):
    for name, host in (("a.xml", "satu.example"), ("b.xml", "dua.example")):
        attachment = item(
            number=9, kind="attachment", more=f"<wp:attachment_url>https://{host}/u/{name}.jpg</wp:attachment_url>"
        )
        featured = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>"
        export = f"<rss><channel><link>https://{host}</link>{item(more=featured)}{attachment}</channel></rss>"
        (tmp_path / name).write_text(export)
    assert [found.lost for found in parse(tmp_path, Told())] == [
        ("picture: https://satu.example/u/a.xml.jpg is missing in the folder of pictures",),
        ("picture: https://dua.example/u/b.xml.jpg is missing in the folder of pictures",),
    ]


def test_a_stale_picture_number_does_not_bring_another_picture(tmp_path):
    other = item(
        number=9,
        kind="attachment",
        more="<wp:attachment_url>https://lama.example/wp-content/uploads/foto/pompa.jpg</wp:attachment_url>",
    )
    body = '<img class="wp-image-9" src="https://lama.example/wp-content/uploads/foto/tanggul-besar-640x480.jpg">'
    (found,) = items(tmp_path, item(body), other, told=Told(pictures=DATA))
    assert [block.photo.path.name for block in found.copy.body if isinstance(block, PictureCopy)] == [
        "tanggul-besar.jpg"
    ]


@pytest.mark.parametrize(
    "trick", ["../../../etc/passwd", "/etc/passwd", "foto/%2e%2e/%2e%2e/x.jpg", "file:///etc/passwd"]
)
def test_no_picture_lies_outside_the_folder(tmp_path, trick):
    attachment = item(number=9, kind="attachment", more=f"<wp:attachment_url>{trick}</wp:attachment_url>")
    (found,) = items(tmp_path, item(f'[gallery ids="9"]<img src="{trick}">'), attachment)
    assert found.copy.body == ()
    assert {loss.partition(":")[0] for loss in found.lost} == {"picture"}


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("kata [sic] dan [non-aktif] [1] [Antara]", None),
        ("[Baca juga: <a href='x' class='y'>z</a>]", None),
        ("[[gallery]]", "[gallery]"),
        ("[b]tebal[/b]", "tebal"),
        ("[/b] sendiri", None),
        ("[iklan id=”3″]x", "x"),
        ("[embed]https://x.example/?a=1&amp;b=2[/embed]", '<iframe src="https://x.example/?a=1&amp;b=2"></iframe>'),
        ("[youtube=https://youtu.be/x&w=640&h=360]", '<iframe src="https://youtu.be/x"></iframe>'),
        ("[youtube]abcdefghijk[/youtube]", '<iframe src="https://www.youtube.com/watch?v=abcdefghijk"></iframe>'),
        ("[embed]javascript:x[/embed]", "javascript:x"),
        ("[caption]tanpa gambar[/caption]", "tanpa gambar"),
        ('[gallery ids="3,4"]', '<figure><img src="attachment:3"></figure><figure><img src="attachment:4"></figure>'),
        ('[gallery exclude="8"]', '<figure><img src="attachment:9"></figure>'),
    ],
)
def test_shortcodes(given, made):
    assert Shortcodes(lambda: [8, 9], {}.__setitem__, Lost()).html(given) == (given if made is None else made)


def test_a_shortcode_that_is_taken_out_is_told_in_full():
    lost = Lost()
    assert Shortcodes(list, {}.__setitem__, lost).html('a [tabel id="3"]b[/tabel] [x_y]') == "a b "
    assert lost.all() == ('shortcode: [tabel id="3"]', "shortcode: [x_y]")


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("a\n\nb", "a<p>b"),
        ("a\nb", "a<br>b"),
        ("<b>a\n\nb</b>", "<b>a<br><br>b</b>"),
        ("a\n\n<ul>\n<li>b</li>\n</ul>\n\nc", "a<ul><li>b</li></ul>c"),
        ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
        ("\nhttps://youtu.be/x\n", '<iframe src="https://youtu.be/x"></iframe>'),
        ("https://lama.example/x", "https://lama.example/x"),
    ],
)
def test_paragraphs_of_the_classic_editor(given, made):
    assert with_paragraphs(given) == made


@pytest.mark.parametrize(
    ("serialised", "credit"),
    [
        ('a:1:{s:10:"image_meta";a:1:{s:6:"credit";s:7:"Ani – B";}}', ""),  # the length is in bytes, and wrong here
        ('a:1:{s:10:"image_meta";a:1:{s:6:"credit";s:9:"Ani – B";}}', "Ani – B"),
        ('a:1:{s:10:"image_meta";a:1:{s:6:"credit";s:99999:"Ani";}}', ""),
        ('a:1:{s:6:"credit";s:3:"Ani";}', ""),
    ],
)
def test_credits_in_what_php_serialised(serialised, credit):
    assert image_words(serialised)[1] == credit


def test_addresses_in_the_body_that_stand_alone_become_what_they_show(tmp_path):
    (found,) = items(tmp_path, item("Lihat:\n\nhttps://youtu.be/abc\n\nSelesai."))
    assert found.copy.body[1] == EmbedCopy("https://youtu.be/abc")


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b'<?xml version="1.0" encoding="Shift_JIS"?><rss>', "is written in SHIFT_JIS: save it as UTF-8"),
        ("<rss>".encode("utf-16"), "is written in UTF-16: save it as UTF-8"),
        (b"<!DOCTYPE rss><rss>", "declares a document type; no WordPress export does, take the declaration out"),
        (b"", "is no WordPress export: it holds no <rss> and no <item>"),
    ],
)
def test_files_that_are_refused(tmp_path, head, reason):
    file = tmp_path / "x.xml"
    file.write_bytes(head)
    (found,) = parse(file, Told())
    assert (found.where, found.reason) == ("x.xml", reason)


def test_an_item_that_is_too_large_does_not_stop_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(scan, "LARGEST", 300_000)
    huge = "".join(f"<wp:x><![CDATA[{'x' * 90_000}]]></wp:x>" for _ in range(5))
    found = items(tmp_path, item(more=huge), item(number=2))
    assert "is larger than" in found[0].reason
    assert found[1].copy.uri == "https://lama.example/?p=2"


@pytest.mark.parametrize(
    "body",
    [
        "[a x=1]" * 10_000, "[" * 200_000, "[caption]" * 10_000 + "[/caption]" * 10_000, "<!-- wp:gallery " * 20_000,
        "<!-- wp:gallery --><figure>" * 10_000, "<" * 100_000, "\n \n" * 60_000, '<!-- wp:image {"id":1} -->' * 8_000,
        "]]> " * 50_000, '<img src="/a/b/c.jpg">' * 10_000, "https://" * 50_000,
    ],
    ids=range(11),
)  # fmt: skip
def test_no_body_makes_it_slow(tmp_path, body):
    start = time.process_time()
    assert len(items(tmp_path, item(body))) == 1
    assert time.process_time() - start < 1


SAMPLE = (DATA / "wordpress-classic.xml").read_bytes()[:9000] + (DATA / "wordpress-blocks.xml").read_bytes()[:5000]
PIECES = (
    b"<item>",
    b"</item>",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"\xff",
    b"\x00",
    b"&",
    b"<",
    b"<wp:postmeta>",
    b"[",
)


@settings(max_examples=25, deadline=None)
@given(
    changes=st.lists(
        st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 400), st.sampled_from(PIECES) | st.binary(max_size=4)),
        max_size=6,
    )
)
def test_whatever_happens_to_an_export_it_only_yields_items(tmp_path_factory, changes):
    raw = SAMPLE
    for place, cut, piece in changes:
        raw = raw[:place] + piece + raw[place + cut :]
    file = tmp_path_factory.mktemp("x") / "x.xml"
    file.write_bytes(raw)
    start = time.process_time()
    found = list(parse(file, Told(pictures=DATA)))
    assert time.process_time() - start < 1
    assert all(isinstance(each, SourceItem | BrokenItem) for each in found)
    for each in found:
        if isinstance(each, SourceItem):
            assert each.copy.uri
            assert each.copy.headline
            assert all(len(loss) <= 200 for loss in each.lost)
            json.dumps([each.copy.headline, *each.lost]).encode()

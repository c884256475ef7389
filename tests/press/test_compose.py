"""From an article to its page: every kind of block beside its golden file, and what paragraphs let through."""

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.newsroom.builders import NOW, article, photo_file
from tests.newsroom.test_inline_html import MIXTURES
from warta.lexicon import addresses
from warta.lexicon.copy import (
    EmbedCopy,
    HeadingCopy,
    ParagraphCopy,
    PhotoCopy,
    PictureCopy,
    QuoteCopy,
    ReadAlsoCopy,
    TableCopy,
)
from warta.newsroom.models import Article
from warta.paper.pages import ArticlePage
from warta.press.compose import article as compose
from warta.press.compose.blocks import blocks, paragraphs

GOLDEN = Path(__file__).parent / "golden" / "article.json"
MARKS = {"b", "i", "a", "br", "ul", "ol", "li"}


def full(folder: Path) -> Article:
    """File an article with something in every field and a block of every kind."""
    photo = PhotoCopy(path=photo_file(folder), caption="Warga memadati dermaga", credit="Antara", alt="Dermaga")
    other = article(9, headline="Jadwal Kapal", first_published_at=datetime(2024, 5, 1, tzinfo=UTC), rubric="Dunia")
    return article(
        1,
        headline="Kapal Perintis Tiba",
        standfirst="Muatannya 3 < 4 & lengkap.",
        channel="Berita",
        rubric="Dunia",
        topics=("Laut",),
        by=(("Sari Wiradjaja", "reporter"), ("Bima Antara", "editor")),
        initials="dzk",
        place="Senen",
        zone="WIT",
        lang="id",
        first_published_at=datetime(2024, 5, 2, 23, 39, tzinfo=UTC),
        updated_at=datetime(2024, 5, 3, 0, 5, tzinfo=UTC),
        lead=photo,
        body=(
            ParagraphCopy("<p>Kapal itu <strong>tiba</strong> &amp; bersandar.</p><p>Warga <em>lega</em>.</p>"),
            HeadingCopy("Muatan"),
            ParagraphCopy("<ul><li>Beras</li><li>Kain</li></ul>"),
            QuoteCopy("Kami menunggu lama", "Nelayan"),
            PictureCopy(photo),
            TableCopy(rows=(("Beras", "12"), ("Kain", "3")), head=("Barang", "Ton"), caption="Muatan kapal"),
            EmbedCopy("https://www.video.example/kapal", "Kapal tiba"),
            ReadAlsoCopy(other.uri),
        ),
    )


def without_names(page: dict, ids: dict[int, str]) -> dict:
    """Return a page without what differs from run to run: ids and the names of picture files."""
    text = json.dumps(page, ensure_ascii=False)
    text = re.sub(r"/gambar/[0-9a-f]{32}-", "/gambar/SIDIK-", text)
    for number, name in ids.items():
        text = text.replace(f"/{number}/", f"/{name}/").replace(f'"id": {number},', f'"id": "{name}",')
    return json.loads(text)


def test_an_article_is_composed_like_its_golden_file(tmp_path):
    made = full(tmp_path)
    page = compose.article(Article.objects.get(pk=made.pk))
    data = msgspec.json.encode(page)
    other = Article.objects.get(headline="Jadwal Kapal")
    composed = without_names(msgspec.json.decode(data), {made.pk: "INI", other.pk: "ITU"})
    assert composed == json.loads(GOLDEN.read_text("utf-8"))
    assert msgspec.json.decode(data, type=ArticlePage) == page


def test_an_article_stands_in_the_lists_of_its_headings_and_people(tmp_path):
    made = full(tmp_path)
    line = made.bylines.first()
    assert compose.lists(made) == [
        f"rubric:{made.rubric_id}",
        f"channel:{made.channel_id}",
        f"topic:{made.topics.get().pk}",
        f"person:{line.contributor_id}",
        f"person:{made.bylines.last().contributor_id}",
    ]


def test_who_reports_and_edits_stands_once_in_the_list_of_a_person():
    made = article(by=(("Sari", "reporter"), ("Sari", "editor")))
    assert sum(name.startswith("person:") for name in compose.lists(made)) == 1
    assert len(compose.article(made).reporters) == len(compose.article(made).editors) == 1


@pytest.mark.parametrize(("zone", "day"), [("WIB", "2024/05/02"), ("WITA", "2024/05/02"), ("WIT", "2024/05/03")])
def test_the_day_of_the_address_is_that_of_the_articles_zone(zone, day):
    made = article(zone=zone, first_published_at=datetime(2024, 5, 2, 15, 30, tzinfo=UTC))
    page = compose.article(made)
    found = addresses.read_article(page.path)
    assert found is not None
    assert (found.day, found.id, found.rubric) == (day, made.pk, "nusantara")
    assert page.path == page.teaser.path


def test_what_says_nothing_is_left_out():
    made = article(
        body=(
            ParagraphCopy("<p> </p><p><br></p>"),
            HeadingCopy("  "),
            QuoteCopy(" ", "Nelayan"),
            TableCopy(rows=()),
            EmbedCopy("javascript:alert(1)"),
            EmbedCopy("ftp://a.example/b"),
        )
    )
    assert blocks(made.body) == ()


def test_a_link_to_an_article_that_is_not_live_is_left_out():
    draft = article(9, status="draft")
    assert blocks(article(body=(ReadAlsoCopy(draft.uri),)).body) == ()


def test_a_withdrawn_article_leaves_its_address_and_reason():
    made = article(status="withdrawn", withdrawal_reason="Keliru.", first_published_at=NOW)
    page = compose.gone(made)
    assert (page.reason, page.id, page.withdrawn_at) == ("Keliru.", made.pk, made.withdrawn_at)
    with pytest.raises(ValueError, match="is not withdrawn"):
        compose.gone(article(2))


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        ("<p>Satu</p><p>Dua</p>", ["Satu", "Dua"]),
        ("<p>a <b>b</b> <i>c</i></p>", ["a <b>b</b> <i>c</i>"]),
        ("<ul><li>a</li><li>b</li></ul>", ["<ul><li>a</li><li>b</li></ul>"]),
        ("tanpa tanda", ["tanpa tanda"]),
        ("a<p>b</p>c", ["a", "b", "c"]),
        ("<p>a</p> & c < d", ["a", "&amp; c &lt; d"]),
        ("<b>tebal</b> dan <i>miring</i>", ["<b>tebal</b> dan <i>miring</i>"]),
        ('baca <a href="https://a.example/">ini</a> ya', ['baca <a href="https://a.example/">ini</a> ya']),
        ("<p></p><p>&nbsp;</p><br>", []),
        ("", []),
        ("<p>a<script>alert(1)</script></p><script>alert(2)</script>", ["a"]),
        ('<p><a href="javascript:alert(1)">a</a></p>', ["<a>a</a>"]),
        ('<p><a href="https://a.example/?b=1&amp;c=2">a</a></p>', ['<a href="https://a.example/?b=1&amp;c=2">a</a>']),
        ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", ["&lt;script&gt;alert(1)&lt;/script&gt;"]),
        ("<p>a<p>b</p></p>", ["a", "b"]),
        ("<ul><li><p>a</p><p>b</p></li></ul>", ["<ul><li>a b </li></ul>"]),
    ],
)
def test_rich_text_becomes_paragraphs(source, pieces):
    assert [piece.html for piece in paragraphs(source)] == pieces


class _Strict(HTMLParser):
    """Collects what of a paragraph is not among the few marks."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = {"href"} if tag == "a" else set()
        self.strange += [tag] if tag not in MARKS else [name for name, _ in attrs if name not in allowed]
        for _, value in attrs:
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", value or "", re.IGNORECASE)
            if scheme and scheme[1].lower() not in {"http", "https", "mailto"}:
                self.strange.append(value or "")

    def handle_comment(self, data: str) -> None:
        self.strange.append(data)

    def handle_decl(self, decl: str) -> None:
        self.strange.append(decl)


@given(source=MIXTURES | st.text(max_size=60))
def test_whatever_comes_a_paragraph_holds_the_few_marks_alone(source):
    for piece in paragraphs(source):
        reader = _Strict()
        reader.feed(piece.html)
        reader.close()
        assert reader.strange == [], piece.html
        assert re.search(r"[^<>\s]", re.sub(r"<[^>]*>", "", piece.html)), f"empty: {piece.html!r}"

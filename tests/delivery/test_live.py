"""A live report: its developments newest first, a mark in words while it goes on, and nothing of it anywhere else."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client
from msgspec import structs

from tests.delivery.builders import NOW, article, full_article, put, put_frame
from tests.delivery.reading import document, page_text
from tests.delivery.test_article import GOLDEN, answer
from warta.delivery import making, render, shell
from warta.delivery.edition import make
from warta.delivery.parts import Parts
from warta.delivery.shelf import Shelf
from warta.delivery.shortpath import ShortPath
from warta.lexicon.live import GOES_ON_FOR
from warta.paper.pages import ArticlePage, LiveEntry, Paragraph
from warta.search.document import sections

pytestmark = pytest.mark.django_db(databases="__all__")
MARK = "Langsung | Perkembangan terakhir Jumat, 03 Mei 2024 | 08:50 WIB Muat ulang"
OVER = "Laporan langsung | Sudah selesai. Perkembangan terakhir Jumat, 03 Mei 2024 | 08:50 WIB"
NEWEST = NOW - timedelta(minutes=10)


def entries(*, is_last: bool = False) -> tuple[LiveEntry, ...]:
    """Return two developments as the press leaves them: one with a headline and a list, one without."""
    return (
        LiveEntry(
            anchor="perkembangan-2b",
            at=NEWEST,
            headline="Pintu air <dibuka>",
            text=(Paragraph(html="Air <b>surut</b>."), Paragraph(html="<ul><li>Demak</li><li>Kudus</li></ul>")),
            is_last=is_last,
        ),
        LiveEntry(anchor="perkembangan-1a", at=NOW - timedelta(hours=1), text=(Paragraph(html="Air &amp; lumpur."),)),
    )


def report(article_id: int = 500, **values: bool) -> ArticlePage:
    """Build a live report with something in every block."""
    page = full_article(article_id, "id", "Asia/Jakarta")
    return structs.replace(page, body=(Paragraph(html="Sungai meluap."), *entries(**values)))


def told(body: bytes) -> str:
    """Return what a page says of its going on."""
    [mark] = document(body).xpath("//article//p[@class='note'][not(@id)]")
    return " ".join(mark.text_content().split())


def test_the_page_as_text() -> None:
    put_frame()
    html = render.article_html(report(), lists=render.Lists(), shell=shell.current(now=NOW), now=NOW)
    assert page_text(html.encode()) == (GOLDEN / "live.txt").read_text(encoding="utf-8")


def test_each_development_has_an_anchor_that_its_moment_leads_to(client: Client) -> None:
    page = document(answer(client, put(report()).path))
    ids = page.xpath("//div[@class='body']/h2[@id]/@id")
    assert ids == ["perkembangan-2b", "perkembangan-1a"]
    assert page.xpath("//div[@class='body']/h2[@id]/a/@href") == [f"#{name}" for name in ids]
    assert page.xpath("//div[@class='body']/h2[@id]//time/@datetime") == [
        "2024-05-03T08:50+07:00",
        "2024-05-03T08:00+07:00",
    ]


@pytest.mark.parametrize("query", ["", "?lite"])
def test_it_goes_on_for_twelve_hours_after_the_newest(
    client: Client, clock: time_machine.Traveller, query: str
) -> None:
    page = put(report())
    for at, words in ((NOW, MARK), (NEWEST + GOES_ON_FOR - timedelta(seconds=1), MARK), (NEWEST + GOES_ON_FOR, OVER)):
        clock.move_to(at)
        assert told(answer(client, page.path + query)) == words


@pytest.mark.parametrize("query", ["", "?lite"])
def test_an_editor_ends_it_with_its_last_development(client: Client, query: str) -> None:
    assert told(answer(client, put(report(is_last=True)).path + query)) == OVER


def test_the_link_leads_to_the_page_itself(client: Client) -> None:
    page = put(report())
    for query in ("", "?lite"):
        shown = document(answer(client, page.path + query))
        assert shown.xpath("//a[text()='Muat ulang']/@href") == [page.path + query]


def test_no_other_article_has_a_byte_of_it(client: Client) -> None:
    put_frame()
    body = answer(client, put(full_article(500, "id", "Asia/Jakarta")).path).decode()
    assert "Langsung</strong>" not in body
    assert "perkembangan" not in body


def test_it_has_no_script_of_its_own(client: Client) -> None:
    plain, live = (
        answer(client, put(page).path).decode() for page in (full_article(1, "id", "Asia/Jakarta"), report(2))
    )
    assert plain.count("<script") == live.count("<script")
    assert 'http-equiv="refresh"' not in live


def test_a_part_is_made_anew_when_the_report_is_over(tmp_path) -> None:
    page = put(report())
    made, over = making.make(500, now=NOW), making.make(500, now=NEWEST + GOES_ON_FOR)
    assert made is not None
    assert over is not None
    assert made.stop == (NEWEST + GOES_ON_FOR).timestamp()
    assert over.stop is None
    assert (b"Langsung</strong>" in made.body.plain, b"Langsung</strong>" in over.body.plain) == (True, False)
    tags = []
    for number, part in enumerate((made, over)):
        parts = Parts(tmp_path / str(number), version="1")
        parts.put(part)
        short = ShortPath(parts, Shelf(tmp_path / f"{number}.sqlite3", version="1"))
        found = short.article(page.path, make(NOW), NOW.timestamp(), {})
        assert found is not None
        tags.append(dict(found.headers)["etag"])
    assert tags[0] != tags[1]


def test_what_expires_before_it_is_over_stops_then() -> None:
    put(report(), until=NOW + timedelta(hours=1))
    made = making.make(500, now=NOW)
    assert made is not None
    assert made.stop == (NOW + timedelta(hours=1)).timestamp()
    put(report(), until=NOW - timedelta(minutes=1))
    gone = making.make(500, now=NEWEST + GOES_ON_FOR)
    assert gone is not None
    assert not gone.is_visible(NOW.timestamp())


def test_feed_and_api_have_the_developments_in_words(client: Client, settings: LazySettings) -> None:
    settings.WARTA_FEEDS = "full"
    page = put(report())
    fed = client.get("/feed/json").json()["items"][0]["content_html"]
    asked = client.get(f"/api/v1/articles/{page.id}").json()["body_html"]
    for html in (fed, asked):
        words = page_text(html.encode()).splitlines()
        at = words.index("Pintu air <dibuka>")
        assert words[at : at + 7] == [
            *("Pintu air <dibuka>", "Jumat, 03 Mei 2024 | 08:50 WIB", "Air surut.", "Demak", "Kudus"),
            *("Jumat, 03 Mei 2024 | 08:00 WIB", "Air & lumpur."),
        ]


def test_the_index_has_its_words() -> None:
    assert sections(report())[2][:5] == [
        "Sungai meluap.",
        "Pintu air <dibuka>",
        "Air surut.",
        "  Demak  Kudus  ",
        "Air & lumpur.",
    ]


def test_an_article_without_developments_is_none() -> None:
    assert article(1).live_until is None
    assert article(1).entries == ()

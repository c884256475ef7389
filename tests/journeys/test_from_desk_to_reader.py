"""A reporter's article on its way to readers: written, pressed, read; scheduled; renamed; withdrawn."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from tests.conftest import DATABASES
from tests.newsroom import builders
from tests.newsroom.screens import bylines, edit_url, uploaded, write
from warta.lexicon.press_rules import Ground
from warta.newsroom import schedule
from warta.newsroom.actions.correct import correct
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, Correction, Dispatch, Rubric
from warta.press import run

pytestmark = pytest.mark.django_db(databases=DATABASES)

NOW = builders.NOW
FEEDS = tuple(f"{page}/feed{form}" for page in ("", "/nusantara") for form in ("", "/atom", "/json"))
MACHINES = (*FEEDS, "/sitemap.xml", "/sitemap/news.xml", "/sitemap/2026-11-21.xml")
LONG_AGO = datetime(2022, 11, 20, 2, 0, tzinfo=UTC)


def path_of(reader, headline: str) -> str:
    """Return where the front page leads for a headline."""
    found = re.search(rf'href="([^"]+)"[^>]*>\s*(?:<[^>]+>\s*)*{re.escape(headline)}', reader.get("/").content.decode())
    assert found, f"{headline} is not on the front page"
    return found[1]


def updates(page: str) -> list[str]:
    """Return the headlines in the block `UPDATE` of a page."""
    block = re.search(r'<section class="list update">.*?</section>', page, re.DOTALL)
    assert block, "no block UPDATE"
    return [line.strip() for line in re.findall(r"<a [^>]*>\s*([^<]+?)\s*</a>", block[0])]


@pytest.fixture
def oldest(reader):
    """The address of an article of four years ago, with newer ones after it."""
    old = builders.article(1, headline="Berita Pertama", first_published_at=LONG_AGO)
    for number in range(2, 14):
        builders.article(number, first_published_at=NOW - timedelta(days=number))
    run.press_all()
    return f"/nusantara/read/2022/11/20/{old.pk}/berita-pertama"


def test_what_a_reporter_publishes_is_first_in_update_on_the_oldest_article(desk, reader, reporter, oldest):
    assert "Sungai Meluap di Demak" not in reader.get(oldest).content.decode()
    photo = uploaded(desk, caption="Sungai meluap", credit="Antara", description="Air menutup jalan")
    assert write(desk, lead_photo=str(photo.pk), bylines=bylines(reporter.contributor)).status_code == 302
    run.press_all()
    page = reader.get(oldest)
    assert page.status_code == 200
    assert updates(page.content.decode())[0] == "Sungai Meluap di Demak"
    own = reader.get(path_of(reader, "Sungai Meluap di Demak"))
    assert own.status_code == 200
    text = own.content.decode()
    for words in ("Sungai meluap/Antara", "Laras Wiragama", "Air naik sejak malam.", "[dzk]", "/gambar/"):
        assert words in text
    picture = re.search(r"/gambar/[^\" ,]+", text)
    assert picture
    assert reader.get(picture[0]).status_code == 200
    assert not own.cookies


def test_a_draft_is_nowhere_that_a_reader_can_go(desk, reader, oldest):
    write(desk, action="draft", headline="Naskah Rahasia")
    run.press_all()
    draft = Article.objects.get(headline="Naskah Rahasia")
    for path in (
        "/",
        oldest,
        "/nusantara",
        "/kanal/berita",
        "/indeks",
        f"/nusantara/read/{draft.made_at:%Y/%m/%d}/{draft.pk}/naskah-rahasia",
    ):
        assert "Naskah Rahasia" not in reader.get(path).content.decode(), path


def test_a_change_that_is_saved_but_not_published_stays_inside(desk, reader):
    write(desk)
    run.press_all()
    path = path_of(reader, "Sungai Meluap di Demak")
    article = Article.objects.get()
    write(desk, url=edit_url(article), action="draft", headline="Naskah Rahasia", bylines=inline_formset([]))
    article.save()
    article.leave_dispatch()
    run.press_all()
    assert "Naskah Rahasia" not in reader.get(path).content.decode()


def test_an_article_appears_at_its_second_with_every_worker_dead(desk, reader):
    with time_machine.travel(NOW, tick=False) as clock:
        assert write(desk, go_live_at="2026-11-23 10:00").status_code == 302  # 03:00 UTC
        run.press_all()
        path = f"/nusantara/read/2026/11/23/{Article.objects.get().pk}/sungai-meluap-di-demak"
        at = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
        for instant, status in ((at - timedelta(microseconds=1), 404), (at, 200)):
            clock.move_to(instant)
            assert reader.get(path).status_code == status
            assert ("Sungai Meluap" in reader.get("/").content.decode()) is (status == 200)
        assert not Article.objects.get().live
        assert schedule.Runner().step(at) == 1
        run.press_all()
        assert reader.get(path).status_code == 200


def test_what_is_unscheduled_never_appears(desk, reader):
    with time_machine.travel(NOW, tick=False) as clock:
        write(desk, go_live_at="2026-11-23 10:00")
        run.press_all()
        article = Article.objects.get()
        desk.post(
            reverse(
                "wagtailsnippets_newsroom_article:revisions_unschedule",
                args=[article.pk, article.scheduled_revision.pk],
            )
        )
        run.press_all()
        clock.move_to(NOW + timedelta(days=1))
        schedule.Runner().step(NOW + timedelta(days=1))
        run.press_all()
        assert reader.get(f"/nusantara/read/2026/11/23/{article.pk}/sungai-meluap-di-demak").status_code == 404


def test_what_a_reporter_unpublishes_is_gone(desk, reader):
    write(desk)
    run.press_all()
    path = path_of(reader, "Sungai Meluap di Demak")
    desk.post(reverse("wagtailsnippets_newsroom_article:unpublish", args=[Article.objects.get().pk]))
    run.press_all()
    assert reader.get(path).status_code == 404
    assert "Sungai Meluap" not in reader.get("/").content.decode()


def test_what_is_withdrawn_is_nowhere_but_its_reason(desk, reader, oldest):
    write(desk)
    run.press_all()
    path = path_of(reader, "Sungai Meluap di Demak")
    withdraw(Article.objects.latest("pk"), by=None, now=NOW, ground=Ground.CHILD, reason="Narasumber keliru.")
    run.press_all()
    gone = reader.get(path)
    assert (gone.status_code, "Narasumber keliru." in gone.content.decode()) == (410, True)
    for page in ("/", oldest, "/nusantara", "/kanal/berita", "/indeks", *MACHINES):
        found = reader.get(page).content.decode()
        assert "Sungai Meluap di Demak" not in found, page
        assert "sungai-meluap" not in found, page
    for page in FEEDS:
        assert "Narasumber keliru." in reader.get(page).content.decode(), page


def test_what_is_corrected_is_told_to_people_and_machines(desk, reader):
    with time_machine.travel(NOW, tick=False) as clock:
        write(desk)
        run.press_all()
        path = path_of(reader, "Sungai Meluap di Demak")
        pages = {page: reader.get(page).content.decode() for page in (path, *MACHINES)}
        assert [page for page, text in pages.items() if "14 hektare" in text] == []
        clock.move_to(NOW + timedelta(hours=3))
        article = Article.objects.latest("pk")
        correct(
            Correction(article=article, kind="erratum", wrong="40 hektare.", right="14 hektare."),
            by=None,
            now=NOW + timedelta(hours=3),
        )
        run.press_all()
        pages = {page: reader.get(page).content.decode() for page in (path, *MACHINES)}
    assert [page for page in (path, *FEEDS) if "14 hektare." not in pages[page]] == []
    assert "2026-11-23T05:00:00+00:00" in pages["/sitemap/2026-11-21.xml"]
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', pages[path])
    assert script
    said = json.loads(script[1])["@graph"][0]
    assert [told["text"] for told in said["correction"]] == ["14 hektare."]
    assert said["dateModified"] == "2026-11-23T12:00:00+07:00"


def test_a_rubric_renamed_after_a_year_keeps_every_address(reader, oldest):
    rubric = Rubric.objects.get()
    rubric.name, rubric.slug = "Daerah", "daerah"
    rubric.save()
    run.press_all()
    assert Dispatch.objects.count() == 0
    moved = reader.get(oldest)
    assert (moved.status_code, moved["Location"]) == (301, oldest.replace("/nusantara/", "/daerah/"))
    assert reader.get(moved["Location"]).status_code == 200
    assert reader.get("/nusantara")["Location"] == "/daerah"


def test_two_with_one_headline_in_one_minute_have_an_address_each(desk, reader):
    write(desk)
    assert write(desk, passed=write(desk).context["passed"]).status_code == 302
    run.press_all()
    paths = [
        f"/nusantara/read/{article.first_published_at.astimezone():%Y/%m/%d}/{article.pk}/{article.slug}"
        for article in Article.objects.all()
    ]
    answers = [reader.get(reader.get(path).get("Location", path)) for path in paths]
    assert [answer.status_code for answer in answers] == [200, 200]

"""The desk's numbers: what is read now, each article's own curve, reports, who may see which, and what they cost."""

import csv
import io
import sys
from contextlib import ExitStack
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from tests.conftest import DATABASES
from tests.newsroom import builders
from tests.newsroom.builders import NOW
from tests.reads import builders as reads
from warta.newsroom.actions.arrange import arrange
from warta.newsroom.actions.break_news import break_news
from warta.newsroom.actions.correct import correct
from warta.newsroom.desk.numbers import live, pieces
from warta.newsroom.desk.numbers.periods import Kind, around
from warta.newsroom.models import Article, Contributor, Correction, Desk, Pin, Rubric
from warta.newsroom.permissions import Role
from warta.reads import buckets, lists, rolling
from warta.reads.buckets import Batch, End

pytestmark = pytest.mark.django_db(databases=DATABASES)
TODAY = NOW.date()


def forget() -> None:
    live.forget()
    pieces.forget()


@pytest.fixture
def clock():
    """Let it be Monday, 23 November 2026, nine in the morning in Jakarta, and half past."""
    with time_machine.travel(NOW + timedelta(minutes=30), tick=False) as now:
        yield now


def published(number: int, hours_ago: float = 5, rubric: str = "Nusantara", by: str = "Laras Wiragama") -> Article:
    """Return an article that readers have, in the newsroom and in the paper."""
    at = NOW - timedelta(hours=hours_ago)
    made = builders.article(number, rubric=rubric, first_published_at=at, by=((by, "reporter"),))
    reads.put(made.pk, rubric=str(made.rubric_id))
    return made


def read(article: Article, count: int, hours_ago: int = 0) -> None:
    """Let so many people read an article."""
    at = NOW - timedelta(hours=hours_ago) + timedelta(minutes=28)
    some = [reads.read(article.pk, reads.apart(hours_ago * 1000 + number), at) for number in range(count)]
    assert reads.add(some, now=at + timedelta(minutes=1)) == count
    lists.refresh(NOW + timedelta(minutes=30))
    forget()


def person(role: Role, name: str = "") -> User:
    made = User.objects.create_user(name or role.name.lower())
    made.groups.add(Group.objects.get(name=role))
    return made


def screen(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def chief(clock) -> Client:
    """The browser of a managing editor."""
    return screen(person(Role.MANAGING_EDITOR))


def page(client: Client, url: str) -> html.HtmlElement:
    answer = client.get(url)
    assert answer.status_code == 200, answer
    return html.document_fromstring(answer.content.decode())


def cells(row: html.HtmlElement) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]


def asked(get) -> tuple[HttpResponse, int]:
    """Return an answer, and how many questions it asked of all databases."""
    with ExitStack() as stack:
        counts = [stack.enter_context(CaptureQueriesContext(connections[name])) for name in DATABASES]
        answer = get()
    assert answer.status_code == 200
    return answer, sum(len(count) for count in counts)


def table(shown: html.HtmlElement, caption: str) -> list[list[str]]:
    (found,) = shown.xpath("//table[normalize-space(caption)=$name]", name=caption)
    return [cells(row) for row in found.xpath("./tbody/tr")]


def test_the_dashboard_shows_what_is_read_now_of_the_day_and_what_was_not_counted(chief):
    one, other = published(1), published(2, rubric="Dunia")
    desk = Desk.objects.create(name="Daerah")
    desk.rubrics.add(one.rubric)
    read(one, 12)
    read(one, 3, hours_ago=2)
    read(other, 4, hours_ago=1)
    read(other, 8, hours_ago=7 * 24)
    again = [reads.read(one.pk, reads.apart(0), NOW + timedelta(minutes=28))]
    assert reads.add(again, now=NOW + timedelta(minutes=29)) == 0
    forget()
    shown = page(chief, "/redaksi/numbers/")
    assert shown.xpath("string(//*[@data-now])") == "12"
    assert shown.xpath("string(//section[@aria-labelledby='day']//*[@class='warta-number__value'])") == "19"
    assert table(shown, "Paling banyak dibaca dalam 24 jam")[0][:2] == ["1", "Panen Raya Hari Ke-1Nusantara"]
    assert table(shown, "Paling banyak dibaca dalam 24 jam")[0][-1] == "15"
    day = table(shown, "Bacaan dalam 24 jam terakhir")
    assert [row[1] for row in day[-3:]] == ["3", "4", "12"]
    assert [row[2] for row in day[-3:]] == ["0", "0", "8"], "the same hours a week before"
    assert table(shown, "Menurut rubrik") == [["Nusantara", "15", "79 %"], ["Dunia", "4", "21 %"]]
    assert table(shown, "Menurut desk") == [["Daerah", "15", "100 %"]]
    assert table(shown, "Dari mana mereka datang") == [["Langsung", "19", "100 %"]]
    assert table(shown, "Dengan apa mereka membaca") == [["Komputer", "19", "100 %"]]
    assert [row[1] for row in table(shown, "Yang tidak dihitung")] == ["1"]
    assert shown.xpath("//svg[@role='img'][title][desc]")
    assert not shown.xpath("//main//*[@style] | //main//script"), "nothing that a policy would refuse"


def test_the_stream_gives_one_event_to_who_has_not_seen_it_and_costs_one_computation(chief):
    one = published(1)
    read(one, 5)
    answer, first = asked(lambda: chief.get("/redaksi/numbers/stream/"))
    told = answer.content.decode()
    assert answer["Content-Type"] == "text/event-stream"
    assert told.startswith("retry: 3000\nevent: clock\ndata: 09.30.00\n\nid: ")
    assert "\nevent: numbers\ndata: " in told
    assert told.endswith("\n\n")
    assert all(line.startswith(("data: ", "id: ", "event: ", "retry: ")) for line in told.splitlines() if line)
    digest = told.partition("\nid: ")[2].partition("\n")[0]
    again, second = asked(lambda: chief.get("/redaksi/numbers/stream/", headers={"Last-Event-ID": digest}))
    assert again.content.decode() == "retry: 3000\nevent: clock\ndata: 09.30.00\n\n"
    assert second <= 6, "who looks costs a sign-in alone"
    assert first >= 16
    forget()
    later = chief.get("/redaksi/numbers/stream/", headers={"Last-Event-ID": digest}).content.decode()
    assert later == again.content.decode(), "worked out anew, it is the same"
    read(one, 1, hours_ago=1)
    assert "event: numbers" in chief.get("/redaksi/numbers/stream/", headers={"Last-Event-ID": digest}).content.decode()


def test_an_article_shows_its_curve_and_what_happened_to_it(chief):
    one = published(1, hours_ago=6)
    admin = User.objects.create_superuser("kepala")
    words = {"wrong": "Dua belas.", "right": "Empat belas."}
    correct(Correction(article=one, kind="erratum", seriousness="minor", **words), by=admin, now=NOW)
    arrange(None, [Pin("lead", one.pk)], by=admin, now=NOW - timedelta(hours=2), after=0)
    arrange(None, [Pin("second-1", one.pk)], by=admin, now=NOW - timedelta(hours=1), after=1)
    soon = NOW + timedelta(hours=1)
    break_news(by=admin, now=NOW - timedelta(hours=3), text="Gempa", ends_at=soon, article=one)
    read(one, 2, hours_ago=4)
    read(one, 7)
    visit, _mark = reads.read(one.pk, reads.apart(0), NOW + timedelta(minutes=28))

    buckets.add(Batch(10**6, {}, {visit: End(3, 4)}), process="test", now=NOW + timedelta(minutes=29))
    shown = page(chief, f"/redaksi/numbers/article/{one.pk}/")
    assert [" ".join(mark.text_content().split()) for mark in shown.xpath("//ol[@class='warta-chart__marks']/li")] == [
        "1 Terbit 23 Nov, 03.00",
        "2 Berita kilat 23 Nov, 06.00",
        "3 Dipasang di halaman depan 23 Nov, 07.00",
        "4 Dikoreksi 23 Nov, 09.00",
    ]
    rows = table(shown, "Bacaan per jam sejak tayang")
    assert [row[1] for row in rows] == ["0", "0", "2", "0", "0", "0", "7"]
    assert table(shown, "Berapa lama mereka membaca")[3] == ["1 sampai 3 menit", "1", "100 %"]
    assert table(shown, "Sejauh mana mereka membaca")[4] == ["sampai habis", "1", "100 %"]


@pytest.mark.parametrize(("days_ago", "unit"), [(20, "hari"), (800, "bulan")])
def test_an_older_article_has_its_days_and_an_old_one_its_months(chief, days_ago, unit):
    one = published(1, hours_ago=24 * days_ago)
    read(one, 5, hours_ago=24 * 2)
    rows = table(page(chief, f"/redaksi/numbers/article/{one.pk}/"), f"Bacaan per {unit} sejak tayang")
    assert len(rows) == {"hari": 21, "bulan": 27}[unit]
    assert sum(int(row[1]) for row in rows) == 5


def test_each_sees_the_numbers_that_are_theirs(clock):
    reporter = builders.reporter()
    own, other = published(1), published(2, by="Tirta Anggara")
    draft = builders.article(3, status="draft", rubric="Dunia")
    read(own, 5)
    editor = person(Role.EDITOR)
    desk = Desk.objects.create(name="Dunia")
    desk.members.add(editor)
    me, she = Contributor.objects.get(user=reporter), Contributor.objects.get(name="Tirta Anggara")
    theirs = screen(reporter)
    shown = page(theirs, "/redaksi/numbers/")
    assert [row[1] for row in table(shown, "Artikel saya")] == ["Panen Raya Hari Ke-1Nusantara · 23 Nov, 04.00"]
    assert own.headline in page(theirs, f"/redaksi/numbers/article/{own.pk}/").text_content()
    assert (
        theirs.get("/redaksi/numbers/reports/")
        .headers["Location"]
        .startswith(f"/redaksi/numbers/reports/byline/{me.pk}/")
    )
    reports = [f"byline/{she.pk}", f"desk/{desk.pk}", "paper/0", "paper/1", "x/1"]
    urls = [f"article/{other.pk}/", "stream/", *(f"reports/{report}/" for report in reports)]
    assert [theirs.get(f"/redaksi/numbers/{url}").status_code for url in urls] == [404, 403, 404, 404, 404, 404, 404]
    desks = screen(editor)
    assert [desks.get(f"/redaksi/numbers/{url}").status_code for url in urls] == [200, 200, 200, 200, 200, 404, 404]
    assert desks.get(f"/redaksi/numbers/article/{draft.pk}/").status_code == 404, "a draft of another desk"
    photos = screen(person(Role.PHOTO_EDITOR))
    assert all(photos.get(f"/redaksi/numbers/{url}").status_code in {302, 403} for url in ("", *urls))


def week(*, by: str = "Laras Wiragama", rubric: str = "Nusantara") -> tuple[Article, Article]:
    """Return two articles, one of the last week and one of the week before, each read twice on two days."""
    new, old = published(1, 24 * 5, by=by, rubric=rubric), published(2, 24 * 12, by=by, rubric=rubric)
    read(new, 30, hours_ago=24 * 4)
    read(new, 10, hours_ago=0)
    read(old, 20, hours_ago=24 * 11)
    assert rolling.sweep(NOW) > 0, "it is kept by days by now"
    return new, old


def test_a_report_compares_a_week_with_the_one_before_and_leaves_what_came_later(chief):
    new, _old = week()
    desk = Desk.objects.create(name="Daerah")
    desk.rubrics.add(new.rubric)
    shown = page(chief, "/redaksi/numbers/reports/")
    assert "16 Nov – 22 Nov 2026" in shown.text_content()
    assert table(shown, "Menurut desk") == [["Daerah", "1", "30", "▲lebih banyak 50 %"]]
    assert table(shown, "Menurut penulis") == [["Laras Wiragama", "1", "30", "▲lebih banyak 50 %"]]
    (way,) = shown.xpath("//a[normalize-space()='Laras Wiragama']/@href")
    own = page(chief, way)
    assert table(own, "Artikel terbaik") == [["Panen Raya Hari Ke-1Nusantara · 18 Nov, 09.00", "30"]]
    days = table(own, "Pembaca per hari")
    assert len(days) == 7
    assert days[3] == ["Kamis, 19 Nov", "30", "20"]
    month = page(chief, f"/redaksi/numbers/reports/desk/{desk.pk}/?period=month&from=2026-11-23")
    assert "November 2026" in month.text_content()
    assert month.xpath("string(//*[@class='warta-number__value'])") == "60", "so far"
    read(new, 5, hours_ago=24 * 3 + 1)
    running = page(chief, "/redaksi/numbers/reports/?period=week&from=2026-11-23")
    assert table(running, "Menurut desk") == [["Daerah", "0", "0", "–"]]
    now, before = pieces.pieces(around(Kind.WEEK, TODAY), NOW), pieces.pieces(around(Kind.WEEK, TODAY).before, NOW)
    assert (pieces.Sum.of(now), pieces.Sum.of(before)) == (pieces.Sum(0, 0), pieces.Sum(1, 35))
    assert pieces.Sum.of(pieces.until(before, TODAY - timedelta(days=7))) == pieces.Sum(0, 0), "it came on Wednesday"
    assert pieces.Sum.of(pieces.until(before, TODAY - timedelta(days=4))) == pieces.Sum(1, 30), (
        "the fifth day was one later"
    )
    for nonsense in ("?from=2026-13-45&period=x", "?from=1999-01-01", "?from=2030-01-01&period=month", "?from=%00"):
        assert "2026" in page(chief, f"/redaksi/numbers/reports/{nonsense}").xpath("string(//nav/span/strong)")


def test_reports_are_exported_as_csv_that_no_spreadsheet_runs(chief):
    new, _old = week(by="=HYPERLINK(1)")
    Article.objects.filter(pk=new.pk).update(headline="-2+3, kata “warga”")
    forget()
    person_ = Contributor.objects.get()
    answer = chief.get(f"/redaksi/numbers/reports/byline/{person_.pk}/?format=csv")
    assert answer["Content-Disposition"] == f'attachment; filename="byline-{person_.pk}-week-2026-11-16.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [
        ["article", "published_at", "headline", "rubric", "reporters", "readers"],
        [str(new.pk), "2026-11-18T02:00:00+00:00", "'-2+3, kata “warga”", "Nusantara", "'=HYPERLINK(1)", "30"],
    ]
    overview = chief.get("/redaksi/numbers/reports/?format=csv").content.decode("utf-8-sig").splitlines()
    assert overview[1:] == ["paper,Seluruh koran,1,30,1,20", "byline,'=HYPERLINK(1),1,30,1,20"]


def test_parquet_says_what_it_lacks(chief, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    answer = chief.get("/redaksi/numbers/reports/?format=parquet", follow=True)
    assert "warta[parquet]" in answer.content.decode()


def test_parquet_keeps_the_kinds_of_columns(chief):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is only installed where Parquet is wanted")
    new, _old = week()
    answer = chief.get("/redaksi/numbers/reports/paper/0/?format=parquet")
    (row,) = parquet.read_table(io.BytesIO(answer.content)).to_pylist()
    assert row == {
        "article": new.pk,
        "published_at": NOW - timedelta(days=5),
        "headline": new.headline,
        "rubric": "Nusantara",
        "reporters": "Laras Wiragama",
        "readers": 30,
    }


def test_no_screen_costs_more_for_more(chief):
    def costs() -> list[int]:
        found = []
        for url in urls:
            forget()
            found.append(asked(lambda url=url: chief.get(url))[1])
        return found

    first = published(1, 24 * 3)
    Desk.objects.create(name="Daerah").rubrics.add(first.rubric)
    read(first, 5, hours_ago=24)
    read(first, 5)
    urls = (
        "/redaksi/numbers/",
        f"/redaksi/numbers/article/{first.pk}/",
        "/redaksi/numbers/reports/",
        "/redaksi/numbers/reports/paper/0/",
        reverse("wagtailsnippets_newsroom_article:list"),
    )
    costs()
    few = costs()
    for number in range(2, 12):
        read(published(number, 24 * 3, rubric=f"Rubrik {number % 3}", by=f"Penulis {number}"), 5)
    for rubric in Rubric.objects.all():
        Desk.objects.create(name=f"Desk {rubric.pk}").rubrics.add(rubric)
    assert costs() == few


def test_the_article_and_its_line_in_the_list_lead_to_its_numbers(chief):
    one = published(1)
    url = f"/redaksi/numbers/article/{one.pk}/"
    for where in ("list", "edit"):
        args = [one.pk] if where == "edit" else []
        shown = page(chief, reverse(f"wagtailsnippets_newsroom_article:{where}", args=args))
        assert url in shown.xpath("//a/@href"), where

"""An import from its items to the newsroom's articles: what is done, told, skipped, and led on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from warta.ingest import load
from warta.ingest.item import BrokenItem, SourceItem
from warta.ingest.models import Taken
from warta.ingest.plan import Mapped
from warta.ingest.report import Report
from warta.lexicon.copy import Copy, EmbedCopy, ParagraphCopy, PhotoCopy
from warta.newsroom.actions.found import found
from warta.newsroom.models import Article, Channel, StaticPage
from warta.paper import store
from warta.press import run as press

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def channel():
    Channel.objects.get_or_create(slug="berita", defaults={"name": "Berita"})


def copy(number, **values):
    given = {
        "uri": f"urn:lama:{number}",
        "headline": f"Judul {number}",
        "rubric": "Daerah",
        "first_published_at": NOW - timedelta(days=1000 - number),
        "old_addresses": (f"https://lama.example/?p={number}",),
        "body": (ParagraphCopy("<p>Air naik.</p>"),),
    }
    return Copy(**{**given, **values})


def items(*copies):
    return [one if isinstance(one, BrokenItem) else SourceItem(one, ("shortcode: [peta]",), "x.xml") for one in copies]


def loaded(*copies, **wishes):
    given = load.Wishes(**{"mapped": Mapped(), **wishes})
    return list(load.load(iter(items(*copies)), by=None, now=NOW, wishes=given))


def test_each_item_is_told_in_its_order_and_a_broken_one_stops_none():
    outcomes = loaded(
        copy(1), BrokenItem("", "x.xml, item 2", "no title"), copy(3, headline="x" * 301), copy(4, status="draft")
    )
    assert [(one.status, one.verb) for one in outcomes] == [
        ("published", "create"),
        ("broken", None),
        ("broken", None),
        ("draft", "create"),
    ]
    assert outcomes[0].url == Article.objects.get(uri="urn:lama:1").path
    assert Article.objects.count() == Taken.objects.count() == 2


def test_what_did_not_change_is_skipped_and_an_edit_of_the_newsroom_stays():
    loaded(copy(1), copy(2))
    article = Article.objects.get(uri="urn:lama:1")
    Article.objects.filter(pk=article.pk).update(headline="Disunting Redaksi")
    outcomes = loaded(copy(1), copy(2, headline="Judul Baru"))
    assert [(one.status, one.verb, one.lost) for one in outcomes] == [
        ("unchanged", "skip", ()),
        ("published", "update", ("shortcode: [peta]",)),
    ]
    assert sorted(Article.objects.values_list("headline", flat=True)) == ["Disunting Redaksi", "Judul Baru"]


def test_the_same_identity_twice_in_a_source_is_one_article():
    assert [one.verb for one in loaded(copy(1), copy(1, headline="Kedua"))] == ["create", "update"]
    assert Article.objects.get().headline == "Kedua"


def test_a_dry_run_writes_nothing_and_tells_the_same():
    dry = loaded(copy(1), copy(2, status="draft"), is_dry=True)
    assert not Article.objects.exists()
    assert not Taken.objects.exists()
    wet = loaded(copy(1), copy(2, status="draft"))
    assert [replace(one, url=None) for one in wet] == dry


def test_one_that_the_database_refuses_does_not_take_the_others_with_it():
    outcomes = loaded(copy(1), copy(2, place="Demak\0"), copy(3))
    refused = ["published", "broken", "published"] if connection.vendor == "postgresql" else ["published"] * 3
    assert [one.status for one in outcomes] == refused
    assert Taken.objects.count() == Article.objects.count() == refused.count("published")


def test_a_page_of_the_old_site_becomes_a_static_page_and_its_address_leads_on():
    page = copy(
        1, is_page=True, headline="Tentang Kami", body=(ParagraphCopy("<p>Kami.</p>"), EmbedCopy("https://v.example/1"))
    )
    [outcome] = loaded(page)
    assert (outcome.status, outcome.url) == ("page", "/laman/tentang-kami")
    assert outcome.lost == ("shortcode: [peta]", "block: embed")
    press.press_all()
    assert store.moved_to(["/?p=1"], now=datetime.now(UTC)) == "/laman/tentang-kami"
    assert [one.verb for one in loaded(page)] == ["skip"]
    loaded(replace(page, uri="urn:lama:2"))
    assert sorted(StaticPage.objects.filter(uri__isnull=False).values_list("slug", flat=True)) == [
        "tentang-kami",
        "tentang-kami-2",
    ]


def test_a_page_takes_the_place_of_one_that_came_with_the_paper_until_the_newsroom_wrote_in_it():
    found()
    made_anew = StaticPage.objects.count()
    edited = StaticPage.objects.get(slug="susunan-redaksi")
    edited.body = [("heading", "Pemimpin redaksi")]
    edited.save()
    about = copy(1, is_page=True, headline="Tentang Kami", body=(ParagraphCopy("<p>Sejak 1998.</p>"),))
    assert [outcome.url for outcome in loaded(about)] == ["/laman/tentang-kami"]
    assert StaticPage.objects.count() == made_anew
    assert "Sejak 1998" in str(StaticPage.objects.get(slug="tentang-kami").body)
    assert loaded(replace(about, uri="urn:lama:2"))[0].url == "/laman/tentang-kami-2"
    staff = replace(about, uri="urn:lama:3", headline="Susunan Redaksi")
    assert loaded(staff)[0].url == "/laman/susunan-redaksi-2"
    assert "Pemimpin redaksi" in str(StaticPage.objects.get(slug="susunan-redaksi").body)


def test_links_within_the_archive_lead_to_where_its_articles_are_now():
    said = '<p>Baca <a href="/?p=2&amp;utm_source=x">dua</a> dan <a href="/tiada/">tiada</a>.</p>'
    loaded(copy(1, body=(ParagraphCopy(said),)))
    press.press_all()
    loaded(copy(2))
    assert load.finish() == 1
    press.press_all()
    first, second = (Article.objects.get(uri=f"urn:lama:{number}") for number in (1, 2))
    page = store.find(store.article_key(first.pk), now=NOW)
    assert page.body[0].html == f'Baca <a href="{second.path}">dua</a> dan <a href="/tiada/">tiada</a>.'
    assert load.finish() == 0


def test_a_picture_that_the_newsroom_refuses_counts_as_missing_alone(tmp_path):
    (tmp_path / "rusak.jpg").write_bytes(b"no picture")
    report = Report()
    for outcome in loaded(copy(1, lead=PhotoCopy(path=tmp_path / "rusak.jpg"))):
        report.note(outcome)
    assert report.as_dict()["pictures"] == {"found": 0, "missing": 1}


def test_the_report_counts_each_kind_of_loss_with_a_few_examples():
    report = Report()
    for outcome in loaded(*(copy(number) for number in range(5)), BrokenItem("", "x.xml, item 6", "no title")):
        report.note(outcome)
    told = report.as_dict()
    assert (told["created"], told["skipped"], told["broken"], told["old_addresses"]) == (5, 0, 1, 5)
    assert told["lost"]["shortcode"] == {"count": 5, "examples": ["x.xml: shortcode: [peta]"] * 3}
    assert told["lost"]["item"]["examples"] == ["x.xml, item 6: no title"]
    assert next(report.lines()) == "5 published; 5 of them new; 1 broken."

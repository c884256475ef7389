"""What editors arranged, in the paper: at its place, until its time, and gone when it shall be."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from tests.conftest import DATABASES
from tests.newsroom.builders import NOW, article
from warta.lexicon.press_rules import Ground
from warta.newsroom.actions.arrange import arrange
from warta.newsroom.actions.break_news import break_news
from warta.newsroom.actions.end_breaking import end_breaking
from warta.newsroom.actions.put_back import put_back
from warta.newsroom.actions.unrank import NoReasonToUnrankError, RankedError, rank_again, unrank
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, Dispatch, Pin, Rubric
from warta.newsroom.permissions import Role
from warta.paper import lists, store
from warta.paper.models import StoredPage
from warta.press import run

pytestmark = pytest.mark.django_db(databases=DATABASES)

HOUR = timedelta(hours=1)


@pytest.fixture
def chief():
    made = User.objects.create_user("kepala")
    made.groups.add(Group.objects.get(name=Role.MANAGING_EDITOR))
    return made


def test_an_arrangement_is_brought_whole_and_the_next_takes_its_place(chief):
    one, two = article(1), article(2)
    rubric = Rubric.objects.get()
    arrange(None, [Pin("lead", one.pk, NOW + HOUR), Pin("second-3", two.pk)], by=chief, now=NOW, after=0)
    arrange(rubric, [Pin("second-1", two.pk)], by=chief, now=NOW, after=0)
    run.press_all()
    assert store.pins("all", now=NOW) == {"lead": one.pk, "second-3": two.pk}
    assert store.pins("all", now=NOW + HOUR) == {"second-3": two.pk}
    assert store.pins(f"rubric:{rubric.pk}", now=NOW) == {"second-1": two.pk}
    assert store.next_instant(NOW) == NOW + HOUR
    arrange(None, [Pin("second-1", one.pk)], by=chief, now=NOW, after=1)
    run.press_all()
    assert store.pins("all", now=NOW) == {"second-1": one.pk}
    assert store.pins(f"rubric:{rubric.pk}", now=NOW) == {"second-1": two.pk}


def test_an_arrangement_that_is_pressed_after_its_time_leaves_nothing(chief):
    one = article(1)
    arrange(None, [Pin("lead", one.pk, NOW + HOUR)], by=chief, now=NOW, after=0)
    run.press("front", 0, now=NOW + 2 * HOUR)
    assert not StoredPage.objects.filter(kind="pin").exists()


def test_the_front_of_a_rubric_that_is_gone_goes_with_it(chief):
    rubric = Rubric.objects.create(name="Kosong", slug="kosong")
    one = article(1)
    arrange(rubric, [Pin("lead", one.pk)], by=chief, now=NOW, after=0)
    run.press_all()
    assert store.pins(f"rubric:{rubric.pk}", now=NOW) == {"lead": one.pk}
    number = rubric.pk
    rubric.delete()
    run.press_all()
    assert store.pins(f"rubric:{number}", now=NOW) == {}


def test_breaking_news_is_brought_with_its_end_and_taken_out(chief):
    made = break_news(by=chief, now=NOW, text="Gempa", path="/indeks", ends_at=NOW + HOUR)
    run.press_all()
    shown = store.frame(now=NOW).breaking
    assert (shown.text, shown.target, shown.at) == ("Gempa", "/indeks", NOW)
    assert store.frame(now=NOW + HOUR).breaking is None
    assert store.next_instant(NOW) == NOW + HOUR
    assert store.at("/indeks", now=NOW) is None, "it is no page of its own"
    end_breaking(made, by=chief, now=NOW)
    run.press_all()
    assert store.frame(now=NOW).breaking is None


def test_breaking_news_goes_and_comes_with_its_article_and_follows_its_address(chief):
    one = article(1)
    break_news(by=chief, now=NOW, text="Gempa", article=one, ends_at=NOW + HOUR)
    run.press_all()
    assert store.frame(now=NOW).breaking.target == one.path
    one.headline = "Judul yang Lain"
    one.save_revision().publish()
    run.press_all()
    assert store.frame(now=NOW).breaking.target == Article.objects.get().path
    assert "judul-yang-lain" in store.frame(now=NOW).breaking.target
    withdraw(Article.objects.get(), by=chief, now=NOW, ground=Ground.COUNCIL, reason="Keliru.")
    run.press_all()
    assert store.frame(now=NOW).breaking is None
    put_back(Article.objects.get(), by=chief, now=NOW, note="Salah artikel.")
    run.press_all()
    assert store.frame(now=NOW).breaking.text == "Gempa"


def test_breaking_news_ends_with_its_article_at_the_latest(chief):
    one = article(1)
    Article.objects.update(expire_at=NOW + HOUR / 2)
    break_news(by=chief, now=NOW, text="Gempa", article=one, ends_at=NOW + HOUR)
    run.press_all()
    assert store.frame(now=NOW + HOUR / 2).breaking is None


def test_pages_of_an_older_shape_are_made_anew(chief):
    one = article(1)
    rubric = Rubric.objects.get()
    for of in (None, rubric):
        arrange(of, [Pin("lead", one.pk), Pin("second-1", article(2).pk)], by=chief, now=NOW, after=0)
    break_news(by=chief, now=NOW, text="Gempa", path="/", ends_at=NOW + HOUR)
    run.press_all()
    StoredPage.objects.filter(kind__in=("pin", "breaking")).update(schema=0)
    assert run.press_outdated() == 3
    assert {str(row) for row in Dispatch.objects.all()} == {"front:0", f"front:{rubric.pk}", "breaking:0"}
    run.press_all()
    assert not StoredPage.objects.exclude(kind="removed").filter(schema=0).exists()


def test_an_article_that_is_taken_out_of_most_read_stays_out_until_it_is_put_back(chief):
    one, reporter = article(1), User.objects.create_user("laras")
    with pytest.raises(PermissionDenied):
        unrank(one, by=reporter, now=NOW, reason="Umpan klik.")
    with pytest.raises(NoReasonToUnrankError):
        unrank(one, by=chief, now=NOW, reason=" ")
    unrank(one, by=chief, now=NOW, reason="Umpan klik.")
    with pytest.raises(RankedError):
        unrank(one, by=chief, now=NOW, reason="Lagi.")
    run.press_all()
    assert lists.unranked(now=NOW) == {one.pk}
    StoredPage.objects.update(schema=0)
    assert run.press_outdated() >= 2
    run.press_all()
    assert lists.unranked(now=NOW) == {one.pk}
    rank_again(one, by=chief)
    run.press_all()
    assert lists.unranked(now=NOW) == set()
    with pytest.raises(RankedError):
        rank_again(one, by=chief)
    told = ModelLogEntry.objects.filter(action__in=["warta.unrank", "warta.rank_again"]).order_by("pk")
    assert [(entry.action, entry.user, entry.data.get("reason")) for entry in told] == [
        ("warta.unrank", chief, "Umpan klik."),
        ("warta.rank_again", chief, None),
    ]

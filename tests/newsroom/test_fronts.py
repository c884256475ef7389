"""Arranging fronts: nobody's arrangement is lost, each place holds what may stand there, and old ones come back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import ModelLogEntry

from tests.newsroom.builders import NOW, article, work
from warta.lexicon.press_rules import Ground
from warta.newsroom.actions.arrange import StaleFrontError, UnchangedFrontError, WrongPinError, arrange
from warta.newsroom.actions.put_back_front import put_back_front
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Arrangement, Article, Desk, Front, KeptArrangementError, Pin, Rubric
from warta.newsroom.permissions import Role

HOUR = timedelta(hours=1)


def person(name: str, role: str) -> User:
    made = User.objects.create_user(name)
    made.groups.add(Group.objects.get(name=role))
    return made


@pytest.fixture
def chief():
    return person("kepala", Role.MANAGING_EDITOR)


@pytest.fixture
def two():
    return article(1), article(2)


def pins(*articles: Article) -> list[Pin]:
    return [Pin(slot, one.pk) for slot, one in zip(("lead", "second-1", "second-2"), articles, strict=False)]


def test_an_arrangement_is_kept_pressed_and_written_down(chief, two):
    work()
    made = arrange(None, [Pin("lead", two[0].pk, NOW + HOUR), Pin("second-2", two[1].pk)], by=chief, now=NOW, after=0)
    front = Front.objects.get()
    assert (front.number, front.live()) == (1, made)
    assert made.pins == (Pin("lead", two[0].pk, NOW + HOUR), Pin("second-2", two[1].pk))
    assert work() == ["front:0"]
    entry = ModelLogEntry.objects.get(action="warta.arrange")
    assert (entry.user, entry.data["number"]) == (chief, 1)


def test_the_second_of_two_editors_is_shown_what_the_first_made_and_nothing_is_lost(chief, two):
    first = arrange(None, pins(two[0]), by=chief, now=NOW, after=0)
    work()
    with pytest.raises(StaleFrontError) as refused:
        arrange(None, pins(two[1]), by=person("lain", Role.MANAGING_EDITOR), now=NOW, after=0)
    assert refused.value.between == [first]
    assert (Front.objects.get().live(), Arrangement.objects.count(), work()) == (first, 1, [])
    second = arrange(None, pins(two[1]), by=chief, now=NOW, after=1)
    assert Front.objects.get().live() == second
    assert list(Arrangement.objects.all()) == [second, first]


def test_what_changes_nothing_leaves_no_arrangement_behind(chief, two):
    with pytest.raises(UnchangedFrontError):
        arrange(None, [], by=chief, now=NOW, after=0)
    assert not Front.objects.exists()
    first = arrange(None, [Pin("lead", two[0].pk, NOW + HOUR), Pin("second-1", two[1].pk)], by=chief, now=NOW, after=0)
    work()
    for given, now in ((reversed(first.pins), NOW), (first.pins[1:], NOW + HOUR)):
        with pytest.raises(UnchangedFrontError):
            arrange(None, given, by=chief, now=now, after=1)
    with pytest.raises(UnchangedFrontError):
        put_back_front(first, by=chief, now=NOW, after=1)
    assert (Front.objects.get().number, Arrangement.objects.count(), work()) == (1, 1, [])
    until = [Pin("lead", two[0].pk, 2 * HOUR + NOW), Pin("second-1", two[1].pk)]
    assert arrange(None, until, by=chief, now=NOW, after=1).number == 2


def test_each_rubric_has_a_front_of_its_own(chief, two):
    rubric = Rubric.objects.get()
    arrange(rubric, pins(two[0]), by=chief, now=NOW, after=0)
    arrange(None, pins(two[1]), by=chief, now=NOW, after=0)
    assert [front.live().pins[0].article_id for front in Front.objects.order_by("pk")] == [two[0].pk, two[1].pk]
    assert work()[-2:] == [f"front:{rubric.pk}", "front:0"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (lambda one, two: [Pin("kaki", one.pk)], ("kaki", "slot")),
        (lambda one, two: [Pin("lead", one.pk), Pin("second-1", one.pk)], ("second-1", "twice")),
        (lambda one, two: [Pin("lead", one.pk), Pin("lead", two.pk)], ("lead", "twice")),
        (lambda one, two: [Pin("lead", 10**9)], ("lead", "article")),
        (lambda one, two: [Pin("lead", one.pk, NOW)], ("lead", "until")),
    ],
)
def test_what_cannot_stand_at_a_place_is_refused_by_name(chief, two, given, why):
    with pytest.raises(WrongPinError) as refused:
        arrange(None, given(*two), by=chief, now=NOW, after=0)
    assert (refused.value.slot, refused.value.why) == why
    assert not Arrangement.objects.exists()


def test_an_editor_arranges_the_fronts_of_their_desk_alone(two):
    own, other = Rubric.objects.get(), Rubric.objects.create(name="Dunia", slug="dunia")
    editor = person("danu", Role.EDITOR)
    desk = Desk.objects.create(name="Daerah")
    desk.rubrics.add(own)
    desk.members.add(editor)
    arrange(own, pins(two[0]), by=editor, now=NOW, after=0)
    for rubric in (other, None):
        with pytest.raises(PermissionDenied):
            arrange(rubric, pins(two[0]), by=editor, now=NOW, after=0)
    with pytest.raises(PermissionDenied):
        arrange(None, pins(two[0]), by=person("bebas", Role.EDITOR), now=NOW, after=0)
    with pytest.raises(PermissionDenied):
        arrange(own, pins(two[0]), by=person("laras", Role.REPORTER), now=NOW, after=1)


def test_a_draft_of_another_desk_cannot_be_put(two):
    own, draft = Rubric.objects.get(), article(3, rubric="Dunia", status="draft")
    editor = person("danu", Role.EDITOR)
    desk = Desk.objects.create(name="Daerah")
    desk.rubrics.add(own)
    desk.members.add(editor)
    with pytest.raises(WrongPinError):
        arrange(own, pins(draft), by=editor, now=NOW, after=0)


def test_a_draft_of_another_desk_does_not_come_back_with_an_old_arrangement(chief, two):
    own, draft = Rubric.objects.get(), article(3, rubric="Dunia", status="draft")
    editor = person("danu", Role.EDITOR)
    desk = Desk.objects.create(name="Daerah")
    desk.rubrics.add(own)
    desk.members.add(editor)
    old = arrange(own, pins(two[0], draft), by=chief, now=NOW, after=0)
    assert put_back_front(old, by=editor, now=NOW, after=1).pins == (Pin("lead", two[0].pk),)


def test_an_arrangement_cannot_be_changed_or_deleted(chief, two):
    made = arrange(None, pins(two[0]), by=chief, now=NOW, after=0)
    for change in (
        made.save,
        made.delete,
        lambda: Arrangement.objects.update(number=9),
        Arrangement.objects.all().delete,
    ):
        with pytest.raises(KeptArrangementError), transaction.atomic():
            change()
    assert Arrangement.objects.get().number == 1


def test_it_outlives_who_made_it_and_goes_with_its_rubric(chief, two):
    rubric = Rubric.objects.create(name="Kosong", slug="kosong")
    arrange(rubric, pins(two[0]), by=chief, now=NOW, after=0)
    chief.delete()
    assert Arrangement.objects.get().made_by is None
    rubric.delete()
    assert not Front.objects.exists()


def test_an_old_arrangement_is_put_back_without_what_is_over_or_gone(chief, two):
    third = article(3)
    old = arrange(None, [*pins(*two), Pin("second-3", third.pk, NOW + HOUR)], by=chief, now=NOW, after=0)
    arrange(None, [], by=chief, now=NOW, after=1)
    Article.objects.filter(pk=two[1].pk).delete()
    withdraw(two[0], by=chief, now=NOW, ground=Ground.COUNCIL, reason="Keliru.")
    with pytest.raises(StaleFrontError):
        put_back_front(old, by=chief, now=NOW, after=1)
    back = put_back_front(old, by=chief, now=NOW + 2 * HOUR, after=2)
    assert (back.number, back.back_to) == (3, 1)
    assert back.pins == (Pin("lead", two[0].pk),), "a withdrawn one waits at its place; it fills by itself meanwhile"

"""Breaking news: by managing editors, with a link and an end, one at a time."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from tests.newsroom.builders import NOW, article, work
from warta.lexicon import addresses
from warta.newsroom.actions.break_news import StaleBreakingError, WrongBreakingError, break_news
from warta.newsroom.actions.end_breaking import EndedError, end_breaking
from warta.newsroom.models import Breaking
from warta.newsroom.permissions import Role

HOUR = timedelta(hours=1)


@pytest.fixture
def chief():
    made = User.objects.create_user("kepala")
    made.groups.add(Group.objects.get(name=Role.MANAGING_EDITOR))
    return made


def broken(chief: User, **values) -> Breaking:
    given = {"text": "Gempa di Laut Selatan", "path": "/indeks", "ends_at": NOW + HOUR, "now": NOW, **values}
    return break_news(by=chief, **given)


def test_it_runs_until_its_end_and_is_written_down(chief):
    made = broken(chief)
    assert work() == ["breaking:0"]
    assert Breaking.running(NOW) == made
    assert Breaking.running(NOW + HOUR) is None
    assert ModelLogEntry.objects.get(action="warta.break").user == chief


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 121}, "text"),
        ({"ends_at": NOW}, "end"),
        ({"ends_at": NOW + 24 * HOUR + timedelta(seconds=1)}, "end"),
        ({"path": ""}, "target"),
        ({"path": "https://lain.example/berita"}, "path"),
        ({"path": "//lain.example"}, "path"),
        ({"path": "/redaksi/"}, "path"),
        ({"path": "javascript:alert(1)"}, "path"),
    ],
)
def test_what_cannot_stand_above_every_page_is_refused_by_name(chief, values, why):
    with pytest.raises(WrongBreakingError) as refused:
        broken(chief, **values)
    assert refused.value.why == why
    assert not Breaking.objects.exists()


def test_it_leads_to_an_article_that_readers_have_or_to_a_path_and_not_to_both(chief):
    draft, live = article(1, status="draft"), article(2)
    for values in ({"article": draft, "path": ""}, {"article": live}):
        with pytest.raises(WrongBreakingError):
            broken(chief, **values)
    assert broken(chief, article=live, path="").article == live
    work()
    with time_machine.travel(NOW, tick=False):
        live.leave_dispatch()
        assert "breaking:0" in work()
        draft.leave_dispatch()
        assert "breaking:0" not in work()


def test_a_whole_address_of_the_paper_becomes_its_path():
    site = "https://koran.example"
    assert addresses.within(f"{site}/dunia", site) == "/dunia"
    assert addresses.within(f"{site}/", site) == addresses.within(site, site) == "/"
    assert addresses.within("https://koran.example.jahat.example/dunia", site) is None


def test_the_newest_takes_the_place_of_the_other_for_who_has_seen_it(chief):
    first = broken(chief)
    with pytest.raises(StaleBreakingError) as refused:
        broken(chief, text="Lain")
    assert refused.value.running == first
    second = broken(chief, text="Lain", after=first.pk)
    first.refresh_from_db()
    assert (Breaking.running(NOW), first.ended_by) == (second, chief)
    with pytest.raises(StaleBreakingError):
        broken(chief, text="Ketiga", after=first.pk)


def test_it_is_ended_once(chief):
    made = broken(chief)
    work()
    end_breaking(made, by=chief, now=NOW)
    assert (Breaking.running(NOW), work()) == (None, ["breaking:0"])
    with pytest.raises(EndedError):
        end_breaking(made, by=chief, now=NOW)


def test_an_editor_breaks_no_news(chief):
    made, editor = broken(chief), User.objects.create_user("danu")
    editor.groups.add(Group.objects.get(name=Role.EDITOR))
    with pytest.raises(PermissionDenied):
        broken(editor, after=made.pk)
    with pytest.raises(PermissionDenied):
        end_breaking(made, by=editor, now=NOW)

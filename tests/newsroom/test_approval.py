"""A reporter submits, the desk sends back or publishes: who may press what, and what it leaves."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests.newsroom import builders
from tests.newsroom.screens import ADD, edit_url, write
from warta.lexicon.press_rules import Ground
from warta.newsroom import schedule
from warta.newsroom.actions.correct import correct
from warta.newsroom.actions.publish import publish
from warta.newsroom.actions.put_back import put_back
from warta.newsroom.actions.send_back import NoNoteError, NotSubmittedError, send_back
from warta.newsroom.actions.submit import submit
from warta.newsroom.actions.take_up import take_up
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, Correction, Desk, Outcome, Rubric, Submission
from warta.newsroom.models.withdrawal import WithdrawnError
from warta.newsroom.permissions import Role
from warta.newsroom.states import MOVES, ImpossibleMoveError, State

PUBLISH, SUBMIT = 'name="action-publish"', 'name="action-submit"'


def browser(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def person(name: str, role: Role) -> User:
    user = User.objects.create_user(name, first_name=name.capitalize())
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def writer(newsroom):
    return person("laras", Role.REPORTER)


@pytest.fixture
def theirs(writer):
    """The reporter's browser."""
    return browser(writer)


@pytest.fixture
def editor(newsroom):
    return person("danu", Role.EDITOR)


@pytest.fixture
def desks(editor):
    """The desk's browser."""
    return browser(editor)


def only() -> Article:
    return Article.objects.get()


def state() -> str:
    return only().state


def send_back_url() -> str:
    return reverse("wagtailsnippets_newsroom_article:send_back", args=[only().pk])


def test_from_submission_over_a_note_to_readers(theirs, desks, writer, editor):
    assert write(theirs, action="submit").status_code == 302
    assert (state(), Submission.objects.get().by) == (State.SUBMITTED, writer)
    assert "Menunggu desk, diajukan oleh Laras" in desks.get(edit_url(only())).content.decode()
    assert desks.post(send_back_url(), {"note": " "}).status_code == 422
    assert desks.post(send_back_url(), {"note": "Sebut sumbernya."}).status_code == 302
    assert state() == State.DRAFT
    page = theirs.get(edit_url(only())).content.decode()
    assert "Dikembalikan oleh Danu:</strong> “Sebut sumbernya.”" in page
    assert write(theirs, action="submit", url=edit_url(only()), place="Kudus").status_code == 302
    assert "Sebut sumbernya" not in theirs.get(edit_url(only())).content.decode()
    assert write(desks, action="draft", url=edit_url(only())).status_code == 302
    assert state() == State.EDITING
    assert write(desks, url=edit_url(only())).status_code == 302
    assert (only().live, state()) == (True, State.PUBLISHED)
    outcomes = Submission.objects.order_by("pk").values_list("outcome", "decided_by", "note")
    assert list(outcomes) == [(Outcome.SENT_BACK, editor.pk, "Sebut sumbernya."), (Outcome.APPROVED, editor.pk, "")]
    told = ModelLogEntry.objects.filter(action__startswith="warta.").order_by("pk").values_list("action", "user")
    assert list(told) == [("warta.submit", writer.pk), ("warta.send_back", editor.pk), ("warta.submit", writer.pk)]


def test_each_role_is_offered_what_it_may_press(theirs, desks):
    page = theirs.get(reverse(ADD)).content.decode()
    assert (PUBLISH in page, SUBMIT in page) == (False, True)
    write(theirs, action="submit")
    page = theirs.get(edit_url(only())).content.decode()
    assert (PUBLISH in page, SUBMIT in page, send_back_url() in page) == (False, True, False)
    page = desks.get(edit_url(only())).content.decode()
    assert (PUBLISH in page, SUBMIT in page, send_back_url() in page) == (True, False, True)


def test_a_reporter_who_sends_the_press_of_a_button_that_is_not_there_has_saved_a_draft(theirs):
    assert write(theirs, action="publish").status_code == 302
    assert (only().live, state()) == (False, State.DRAFT)
    assert write(theirs, action="publish", url=edit_url(only())).status_code == 302
    assert not only().live


def test_a_reporter_sends_nothing_back(theirs):
    write(theirs, action="submit")
    for answer in (theirs.get(send_back_url()), theirs.post(send_back_url(), {"note": "Tidak."})):
        assert answer.status_code in {302, 403}
    assert Submission.objects.get().outcome == Outcome.OPEN


def test_an_editor_publishes_the_rubrics_of_their_desk_and_submits_to_others(desks, editor):
    nation = Rubric.objects.create(name="Nusantara", slug="nusantara")
    world = Rubric.objects.create(name="Dunia", slug="dunia")
    desk = Desk.objects.create(name="Daerah")
    desk.rubrics.add(nation)
    desk.members.add(editor)
    answer = write(desks, rubric=str(world.pk))
    assert answer.status_code == 200
    assert "ajukan artikel ini" in answer.context["form"].errors["rubric"][0]
    assert not Article.objects.exists()
    assert write(desks, action="submit", rubric=str(world.pk)).status_code == 302
    assert state() == State.SUBMITTED
    answer = write(
        desks, url=edit_url(only()), rubric=str(nation.pk)
    )  # out of the other desk's hands: not by publishing
    assert not only().live
    assert write(desks, rubric=str(nation.pk), headline="Milik Desk").status_code == 302
    assert Article.objects.get(headline="Milik Desk").live


def test_a_change_of_a_live_article_waits_without_touching_what_readers_have(theirs, desks):
    write(theirs, action="submit")
    write(desks, url=edit_url(only()))
    assert write(theirs, action="submit", url=edit_url(only()), headline="Diubah").status_code == 302
    assert (only().headline, state()) == ("Sungai Meluap di Demak", State.PUBLISHED)
    assert Submission.objects.filter(outcome="").count() == 1
    desks.post(send_back_url(), {"note": "Belum."})
    assert state() == State.PUBLISHED


def test_a_submission_is_decided_once_and_only_with_a_note(writer, editor):
    article = builders.article(status="draft")
    submit(article, by=writer, now=timezone.now())
    submit(article, by=writer, now=timezone.now())
    assert Submission.objects.count() == 1
    with pytest.raises(NoNoteError):
        send_back(article, by=editor, now=timezone.now(), note=" ")
    send_back(article, by=editor, now=timezone.now(), note="Tambah kutipan.")
    with pytest.raises(NotSubmittedError):
        send_back(article, by=editor, now=timezone.now(), note="Lagi.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(article=article, at=timezone.now(), outcome="sent back", decided_at=timezone.now())


def ways(article: Article) -> dict[str, object]:
    """Return every verb that moves an article."""
    now, row = timezone.now(), Article.objects.get(pk=article.pk)
    return {
        "submit": lambda: submit(row, by=None, now=now),
        "send back": lambda: send_back(row, by=None, now=now, note="Belum."),
        "take up": lambda: take_up(row, by=User.objects.get_or_create(username="danu")[0]),
        "publish": lambda: publish(row, by=None, now=now),
        "schedule": lambda: scheduled(row),
        "due": lambda: schedule.Runner().step(now + timedelta(days=3)),
        "unschedule": row.unschedule,
        "unpublish": row.unpublish,
        "correct": lambda: correct(
            Correction(article=row, kind="erratum", wrong="Tiga.", right="Empat."), by=None, now=now
        ),
        "withdraw": lambda: withdraw(row, by=None, now=now, ground=Ground.COUNCIL, reason="Keliru."),
        "put back": lambda: put_back(row, by=None, now=now, note=""),
    }


def scheduled(article: Article) -> None:
    article.go_live_at = timezone.now() + timedelta(days=2)
    article.publish(article.save_revision())


WAYS_TO = {
    State.DRAFT: [],
    State.SUBMITTED: ["submit"],
    State.EDITING: ["submit", "take up"],
    State.SCHEDULED: ["schedule"],
    State.PUBLISHED: ["publish"],
    State.CORRECTED: ["publish", "correct"],
    State.WITHDRAWN: ["publish", "withdraw"],
}


@pytest.mark.parametrize("start", list(State))
def test_whatever_is_done_an_article_moves_as_the_table_says(start):
    names = list(ways(builders.article(99, status="draft")))
    for number, verb in enumerate(names):
        article = builders.article(number + 1, status="draft")
        for step in WAYS_TO[start]:
            ways(article)[step]()
        assert Article.objects.get(pk=article.pk).state == start, start
        try:
            with transaction.atomic():
                ways(article)[verb]()
        except (ValueError, WithdrawnError):
            continue  # refused, with a name
        after = Article.objects.get(pk=article.pk)
        assert after.state == start or State(after.state) in MOVES[start], f"{start} –{verb}→ {after.state}"
        assert after.live == (after.state in {State.PUBLISHED, State.CORRECTED})


def test_a_withdrawn_article_is_not_submitted():
    article = builders.article()
    withdraw(article, by=None, now=timezone.now(), ground=Ground.COUNCIL, reason="Keliru.")
    with pytest.raises(ImpossibleMoveError):
        submit(article, by=None, now=timezone.now())


def test_the_database_refuses_a_state_that_is_not_what_readers_have():
    article = builders.article()
    for wrong in ("draft", "withdrawn"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=article.pk).update(state=wrong)


def test_the_drawing_in_the_docs_is_the_table():
    drawn = (Path(__file__).parents[2] / "docs" / "states.md").read_text("utf-8")
    arrows = set(re.findall(r"^ +(\w+) --> (\w+)$", drawn, re.MULTILINE))
    assert arrows == {(before.value, after.value) for before, afters in MOVES.items() for after in afters}

"""A withdrawn article: nothing typed, pressed or due brings it back; putting it back gives readers what they had.

The clock's part of it, that a submission of a newer text waits on, is here too.
"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from tests.newsroom import builders
from tests.newsroom.editors import Tab
from tests.newsroom.screens import edit_url
from warta.lexicon.press_rules import Ground
from warta.newsroom import schedule
from warta.newsroom.actions.correct import NothingToCorrectError, correct
from warta.newsroom.actions.publish import publish
from warta.newsroom.actions.put_back import put_back
from warta.newsroom.actions.send_back import NotSubmittedError, send_back
from warta.newsroom.actions.submit import submit
from warta.newsroom.actions.thin import thin_article
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.desk import editor as editor_screen
from warta.newsroom.models import Article, Correction, Outcome, Submission, Version, VersionKind
from warta.newsroom.models.withdrawal import WithdrawnError
from warta.newsroom.permissions import Role
from warta.newsroom.states import State

READERS = "Panen Raya Hari Ke-1"
FACTS = (
    *("state", "live", "withdrawn_at", "withdrawal_reason", "withdrawal_ground", "uri", "updated_at", "made_by_id"),
    *("first_published_at", "last_published_at", "live_revision_id", "headline", "slug", "rubric_id"),
)


@pytest.fixture
def laras(newsroom) -> User:
    """The reporter whose article it is."""
    return User.objects.create_user("laras", first_name="Laras")


@pytest.fixture
def danu(newsroom) -> User:
    """An editor of every rubric."""
    return User.objects.create_user("danu", first_name="Danu")


@pytest.fixture
def browsers(laras, danu) -> dict[str, Client]:
    """The browsers of both."""
    found = {}
    for user, role in ((laras, Role.REPORTER), (danu, Role.EDITOR)):
        user.groups.add(Group.objects.get(name=role))
        found[user.username] = Client(raise_request_exception=False)
        found[user.username].force_login(user)
    return found


@pytest.fixture
def article(browsers, laras) -> Article:
    """A live article of the reporter's, published in the newsroom."""
    made = builders.article()
    Article.objects.filter(pk=made.pk).update(made_by=laras)
    return publish(Article.objects.get(), by=None, now=timezone.now())


def take_down() -> Article:
    return withdraw(Article.objects.get(), by=None, now=timezone.now(), ground=Ground.CHILD, reason="Melindungi anak.")


def facts() -> dict[str, Any]:
    return Article.objects.values(*FACTS).get()


def newest() -> str:
    return str(Article.objects.get().latest_revision.content["headline"])


def test_the_row_keeps_what_is_no_text_when_an_old_revision_is_read(article):
    before = article.latest_revision
    take_down()
    read = Revision.objects.get(pk=before.pk).as_object()
    assert {name: getattr(read, name) for name in FACTS} == facts()


@pytest.mark.parametrize("who", ["laras", "danu"])
def test_no_typed_letter_and_no_press_brings_it_back(browsers, article, who):
    take_down()
    before = facts()
    tab = Tab(browsers[who], article)
    assert tab.type(headline="Judul Lain").send(autosave=True).status_code == 200
    assert (facts(), newest()) == (before, "Judul Lain")
    for action in ("", "publish", "submit", "workflow-action"):
        assert tab.type(headline=f"Judul {action}").send(action).status_code == 302
        tab.load()
        assert (facts(), newest()) == (before, f"Judul {action}".strip())


def test_an_editor_that_was_open_before_does_not_bring_it_back(browsers, article):
    """It is saved after the withdrawal with what it was served before."""
    tab = Tab(browsers["danu"], article)
    take_down()
    before = facts()
    assert tab.type(headline="Judul Lain").send("publish").status_code == 302
    assert (facts(), newest()) == (before, "Judul Lain")


@pytest.mark.parametrize("is_live", [True, False])
def test_a_save_that_read_the_row_before_the_withdrawal_does_not_undo_it(browsers, article, monkeypatch, is_live):
    if not is_live:
        article.unpublish()
    tab, claim = Tab(browsers["danu"], article), editor_screen.claim
    seen: dict[str, Any] = {}

    def late(*args: Any, **kwargs: Any) -> Any:
        take_down()
        seen.update(facts())
        return claim(*args, **kwargs)

    monkeypatch.setattr(editor_screen, "claim", late)
    assert tab.type(headline="Judul Lain").send(autosave=True).status_code == 200
    assert (facts(), newest()) == (seen, "Judul Lain")


def test_an_old_version_can_be_taken_up_again_but_not_published(browsers, article):
    old = article.live_revision_id
    take_down()
    before = facts()
    Tab(browsers["danu"], article).type(headline="Judul Lain").send()
    tab = Tab(browsers["danu"], article)
    tab.url = reverse("wagtailsnippets_newsroom_article:revisions_revert", args=[article.pk, old])
    tab.load()
    assert tab.send("publish").status_code == 302
    assert facts() == before


def test_many_at_once_are_published_without_it(browsers, article):
    take_down()
    before = facts()
    address = reverse("wagtail_bulk_action", args=["newsroom", "article", "publish"])
    browsers["danu"].post(f"{address}?id={article.pk}&next=/redaksi/")
    assert facts() == before


def test_neither_the_clock_nor_an_action_brings_it_back(article):
    due = timezone.now() + timedelta(hours=1)
    article.headline, article.go_live_at = "Terjadwal", due
    article.publish(article.save_revision(), skip_permission_checks=True)
    take_down()
    before = facts()
    schedule.Runner().step(due)
    text = Article.objects.get().latest_revision
    with pytest.raises(WithdrawnError):
        text.publish()
    with pytest.raises(WithdrawnError):
        Article.objects.get().publish(text)
    with pytest.raises(NothingToCorrectError):
        correct(Correction(article=article, kind="erratum", wrong="A.", right="B."), by=None, now=due, text=text)
    with pytest.raises(NotSubmittedError):
        send_back(article, by=None, now=due, note="Belum.")
    assert facts() == before


def test_putting_it_back_gives_readers_the_text_they_had_and_leaves_the_draft_to_its_desk(browsers, article, laras):
    tab = Tab(browsers["laras"], article)
    assert tab.type(headline="Perubahan yang Menunggu").send("submit").status_code == 302
    take_down()
    Tab(browsers["laras"], article).type(headline="Yang Belum Diperiksa").send(autosave=True)
    back = put_back(Article.objects.get(), by=None, now=timezone.now(), note="Salah tekan.")
    assert (back.live, back.headline, back.state, back.withdrawn_at) == (True, READERS, State.PUBLISHED, None)
    assert (newest(), back.has_unpublished_changes) == ("Yang Belum Diperiksa", True)
    assert Submission.objects.get().outcome == Outcome.OPEN
    last = Version.last_of(article.pk)
    assert (last.kind, READERS in last.content) == (VersionKind.PUT_BACK, True)
    assert "Perubahan yang Menunggu" not in browsers["danu"].get("/redaksi/").content.decode()
    assert "Laras, sejak" in browsers["danu"].get("/redaksi/").content.decode()


def test_the_text_to_be_put_back_is_kept_while_others_are_thinned(browsers, article):
    take_down()
    for number in range(12):
        Tab(browsers["laras" if number % 2 else "danu"], article).type(headline=f"Judul {number}").send(autosave=True)
    thin_article(article.pk)
    assert put_back(Article.objects.get(), by=None, now=timezone.now(), note="").headline == READERS


def test_what_readers_never_had_is_put_back_as_it_was_when_it_was_withdrawn(browsers, laras):
    made = builders.article(status="withdrawn")
    Article.objects.update(made_by=laras)
    Tab(browsers["laras"], made).type(headline="Yang Belum Diperiksa").send(autosave=True)
    now = timezone.now()
    back = put_back(Article.objects.get(), by=None, now=now, note="")
    assert (back.live, back.headline, back.first_published_at) == (True, READERS, now)
    assert newest() == "Yang Belum Diperiksa"


def test_one_withdrawn_before_its_live_version_was_kept_is_put_back_from_its_row(article):
    take_down()
    Article.objects.update(live_revision=None)
    back = put_back(Article.objects.get(), by=None, now=timezone.now(), note="")
    assert (back.live, back.headline) == (True, READERS)


def test_a_text_saved_while_it_was_withdrawn_can_be_published_once_it_is_back(article):
    gone = take_down()
    gone.headline = "Naskah Baru"
    text = gone.save_revision()
    put_back(Article.objects.get(), by=None, now=timezone.now(), note="")
    text.refresh_from_db()
    Article.objects.get().publish(text)
    found = Article.objects.get()
    assert (found.live, found.headline, found.state) == (True, "Naskah Baru", State.PUBLISHED)


def test_the_editor_says_that_it_is_withdrawn_and_offers_to_save_alone(browsers, article):
    take_down()
    for browser in browsers.values():
        page = browser.get(edit_url(article)).content.decode()
        assert "<strong>DICABUT:</strong>" in page
        assert "Masa depan anak — “Melindungi anak.”" in page
        assert 'name="action-publish"' not in page
        assert 'name="action-submit"' not in page
    history = reverse("wagtailsnippets_newsroom_article:history", args=[article.pk])
    assert "Versi tayang" not in browsers["danu"].get(history).content.decode()


def test_the_clock_leaves_what_was_submitted_since_to_its_desk(browsers, laras):
    due = timezone.now() + timedelta(hours=1)
    made = builders.article(status="draft")
    Article.objects.update(made_by=laras)
    made = Article.objects.get()
    submit(made, by=laras, now=timezone.now())
    made.go_live_at = due
    made.publish(made.save_revision(), skip_permission_checks=True)
    assert Submission.objects.get().outcome == Outcome.APPROVED
    assert Tab(browsers["laras"], made).type(headline="Judul Lain").send("submit").status_code == 302
    with time_machine.travel(due + timedelta(seconds=2), tick=False):
        assert schedule.Runner().step(timezone.now()) == 1
    found = Article.objects.get()
    assert (found.headline, found.state, newest()) == (READERS, State.PUBLISHED, "Judul Lain")
    assert found.first_published_at == due, "not the moment at which the clock came to it"
    assert list(Submission.objects.order_by("pk").values_list("outcome", flat=True)) == ["approved", ""]
    assert "Laras, sejak" in browsers["danu"].get("/redaksi/").content.decode()
    assert Tab(browsers["danu"], found).send("publish").status_code == 302
    assert not Submission.objects.filter(outcome="").exists()

"""What readers had is never deleted, and what another row names says so; neither is taken for a full disk."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.db.models import ProtectedError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from tests.newsroom import builders
from tests.newsroom.screens import edit_url
from warta.lexicon.press_rules import Ground
from warta.newsroom.actions.answer_reply import answer_reply
from warta.newsroom.actions.correct import correct
from warta.newsroom.actions.receive_reply import receive_reply
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.away import server_error
from warta.newsroom.models import Article, Correction
from warta.newsroom.permissions import Role

SPACE = "wagtailsnippets_newsroom_article"


def browser(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


@pytest.fixture
def admin(newsroom):
    return browser(User.objects.create_superuser("wening"))


def url(article: Article, name: str = "delete") -> str:
    return reverse(f"{SPACE}:{name}", args=[article.pk])


def many(model: str, *rows: Article | User) -> str:
    app = rows[0]._meta.app_label
    return f"{reverse('wagtail_bulk_action', args=[app, model, 'delete'])}?{'&'.join(f'id={row.pk}' for row in rows)}"


def taken_back(article: Article) -> None:
    article.unpublish()
    Article.objects.filter(pk=article.pk).update(first_published_at=None)


def corrected(article: Article) -> None:
    told = Correction(article=article, kind="erratum", wrong="Tiga.", right="Empat.")
    correct(told, by=User.objects.create_user("gita"), now=timezone.now())


@pytest.mark.parametrize(
    "then",
    [
        lambda one: None,
        taken_back,
        corrected,
        lambda one: withdraw(one, by=None, now=timezone.now(), ground=Ground.COUNCIL, reason="Keliru."),
    ],
    ids=["live", "taken back", "corrected", "withdrawn"],
)
def test_what_readers_had_is_not_deleted_by_anybody_anywhere(editors_desk, admin, then):
    article = builders.article()
    then(article)
    for client in (editors_desk, admin):
        asked = client.get(url(article))
        assert (asked.status_code, "tidak dapat dihapus" in asked.content.decode()) == (200, True)
        assert 'method="POST"' not in asked.content.decode()
        answer = client.post(url(article))
        assert (answer.status_code, "tidak dapat dihapus" in answer.content.decode()) == (409, True)
        assert "Dilewati: pembaca" in client.get(many("article", article)).content.decode()
        client.post(many("article", article))
    assert Article.objects.filter(pk=article.pk).exists()


def test_it_leads_to_a_withdrawal_whoever_may_withdraw(editors_desk, newsroom):
    article = builders.article()
    chief = User.objects.create_user("kepala")
    chief.groups.add(Group.objects.get(name=Role.MANAGING_EDITOR))
    assert url(article, "withdraw") in browser(chief).get(url(article)).content.decode()
    assert url(article, "withdraw") not in editors_desk.get(url(article)).content.decode()
    assert url(article) not in editors_desk.get(edit_url(article)).content.decode()


def test_a_draft_and_what_is_still_to_come_are_deleted(editors_desk):
    draft, coming = builders.article(1, status="draft"), builders.article(2, status="draft")
    coming.go_live_at = timezone.now() + timedelta(days=2)
    coming.publish(coming.save_revision())
    assert url(draft) in editors_desk.get(edit_url(draft)).content.decode()
    for article in (draft, coming):
        assert editors_desk.post(url(article)).status_code == 302
    assert not Article.objects.exists()


def test_what_is_due_is_not_deleted_though_nothing_has_noted_it_yet(editors_desk):
    due = builders.article(1, status="draft")
    due.go_live_at = timezone.now() + timedelta(days=2)
    due.publish(due.save_revision())
    due.revisions.update(approved_go_live_at=timezone.now() - timedelta(seconds=1))
    assert editors_desk.post(url(due)).status_code == 409


def test_a_draft_that_a_reply_names_stays_and_says_why(editors_desk):
    draft = builders.article(2, status="draft")
    now = timezone.now()
    reply = receive_reply(builders.article(1), by=None, now=now, party="Koperasi", words="Keliru.")
    answer_reply(reply, by=None, now=now, answer=draft)
    answer = editors_desk.post(url(draft))
    assert (answer.status_code, "hak jawab" in answer.content.decode()) == (409, True)
    free = builders.article(3, status="draft")
    page = editors_desk.get(many("article", draft, free)).content.decode()
    assert page.index(free.headline) < page.index("Dilewati: pembaca") < page.rindex(draft.headline)
    assert editors_desk.post(many("article", draft, free)).status_code == 302
    assert set(Article.objects.filter(live=False)) == {draft}


def test_a_person_under_whose_name_something_is_kept_stays_and_says_why(admin, newsroom):
    corrected(builders.article())
    gita, other = User.objects.get(username="gita"), User.objects.create_user("raka")
    address = reverse("wagtailusers_users:delete", args=[gita.pk])
    asked, answer = admin.get(address), admin.post(address)
    assert (asked.status_code, answer.status_code) == (200, 409)
    assert "atas nama orang ini" in answer.content.decode()
    page = admin.get(many("user", gita, other)).content.decode()
    assert page.index("raka") < page.index("Dilewati: ralat") < page.rindex("gita")
    assert admin.post(many("user", gita, other)).status_code == 302
    assert set(User.objects.filter(username__in=["gita", "raka"])) == {gita}


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("database or disk is full"), 503),
        (InterfaceError("connection already closed"), 503),
        (OSError(28, "No space left on device"), 503),
        (ProtectedError("needed", set()), 409),
        (IntegrityError("UNIQUE constraint failed"), 500),
        (DataError("out of range"), 500),
        (KeyError("x"), 500),
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_a_full_or_absent_storage_is_said_to_be_one(error: Exception, status: int):
    request = RequestFactory().post("/redaksi/")
    try:
        raise error
    except type(error):
        answer = server_error(request)
    assert answer.status_code == status
    assert ("Penyimpanan" in answer.content.decode()) == (status == 503)

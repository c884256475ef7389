"""The press rules on the screen: who may do what, what is refused in words, and what it leaves."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.newsroom import builders
from tests.newsroom.screens import edit_url
from warta.newsroom.actions.receive_reply import receive_reply
from warta.newsroom.models import Article, Correction, RightOfReply, Verification
from warta.newsroom.permissions import Role
from warta.newsroom.states import State

NAMES = ("rules", "correct", "receive_reply", "mark_unverified", "withdraw")


def url(name: str, article: Article, *more: int) -> str:
    return reverse(f"wagtailsnippets_newsroom_article:{name}", args=[article.pk, *more])


def browser(role: Role) -> Client:
    user = User.objects.create_user(role.lower().replace(" ", "-"))
    user.groups.add(Group.objects.get(name=role))
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


@pytest.fixture
def chief(newsroom):
    """A managing editor's browser."""
    return browser(Role.MANAGING_EDITOR)


@pytest.fixture
def article(newsroom):
    return builders.article(1)


@pytest.fixture
def later(newsroom):
    return builders.article(2)


def state(article: Article) -> str:
    return Article.objects.get(pk=article.pk).state


def test_a_correction_is_published_with_its_mended_text_in_one_moment(chief, article):
    mended = Article.objects.get(pk=article.pk)
    mended.place = "Kudus"
    mended.save_revision()
    said = {
        "wrong": "Tiga warga.",
        "right": "Dua warga.",
        "kind": "erratum",
        "seriousness": "serious",
        "with_text": "on",
    }
    assert chief.post(url("correct", article), said).status_code == 302
    made = Correction.objects.get()
    assert (made.is_published, made.wrong, made.seriousness) == (True, "Tiga warga.", "serious")
    assert (state(article), Article.objects.get(pk=article.pk).place) == (State.CORRECTED, "Kudus")
    assert "Dua warga." in chief.get(url("rules", article)).content.decode()
    assert url("rules", article) in chief.get(edit_url(article)).content.decode()


def test_a_correction_without_the_text_leaves_the_text(chief, article):
    mended = Article.objects.get(pk=article.pk)
    mended.place = "Kudus"
    mended.save_revision()
    said = {"wrong": "Tiga.", "right": "Dua.", "kind": "correction", "seriousness": "minor"}
    assert chief.post(url("correct", article), said).status_code == 302
    assert Article.objects.get(pk=article.pk).place == ""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"wrong": " "}, "wrong"),
        ({"right": ""}, "right"),
        ({"kind": "x"}, "kind"),
        ({"stands_in": "/tidak-ada"}, "stands_in"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_published(chief, article, change, field):
    said = {"wrong": "Tiga.", "right": "Dua.", "kind": "erratum", "seriousness": "minor", **change}
    answer = chief.post(url("correct", article), said)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not Correction.objects.exists()


def test_an_article_does_not_bring_its_own_correction(chief, article):
    said = {"wrong": "Tiga.", "right": "Dua.", "kind": "erratum", "seriousness": "minor", "stands_in": str(article.pk)}
    assert "stands_in" in chief.post(url("correct", article), said).context["form"].errors


def test_a_draft_is_not_corrected_but_changed(chief):
    draft = builders.article(3, status="draft")
    said = {"wrong": "Tiga.", "right": "Dua.", "kind": "erratum", "seriousness": "minor"}
    assert "ubah saja naskahnya" in chief.post(url("correct", draft), said).content.decode()


@pytest.mark.parametrize("written", ["http://127.0.0.1:8000{path}", "{path}", "{pk}"])
def test_a_reply_is_noted_with_its_deadline_and_linked_by_address_or_number(chief, article, later, written):
    assert chief.post(url("receive_reply", article), {"party": "Kelompok Tani", "words": "Keliru."}).status_code == 302
    reply = RightOfReply.objects.get()
    page = chief.get(url("rules", article)).content.decode()
    assert url("answer_reply", article, reply.pk) in page
    answer = written.format(path=later.path, pk=later.pk)
    assert chief.post(url("answer_reply", article, reply.pk), {"answer": answer}).status_code == 302
    reply.refresh_from_db()
    assert reply.answer == later
    assert chief.get(url("answer_reply", article, reply.pk)).status_code == 404


def test_a_reply_is_declined_only_with_a_reason(chief, article):
    reply = receive_reply(article, by=None, now=timezone.now(), party="Pihak", words="Keliru.")
    assert chief.post(url("decline_reply", article, reply.pk), {"reason": ""}).status_code == 400
    assert chief.post(url("decline_reply", article, reply.pk), {"reason": "Bukan soal berita ini."}).status_code == 302
    assert not RightOfReply.objects.open().exists()


def test_an_unverified_report_and_its_follow_up(chief, article, later):
    assert chief.post(url("mark_unverified", article), {"words": "Polisi belum menjawab."}).status_code == 302
    assert chief.post(url("follow_up", article), {"follow_up": later.path}).status_code == 302
    assert Verification.objects.get().follow_up == later


def test_a_withdrawal_needs_a_ground_and_a_reason_and_can_be_undone(chief, article):
    for said in ({"reason": "Keliru."}, {"ground": "child", "reason": " "}, {"ground": "x", "reason": "Keliru."}):
        assert chief.post(url("withdraw", article), said).status_code == 400
    assert state(article) == State.PUBLISHED
    assert chief.post(url("withdraw", article), {"ground": "child", "reason": "Anak di bawah umur."}).status_code == 302
    assert state(article) == State.WITHDRAWN
    assert chief.post(url("put_back", article), {"note": "Salah tekan."}).status_code == 302
    assert state(article) == State.PUBLISHED
    assert chief.get(url("put_back", article)).status_code == 404


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.REPORTER, set()),
        (Role.PHOTO_EDITOR, set()),
        (Role.EDITOR, {"rules", "correct", "receive_reply", "mark_unverified"}),
        (Role.MANAGING_EDITOR, set(NAMES)),
    ],
)
def test_each_role_reaches_its_rules(role, allowed, article):
    client = browser(role)
    assert {name for name in NAMES if client.get(url(name, article)).status_code == 200} == allowed

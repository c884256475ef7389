"""The press rules' screens: correct, answer, mark, withdraw, put back, and what stands open."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.newsroom import builders
from warta.newsroom.actions.mark_unverified import mark_unverified
from warta.newsroom.actions.receive_reply import receive_reply
from warta.newsroom.duties import duties
from warta.newsroom.models import Article, Correction, RightOfReply, Verification
from warta.newsroom.permissions import Role

SPACE = "wagtailsnippets_newsroom_article"


@pytest.fixture
def article():
    return builders.article()


@pytest.fixture
def chief():
    person = User.objects.create_user("kepala")
    person.groups.add(Group.objects.get(name=Role.MANAGING_EDITOR))
    client = Client(raise_request_exception=False)
    client.force_login(person)
    client.person = person
    return client


def url(name: str, *numbers: int) -> str:
    return reverse(f"{SPACE}:{name}", args=numbers)


def test_an_editor_publishes_a_correction(editors_desk, article):
    page = editors_desk.get(url("correct", article.pk))
    assert page.status_code == 200
    assert "Tidak ada" not in page.content.decode()
    given = {"wrong": "12 rumah", "right": "14 rumah", "kind": "erratum", "seriousness": "serious"}
    assert editors_desk.post(url("correct", article.pk), given).status_code == 302
    correction = Correction.objects.get()
    assert (correction.wrong, correction.right, correction.is_published) == ("12 rumah", "14 rumah", True)
    assert "14 rumah" in editors_desk.get(url("rules", article.pk)).content.decode()
    assert "14 rumah" in editors_desk.get(reverse("press_rules"), {"kind": "corrections"}).content.decode()


@pytest.mark.parametrize(
    ("screen", "given", "model"),
    [
        ("correct", {"wrong": "12 rumah", "right": "14 rumah", "kind": "erratum", "seriousness": "minor"}, Correction),
        ("receive", {"party": "Koperasi Maju", "words": "Angkanya keliru."}, RightOfReply),
    ],
)
def test_what_is_sent_twice_is_done_once(editors_desk, chief, article, screen, given, model):
    assert editors_desk.post(url(screen, article.pk), given).status_code == 302
    again = editors_desk.post(url(screen, article.pk), given)
    assert (again.status_code, model.objects.count()) == (422, 1)
    assert "Sudah dikerjakan" in again.content.decode()
    assert editors_desk.post(url(screen, article.pk), {**given, "right": "15", "words": "Lain."}).status_code == 302
    assert chief.post(url(screen, article.pk), given).status_code == 302
    assert model.objects.count() == 3


def test_a_correction_brings_the_saved_text_that_was_looked_at(editors_desk, article):
    article.headline = "Panen Raya di Empat Belas Desa"
    text = article.save_revision()
    page = editors_desk.get(url("correct", article.pk)).content.decode()
    assert f'value="{text.pk}"' in page
    given = {"wrong": "Satu", "right": "Empat belas", "kind": "erratum", "seriousness": "minor", "with_text": "on"}
    article.headline = "Panen Raya di Lima Belas Desa"
    later = article.save_revision()
    assert editors_desk.post(url("correct", article.pk), {**given, "text": str(text.pk)}).status_code == 422
    assert not Correction.objects.exists()
    assert editors_desk.post(url("correct", article.pk), {**given, "text": str(later.pk)}).status_code == 302
    assert Article.objects.get().headline == "Panen Raya di Lima Belas Desa"


def test_a_correction_without_words_is_told_at_the_field_and_nothing_is_published(editors_desk, article):
    answer = editors_desk.post(url("correct", article.pk), {"wrong": "12 rumah", "kind": "erratum"})
    assert answer.status_code == 422
    assert "12 rumah" in answer.content.decode()
    assert not Correction.objects.exists()


def test_a_draft_has_nothing_to_correct(editors_desk):
    draft = builders.article(2, status="draft")
    given = {"wrong": "a", "right": "b", "kind": "erratum", "seriousness": "minor"}
    answer = editors_desk.post(url("correct", draft.pk), given)
    assert answer.status_code == 422
    assert "belum" in answer.content.decode()
    assert not Correction.objects.exists()


def test_a_reply_is_noted_shown_as_a_duty_and_answered(editors_desk, article):
    given = {"party": "Koperasi Maju", "words": "Angkanya keliru."}
    assert editors_desk.post(url("receive", article.pk), given).status_code == 302
    reply = RightOfReply.objects.get()
    assert reply.due_at > reply.received_at
    assert "Koperasi Maju" in editors_desk.get(reverse("press_rules")).content.decode()
    assert "Koperasi Maju" in editors_desk.get("/redaksi/").content.decode()
    answering = url("answer", article.pk, reply.pk)
    assert "Angkanya keliru." in editors_desk.get(answering).content.decode()
    assert editors_desk.post(answering, {}).status_code == 422
    assert editors_desk.post(answering, {"answer": str(article.pk)}).status_code == 422
    assert editors_desk.post(answering, {"answer": str(builders.article(2).pk)}).status_code == 302
    assert "Koperasi Maju" not in editors_desk.get("/redaksi/").content.decode()
    assert editors_desk.post(answering, {"reason": "Sudah dijawab"}).status_code == 422


def test_a_reply_is_declined_with_a_reason(editors_desk, article):
    now = timezone.now()
    reply = receive_reply(article, by=None, now=now, party="Koperasi Maju", words="Angkanya keliru.")
    answer = editors_desk.post(url("answer", article.pk, reply.pk), {"reason": "Bukan pihak."})
    assert answer.status_code == 302
    assert "Bukan pihak." in editors_desk.get(url("rules", article.pk)).content.decode()


def test_the_reply_of_another_article_is_not_found(editors_desk, article):
    reply = receive_reply(article, by=None, now=timezone.now(), party="Koperasi", words="Keliru.")
    assert editors_desk.get(url("answer", builders.article(2).pk, reply.pk)).status_code == 404


def test_a_report_is_marked_and_followed_up(editors_desk, article):
    words = {"words": "Jumlah korban belum dipastikan."}
    assert editors_desk.post(url("unverified", article.pk), words).status_code == 302
    assert words["words"] in editors_desk.get(url("unverified", article.pk)).content.decode()
    assert words["words"] in editors_desk.get("/redaksi/").content.decode()
    later = builders.article(2)
    assert editors_desk.post(url("follow_up", article.pk), {"follow_up": str(later.pk)}).status_code == 302
    assert Verification.objects.get().follow_up == later
    assert words["words"] not in editors_desk.get("/redaksi/").content.decode()


def test_a_withdrawal_is_asked_twice_and_put_back(chief, article):
    given = {"ground": "child", "reason": "Melindungi masa depan anak."}
    assert chief.post(url("withdraw", article.pk), {**given, "reason": " "}).status_code == 422
    asked = chief.post(url("withdraw", article.pk), given)
    assert asked.status_code == 200
    assert "410" in asked.content.decode()
    assert Article.objects.get().live
    assert chief.post(url("withdraw", article.pk), {**given, "sure": "1"}).status_code == 302
    assert not Article.objects.get().live
    assert chief.post(url("withdraw", article.pk), {**given, "sure": "1"}).status_code == 422
    assert chief.post(url("put_back", article.pk), {"note": "Salah artikel."}).status_code == 302
    assert Article.objects.get().live
    assert chief.post(url("put_back", article.pk), {"note": "Lagi."}).status_code == 422


def test_an_article_is_taken_out_of_most_read_for_a_reason_and_put_back(chief, article):
    assert url("unrank", article.pk) in chief.get(url("edit", article.pk)).content.decode()
    assert chief.post(url("unrank", article.pk), {"reason": " "}).status_code == 422
    assert chief.post(url("unrank", article.pk), {"reason": "Umpan klik."}).status_code == 302
    assert chief.post(url("unrank", article.pk), {"reason": "Lagi."}).status_code == 422
    page = chief.get(url("edit", article.pk)).content.decode()
    assert (url("unrank", article.pk) in page, url("rank_again", article.pk) in page) == (False, True)
    assert chief.get(url("rank_again", article.pk)).status_code == 200
    assert chief.post(url("rank_again", article.pk)).status_code == 302
    assert chief.post(url("rank_again", article.pk)).status_code == 422


def test_what_readers_never_had_is_not_withdrawn(chief):
    draft = builders.article(2, status="draft")
    given = {"ground": "child", "reason": "Rahasia.", "sure": "1"}
    assert chief.post(url("withdraw", draft.pk), given).status_code == 422
    assert Article.objects.get().withdrawn_at is None


@pytest.mark.parametrize("name", ["correct", "receive", "unverified", "follow_up", "withdraw", "put_back", "unrank"])
def test_a_reporter_may_look_but_not_act(reporters_desk, reporter, article, name):
    Article.objects.update(made_by=reporter)
    page = reporters_desk.get(url("rules", article.pk)).content.decode()
    assert url(name, article.pk) not in page
    assert reporters_desk.get(url(name, article.pk)).status_code in {302, 403}
    assert reporters_desk.post(url(name, article.pk), {"words": "x"}).status_code in {302, 403}
    assert not Verification.objects.exists()


def test_an_editor_does_not_withdraw(editors_desk, article):
    given = {"ground": "child", "reason": "Alasan.", "sure": "1"}
    assert editors_desk.post(url("withdraw", article.pk), given).status_code in {302, 403}
    assert Article.objects.get().live


def test_the_editor_offers_what_can_be_done(chief, article):
    page = chief.get(url("edit", article.pk)).content.decode()
    for name in ("rules", "correct", "receive", "unverified", "withdraw"):
        assert url(name, article.pk) in page, name
    assert url("put_back", article.pk) not in page


def test_duties_are_the_most_urgent_first_and_late_ones_are_told(chief, article):
    now = timezone.now()
    late = receive_reply(article, by=None, now=now - timedelta(days=9), party="Lama", words="Keliru.")
    receive_reply(article, by=None, now=now, party="Baru", words="Keliru.")
    mark_unverified(article, by=None, now=now - timedelta(hours=25), words="Belum pasti.")
    found = duties(chief.person, now)
    assert [reply.party for reply in found.replies] == ["Lama", "Baru"]
    assert found.replies[0] == late
    assert found.overdue == 2
    assert duties(chief.person, now - timedelta(hours=2)).overdue == 1
    page = chief.get("/redaksi/").content.decode()
    assert "2 lewat tenggat" in page


def test_the_list_and_the_home_cost_as_many_queries_for_forty_as_for_two(chief, article, django_assert_max_num_queries):
    def cost(path: str) -> int:
        with django_assert_max_num_queries(80) as asked:
            assert chief.get(path).status_code == 200
        return len(asked.captured_queries)

    paths = [reverse("press_rules") + f"?kind={kind}" for kind in ("", "corrections", "replies", "unverified")]
    paths += ["/redaksi/", url("rules", article.pk)]

    def more(count: int) -> None:
        now = timezone.now()
        for number in range(count):
            receive_reply(article, by=None, now=now, party=f"Pihak {count}.{number}", words="Keliru.")
            Correction.objects.create(
                article=article, wrong="a", right="b", made_at=now, published_at=now, published_by=chief.person
            )

    mark_unverified(article, by=None, now=timezone.now(), words="Belum pasti.")
    more(2)
    for path in paths:
        chief.get(path)
    few = [cost(path) for path in paths]
    more(38)
    assert [cost(path) for path in paths] == few


def test_the_list_goes_on_behind_a_row_and_shows_nothing_of_others(chief, reporters_desk, article):
    now = timezone.now()
    for number in range(60):
        receive_reply(article, by=None, now=now, party=f"Pihak ke-{number:02}", words="Keliru.")
    first = chief.get(reverse("press_rules"), {"kind": "replies"}).content.decode()
    assert "Pihak ke-59" in first
    assert "Pihak ke-09" not in first
    before = RightOfReply.objects.get(party="Pihak ke-10").pk
    assert f"before={before}" in first
    rest = chief.get(reverse("press_rules"), {"kind": "replies", "before": before}).content.decode()
    assert "Pihak ke-09" in rest
    assert "Pihak ke-10" not in rest
    assert chief.get(reverse("press_rules"), {"kind": "replies", "before": "9" * 40}).status_code == 200
    assert "Pihak" not in reporters_desk.get(reverse("press_rules"), {"kind": "replies"}).content.decode()

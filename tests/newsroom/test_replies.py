"""The right of reply and the notice that a report is not yet verified."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from tests.newsroom.builders import NOW, article, work
from warta.newsroom.actions.answer_reply import ClosedReplyError, answer_reply, decline_reply, move_deadline
from warta.newsroom.actions.follow_up import follow_up
from warta.newsroom.actions.mark_unverified import mark_unverified
from warta.newsroom.actions.receive_reply import receive_reply
from warta.newsroom.models import Article, RightOfReply, Verification

HOUR = timedelta(hours=1)
MONDAY_TO_WEDNESDAY = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def asked(of: Article) -> RightOfReply:
    return receive_reply(of, by=None, now=NOW, party="PT Tambak Makmur", words="Angkanya tidak benar.")


def audit(of: Article) -> list[str]:
    rows = ModelLogEntry.objects.filter(object_id=str(of.pk), action__startswith="warta.").order_by("id")
    return [row.action for row in rows]


def test_a_request_has_two_working_days_unless_an_editor_sets_another_deadline():
    reply = asked(article())
    assert (reply.is_open, reply.due_at) == (True, MONDAY_TO_WEDNESDAY)
    assert (reply.is_overdue(MONDAY_TO_WEDNESDAY), reply.is_overdue(MONDAY_TO_WEDNESDAY + HOUR)) == (False, True)
    move_deadline(reply, by=None, now=NOW, due_at=NOW + HOUR)
    assert RightOfReply.objects.get().due_at == NOW + HOUR
    assert audit(reply.article) == ["warta.receive_reply", "warta.move_deadline"]


def test_it_is_answered_by_an_article_and_both_are_pressed():
    report, answer = article(1), article(2)
    reply = asked(report)
    work()
    answer_reply(reply, by=None, now=NOW + HOUR, answer=answer)
    assert set(work()) == {f"article:{report.pk}", f"article:{answer.pk}"}
    assert not RightOfReply.objects.open().exists()
    assert audit(report)[-1] == "warta.answer_reply"


def test_it_is_declined_with_a_reason_alone():
    reply = asked(article())
    with pytest.raises(ValidationError), transaction.atomic():
        decline_reply(RightOfReply.objects.get(), by=None, now=NOW, reason="  ")
    decline_reply(RightOfReply.objects.get(), by=None, now=NOW + HOUR, reason="Tidak menyangkut berita ini.")
    found = RightOfReply.objects.get()
    assert (found.is_open, found.decline_reason) == (False, "Tidak menyangkut berita ini.")
    assert audit(reply.article)[-1] == "warta.decline_reply"


def test_what_is_closed_stays_closed():
    report, answer = article(1), article(2)
    reply = asked(report)
    decline_reply(RightOfReply.objects.get(), by=None, now=NOW, reason="Sudah dimuat.")
    with pytest.raises(ClosedReplyError):
        answer_reply(reply, by=None, now=NOW, answer=answer)
    with pytest.raises(ClosedReplyError):
        move_deadline(reply, by=None, now=NOW, due_at=NOW + HOUR)


def test_an_article_does_not_answer_itself_nor_follow_itself_up():
    report = article()
    with pytest.raises(ValidationError):
        answer_reply(asked(report), by=None, now=NOW, answer=report)
    with pytest.raises(ValidationError):
        follow_up(
            mark_unverified(report, by=None, now=NOW, words="Belum dikonfirmasi."), by=None, now=NOW, article=report
        )
    reply = RightOfReply.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RightOfReply.objects.filter(pk=reply.pk).update(answer=report, answered_at=NOW)


def test_a_report_is_unverified_until_its_follow_up_comes():
    report, first, second = article(1), article(2), article(3)
    notice = mark_unverified(report, by=None, now=NOW, words=" Kepolisian belum dapat dihubungi. ")
    assert (notice.words, notice.noted_at, notice.followed_up_at) == ("Kepolisian belum dapat dihubungi.", NOW, None)
    work()
    follow_up(notice, by=None, now=NOW + HOUR, article=first)
    assert set(work()) == {f"article:{report.pk}", f"article:{first.pk}"}
    follow_up(notice, by=None, now=NOW + 2 * HOUR, article=second)
    assert {f"article:{one.pk}" for one in (report, first, second)} == set(work())
    mark_unverified(report, by=None, now=NOW + 3 * HOUR, words="Kepolisian sudah dihubungi.")
    found = Verification.objects.get()
    assert (found.words, found.noted_at, found.follow_up) == ("Kepolisian sudah dihubungi.", NOW, second)
    assert audit(report)[-3:] == ["warta.follow_up", "warta.follow_up", "warta.mark_unverified"]


def test_a_notice_says_something():
    with pytest.raises(ValidationError):
        mark_unverified(article(), by=None, now=NOW, words=" ")

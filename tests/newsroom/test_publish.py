"""Publish and withdraw: all or nothing, with revision, audit row and Dispatch."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry
from wagtail.signals import published

from tests.newsroom import builders
from tests.newsroom.builders import NOW, article, work
from warta.lexicon.embargo import UnderEmbargoError
from warta.lexicon.press_rules import Ground
from warta.lexicon.zones import ImpossibleInstantError
from warta.newsroom.actions.publish import publish
from warta.newsroom.actions.put_back import NotWithdrawnError, put_back
from warta.newsroom.actions.withdraw import NoReasonError, withdraw
from warta.newsroom.models import Article, Dispatch
from warta.newsroom.models.withdrawal import WithdrawnError

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def draft(**values):
    made = article(status="draft", **values)
    work()
    return made


def audit(of: Article) -> list[str]:
    return list(ModelLogEntry.objects.filter(object_id=str(of.pk)).order_by("id").values_list("action", flat=True))


def test_publishing_makes_it_live_with_its_revision_audit_row_and_dispatch(reporter):
    made = draft()
    publish(made, by=reporter, now=NOW)
    found = Article.objects.get(pk=made.pk)
    assert (found.live, found.first_published_at, found.updated_at) == (True, NOW, None)
    assert found.live_revision == found.latest_revision
    assert found.latest_revision.user == reporter
    assert audit(found)[-1] == "wagtail.publish"
    assert work() == [f"article:{made.pk}"]


def test_a_date_of_publication_that_is_set_is_kept():
    then = datetime(2022, 1, 2, 3, 4, tzinfo=UTC)
    made = draft(first_published_at=then)
    assert publish(made, by=None, now=NOW).first_published_at == then


@pytest.mark.parametrize("year", [1899, 2100, 2199])
def test_a_date_of_publication_no_newspaper_can_mean_is_refused(year):
    made = draft()
    made.first_published_at = datetime(year, 1, 2, tzinfo=UTC)
    with pytest.raises(ImpossibleInstantError):
        publish(made, by=None, now=NOW)
    assert not Article.objects.get(pk=made.pk).live


def test_what_is_under_embargo_is_refused_and_left_as_it_was():
    made = draft()
    made.embargo = NOW + HOUR
    with pytest.raises(UnderEmbargoError):
        publish(made, by=None, now=NOW)
    found = Article.objects.get(pk=made.pk)
    assert (found.live, found.embargo) == (False, None)
    assert work() == []


def test_an_embargo_that_ends_now_is_no_embargo():
    made = draft()
    made.embargo = NOW
    assert publish(made, by=None, now=NOW).live


def test_with_a_time_to_go_live_at_the_end_of_the_embargo_it_is_scheduled():
    made = draft()
    made.embargo = made.go_live_at = NOW + HOUR
    publish(made, by=None, now=NOW)
    found = Article.objects.get(pk=made.pk)
    assert not found.live
    assert found.scheduled_revision.approved_go_live_at == NOW + HOUR
    assert work() == [f"article:{made.pk}"]


@pytest.mark.parametrize("breaks", ["wagtail", "later"])
def test_when_something_breaks_nothing_has_happened(breaks):
    made = draft()

    def broken(**_):
        raise RuntimeError("rusak")

    if breaks == "wagtail":
        published.connect(broken)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            publish(made, by=None, now=NOW)
            broken()
    finally:
        published.disconnect(broken)
    found = Article.objects.get(pk=made.pk)
    assert (found.live, found.first_published_at, found.live_revision) == (False, None, None)
    assert "wagtail.publish" not in audit(found)
    assert work() == []


def test_publishing_again_says_when_it_was_updated_and_keeps_its_first_date(clock):
    made = publish(draft(), by=None, now=NOW)
    clock.move_to(NOW + HOUR)
    made.headline = "Panen Raya Ditunda"
    publish(made, by=None, now=NOW + HOUR)
    found = Article.objects.get(pk=made.pk)
    assert (found.headline, found.first_published_at, found.updated_at) == ("Panen Raya Ditunda", NOW, NOW + HOUR)
    assert found.slug == "panen-raya-ditunda"


@pytest.fixture
def editor(newsroom):
    return builders.editor()


def test_a_withdrawal_takes_it_down_with_reason_audit_row_and_dispatch(editor):
    made = publish(draft(), by=None, now=NOW)
    work()
    withdraw(made, by=editor, now=NOW + HOUR, ground=Ground.CHILD, reason=" Narasumber keliru. ")
    found = Article.objects.get(pk=made.pk)
    assert (found.live, found.withdrawn_at, found.withdrawal_reason) == (False, NOW + HOUR, "Narasumber keliru.")
    row = ModelLogEntry.objects.filter(object_id=str(made.pk)).latest("id")
    assert (row.action, row.user, row.data) == (
        "warta.withdraw",
        editor,
        {"ground": "child", "reason": "Narasumber keliru."},
    )
    assert set(work()) == {f"article:{made.pk}"}


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_withdrawal_needs_a_reason(reason):
    made = publish(draft(), by=None, now=NOW)
    work()
    with pytest.raises(NoReasonError):
        withdraw(made, by=None, now=NOW, ground=Ground.CHILD, reason=reason)
    assert Article.objects.get(pk=made.pk).live
    assert work() == []


def test_the_tables_themselves_refuse_a_withdrawal_without_reason():
    made = draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=made.pk).update(withdrawn_at=NOW)


def test_a_withdrawal_ends_a_schedule():
    made = draft()
    made.go_live_at = NOW + HOUR
    publish(made, by=None, now=NOW)
    withdraw(Article.objects.get(pk=made.pk), by=None, now=NOW, ground=Ground.CHILD, reason="Batal.")
    assert Article.objects.get(pk=made.pk).scheduled_revision is None


def test_what_was_withdrawn_is_published_again_only_by_putting_it_back():
    made = publish(draft(), by=None, now=NOW)
    withdraw(made, by=None, now=NOW + HOUR, ground=Ground.CHILD, reason="Keliru.")
    with pytest.raises(WithdrawnError):
        publish(made, by=None, now=NOW + HOUR)
    assert not Article.objects.get(pk=made.pk).live
    work()
    put_back(made, by=None, now=NOW + 2 * HOUR, note="Salah tekan.")
    found = Article.objects.get(pk=made.pk)
    assert (found.live, found.withdrawn_at, found.withdrawal_ground, found.withdrawal_reason) == (True, None, "", "")
    assert (found.first_published_at, found.updated_at, found.headline) == (NOW, None, made.headline)
    row = ModelLogEntry.objects.filter(object_id=str(made.pk), action="warta.put_back").get()
    assert row.data == {"ground": "child", "reason": "Keliru.", "note": "Salah tekan."}
    assert f"article:{made.pk}" in work()


def test_only_what_is_withdrawn_can_be_put_back():
    made = publish(draft(), by=None, now=NOW)
    with pytest.raises(NotWithdrawnError):
        put_back(made, by=None, now=NOW, note="")


def test_taking_back_and_deleting_leave_a_dispatch_each():
    made = publish(draft(), by=None, now=NOW)
    work()
    made.unpublish()
    assert work() == [f"article:{made.pk}"]
    key = made.pk
    made.delete()
    assert work() == [f"article:{key}"]


def test_many_that_are_deleted_at_once_leave_a_dispatch_each():
    made = [publish(draft(number=number), by=None, now=NOW) for number in (1, 2)]
    work()
    Article.objects.filter(pk__in=[one.pk for one in made]).delete()
    assert sorted(work()) == sorted(f"article:{one.pk}" for one in made)


def test_a_dispatch_of_an_unknown_kind_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.create(kind="poster", object_id=1)

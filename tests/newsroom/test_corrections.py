"""Corrections: published with the text or without, for ever, in the tables too."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from wagtail.models import ModelLogEntry

from tests.newsroom.builders import NOW, article, reporter, work
from warta.lexicon.press_rules import CorrectionKind, Ground, Seriousness
from warta.newsroom import reading
from warta.newsroom.actions.correct import NothingToCorrectError, correct
from warta.newsroom.actions.twice import SentTwiceError
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, Correction
from warta.newsroom.models.correction import KeptCorrectionError

HOUR = timedelta(hours=1)


def draft(of: Article, **values) -> Correction:
    given = {"article": of, "wrong": "Luasnya 40 hektare.", "right": "Luasnya 14 hektare."}
    return Correction(**{**given, **values})


def published(of: Article, **values) -> Correction:
    return correct(draft(of, **values), by=None, now=NOW + HOUR)


def test_it_says_what_when_and_by_whom_and_is_audited_and_pressed():
    made, person = article(), reporter()
    work()
    told = correct(draft(made, seriousness=Seriousness.SERIOUS), by=person, now=NOW + HOUR)
    found = Correction.objects.get(pk=told.pk)
    assert (found.published_at, found.published_by, found.made_by) == (NOW + HOUR, person, person)
    row = ModelLogEntry.objects.filter(object_id=str(made.pk)).latest("id")
    assert (row.action, row.user, row.data["seriousness"]) == ("warta.correct", person, "serious")
    assert (row.data["wrong"], row.data["right"]) == ("Luasnya 40 hektare.", "Luasnya 14 hektare.")
    assert work() == [f"article:{made.pk}"]


def test_the_changed_text_goes_live_in_the_same_transaction():
    made = article()
    made.headline = "Panen Raya 14 Hektare"
    text = made.save_revision()
    correct(draft(made), by=None, now=NOW + HOUR, text=text)
    found = Article.objects.get(pk=made.pk)
    assert (found.headline, found.has_unpublished_changes) == ("Panen Raya 14 Hektare", False)


def test_the_same_correction_is_refused_for_ten_minutes():
    made = article()
    told = published(made)
    with pytest.raises(SentTwiceError):
        correct(draft(made), by=None, now=told.told_at + timedelta(minutes=9))
    assert correct(draft(made), by=None, now=told.told_at + timedelta(minutes=11)).is_published


def test_when_the_text_cannot_be_published_nothing_was_corrected():
    made = article()
    made.embargo = NOW + timedelta(days=10_000)
    text = made.save_revision()
    with pytest.raises(ValueError, match="embargo"):
        correct(draft(made), by=None, now=NOW + HOUR, text=text)
    assert not Correction.objects.exists()


def test_a_draft_that_was_to_appear_later_appears_with_the_correction():
    made = article()
    made.headline, made.go_live_at = "Panen Raya 14 Hektare", NOW + timedelta(days=10_000)
    correct(draft(made), by=None, now=NOW + HOUR, text=made.save_revision())
    found = Article.objects.get(pk=made.pk)
    assert (found.headline, found.scheduled_revision) == ("Panen Raya 14 Hektare", None)


def test_a_scheduled_article_is_corrected_and_keeps_its_second():
    second = NOW + timedelta(days=10_000)
    made = article(first_published_at=second)
    waiting = reading.article(made.pk)
    assert not waiting.live
    waiting.headline, waiting.go_live_at = "Panen Raya 14 Hektare", None
    correct(draft(made), by=None, now=NOW + HOUR, text=waiting.save_revision())
    found = reading.article(made.pk)
    assert (found.live, found.headline, found.go_live_at) == (False, "Panen Raya 14 Hektare", second)
    assert [told.right for told in reading.rules(found).corrections] == ["Luasnya 14 hektare."]


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_no_reader_has_needs_no_correction(status):
    made = article(status=status)
    with pytest.raises(NothingToCorrectError):
        correct(draft(made), by=None, now=NOW)
    assert not Correction.objects.exists()


@pytest.mark.parametrize("missing", ["wrong", "right"])
def test_it_says_both_what_was_wrong_and_what_is_right(missing):
    with pytest.raises(ValidationError):
        correct(draft(article(), **{missing: ""}), by=None, now=NOW)


def test_it_stands_in_another_article_and_mends_one_of_its_own():
    one, other = article(1), article(2)
    with pytest.raises(ValidationError):
        correct(draft(one, stands_in=one), by=None, now=NOW)
    with pytest.raises(ValidationError):
        correct(draft(one, corrects=published(other)), by=None, now=NOW)
    unpublished = draft(one, made_at=NOW)
    unpublished.save()
    with pytest.raises(ValidationError):
        correct(draft(one, corrects=unpublished), by=None, now=NOW)
    mended = published(one)
    assert correct(draft(one, corrects=mended), by=None, now=NOW + HOUR).corrects == mended


def test_both_articles_are_pressed_when_it_stands_in_another_and_whenever_that_changes():
    old, new = article(1), article(2)
    published(old, stands_in=new)
    assert {f"article:{old.pk}", f"article:{new.pk}"} <= set(work())
    Article.objects.get(pk=new.pk).unpublish()
    assert set(work()) == {f"article:{old.pk}", f"article:{new.pk}"}


def test_a_draft_may_be_changed_and_thrown_away():
    note = draft(article(), made_at=NOW)
    note.save()
    note.right = "Luasnya 15 hektare."
    note.save()
    assert Correction.objects.update(kind=CorrectionKind.CORRECTION) == 1
    note.delete()
    assert not Correction.objects.exists()


def changed(told: Correction) -> None:
    told.right = "Lain."
    told.save()


@pytest.mark.parametrize(
    "attempt",
    [
        changed,
        lambda told: told.delete(),
        lambda told: Correction.objects.all().delete(),
        lambda told: Correction.objects.update(right="Lain."),
        lambda told: Correction.objects.bulk_update([told], ["right"]),
        lambda told: correct(told, by=None, now=NOW + 2 * HOUR),
    ],
    ids=["save", "delete", "many deleted", "many changed", "bulk", "published twice"],
)
def test_once_published_it_is_kept_as_it_is(attempt):
    told = published(article())
    with pytest.raises(KeptCorrectionError), transaction.atomic():
        attempt(told)
    assert Correction.objects.get().right == "Luasnya 14 hektare."


@pytest.mark.parametrize(
    "statement", ["UPDATE newsroom_correction SET published_at = NULL", "DELETE FROM newsroom_correction"]
)
def test_the_database_itself_refuses(statement):
    published(article())
    with pytest.raises(IntegrityError, match="kept as it is"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_itself_lets_drafts_go():
    draft(article(), made_at=NOW).save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE newsroom_correction SET wrong = 'Lain.'")
        cursor.execute("DELETE FROM newsroom_correction")
    assert not Correction.objects.exists()


def test_an_article_that_was_corrected_is_never_deleted_but_can_be_withdrawn():
    made = article()
    published(made)
    with pytest.raises(models.ProtectedError), transaction.atomic():
        made.delete()
    withdraw(made, by=None, now=NOW + HOUR, ground=Ground.TRAUMA, reason="Korban meminta perlindungan.")
    assert Correction.objects.count() == 1

"""The public history: what makes a version, that nobody changes one, and that the proof finds who did."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.newsroom import builders
from warta.lexicon.press_rules import Ground
from warta.newsroom import reading
from warta.newsroom.actions.correct import correct
from warta.newsroom.actions.publish import publish
from warta.newsroom.actions.put_back import put_back
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, Correction, Version, VersionKind
from warta.newsroom.models.version import KeptVersionError
from warta.newsroom.versions import broken


def again(article: Article, **words: str) -> Article:
    found = Article.objects.get(pk=article.pk)
    for name, value in words.items():
        setattr(found, name, value)
    return publish(found, by=None, now=timezone.now())


def kinds(article: Article) -> list[str]:
    return list(Version.objects.filter(article_id=article.pk).order_by("number").values_list("kind", flat=True))


@pytest.fixture
def article(newsroom):
    return builders.article(1)


def test_each_publication_is_a_version_with_the_words_that_readers_had(article):
    again(article, place="Kudus")
    again(article, headline="Panen Selesai")
    assert kinds(article) == [VersionKind.PUBLISHED, VersionKind.UPDATED, VersionKind.UPDATED]
    contents = [json.loads(version.content) for version in Version.objects.order_by("number")]
    assert [(one["place"], one["headline"]) for one in contents] == [
        ("", "Panen Raya Hari Ke-1"),
        ("Kudus", "Panen Raya Hari Ke-1"),
        ("Kudus", "Panen Selesai"),
    ]
    assert contents[0]["body"] == ["Petani memanen padi lebih awal."]


def test_a_table_is_kept_as_its_lines(article):
    table = {
        "columns": [{"type": "text", "heading": "Daerah"}, {"type": "text", "heading": "Ton"}],
        "rows": [{"values": ["Kudus", "12"]}, {"values": ["Demak", ""]}],
        "caption": "Panen",
    }
    again(article, body=json.dumps([{"type": "table", "value": table}]))
    content = json.loads(Version.objects.latest("number").content)
    assert content["body"] == ["Panen\nDaerah | Ton\nKudus | 12\nDemak | "]


def test_what_is_published_again_as_it_was_is_no_version(article):
    again(article)
    assert kinds(article) == [VersionKind.PUBLISHED]


def test_drafts_and_schedules_are_no_versions(article):
    draft = builders.article(2, status="draft")
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.publish(draft.save_revision())
    Article.objects.get(pk=article.pk).save_revision()
    assert (kinds(draft), kinds(article)) == ([], [VersionKind.PUBLISHED])


def test_corrections_and_withdrawals_say_why(article):
    row = Article.objects.get(pk=article.pk)
    correct(Correction(article=row, kind="erratum", wrong="Tiga.", right="Dua."), by=None, now=timezone.now())
    withdraw(row, by=None, now=timezone.now(), ground=Ground.CHILD, reason="Anak.")
    put_back(Article.objects.get(pk=article.pk), by=None, now=timezone.now(), note="rahasia")
    assert kinds(article) == [
        VersionKind.PUBLISHED,
        VersionKind.CORRECTED,
        VersionKind.WITHDRAWN,
        VersionKind.PUT_BACK,
    ]
    assert list(Version.objects.order_by("number").values_list("why", flat=True)) == ["", "Dua.", "Anak.", ""]


def test_a_correction_with_its_text_is_one_version(article):
    row = Article.objects.get(pk=article.pk)
    row.place = "Kudus"
    text = row.save_revision()
    made = Correction(article=row, kind="erratum", wrong="Tiga.", right="Dua.")
    correct(made, by=None, now=timezone.now(), text=text)
    assert kinds(article) == [VersionKind.PUBLISHED, VersionKind.CORRECTED]


def test_what_was_live_before_there_were_histories_begins_with_what_readers_have(article):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER newsroom_version_kept_delete")
        else:
            cursor.execute("ALTER TABLE newsroom_version DISABLE TRIGGER newsroom_version_kept")
        cursor.execute("DELETE FROM newsroom_version")
    again(article, place="Kudus")
    contents = [json.loads(version.content)["place"] for version in Version.objects.order_by("number")]
    assert contents == ["", "Kudus"]


def test_nobody_changes_or_deletes_a_version(article):
    version = Version.objects.get()
    version.why = "lain"
    for deed in (version.save, version.delete, Version.objects.all().delete, lambda: Version.objects.update(why="x")):
        with pytest.raises(KeptVersionError):
            deed()
    for statement in ("UPDATE newsroom_version SET why = 'x'", "DELETE FROM newsroom_version"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    article.delete()
    assert Version.objects.filter(article_id=version.article_id).exists()


def test_the_proof_holds_and_names_the_first_broken_link(article):
    again(article, place="Kudus")
    again(article, place="Pati")
    chain = list(Version.links())
    assert broken(chain) is None
    assert (
        broken([chain[0], replace(chain[1], content=chain[1].content.replace("Kudus", "Demak")), chain[2]]).number == 2
    )
    assert broken([chain[0], chain[2]]).number == 3
    assert broken(chain[1:]).number == 2


def test_the_whole_paper_is_proved_and_the_article_that_was_tampered_with_is_named(article):
    again(article, place="Kudus")
    other = builders.article(2)
    seen: list[int] = []
    assert reading.first_broken_version(lambda: seen.append(1)) is None
    assert len(seen) == reading.version_count() == 3
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER newsroom_version_kept_update")
        else:
            cursor.execute("ALTER TABLE newsroom_version DISABLE TRIGGER newsroom_version_kept")
        cursor.execute("UPDATE newsroom_version SET why = 'x' WHERE article_id = %s", [other.pk])
    found = reading.first_broken_version(lambda: None)
    assert (found.article_id, found.number) == (other.pk, 1)

"""Side notes: written, answered, settled, and seen by no reader."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.newsroom import builders
from tests.newsroom.editors import person
from tests.newsroom.screens import edit_url
from warta.newsroom.models import Note


@pytest.fixture
def article():
    return builders.article()


@pytest.fixture
def url(article):
    return reverse("wagtailsnippets_newsroom_article:notes", args=[article.pk])


def test_a_note_is_written_answered_and_settled(article, url):
    ada, budi = person("ada"), person("budi")
    assert "Cek <b>angka</b>" not in ada.post(url, {"text": "Cek <b>angka</b> ini"}).content.decode()
    note = Note.objects.get()
    budi.post(url, {"text": "Sudah, 14 rumah", "answers": str(note.pk)})
    page = ada.get(edit_url(article)).content.decode()
    assert "Cek &lt;b&gt;angka&lt;/b&gt; ini" in page
    assert "Sudah, 14 rumah" in page
    assert "Diselesaikan oleh" in ada.post(url, {"settle": str(note.pk)}).content.decode()
    note.refresh_from_db()
    assert note.resolved_by.username == "ada"
    assert ModelLogEntry.objects.filter(action__in=["warta.note", "warta.settle_note"]).count() == 3


def test_an_answer_opens_a_settled_note_again(url):
    ada = person("ada")
    ada.post(url, {"text": "Cek"})
    note = Note.objects.get()
    ada.post(url, {"settle": str(note.pk)})
    ada.post(url, {"text": "Belum", "answers": str(note.pk)})
    note.refresh_from_db()
    assert note.resolved_at is None


@pytest.mark.parametrize("sent", [{"text": "  "}, {"settle": "999"}, {"settle": "x"}, {"text": "a", "answers": "999"}])
def test_what_cannot_be_is_refused(url, sent):
    assert person("ada").post(url, sent).status_code in {404, 422}
    assert not Note.objects.exists()


def test_notes_are_for_those_who_may_edit(client, url):
    assert client.post(url, {"text": "Cek"}).status_code == 302
    assert not Note.objects.exists()


def test_many_notes_cost_as_many_queries_as_few(article, url, django_assert_num_queries):
    from warta.newsroom.desk.notes import notes_of

    ada = person("ada")
    for number in range(6):
        ada.post(url, {"text": f"Cek {number}"})
    with django_assert_num_queries(2):
        assert len(notes_of(article)) == 6

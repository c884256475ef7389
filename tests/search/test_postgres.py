"""The index on PostgreSQL: what is sent as PostgreSQL keeps it is what it would read from text, and nothing waits."""

from importlib import import_module
from itertools import pairwise

import pytest
from django.db import connection, connections
from django.db.backends.signals import connection_created
from hypothesis import given
from hypothesis import strategies as st

from tests.search.builders import headlines, indexed, told
from warta import plain
from warta.config import postgres as connecting
from warta.search import index, postgres
from warta.search.document import BARRIER, MOST_TIMES

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own; `make test` runs it there"),
]

TEXTS = (
    ("Menteri Memberi Perintah", "Surat perintah terbit.<br>Para menteri membaca surat perintah itu."),
    ("Café Ñandú dan Журнал 新聞", "Résumé pendek, jum'at, K.P.K., 2.500 orang, anak-anak."),
    ("Satu Kata Berulang", "lagi " * (MOST_TIMES + 40)),
    ("Panjang Sekali", " ".join(f"kata{number}" for number in range(16_000))),
)


def in_text(entry) -> str:
    """Write an entry's words as PostgreSQL's manual shows a tsvector."""
    placed = [f"'{form}':{number}A" for number, form in enumerate(entry.text, start=1) if form != BARRIER]
    return " ".join([*placed, *(f"'{mark}'" for mark in entry.marks)])


@pytest.mark.parametrize(("headline", "body"), TEXTS)
def test_words_arrive_as_postgresql_reads_them_from_text(headline, body, monkeypatch):
    sent = []
    monkeypatch.setattr(
        postgres, "with_page", lambda entry, made=postgres.with_page: (sent.append(entry), made(entry))[1]
    )
    told(headline, body)
    indexed()
    [entry] = sent
    asked = f"SELECT words::text = %s::tsvector::text, length(words) FROM search_page_{index.state().generation}"
    assert plain.ask(asked, in_text(entry)) == [(True, len({*entry.text, *entry.marks} - {BARRIER}))]


def waiting() -> int:
    """Sort in what waits before the index of words, and return how many pages of the disk that was."""
    [(pages,)] = plain.ask(f"SELECT gin_clean_pending_list('search_page_{index.state().generation}_words')")
    return int(pages)


def test_after_an_import_nothing_waits_to_be_sorted_in():
    told("Menteri Memberi Perintah")
    indexed()
    assert waiting() > 0
    told("Surat Perintah Terbit")
    indexed()
    connecting.sort_in()
    assert waiting() == 0


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_an_import_lets_more_wait():
    asked = "SELECT name, setting FROM pg_settings WHERE name IN ('gin_pending_list_limit', 'work_mem') ORDER BY name"
    before = plain.ask(asked)
    connecting.expect_much()
    try:
        told_now = plain.ask(asked)
    finally:
        connection_created.disconnect(connecting._for_much)
        connections.close_all()
    assert [name for name, _ in told_now] == [name for name, _ in before]
    assert all(int(now) > int(then) for (_, now), (_, then) in zip(told_now, before, strict=True))
    assert plain.ask(asked) == before


@given(st.lists(st.sampled_from(("surat", "perintah", "ñandú", "新聞", "~", "k")), min_size=2, max_size=40))
def test_a_text_has_the_trace_of_each_pair_of_its_neighbours(forms):
    assert all(postgres.pairs(two) in postgres.pairs(forms) for two in pairwise(forms))


def test_a_trace_passes_over_and_the_words_decide():
    told("Satu", "Surat itu berisi perintah.")
    told("Dua", "Surat perintah itu terbit.")
    indexed()
    table = f"search_page_{index.state().generation}"
    assert headlines('"surat perintah"') == ["Dua"]
    plain.do(f"UPDATE {table} SET pairs = %s", postgres.pairs(("surat", "perintah")))
    assert headlines('"surat perintah"') == ["Dua"]
    plain.do(f"UPDATE {table} SET pairs = ''")
    assert headlines('"surat perintah"') == []


def test_an_index_of_a_version_without_traces_finds_phrases_too():
    told("Dua", "Surat perintah itu terbit.")
    indexed()
    table = f"search_page_{index.state().generation}"
    plain.do(f"ALTER TABLE {table} DROP COLUMN pairs")
    with connection.schema_editor() as editor:
        import_module("warta.search.migrations.0002_pairs").add(None, editor)
    assert headlines('"surat perintah"') == ["Dua"]
    told("Tiga", "Surat perintah lain.")
    indexed()
    assert headlines('"surat perintah"') == ["Tiga", "Dua"]

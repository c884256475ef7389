"""What is found: the same articles in the same order on the database the tests run on and on OpenSearch."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.delivery.builders import BIMA, NOW, SARI, put_gone
from tests.search.builders import ask, headlines, indexed, is_there, rows, told
from warta.paper import store
from warta.paper.pages import Link
from warta.search import follow, index, query, results
from warta.search.query import Sought

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.usefixtures("engine"),
    pytest.mark.filterwarnings("ignore:System time is way off"),  # urllib3, of a server with TLS, when the clock stands
]

PAPER = (
    ("Kementerian Kesehatan Buka Puskesmas Baru", "Menteri memberi perintah agar layanan dibuka malam hari."),
    ("Pemerintah Tunda Kenaikan Tarif", "Surat perintah penundaan terbit. Para pedagang di pasar lega."),
    ("Perintah Harian Panglima", "Prajurit menerima surat perintah di lapangan."),
    ("Polisi Tangkap Pencuri Kabel", "Penangkapan berlangsung di Pemalang; anak-anak menonton."),
    ("Dua Orang Ditangkap di Penajam", "Komisi Pemberantasan Korupsi memeriksa saksi dalam perkara suap."),
    ("KPK Periksa Mantan Pejabat", "Pemeriksaan selama 2.500 menit pada hari Jum'at."),
    ("Undang-Undang Pemilu Diuji", "Perundang-undangan itu mengatur pemilihan umum."),
    ("Undangan Pesta Panen", "Warga diundang makan di balai desa; harga tajam."),
    ("Nasib Malang Seekor Gajah", "Gajah itu jatuh. Malang benar, kata pawang; mobil patroli datang."),
    ("Café Tua di Kota Lama", "Kopi disajikan; <b>men</b>teri singgah.<br>Résumé pendek."),
)
ENGLISH = ("Mobile Clinics Reach Remote Islands", "Ministers praised the running of the clinics; police helped.")

SHARED = {
    "perintah": [2, 1, 0],
    '"perintah"': [2, 1, 0],
    '"surat perintah"': [2, 1],
    "kementerian": [9, 0],
    "tangkap": [4, 3],
    "penangkapan -penajam": [3],
    "penajam": [4],
    "tajam": [7],
    "malang": [8],
    "pemalang": [3],
    "kpk": [5, 4],
    "K.P.K.": [5, 4],
    '"kpk"': [5],
    "pemilihan umum": [6],
    "undang-undang": [6],
    "uu": [6],
    "undang": [7, 6],
    "jumat": [5],
    "2.500": [5],
    "cafe": [9],
    "RESUME": [9],
    "anak": [3],
    "mobil": [8],
    "ran run runs": [],
    "mobile": [10],
    "clinic minister": [10],
    "-polisi": [],
    "surat -polisi -pedagang": [2],
    '"buka puskesmas" menteri': [0],
    '"tarif surat"': [],
    "yang": [],
    "AND OR NOT NEAR": [],
    "*": [],
}


@pytest.fixture
def paper():
    pages = [told(headline, body) for headline, body in PAPER]
    pages.append(told(*ENGLISH, lang="en"))
    indexed()
    return pages


def test_all_engines_find_the_same(paper):
    found, best = {}, {}
    for typed in SHARED:
        answer = ask(typed)
        found[typed] = [] if answer.is_loose else [one.teaser.headline for one in answer.found]
        best[typed] = {one.teaser.id for one in ask(typed, order="best").found} ^ {
            one.teaser.id for one in answer.found
        }
    assert found == {typed: [paper[number].headline for number in numbers] for typed, numbers in SHARED.items()}
    assert not any(best.values())


def test_the_best_order_is_our_own(paper):
    assert headlines("perintah", order="best")[0] == "Perintah Harian Panglima"
    assert headlines("surat perintah", order="best")[0] == "Perintah Harian Panglima"


def test_when_nothing_has_all_words_some_are_enough(paper):
    answer = ask("pencuri kabel listrik")
    assert answer.is_loose
    assert [one.teaser.headline for one in answer.found] == ["Polisi Tangkap Pencuri Kabel"]
    assert ask("pencuri gajah").is_loose


def test_words_are_marked_where_they_stand(paper):
    [found] = ask("tangkap pencuri").found
    assert [piece.words for piece in found.headline if piece.is_found] == ["Tangkap", "Pencuri"]
    [found] = ask("penangkapan pemalang").found
    assert [piece.words for piece in found.passage if piece.is_found] == ["Penangkapan", "Pemalang"]
    found = ask("kpk").found[1]
    assert "Komisi" in [piece.words for piece in found.passage if piece.is_found]


def test_a_mistyped_word_is_put_right(paper):
    assert ask("puskemas").suggestion == "puskesmas"
    assert ask("polisi pencuti").suggestion == "polisi pencuri"
    assert ask("polisi").suggestion == ""
    assert ask("soerat").suggestion == "surat"


def test_facets_count_and_choose():
    bisnis = Link(name="Bisnis", path="/bisnis")
    opini = Link(name="Opini", path="/kanal/opini")
    told("Harga Beras Naik", reporters=(SARI, BIMA), at=datetime(2022, 12, 31, 16, 59, tzinfo=UTC))
    told("Harga Beras Turun", reporters=(SARI,), rubric=bisnis, at=datetime(2022, 12, 31, 17, 0, tzinfo=UTC))
    told("Harga Beras Tetap", rubric=bisnis, channel=opini)
    indexed()
    answer = ask("beras")
    counted = {
        kind: [(one.value, one.name, one.count) for one in getattr(answer, kind)]
        for kind in ("rubrics", "channels", "people", "years")
    }
    assert counted == {
        "rubrics": [("bisnis", "Bisnis", 2), ("dunia", "Dunia", 1)],
        "channels": [("berita", "Berita", 2), ("opini", "Opini", 1)],
        "people": [("sari-wiradjaja", "Sari Wiradjaja", 2), ("bima-antara", "Bima Antara", 1)],
        "years": [("2023", "2023", 2), ("2022", "2022", 1)],
    }
    assert headlines("beras", rubric="bisnis", person="sari-wiradjaja") == ["Harga Beras Turun"]
    assert headlines("beras", year="2022") == ["Harga Beras Naik"]
    assert headlines("beras", channel="opini", year="2022") == []


@pytest.mark.parametrize("order", ["newest", "best"])
def test_pages_by_keyset_show_everything_once(order, monkeypatch):
    monkeypatch.setattr(results, "PAGE", 7)
    pages = [told(f"Panen Padi {number}", "panen " * (number % 5)) for number in range(30)]
    indexed()
    seen, behind = [], ""
    while True:
        answer = ask("panen", order=order, behind=behind)
        seen += [one.teaser.id for one in answer.found]
        told("Panen Padi Lain", "panen " * 9, at=NOW)  # what comes meanwhile moves nothing
        indexed()
        behind = answer.older
        if not behind:
            break
    assert len(seen) == len(set(seen))
    assert set(seen) == {page.id for page in pages}
    if order == "newest":
        assert seen == [page.id for page in reversed(pages)]


@pytest.mark.parametrize("behind", ["x", "-1", "1-", "1-2", "9" * 30, "٣", "0; DROP TABLE"])
def test_a_damaged_place_is_told(behind):
    with pytest.raises(ValueError, match="is no place"):
        ask("panen", behind=behind)


def test_a_common_word_is_counted_to_a_limit(monkeypatch):
    monkeypatch.setattr(results, "WINDOW", 10)
    monkeypatch.setattr(results, "BEST", 3)
    for number in range(15):
        told(f"Banjir {number}" if number == 0 else f"Kabar {number}", "Air sungai dan banjir.")
    indexed()
    answer = ask("banjir")
    assert (answer.total, answer.is_more) == (10, True)
    assert sum(one.count for one in answer.rubrics) == 10
    assert headlines("banjir", order="best")[0] == "Banjir 0"  # older than all that were counted, and about it


def test_a_phrase_is_counted_to_a_lower_limit(monkeypatch):
    monkeypatch.setattr(results, "PHRASE_WINDOW", 4)
    for number in range(6):
        told(f"Kabar {number}", "Harga beras naik.")
    indexed()
    answer = ask('"harga beras"')
    assert (answer.total, answer.is_more, len(answer.found)) == (4, True, 5)
    assert (ask("harga beras").total, ask("harga beras").is_more) == (6, False)


def test_what_is_withdrawn_or_removed_is_found_no_more():
    page = told("Rahasia Dagang")
    other = told("Rahasia Lain")
    indexed()
    assert len(headlines("rahasia")) == 2
    put_gone(page.id)
    answer = ask("rahasia")  # before the index knows
    assert ([one.teaser.id for one in answer.found], answer.total) == ([other.id], 1)
    indexed()
    store.remove(store.article_key(other.id))
    assert ask("rahasia").total == 0
    indexed()
    assert ask("rahasia").total == 0
    assert rows() == 0


def test_what_is_changed_is_found_by_its_new_words_alone():
    page = told("Kabar Lama")
    indexed()
    told("Kabar Baru", id=page.id)
    assert headlines("baru") == []
    indexed()
    assert headlines("lama") == []
    assert headlines("baru") == ["Kabar Baru"]
    assert rows() == 1


@pytest.mark.parametrize("order", ["newest", "best"])
def test_time_decides_at_its_second(order, clock):
    soon, later = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    page = told("Embargo Beras", visible_from=soon, until=later, at=NOW)
    told("Beras Biasa")
    coming = told("Beras Kini", id=9001, until=soon)
    store.put(
        store.coming_key(9001),
        type(coming)(**{name: getattr(coming, name) for name in coming.__struct_fields__} | {"headline": "Gula Nanti"}),
        visible_from=soon,
    )
    indexed()
    assert set(headlines("beras", order=order)) == {"Beras Biasa", "Beras Kini"}
    assert ask("beras", order=order).total == 2
    assert ask("embargo", order=order).total == 0
    assert ask("embarbo", order=order).suggestion == ""
    assert headlines("gula", order=order, now=NOW) == []
    assert set(headlines("beras", order=order, now=soon)) == {page.headline, "Beras Biasa"}
    assert ask("gula", order=order, now=soon).total == 1
    assert headlines("beras", order=order, now=later) == ["Beras Biasa"]


def test_the_index_is_made_anew_beside_the_old_one(paper):
    before = index.state()
    asked = []
    follow.reindex(NOW, lambda done, of: asked.append((headlines("kpk"), done <= of)))
    assert asked == [(["KPK Periksa Mantan Pejabat", "Dua Orang Ditangkap di Penajam"], True)]
    after = index.state()
    assert (after.generation, after.former, after.number) == (before.generation + 1, before.generation, before.number)
    assert headlines("kpk") == asked[0][0]
    told("KPK Lagi")
    follow.step(NOW)
    assert headlines("kpk")[0] == "KPK Lagi"
    follow.step(NOW + timedelta(minutes=2))
    assert index.state().former is None
    assert is_there(after.generation)
    assert not is_there(before.generation)


def test_a_step_is_bounded_and_goes_on(monkeypatch):
    for number in range(5):
        told(f"Kabar {number}")
    assert follow.step(NOW, limit=2)
    assert len(headlines("kabar")) == 2
    assert ask("kabar").total == 2
    assert follow.step(NOW, seconds=0)  # one article at least
    assert len(headlines("kabar")) == 3
    indexed()
    assert len(headlines("kabar")) == 5
    assert not follow.step(NOW)


def test_a_paper_that_was_put_back_is_indexed_from_the_beginning():
    told("Kabar Lama")
    indexed()
    index.keep(index.State(index.state().generation, 10_000_000))
    indexed()
    assert headlines("lama") == ["Kabar Lama"]
    assert index.state().number == store.last_number()


YEARS_END = [datetime(year, 1, 1, tzinfo=UTC) - timedelta(hours=hours) for year in (2012, 2013) for hours in (8, 7, 0)]
SCATTERED = [datetime(2009, 3, 1, tzinfo=UTC) + timedelta(days=83.7 * number) for number in range(40)]


@pytest.mark.parametrize("typed", ["surat perintah", '"surat perintah"'])
@pytest.mark.parametrize("limit", [1, 7, 30, 1000])
def test_however_far_back_it_lies_each_article_comes_once_and_in_its_order(typed, limit):
    """The site's years begin seven hours before those of UTC, by whose months PostgreSQL is asked."""
    for at in [*YEARS_END, *SCATTERED]:
        told("Bersama", "Surat perintah itu terbit.", at=at)
        told("Terpisah", "Surat itu berisi perintah.", at=at)
    indexed()
    sought = Sought(query.parse(typed).node())
    found, below = [], index.HIGHEST
    while hits := index.newest(index.state().generation, sought, below=below, limit=limit, now=NOW):
        found += hits
        below = hits[-1].place
    places = [hit.place for hit in found]
    assert places == sorted(set(places), reverse=True)
    assert len(places) == (1 if '"' in typed else 2) * len(YEARS_END + SCATTERED)

"""How texts and queries are cut into words, and which words are the same."""

import time
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.delivery.builders import NOW, article
from warta.paper.pages import Paragraph, Table
from warta.search import document, query, rank, snippets, spelling, words
from warta.search.query import All, Either, Phrase, Term, Token
from warta.search.stems import lexicon, stem, stems

FAMILIES = (
    "perintah pemerintah pemerintahan memerintahkan",
    "menteri kementerian",
    "tangkap penangkapan tertangkap ditangkap",
    "selidik penyelidikan menyelidiki penyelidik",
    "pajak perpajakan dipajaki",
    "ubah perubahan berubah mengubah",
    "ketua mengetuai",
    "tani bertani pertanian petani",
)
APART = (
    ("penajam", "tajam"),
    ("pemalang", "malang"),
    ("pekalongan", "kalong"),
    ("kediri", "diri"),
    ("berau", "rau"),
    ("bekasi", "bekas"),
    ("anggaran", "anggar"),
    ("pemilu", "pilu"),
)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_one_stem(family):
    assert len({stem(form, "id") for form in family.split()}) == 1


@pytest.mark.parametrize(("name", "word"), APART)
def test_names_are_not_stemmed(name, word):
    assert stem(name, "id") == name
    assert stem(name, "id") != stem(word, "id")


def test_english_has_stems_of_its_own():
    assert stem("ministers", "en") == stem("minister", "en") == "minist~e"
    assert stems("mobil") == ("mobil",)
    assert "mobil" not in stems("mobile")


def test_what_the_lexicon_says_is_in_the_form_of_words():
    known = lexicon()
    for form in (*known.protected, *known.stop, *known.stems):
        assert words.forms(form) == (form,)
    for group in known.synonyms:
        assert len(group) > 1


@pytest.mark.parametrize("text", ["★★★", "’", "\u00a0", "“…”", "👍", "'"])
def test_a_paragraph_without_a_word_leaves_an_article_in_the_index(text):
    assert words.joined(text) == []
    page = article(1, headline="Kapal", body=(Paragraph(html=text), Paragraph(html="Ombak.")))
    made = document.entry(page, key="article:1", visible_from=NOW, visible_until=None, zone=UTC)
    assert {"kapal", "ombak"} <= set(made.text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jum'at, di Masjid Qur’an.", "jumat di masjid quran"),
        ("K.P.K. dan S.H. tapi a. b", "kpk dan sh tapi a b"),
        ("2.500 orang (Covid-19)", "2 500 orang covid 19"),
        ("the Minister's café", "the minister cafe"),
        ("a_b e\u0301t\u00e9 ½ ﷺ", "a b ete 12 صلىاللهعليهوسلم"),
        ("\0\x1b<b>…", "b"),
        ("", ""),
    ],
)
def test_texts_are_cut(text, found):
    assert " ".join(words.forms(text)) == found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_every_word_is_letters_and_digits_and_stands_where_it_says(text):
    for word in words.words(text):
        assert word.form.isalnum()
        assert len(word.form) <= words.LONGEST
        assert words.fold(text[word.start : word.end]) == word.form


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("surat perintah", (Term(("surat",)), Term(("perintah",)))),
        ('"surat perintah"', (Term(("surat", "perintah"), is_phrase=True),)),
        ("“surat perintah” baru", (Term(("surat", "perintah"), is_phrase=True), Term(("baru",)))),
        ("harga yang naik", (Term(("harga",)), Term(("naik",)))),
        ("yang", (Term(("yang",)),)),
        ("covid-19", (Term(("covid", "19"), is_phrase=True),)),
        ("anak-anak", (Term(("anak",)),)),
        ("perundang-undangan", (Term(("perundang",), whole="undang-undang", names=(("uu",),)),)),
        ("kpk", (Term(("kpk",), names=(("komisi", "pemberantasan", "korupsi"),)),)),
        ("pemilihan umum", (Term(("pemilihan", "umum"), names=(("pemilu",),)),)),
        ('"kpk"', (Term(("kpk",), is_phrase=True),)),
        ("beras beras", (Term(("beras",)),)),
        ('"', ()),
        ("-beras", ()),
        ("- beras", (Term(("beras",)),)),
    ],
)
def test_queries_are_read(typed, terms):
    assert query.parse(typed).terms == terms


def test_exclusions_are_read():
    assert query.parse('beras -impor -"harga naik"').without == (
        Either((Token("impor"), Token("impor~e"))) if len(stems("impor")) > 1 else Token("impor"),
        Phrase(("harga", "naik")),
    )


def test_a_query_is_bounded():
    parsed = query.parse(" ".join(f"kata{number} -lain{number}" for number in range(500)))
    assert len(parsed.typed) <= query.LONGEST
    assert len(parsed.terms) <= query.MOST_TERMS
    assert len(parsed.without) <= 4
    began = time.process_time()
    query.parse("-" * 10**6 + '"' * 10**6)
    assert time.process_time() - began < 0.5


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120) | st.text("ab\" -.'", max_size=60))
def test_any_text_is_a_query(text):
    parsed = query.parse(text)
    for node in [*([parsed.node(), parsed.node("^"), *parsed.loosely()] if parsed.terms else []), *parsed.without]:
        assert all(name and '"' not in name and "'" not in name and " " not in name for name in names(node))


def names(node):
    match node:
        case Token():
            yield node.name
        case Phrase():
            yield from node.forms
        case All() | Either():
            for one in node.of:
                yield from names(one)


def entry(*paragraphs, **values):
    page = article(7, body=tuple(Paragraph(html=text) for text in paragraphs), **values)
    return document.entry(page, key="article:7", visible_from=NOW, visible_until=None, zone=NOW.tzinfo)


def test_an_entry_has_words_in_order_and_what_else_finds_it():
    made = entry("Peme<b>rin</b>tah<br>menunda &amp; menunggu.", "Undang-undang.", headline="Kementerian Tunda")
    assert " ".join(made.text) == ("kementerian tunda ~ ~ pemerintah menunda menunggu ~ undang undang ~ dunia ~")
    assert {
        "menteri",
        "perintah",
        "^menteri",
        "^tunda",
        "+menteri",
        "undang-undang",
        "r:dunia",
        "c:berita",
        "y:2024",
    } <= set(made.marks)
    assert "+perintah" not in made.marks
    assert made.sketch.split("\n")[0] == " kementerian/menteri tunda ~ "


def test_an_entry_is_bounded():
    made = entry("yang " * 20_000)
    assert len(made.text) <= document.MOST_WORDS
    assert made.text.count("yang") == document.MOST_TIMES


def test_tables_are_found_too():
    page = article(1, body=(Table(caption="Muatan", head=("Barang",), rows=(("Beras",),)),))
    assert document.sections(page)[2] == ["Muatan", "Barang", "Beras"]


def test_places_stand_in_the_order_of_time():
    from datetime import UTC, datetime, timedelta

    old, new = datetime(1900, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)
    assert 0 <= document.place(old, 2**29 - 1) < document.place(old + timedelta(seconds=1), 1) < document.place(new, 1)
    assert document.place(new, 2**29 - 1, is_coming=True) < 2**63
    assert document.instant(document.place(new, 5)) == new
    with pytest.raises(ValueError, match="no place"):
        document.place(new, 2**29)


def test_what_fits_better_weighs_more():
    scale = rank.Scale(query.parse("harga beras")).score
    at = document.place(NOW, 1)
    long = "kata " * 300
    sketches = [
        entry("Pasar.", headline="Harga Beras Naik").sketch,
        entry("Harga beras naik.", headline="Kabar Pasar").sketch,
        entry(f"Harga {long} beras naik.", headline="Kabar Pasar").sketch,
        entry("Harga gula.", headline="Kabar Pasar").sketch,
    ]
    scores = [scale(sketch, at) for sketch in sketches]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert scale(sketches[0], document.place(NOW.replace(year=1999), 1)) < scores[0]


def test_a_passage_shows_the_words_in_place():
    parts = ["Pembuka tanpa isi.", "x " * 50 + "Menteri naik kapal. " + "y " * 50, "Kapal lain."]
    pieces = snippets.passage(parts, {"menteri", "kapal"}, ())
    assert [piece.words for piece in pieces if piece.is_found] == ["Menteri", "kapal"]
    text = "".join(piece.words for piece in pieces)
    assert text.startswith("… x")
    assert text.endswith(" …")
    assert len(text.split()) <= snippets.LENGTH + 2
    assert snippets.passage(["Satu dua."], {"tiga"}, ()) == (snippets.Piece("Satu dua.", is_found=False),)
    assert snippets.passage([], {"tiga"}, ()) == ()
    [_, found, _] = snippets.marked("Ini Jum'at itu", {"jumat"}, ())
    assert found == snippets.Piece("Jum'at", is_found=True)
    phrase = snippets.marked("surat perintah, perintah surat", (), (("surat", "perintah"),))
    assert [piece.words for piece in phrase if piece.is_found] == ["surat", "perintah"]


def test_the_paragraph_with_most_is_shown_wherever_it_stands():
    few = [f"Harga {number}." for number in range(6)]
    for most in ("Harga beras naik.", "HARGA “béras” naik.", "Harga be'ras naik."):
        shown = snippets.passage([*few, most, *few], {"harga", "beras"}, ())
        assert len([piece for piece in shown if piece.is_found]) == 2
    shown = snippets.passage([*few, "Perintah itu surat.", "Ada surat perintah."], {"harga"}, (("surat", "perintah"),))
    assert "".join(piece.words for piece in shown) == "Ada surat perintah."


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text("ab c.'é<", max_size=80), max_size=4), st.sets(st.text("ab", min_size=1, max_size=2), max_size=3)
)
def test_marks_change_no_text(parts, forms):
    for part in parts:
        assert "".join(piece.words for piece in snippets.marked(part, forms, ())) == part
    shown = "".join(piece.words for piece in snippets.passage(parts, forms, ()))
    assert any(shown.removeprefix("… ").removesuffix(" …").strip() in part for part in parts) or not shown


def test_spelling_keeps_what_is_right():
    known = {"sekolah": 90, "surat": 12, "rumah": 5, "rusak": 500}

    def said(forms):
        return {form: known[form] for form in forms if form in known}

    assert spelling.corrected("sekolha", said) == "sekolah"
    assert spelling.corrected('"soerat" -sekolahh', said) == '"surat" -sekolah'
    assert spelling.corrected("rumah", said) is None
    assert spelling.corrected("penajam kpk 2024 é", said) is None
    assert spelling.corrected("zzzzzz", said) is None

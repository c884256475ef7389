"""The rules before publishing, what they cost, and how the editor holds a publication."""

import gc
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from tests.newsroom import builders
from tests.newsroom.screens import edit_url, uploaded, write
from warta.lexicon.copy import ParagraphCopy
from warta.newsroom.desk.checks import check
from warta.newsroom.likeness import bands
from warta.newsroom.models import Article, HouseWord
from warta.newsroom.prepublish import Block, Draft, Level, PhotoWords, Twin, digest, findings

GOOD = Draft(
    headline="Sungai Meluap di Demak",
    rubric="Nusantara",
    lead=PhotoWords("banjir", "Antara", "Air menutup jalan."),
    blocks=(Block(1, "paragraph", "Air naik."), Block(2, "quote", "Kami menunggu", speaker="Nelayan")),
)


def codes(draft: Draft) -> list[tuple[str, str, str]]:
    return [(one.code, one.level, one.place) for one in findings(draft)]


def test_a_good_draft_has_nothing_to_mend():
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"headline": " "}, ("no-headline", "error", "headline")),
        ({"headline": "x" * 111}, ("long-headline", "warning", "headline")),
        ({"rubric": ""}, ("no-rubric", "error", "rubric")),
        ({"lead": PhotoWords("f", " ", "alt")}, ("no-credit", "error", "lead_photo")),
        ({"lead": PhotoWords("f", "Antara", "")}, ("no-alt", "error", "lead_photo")),
        ({"blocks": [Block(3, "photo", "", photo=PhotoWords("f", "A", ""))]}, ("no-alt", "error", "body:3")),
        ({"blocks": [Block(2, "quote", "Kami", speaker=" ")]}, ("no-speaker", "warning", "body:2")),
        ({"dead_links": [("body:1", "/x")]}, ("dead-link", "warning", "body:1")),
        ({"twins": [Twin("Sama", "#7")]}, ("twin", "warning", "headline")),
        ({"house_words": [("air", "banyu")]}, ("house-word", "warning", "body:1")),
    ],
)
def test_each_rule_says_what_and_where(change, found):
    assert codes(replace(GOOD, **change)) == [found]


def test_a_headline_of_110_and_a_decorative_photo_are_fine():
    decorative = Block(1, "photo", "", photo=PhotoWords("f", "Antara", "", is_decorative=True))
    assert codes(replace(GOOD, headline="x" * 110, blocks=[decorative])) == []


def test_errors_stand_first_and_a_digest_names_what_was_shown():
    draft = replace(GOOD, headline="x" * 120, rubric="")
    assert [one.level for one in findings(draft)] == [Level.ERROR, Level.WARNING]
    assert digest(findings(draft)) != digest(findings(replace(draft, headline="x" * 121)))


def test_a_house_word_is_a_whole_word():
    assert codes(replace(GOOD, house_words=[("nelaya", "x"), ("Air", "Air")])) == []


def test_like_texts_share_bands_and_others_do_not():
    words = [f"kata{number}" for number in range(200)]
    changed = [*words[:100], "lain", *words[101:]]
    like = len({*bands(" ".join(words))} & {*bands(" ".join(changed))})
    assert like >= 3
    other = " ".join(f"beda{number}" for number in range(200))
    assert not {*bands(" ".join(words))} & {*bands(other)}
    assert bands("terlalu pendek") == []


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_errors_hold_a_publication_and_a_draft_is_saved_all_the_same(desk):
    photo = uploaded(desk, credit="Antara")
    answer = write(desk, lead_photo=str(photo.pk))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "teks alternatif" in page
    assert 'name="passed"' not in page
    assert not Article.objects.exists()
    assert write(desk, action="draft", lead_photo=str(photo.pk)).status_code == 302
    gc.collect()  # Wagtail leaves the file of the chosen photo's small copy open


def test_warnings_are_passed_with_one_more_press(desk):
    quote = streamfield([("quote", {"text": "Kami menunggu", "speaker": ""})])
    answer = write(desk, body=quote)
    assert "Kutipan" in answer.content.decode()
    assert not Article.objects.exists()
    assert write(desk, body=quote, passed="lain").status_code == 200
    assert write(desk, body=quote, passed=answer.context["passed"]).status_code == 302
    assert Article.objects.get().live


def test_a_link_to_what_readers_cannot_see_is_found(desk):
    hidden, seen = builders.article(1, status="draft"), builders.article(2)
    html = f'<p><a href="{hidden.path}">a</a> <a href="{seen.path}">b</a></p>'
    answer = write(desk, body=streamfield([("paragraph", rich_text(html)), ("read_also", str(hidden.pk))]))
    assert answer.content.decode().count("tidak dapat dilihat pembaca") >= 2
    assert seen.path not in [one.where for one in answer.context["told"]]


def test_the_house_words_of_the_managing_editor_are_asked_for(desk):
    HouseWord.objects.create(wrong="dikarenakan", right="karena")
    answer = write(desk, standfirst="Banjir dikarenakan hujan.")
    assert "“karena”, bukan “dikarenakan”" in answer.content.decode()


def test_the_editor_shows_the_checks_before_anything_is_pressed(desk):
    write(desk, action="draft", body=streamfield([("quote", {"text": "Kami", "speaker": ""})]))
    page = desk.get(edit_url(Article.objects.get())).content.decode()
    assert "Pemeriksaan sebelum terbit" in page
    assert "Kutipan “Kami”" in page


def test_copy_from_outside_is_not_stopped():
    assert builders.article(headline="x" * 200).live


def test_checking_costs_the_same_for_a_long_article_among_many():
    def queries(article: Article) -> int:
        with CaptureQueriesContext(connection) as captured:
            check(article)
        return len(captured)

    text = "Petani memanen padi lebih awal karena hujan berhenti sejak awal bulan ini."
    short = builders.article(1, body=(ParagraphCopy(f"<p>{text}</p>"),))
    few = queries(short)
    for number in range(2, 12):
        builders.article(number, body=(ParagraphCopy(f"<p>{text} {number}</p>"),) * 20)
    assert queries(Article.objects.latest("pk")) <= few + 1


def test_an_article_is_no_twin_of_itself(desk):
    write(desk)
    answer = write(desk, url=edit_url(Article.objects.get()), bylines=inline_formset([]))
    assert answer.status_code == 302

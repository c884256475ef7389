"""Articles that are invented by number: the same again each time, of the right size, spread over the years."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from warta.ingest.demo import many, vocabulary
from warta.ingest.demo.staff import RUBRICS, STAFF
from warta.lexicon import addresses, zones
from warta.lexicon.copy import ParagraphCopy, PictureCopy, QuoteCopy, TableCopy

NOW = datetime(2026, 11, 29, 0, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def made():
    return list(many.copies(1, 2000, NOW))


def words_of(copy):
    texts = [getattr(block, "html", "") or getattr(block, "text", "") for block in copy.body]
    return len(re.sub(r"<[^>]+>", " ", " ".join(texts)).split())


def test_a_number_gives_the_same_article_whatever_stands_beside_it(made):
    assert list(many.copies(1207, 3, NOW)) == made[1206:1209]
    assert list(many.copies(1999, 1, NOW + timedelta(hours=20))) == made[1998:1999]
    assert list(many.copies(5, 0, NOW)) == []


def test_on_the_next_day_most_articles_are_the_same(made):
    next_day = list(many.copies(1, 2000, NOW + timedelta(days=1)))
    assert 0.85 < sum(one == other for one, other in zip(made, next_day, strict=True)) / 2000 < 1


@pytest.mark.parametrize("now", [NOW, datetime(2027, 1, 1, 0, 1, tzinfo=UTC), datetime(2028, 2, 29, 23, tzinfo=UTC)])
def test_no_article_is_of_the_future_or_older_than_the_paper(now):
    for copy in many.copies(1, 500, now):
        instants = [at for at in (copy.first_published_at, copy.updated_at) if at]
        assert all(datetime(1998, 12, 31, tzinfo=UTC) < at < now for at in instants)


def test_dates_are_spread_over_all_years_with_more_in_the_last(made):
    years = Counter(copy.first_published_at.year for copy in made)
    assert set(years) == set(range(1999, 2027))
    assert min(years.values()) >= 15
    assert years[2025] > 3 * years[1999]
    hours = Counter(copy.first_published_at.astimezone(zones.zone(copy.zone)).hour for copy in made)
    assert hours[9] > 3 * hours[2]


def test_bodies_have_as_many_words_as_newspapers_articles(made):
    counts = [words_of(copy) for copy in made]
    assert min(counts) >= 250
    assert max(counts) <= 600
    assert 370 < sum(counts) / len(counts) < 430


def test_there_are_headings_quotes_and_rarely_tables_but_no_photo(made):
    kinds = Counter(type(block) for copy in made for block in copy.body)
    assert kinds[PictureCopy] == 0
    assert all(copy.lead is None for copy in made)
    assert kinds[QuoteCopy] > 1000
    assert 10 < kinds[TableCopy] < 100
    quotes = [block for copy in made for block in copy.body if isinstance(block, QuoteCopy)]
    assert all(quote.speaker for quote in quotes)


def test_no_word_of_a_pattern_is_left_and_nothing_must_be_escaped(made):
    for copy in made:
        assert not re.search(r"[{}<>&]", copy.headline + copy.standfirst)
        for block in copy.body:
            if isinstance(block, ParagraphCopy):
                assert not re.search(r"[{}&]", block.html)
                assert re.fullmatch(r'<p>[^<>]+(<a href="/[^"<>]+">[^<>]+</a>[^<>]+)?</p>', block.html)


def test_headlines_differ_and_addresses_are_all_different(made):
    assert len({copy.headline for copy in made}) > 0.97 * len(made)
    old = [address for copy in made for address in copy.old_addresses]
    assert len({addresses.old(address) for address in old}) == 2 * len(made)
    for number, copy in enumerate(made, 1):
        by_number, by_words = copy.old_addresses
        assert by_number == f"/?p={number}"
        assert re.fullmatch(rf"/\d{{4}}/\d{{2}}/{addresses.SLUG}/", by_words)
        day = copy.first_published_at.astimezone(zones.zone(copy.zone))
        assert by_words.startswith(f"/{day:%Y/%m}/")


def test_one_in_five_links_to_an_earlier_one_by_an_old_address(made):
    at_of = {address: copy.first_published_at for copy in made for address in copy.old_addresses}
    html = {copy.uri: " ".join(block.html for block in copy.body if isinstance(block, ParagraphCopy)) for copy in made}
    linked = [(copy, link) for copy in made for link in re.findall(r'href="([^"]+)"', html[copy.uri])]
    assert 0.17 < len(linked) / len(made) < 0.24
    assert all(at_of[link] < copy.first_published_at for copy, link in linked)


def test_what_stands_over_them_is_the_papers(made):
    assert {copy.rubric for copy in made} == {name for name, _ in RUBRICS}
    assert {name for copy in made for name, _ in copy.by} <= {person.name for person in STAFF}
    assert {copy.initials for copy in made} <= {person.initials for person in STAFF}
    assert {copy.channel for copy in made} == {"berita", "opini", "video"}
    assert 0.07 < sum(copy.lang == "en" for copy in made) / len(made) < 0.13
    assert 0.01 < sum(copy.updated_at is not None for copy in made) / len(made) < 0.04
    zone_of = dict(vocabulary.places())
    assert all(zone_of[copy.place] == copy.zone for copy in made)


def test_a_few_topics_have_most_articles_and_hundreds_have_few(made):
    counts = [count for _, count in Counter(topic for copy in made for topic in copy.topics).most_common()]
    assert len(counts) > 300
    assert counts[0] > 5 * counts[30] > 15 * counts[-1]
    assert all(more >= fewer for more, fewer in pairwise(counts))


def test_word_families_that_a_search_must_keep_apart_or_join_occur(made):
    text = " ".join(block.html for copy in made for block in copy.body if isinstance(block, ParagraphCopy)).lower()
    for word in (
        "perintah",
        "pemerintah",
        "menteri",
        "kementerian",
        "ditangkap",
        "menangkap",
        "penangkapan",
        "pengadilan",
    ):
        assert re.search(rf"\b{word}\b", text), word

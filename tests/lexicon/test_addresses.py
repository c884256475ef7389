"""Addresses: slugs, the article's address there and back, old addresses in one form."""

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warta.lexicon import addresses

WORDS = st.text(max_size=300)
SLUGS = st.from_regex(rf"\A{addresses.SLUG}\Z").map(lambda slug: slug[:80].strip("-"))


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Banjir di Demak!", "banjir-di-demak"),
        ("  DPR — Sidang ke-3  ", "dpr-sidang-ke-3"),
        ("Jum'at Keliwon", "jumat-keliwon"),
        ("Café “Élan” Río", "cafe-elan-rio"),
        ("50% naik, 3×", "50-naik-3"),
        ("日本語", "artikel"),
        ("", "artikel"),
        ("---", "artikel"),
    ],
)
def test_a_headline_becomes_a_slug(words, slug):
    assert addresses.slug(words) == slug


def test_what_has_no_letters_takes_the_fallback():
    assert addresses.slug("!!!", fallback="penulis") == "penulis"


@pytest.mark.parametrize(
    ("words", "length"),
    [
        (f"{'a' * 80} b", 80),
        (f"{'a' * 40} {'b' * 39} c", 80),
        (f"{'a' * 40} {'b' * 40}", 40),
        ("a" * 10_000, 80),
    ],
)
def test_a_long_slug_is_cut_between_words(words, length):
    assert len(addresses.slug(words)) == length


@given(words=WORDS)
@example(words="kata " * 60)
@example(words="\x00\ud800" * 50)
@example(words="ß" * 90 + " ﬁ")
def test_any_slug_is_ascii_short_and_never_empty(words):
    slug = addresses.slug(words)
    assert re.fullmatch(addresses.SLUG, slug)
    assert 1 <= len(slug) <= addresses.SLUG_LENGTH
    assert addresses.slug(slug) == slug


@given(words=st.lists(st.from_regex(r"\A[a-z0-9]{1,20}\Z"), min_size=1, max_size=60))
def test_a_slug_holds_whole_words_only(words):
    kept = addresses.slug(" ".join(words)).split("-")
    assert kept == words[: len(kept)]
    longer = "-".join(words[: len(kept) + 1])
    assert kept == words or len(longer) > addresses.SLUG_LENGTH, "a word more would have fitted"


@given(
    rubric=SLUGS.filter(bool),
    day=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    article_id=st.integers(1, 10**18 - 1),
    words=WORDS,
)
def test_the_address_of_an_article_is_read_as_it_was_written(rubric, day, article_id, words):
    slug = addresses.slug(words)
    read = addresses.read_article(addresses.article(rubric, day, article_id, slug))
    assert read == addresses.ArticleAddress(rubric=rubric, day=f"{day:%Y/%m/%d}", id=article_id, slug=slug)


@pytest.mark.parametrize(
    ("path", "article_id", "slug"),
    [
        ("/dunia/read/2024/05/03/12/banjir", 12, "banjir"),
        ("/dunia/read/2024/05/03/12", 12, ""),
        ("/dunia/read/2024/05/03/12/", 12, ""),
        ("/dunia/read/2024/05/03/12/banjir/", 12, "banjir"),
        ("/X_?/read/0000/99/99/0012/é", 12, "é"),
        ("/dunia/read/2024/05/03/12/a\n", 12, "a\n"),
    ],
)
def test_an_address_that_is_nearly_right_is_read(path, article_id, slug):
    read = addresses.read_article(path)
    assert read is not None
    assert (read.id, read.slug) == (article_id, slug)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/dunia/read/2024/05/03/",
        "/dunia/read/2024/5/3/12/a",
        "/dunia/read/2024/05/03/x/a",
        "/dunia/read/2024/05/03/-1/a",
        "/dunia/read/2024/05/03/12/a/b",
        "/a/b/read/2024/05/03/12/c",
        "//read/2024/05/03/12/c",
        "/dunia/read/2024/05/03/1234567890123456789/a",
        "/dunia/read/٢٠٢٤/05/03/12/a",
        "dunia/read/2024/05/03/12/a",
    ],
)
def test_what_is_no_address_of_an_article_is_none(path):
    assert addresses.read_article(path) is None


@given(path=st.text(max_size=200))
def test_reading_an_address_never_fails(path):
    addresses.read_article(path)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("rubric", "/hukum"),
        ("channel", "/kanal/hukum"),
        ("topic", "/topik/hukum"),
        ("person", "/penulis/hukum"),
    ],
)
def test_each_kind_of_front_has_its_place(kind, address):
    assert addresses.front(kind, "hukum") == address


def test_the_other_addresses():
    assert addresses.static_page("tentang") == "/laman/tentang"
    assert addresses.index() == "/indeks"
    assert addresses.index(date(2024, 5, 3)) == "/indeks/2024/05/03"
    assert addresses.read(12, "abc") == "/baca/12/abc"


def test_no_rubric_can_take_the_first_word_of_another_address():
    written = [
        addresses.front("channel", "x"),
        addresses.front("topic", "x"),
        addresses.front("person", "x"),
        addresses.static_page("x"),
        addresses.index(),
        addresses.read(1, "abc"),
        addresses.KEPT,
        addresses.popular(),
        addresses.counting(),
        addresses.feeds(),
        "/redaksi/",
        "/gambar/x",
    ]
    assert {path.split("/")[1] for path in written} <= addresses.RESERVED


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("https://lama.example/2019/01/banjir.html", "/2019/01/banjir.html"),
        ("HTTP://LAMA.EXAMPLE:8080/2019/01/banjir.html#atas", "/2019/01/banjir.html"),
        ("/2019/01/banjir/", "/2019/01/banjir"),
        ("2019/01/banjir", "/2019/01/banjir"),
        ("//lama.example/banjir", "/banjir"),
        ("/baca.php?id=12&x=1", "/baca.php?id=12&x=1"),
        ("/baca.php?", "/baca.php"),
        (" /banjir ", "/banjir"),
        ("/b%61njir%20besar", "/banjir%20besar"),
        ("/banjir besar", "/banjir%20besar"),
        ("/café", "/caf%C3%A9"),
        ("/caf%c3%a9", "/caf%C3%A9"),
        ("/100%", "/100%25"),
        ("", "/"),
        ("https://lama.example", "/"),
    ],
)
def test_an_old_address_has_one_form(address, form):
    assert addresses.old(address) == form


@given(address=st.text(max_size=200) | st.from_regex(r"\A(https?:)?/{0,3}[^\s]{0,60}(\?[^#]{0,20})?(#.*)?\Z"))
@example("http://[::1")
@example("http://[x]/")
@example("http://a℀b/")
@example("/\ud800")
@example("/a? b #c")
@example("/a?\x1fb\x1f")
@example("/%00%ff/..//../")
@example("/%2F%2Fjahat.example/")
def test_an_old_address_in_its_form_stays_as_it_is(address):
    try:
        form = addresses.old(address)
    except ValueError:
        return
    assert addresses.old(form) == form
    assert form.startswith("/")
    assert not form.startswith("//")


@pytest.mark.parametrize("address", ["http://[::1", "http://[x]/", "/\ud800", "http://a℀b/"])
def test_what_cannot_be_an_address_is_refused(address):
    with pytest.raises(ValueError):
        addresses.old(address)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/2019/05/banjir/amp/", "/2019/05/banjir"),
        ("/2019/05/banjir/page/2/", "/2019/05/banjir"),
        ("/2019/05/banjir/2/", "/2019/05/banjir"),
        ("/2019/05/banjir/feed/rss2", "/2019/05/banjir"),
        ("/2019/05/banjir/comment-page-12", "/2019/05/banjir"),
        ("/index.php/2019/05/banjir/", "/2019/05/banjir"),
        ("/amp/2019/05/banjir", "/2019/05/banjir"),
        ("/amp/2019/05/banjir/?utm_source=x", "/2019/05/banjir"),
        ("/banjir.html?page=2&print=1", "/banjir.html"),
        ("/?p=77&amp=1", "/?p=77"),
        ("/baca.php?halaman=2&id=12&utm_medium=a", "/baca.php?id=12"),
        ("https://lama.example/banjir?apa=saja", "/banjir"),
    ],
)
def test_a_page_is_found_however_it_was_shown(address, found):
    assert found in addresses.old_forms(address)
    assert addresses.old_forms(address)[0] == addresses.old(address)


def test_the_forms_of_an_address_are_few_and_none_is_the_front():
    for address in (
        "/",
        "/?utm_source=x",
        "/amp",
        "/2",
        "/index.php",
        "/" + "a/" * 900,
        "/" + "/2" * 900 + "?amp&" * 300,
    ):
        forms = addresses.old_forms(address)
        assert len(forms) <= 6
        assert "/" not in forms

"""The short path: what any client decodes is the page that Django renders whole; an ETag names these very bytes."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from backports import zstd
from django.test import Client
from msgspec import structs

from tests.delivery.builders import (
    BIMA,
    NOW,
    SARI,
    ZONES,
    article,
    full_article,
    picture,
    put,
    put_archive,
    put_frame,
    put_front,
    put_gone,
)
from warta.delivery import edition, making, shortpath
from warta.delivery.parts import Parts
from warta.delivery.shelf import Shelf
from warta.delivery.shortpath import Answer, ShortPath
from warta.paper.pages import ArticlePage, Heading, Paragraph, Quote

pytestmark = pytest.mark.django_db(databases="__all__")
CODINGS = {"gzip": gzip.decompress, "zstd": zstd.decompress, "": bytes}
WHOLE = [
    "/",
    "/indeks",
    "/indeks/2024/05/02",
    "/dunia",
    "/kanal/berita",
    "/laman/tentang",
    "/penulis/sari",
    "/topik/laut",
]


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return Parts(tmp_path / "parts", version="1")


@pytest.fixture
def short(parts: Parts, tmp_path: Path) -> Iterator[ShortPath]:
    put_frame()
    put_front("person", "sari", "Sari Wiradjaja", role="Reporter")
    put_front("topic", "laut", "Laut")
    return ShortPath(parts, Shelf(tmp_path / "shelf.sqlite3", version="1"))


def whole(body: bytes, status: int = 200) -> Answer:
    """Return a page as Django would make it."""
    return Answer(status, [("content-type", "text/html; charset=utf-8"), ("surrogate-key", "lists shell")], body)


def fill(short: ShortPath, page: ArticlePage) -> None:
    making.catch_up(short.parts)
    part = making.make(page.id, now=NOW)
    assert part is not None
    short.parts.put(part)


def ask(short: ShortPath, path: str, **headers: str) -> Answer | None:
    asked = {name.replace("_", "-"): value for name, value in headers.items()}
    return short.article(path, edition.make(NOW), NOW.timestamp(), asked)


def answered(short: ShortPath, path: str, **headers: str) -> Answer:
    answer = ask(short, path, **headers)
    assert answer is not None
    return answer


def variants() -> list[ArticlePage]:
    texts = (Paragraph(html="Satu."), Paragraph(html="<b>Dua</b> &amp; 💣."))
    hour = NOW - timedelta(hours=1)
    bare = [article(700 + n, hour - timedelta(minutes=n), lang=lang) for n, lang in enumerate(("id", "en"))]
    full = [full_article(710 + n, ("id", "en")[n % 2], ZONES[n % 3]) for n in range(6)]
    odd = [
        article(720, hour, body=(Heading(text="<script>alert(1)</script>"), Quote(text="a", speaker=""))),
        article(721, hour, lang="en", lead=picture(caption="", credit="", alt=""), body=texts),
        article(722, hour, headline="Judul “panjang” " * 12, body=texts * 40, initials="dzk"),
        article(723, hour, lead=picture(avif=(), webp=()), reporters=(SARI, BIMA) * 4, place="Ende"),
        article(724, hour, updated_at=NOW, standfirst="&lt;!-- x --&gt;", body=(Paragraph(html="<!---->Tiga"),)),
        article(725, hour, body=(Paragraph(html="x" * 90_000),)),
    ]
    return bare + full + odd


@pytest.mark.parametrize("count", [0, 4, 25])
@pytest.mark.parametrize("site", ["id", "en"])
def test_any_client_decodes_the_page_rendered_whole(
    client: Client, short: ShortPath, settings, count: int, site: str
) -> None:
    settings.LANGUAGE_CODE = site
    put_archive(count)
    pages = [put(page) for page in variants()]
    for page in pages:
        fill(short, page)
        whole = client.get(page.path)
        assert whole.status_code == 200
        for coding, decode in CODINGS.items():
            answer = answered(short, page.path, accept_encoding=coding)
            headers = dict(answer.headers)
            assert decode(answer.body) == whole.content
            assert headers.get("content-encoding", "") == coding
            assert headers["content-length"] == str(len(answer.body))
            assert headers["content-type"] == whole["Content-Type"]
            for name in ("Cache-Control", "Content-Security-Policy", "X-Frame-Options", "Strict-Transport-Security"):
                assert headers[name.lower()] == whole[name]
            assert headers["vary"] == "Accept-Encoding"
            assert len(headers) == len(answer.headers)


@pytest.mark.parametrize("path", WHOLE)
def test_a_whole_page_is_kept_as_django_made_it(client: Client, short: ShortPath, path: str) -> None:
    put_archive(25)
    now = edition.make(NOW)
    made = client.get(path)
    assert made.status_code == 200
    key = shortpath.key(path, "")
    assert key is not None
    assert short.whole(key, now, {}) is None
    short.keep(key, now, whole(made.content), generation=short.generation)
    for coding, decode in CODINGS.items():
        answer = short.whole(key, now, {"accept-encoding": coding})
        assert answer is not None
        assert decode(answer.body) == made.content
        assert dict(answer.headers)["cache-control"] == made["Cache-Control"]
    put(article(900))
    assert short.whole(key, edition.make(NOW), {}) is None
    assert short.stale(key, {}) == short.whole(key, now, {})


def test_head_is_get_without_the_body(short: ShortPath) -> None:
    page = put(article(7))
    fill(short, page)
    now = edition.make(NOW)
    for coding in CODINGS:
        asked = {"accept-encoding": coding}
        get = short.article(page.path, now, NOW.timestamp(), asked)
        head = short.article(page.path, now, NOW.timestamp(), asked, is_head=True)
        assert get is not None
        assert head == replace(get, body=b"")


@pytest.mark.parametrize(
    "known", ["{tag}", "W/{tag}", '"a", {tag}', '{tag}, "b"', '"a",W/{tag},"b"', "*", " * ", '"a" ,  {tag}  , "b"']
)
def test_what_the_client_has_already_is_not_sent_again(short: ShortPath, known: str) -> None:
    page = put(article(7))
    fill(short, page)
    for coding in CODINGS:
        fresh = dict(answered(short, page.path, accept_encoding=coding).headers)
        again = answered(short, page.path, accept_encoding=coding, if_none_match=known.format(tag=fresh["etag"]))
        headers = dict(again.headers)
        assert (again.status, again.body) == (304, b"")
        assert {name: headers[name] for name in ("etag", "cache-control", "vary")} == {
            name: fresh[name] for name in ("etag", "cache-control", "vary")
        }
        assert not {"content-length", "content-encoding", "content-type"} & set(headers)


@pytest.mark.parametrize("known", ['"x"', "", ",", "W/", '"', "{bare}", '"{bare}x"', 'W/"x{bare}"', "**"])
def test_another_tag_gets_the_page(short: ShortPath, known: str) -> None:
    page = put(article(7))
    fill(short, page)
    tag = dict(answered(short, page.path).headers)["etag"]
    assert answered(short, page.path, if_none_match=known.format(bare=tag.strip('"'))).status == 200


def test_a_tag_of_one_coding_does_not_stand_for_another(short: ShortPath) -> None:
    page = put(article(7))
    fill(short, page)
    tags = {coding: dict(answered(short, page.path, accept_encoding=coding).headers)["etag"] for coding in CODINGS}
    assert len(set(tags.values())) == 3
    assert not any(tag.startswith("W/") for tag in tags.values())
    assert answered(short, page.path, accept_encoding="gzip", if_none_match=tags["zstd"]).status == 200


def test_the_tag_changes_with_article_lists_shell_and_template_alone(short: ShortPath, tmp_path: Path) -> None:
    page = put(article(7, lang="en"))
    fill(short, page)
    tags = [dict(answered(short, page.path).headers)["etag"]]

    def changes() -> bool:
        tags.append(dict(answered(short, page.path).headers)["etag"])
        return tags[-1] != tags[-2]

    assert not changes()
    put(article(8, lang="en"))
    assert changes(), "the lists"
    put_front("rubric", "olahraga", "Olahraga")
    assert changes(), "the shell"
    put(article(9, NOW + timedelta(days=3)))
    assert not changes(), "nothing to be seen yet"
    fill(short, put(structs.replace(page, standfirst="Baru.")))
    assert changes(), "the article"
    upgraded = ShortPath(Parts(tmp_path / "new", version="2"), Shelf(tmp_path / "shelf2.sqlite3", version="2"))
    fill(upgraded, page)
    tags.append(dict(answered(upgraded, page.path).headers)["etag"])
    assert tags[-1] != tags[-2], "the template"


def test_equal_tags_mean_equal_bytes_whatever_happened(short: ShortPath, clock: time_machine.Traveller) -> None:
    seen: dict[tuple[str, str], bytes] = {}
    pages = [put(article(7)), put(article(8, lang="en")), put(article(9))]
    for turn in range(12):
        clock.shift(timedelta(hours=5))
        pages[turn % 3] = put(structs.replace(pages[turn % 3], standfirst=f"Ke-{turn // 2}"))
        if turn % 4 == 3:
            put(article(100 + turn, NOW + timedelta(hours=turn)))
        now = NOW + timedelta(hours=5 * (turn + 1))
        for page in pages:
            fill(short, page)
            answer = short.article(page.path, edition.make(now), now.timestamp(), {})
            assert answer is not None
            tag = dict(answer.headers)["etag"]
            assert seen.setdefault((page.path, tag), answer.body) == answer.body
    assert len(seen) > 20


def test_only_the_right_address_at_the_right_time_is_answered(short: ShortPath) -> None:
    page = put(article(7), until=NOW + timedelta(hours=1))
    due = put(article(8, NOW + timedelta(seconds=5)))
    gone = put_gone(9)
    for shown in (page, due):
        fill(short, shown)
    now = edition.make(NOW)
    second = timedelta(seconds=1)
    for path, at, is_answered in [
        (page.path, NOW, True),
        (page.path, NOW + timedelta(hours=1) - second / 1000, True),
        (page.path, NOW + timedelta(hours=1), False),
        (page.path, NOW - timedelta(days=1), False),
        (page.path + "/", NOW, False),
        (page.path + "x", NOW, False),
        (page.path.replace("dunia", "politik"), NOW, False),
        (page.path.replace("/7/", "/07/"), NOW, False),
        (page.path.replace("/7/", "/8/"), NOW, False),
        (due.path, NOW + 5 * second - second / 1000, False),
        (due.path, NOW + 5 * second, True),
        (gone.path, NOW, False),
        ("/", NOW, False),
        ("", NOW, False),
    ]:
        assert (short.article(path, now, at.timestamp(), {}) is not None) == is_answered, (path, at)


@pytest.mark.parametrize(
    ("path", "query", "key"),
    [
        ("/", "", "/"),
        ("/indeks", "", "/indeks"),
        ("/indeks", "sebelum=1714693140000000-42", "/indeks?sebelum=1714693140000000-42"),
        ("/dunia", "sebelum=-5-0", "/dunia?sebelum=-5-0"),
        ("/kanal/berita", "", "/kanal/berita"),
        ("/", "p=77", None),
        ("/", "sebelum=1-1", None),
        ("/indeks", "tanggal=2024-05-03", None),
        ("/indeks", "sebelum=1-1&sebelum=2-2", None),
        ("/indeks", "sebelum=1-1&x=1", None),
        ("/indeks", "sebelum=x", None),
        ("/indeks", "sebelum=1-1%0a", None),
        ("/indeks", "sebelum=1-1\n", None),
        ("/indeks", "sebelum=١-١", None),
        ("/dunia", "utm_source=x", "/dunia"),
        ("/", "fbclid=IwAR0&utm_medium=social&_ga=2.1", "/"),
        ("/", "FBCLID=x&lite&igshid=1", "/?lite"),
        ("/indeks", "gclid=1&sebelum=1714693140000000-42", "/indeks?sebelum=1714693140000000-42"),
        ("/", "p=77&fbclid=1", None),
        ("/", "%66bclid=1", None),
        ("/", "fbclid", "/"),
        ("/", "fbclid=1&q", None),
        ("/dunia/", "", None),
        ("/Dunia", "", None),
        ("/dunia\n", "", None),
        ("/dunia;x", "", None),
        ("//dunia", "", None),
        ("/gambar/x", "", None),
        ("/baca/1", "", None),
        ("/baca/1/x", "", None),
        ("/redaksi/", "", None),
        ("", "", None),
        ("dunia", "", None),
    ],
)
def test_the_key_of_a_whole_page(path: str, query: str, key: str | None) -> None:
    assert shortpath.key(path, query) == key


def test_whole_pages_are_bounded(short: ShortPath, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortpath, "WHOLE_PAGES", 5)
    now = edition.make(NOW)
    for number in range(12):
        short.keep(f"/{number}", now, whole(b"x"), generation=short.generation)
    assert [number for number in range(12) if short.stale(f"/{number}", {})] == [7, 8, 9, 10, 11]
    assert all(short.whole(f"/{number}", now, {}) for number in range(12)), "on the shelf"


def test_what_names_a_withdrawn_article_is_never_given_again(short: ShortPath) -> None:
    now = edition.make(NOW)
    before = short.generation
    short.keep("/", now, whole(b'<a href="/dunia/read/2024/05/03/7/kapal">'), generation=before)
    short.keep("/dunia", now, whole(b'<a href="/dunia/read/2024/05/03/8/kapal">'), generation=before)
    short.forget([7])
    assert short.stale("/", {}) is None
    assert short.stale("/dunia", {}) is not None
    assert short.forgotten() == {"/"}
    assert short.forgotten() == set(), "told once"
    short.keep("/", now, whole(b"made before it was withdrawn"), generation=before)
    assert short.stale("/", {}) is None
    short.keep("/", now, whole(b"made since"), generation=short.generation)
    assert short.stale("/", {}) is not None
    short.clear()
    assert short.stale("/", {}) is None


def test_another_process_page_is_taken_from_the_shelf(short: ShortPath, parts: Parts) -> None:
    now = edition.make(NOW)
    short.keep("/dunia", now, whole(b"dunia hari ini"), generation=short.generation)
    other = ShortPath(parts, short._shelf)
    answer = other.whole("/dunia", now, {})
    assert answer is not None
    assert answer.body == b"dunia hari ini"
    put(article(900))
    assert other.whole("/dunia", edition.make(NOW), {}) is None
    assert other.stale("/dunia", {}) == answer


def test_a_withdrawal_is_given_with_its_status_and_never_as_not_modified(short: ShortPath) -> None:
    now = edition.make(NOW)
    short.keep("/x", now, whole(b"ditarik", 410), generation=short.generation)
    answer = short.whole("/x", now, {"if-none-match": "*"})
    assert answer is not None
    assert (answer.status, answer.body) == (410, b"ditarik")
    assert dict(answer.headers)["cache-control"] == "public, max-age=0, s-maxage=1"

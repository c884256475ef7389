"""The replay of old addresses: it says what a reader is answered, of any list, in few queries."""

import gzip
import json
import tracemalloc
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.utils import timezone

from tests.config.running import warta
from tests.delivery.builders import LONG_AGO, article, put, put_front, put_gone
from tests.delivery.builders import put_frame as put_fronts_and_page
from warta.config import cli, replay
from warta.config.listed import BrokenListError, Listed
from warta.delivery.share import showing
from warta.lexicon import addresses
from warta.paper import history, store
from warta.paper.pages import Past

database = pytest.mark.django_db(databases="__all__")
LOST = ["/?p=78&amp=1", *(f"/tiada/{number}" for number in range(1, 600))]
OLD = ["/?p=77", "/index.php?id=77", "/2011/03/judul-lama.html", "/judul-satu-ruas", "/berita/Júdul"]


@pytest.fixture
def paper(db):
    """A paper with an article, one that is withdrawn, ones that come, are past or wait, and old addresses of all."""
    now = timezone.now()
    put_fronts_and_page()
    page = put(article(7), old_addresses=[addresses.old(address) for address in OLD])
    put(article(8, headline="Lewat"), until=now - timedelta(hours=1), old_addresses=["/lewat"])
    put(article(9, headline="Nanti"), visible_from=now + timedelta(days=1), old_addresses=["/nanti"])
    put(article(11, headline="Berganti"), until=now - timedelta(hours=1))
    store.put(store.coming_key(11), article(11, headline="Pengganti"), visible_from=now - timedelta(hours=1))
    gone = put_gone(12)
    store.put(store.article_key(12), gone, visible_from=LONG_AGO, old_addresses=["/dicabut-dulu"])
    front = put_front("rubric", "internasional", "Internasional")
    store.put("rubric:internasional", front, visible_from=LONG_AGO, old_addresses=["/mancanegara", "/topik/asing"])
    versions = [Past(number=n, at=LONG_AGO, kind="published", headline="Judul", hash=f"{n:064}") for n in (1, 2)]
    history.keep(7, versions)
    history.keep(12, versions)
    return page


_WORDS = """
/?p=77 /?p=78 /?x=1 /?p=77&amp=1&utm_source=x /index.php?id=77 /index.php?id=77&page=2 /index.php?id=78 /index.php
/2011/03/judul-lama.html /2011/03/judul-lama.html/ /2011/03/judul-lama.html?ref=x /2011/03/judul-lama.html/amp
/judul-satu-ruas /judul-satu-ruas/ /berita/J%C3%BAdul /berita/J%c3%bAdul /berita/Judul /lewat /nanti /dicabut-dulu
/dicabut-dulu/page/2 /mancanegara /mancanegara/ /topik/asing /topik/lain /dunia /dunia/ /dunia?sebelum=1-1
/dunia?sebelum=x /tiada /tiada?sebelum=x /dunia/?sebelum=1-1 /kanal/berita /kanal/berita/ /kanal/dunia
/laman/tentang /laman/tentang/ /laman/tentang/x /laman/tiada /dunia/read/2024/05/03/7/kapal-nomor-7-berlayar
/dunia/read/2024/05/03/7/kapal-nomor-7-berlayar/ /dunia/read/2024/05/03/7/kapal-nomor-7-berlayar?utm_source=x
/politik/read/2020/01/01/007/x /x/read/2024/05/03/7 /dunia/read/2024/05/03/8/lewat /dunia/read/2024/05/03/9/nanti
/dunia/read/2024/05/03/11/berganti /dunia/read/2024/05/03/11/pengganti /dunia/read/2024/05/01/12/dicabut
/dunia/read/2024/05/01/12/lain /dunia/read/2024/05/03/99/x /dunia/read/2024/05/03/abc/x
/dunia/read/2024/05/03/999999999999999999/x /indeks /indeks/ /indeks?sebelum=x /indeks/2024/05/03 /indeks/2024/13/03
/indeks/0001/01/01 /indeks/2024/5/3 /ralat /ralat/2024/05/03 /ralat/2024/02/30 /robots.txt /robots.txt/ /favicon.svg
/riwayat/7 /riwayat/7/1/2 /riwayat/7/2/1 /riwayat/7/1/3 /riwayat/11 /riwayat/12 /riwayat/99 /riwayat/7/
/populer /populer/dunia /populer/dunia/ /populer/berita /populer/tiada /rss /feed /dunia/feed/atom /tiada/feed /umpan
/gambar/bagi/7-0000000000.jpg /gambar/bagi/007-0000000000.jpg /gambar/bagi/7-000000000.jpg /gambar/bagi/8-0000000000.jpg
/gambar/bagi/9-0000000000.jpg /gambar/bagi/11-0000000000.jpg /gambar/bagi/12-0000000000.jpg
/gambar/bagi/99-0000000000.jpg
/luring /sw.js /manifest.webmanifest /gambar/tiada.jpg /redaksi /a%00b /a%0Ab /%E2%82 /a//b /..%2f..%2fetc
"""
_OF_THEMSELVES = """
/terbit-ulang/7 /terbit-ulang/7.svg /terbit-ulang/12 /terbit-ulang/99 /terbit-ulang/8 /sitemap/2024-05-01.xml
/sitemap/2024-05-03.xml /sitemap/1999-01-01.xml /ads.txt /.well-known/security.txt /.well-known/change-password
/api/v1/articles /api/v1/articles/7 /api/v1/articles/99 /api/v1/articles?limit=x /api/v1/tiada
/00000000000000000000000000000000.txt
"""
ASKED = ["/", "/" + "x" * 1999, "/" + "x" * 2001, *_WORDS.split()]


@database
@pytest.mark.parametrize("host", ["", "https://lama.example"])
def test_each_address_is_answered_as_a_reader_is(paper, reader, host):
    every = [*ASKED, *_OF_THEMSELVES.split(), showing.address(paper)]
    for said, asked in zip(replay.answers([host + one for one in every], now=timezone.now()), every, strict=True):
        answered = reader.get(asked)
        assert said.status == answered.status_code, asked
        assert said.target == answered.headers.get("Location", ""), asked
        assert bool(said.kind) == (said.status != 404), asked
        assert said.is_lost == (said.status == 404 or asked in {"/?p=78", "/?x=1"}), asked


@database
def test_what_is_no_address_leads_nowhere(paper):
    said = replay.answers(["http://[::1/x", "lewat jalan", "", "https://", "ftp://x/?p=77"], now=timezone.now())
    assert [answer.status for answer in said] == [404, 404, 200, 200, 301]


@database
def test_a_hundred_times_as_many_addresses_cost_no_more_queries(paper, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        few = replay.answers(ASKED[:5], now=timezone.now())
    with django_assert_max_num_queries(6):
        many = replay.answers((ASKED * 10)[: replay.BATCH], now=timezone.now())
    assert [answer.status for answer in many[:5]] == [answer.status for answer in few]


@database
def test_a_report_counts_and_gives_the_first_that_lead_nowhere(paper, tmp_path, capsys):
    path = tmp_path / "alamat.txt"
    path.write_text("\n".join([*OLD, "/?utm_source=x", "/dicabut-dulu", "/dunia/read/2024/05/01/12/dicabut", *LOST]))
    assert replay.run(path, as_json=False) == 1
    said = capsys.readouterr().out.splitlines()
    assert "608 addresses." in said
    assert "6 move on (301): article 5, gone 1." in said
    assert f"    /?p=77 -> {paper.path}" in said
    assert "1 are gone, with a reason (410)." in said
    assert (
        "600 lead nowhere (404); 1 of them to the front page, by a query that is not known; --json lists all:" in said
    )
    assert said[-20:] == [f"    {address}" for address in LOST[:20]]
    assert replay.run(path, as_json=True) == 1
    *nowhere, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert nowhere == [{"address": address, "status": 200 if "p=78" in address else 404} for address in LOST]
    assert last["report"] == {
        "addresses": 608, "page": 1, "moved": 6, "moved_to": {"article": 5, "gone": 1}, "gone": 1, "nowhere": 600,
    }  # fmt: skip
    path.write_text("/?p=77\n")
    assert replay.run(path, as_json=False) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "None leads nowhere."


SITEMAP = """\ufeff<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://lama.example/?p={n}&amp;x=1 </loc><image:image><image:loc>https://lama.example/a.jpg</image:loc></image:image></url>
  <url><loc><![CDATA[https://lama.example/j%C3%BAdul-{n}]]></loc><lastmod>2019-05-01</lastmod></url>
</urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://lama.example/peta/bagian-1.xml</loc></sitemap>
<sitemap><loc>https://lama.example/../../bagian-2.xml.gz?x=1</loc></sitemap></sitemapindex>"""


def two(number):
    return [f"https://lama.example/?p={number}&x=1", f"https://lama.example/j%C3%BAdul-{number}"]


def test_lists_are_lines_sitemaps_or_indexes_packed_or_not(tmp_path):
    (tmp_path / "daftar").write_bytes(
        b"\xef\xbb\xbf/?p=1\r\n\n  /satu  \n/d\xfaa\n" + b"/" + b"x" * 30_000 + b"\n/akhir"
    )
    short, long = list(Listed(tmp_path / "daftar"))[:3], list(Listed(tmp_path / "daftar"))[3:]
    assert short == ["/?p=1", "/satu", "/d\ufffda"]
    assert [len(one) for one in long] == [10_000, 6]
    (tmp_path / "bagian-1.xml").write_text(SITEMAP.replace("{n}", "1"))
    (tmp_path / "bagian-2.xml.gz").write_bytes(gzip.compress(SITEMAP.replace("{n}", "2").encode(), mtime=0))
    (tmp_path / "index.xml").write_text(INDEX)
    assert list(Listed(tmp_path / "bagian-1.xml")) == two(1)
    assert list(Listed(tmp_path / "bagian-2.xml.gz")) == two(2)
    whole = Listed(tmp_path / "index.xml")
    assert list(whole) == two(1) + two(2)
    assert whole.read == whole.size == sum(path.stat().st_size for path in tmp_path.iterdir() if path.name != "daftar")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (INDEX, "names https://lama.example/peta/bagian-1.xml, which does not lie beside it"),
        ("<sitemapindex><sitemap><loc>https://lama.example/</loc></sitemap></sitemapindex>", "does not lie beside it"),
        ("<sitemapindex><sitemap><loc>/daftar</loc></sitemap></sitemapindex>", "an index itself"),
        (SITEMAP[:-20], "is no sound sitemap"),
        ('<!DOCTYPE x [<!ENTITY a "aa">]><urlset><url><loc>&a;</loc></url></urlset>', "is no sound sitemap"),
        ('<urlset a="' + "x" * 3_000_000, "holds a mark of more than a megabyte"),
        (gzip.compress(b"/satu\n" * 1000, mtime=0)[:-20], "is damaged"),
        (b"\x1f\x8bxxxxxxxxxxxxxxxxxxx", "is damaged"),
    ],
)
def test_a_list_that_cannot_be_read_is_said_plainly(tmp_path, content, said):
    path = tmp_path / "daftar"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BrokenListError, match=said):
        list(Listed(path))


def test_a_packed_bomb_is_not_held_in_memory(tmp_path):
    path = tmp_path / "bom.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"<urlset><url><loc>")
        for _ in range(30):
            file.write(b"x" * 2**20)
        file.write(b"</loc></url></urlset>")
    tracemalloc.start()
    try:
        [address] = list(Listed(path))
        assert tracemalloc.get_traced_memory()[1] < 4 * 2**20
    finally:
        tracemalloc.stop()
    assert 10_000 <= len(address) < 100_000


def test_the_command_ends_with_1_when_an_address_leads_nowhere(home, tmp_path):
    path = tmp_path / "alamat.txt"
    path.write_text("https://lama.example/\n/tiada\n")
    done = warta(home, "check", "--addresses", str(path))
    assert (done.returncode, done.stdout.splitlines()[-2:]) == (1, ["1 lead nowhere (404):", "    /tiada"]), done.stderr


def test_what_a_list_brings_is_shown_without_its_control_signs():
    report = replay.Report()
    report.note(replay.Answer("/\x1b]0;milikku\x07\u202e" + "a" * 300, 404, is_lost=True))
    report.note(replay.Answer("/\x9b2J", 301, "article", "/b\n"))
    lines = list(report.lines())
    assert all(line.isprintable() for line in lines)
    assert "    /\\x9b2J -> /b\\n" in lines
    assert lines[-1].startswith("    /\\x1b]0;milikku\\x07\\u202eaaa")
    assert len(lines[-1]) == 4 + 200 + 1


def test_two_checks_at_a_time_are_refused(tmp_path):
    assert CliRunner().invoke(cli.main, ["check", "--history", "--addresses", str(__file__)]).exit_code == 2

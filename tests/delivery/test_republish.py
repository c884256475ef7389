"""Articles for other sites: markup to be copied, and a mark that counts by host and tells what changed."""

from datetime import timedelta

import pytest
from lxml import html

from tests.delivery.builders import NOW, article, full_article, put, put_gone
from warta.delivery import republished
from warta.delivery.republished import MOST_HOSTS, Copy, Marks
from warta.delivery.views.republish import _host as host_of
from warta.paper.pages import Correction

pytestmark = pytest.mark.django_db(databases="__all__")
LICENCE = "CC BY-ND 4.0"


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.WARTA_REPUBLISH = LICENCE
    republished.PROCESS.__init__()


def shown(reader, address, host="https://mitra.example/berita", **headers):
    return reader.get(address, HTTP_REFERER=host, **headers)


def test_the_page_gives_the_whole_text_with_credit_address_and_mark(reader):
    page = put(full_article(7, "id", "Asia/Jakarta"))
    answer = reader.get("/terbit-ulang/7")
    given, canonical = (area.text_content() for area in html.fromstring(answer.content).iter("textarea"))
    copied = html.fromstring(given)
    whole = f"https://koran.example{page.path}"
    assert copied.findtext(".//h1") == page.headline
    assert LICENCE in given
    assert [link.get("href") for link in copied.iter("a")][-2:] == [whole, whole]
    assert [picture.get("src") for picture in copied.iter("img")] == ["https://koran.example/terbit-ulang/7.svg"]
    assert canonical == f'<link rel="canonical" href="{whole}">'
    assert all(text in copied.text_content() for text in ("tiba pagi & siang", "Kami menunggu lama", "[dzk]", "Beras"))
    assert page.lead.credit not in given
    assert b'href="/terbit-ulang/7"' in reader.get(page.path).content


def test_where_it_is_not_allowed_nothing_of_it_is_there(reader, settings):
    settings.WARTA_REPUBLISH = ""
    put(article(7))
    assert {reader.get(path).status_code for path in ("/terbit-ulang/7", "/terbit-ulang/7.svg")} == {404}
    assert b"terbit-ulang" not in reader.get(article(7).path).content


def test_the_mark_says_what_became_of_the_article_and_other_sites_may_show_it(reader):
    put(article(7))
    first = shown(reader, "/terbit-ulang/7.svg")
    assert (first["Cross-Origin-Resource-Policy"], first["Cache-Control"]) == ("cross-origin", "no-store")
    assert reader.get("/terbit-ulang/7")["Cross-Origin-Resource-Policy"] == "same-origin"
    put(article(7, corrections=(Correction(id=1, kind="correction", wrong="13", right="14", at=NOW),)))
    corrected = shown(reader, "/terbit-ulang/7.svg").content.decode()
    put_gone(7)
    gone = shown(reader, "/terbit-ulang/7.svg").content.decode()
    assert ["Pertama kali" in first.content.decode(), "Diralat" in corrected, "Dicabut" in gone] == [True] * 3
    assert reader.get("/terbit-ulang/7").status_code == 301
    assert "Tidak lagi" in shown(reader, "/terbit-ulang/99.svg").content.decode()


def test_loads_are_counted_by_host_and_nothing_else_is_kept(reader):
    put(article(7))
    for host in (
        "https://mitra.example/a?q=1",
        "https://www.mitra.example/",
        "https://lain.example",
        "https://koran.example/x",
    ):
        shown(reader, "/terbit-ulang/7.svg", host)
    shown(reader, "/terbit-ulang/7.svg", "https://frame.example/", HTTP_SEC_FETCH_DEST="document")
    shown(reader, "/terbit-ulang/8.svg", "https://mitra.example/")
    republished.PROCESS.flush()
    copies = {copy for _number, copy in republished.newest(10)}
    assert copies == {Copy(7, "mitra.example", NOW, NOW, 2), Copy(7, "lain.example", NOW, NOW, 1)}
    shown(reader, "/terbit-ulang/7.svg")
    republished.PROCESS.flush()
    assert {copy.loads for _number, copy in republished.newest(10) if copy.host == "mitra.example"} == {3}


def test_who_invents_hosts_fills_neither_memory_nor_table(reader):
    marks = Marks()
    for number in range(7_000):
        marks.note(7, f"h{number}.example", NOW)
    marks.flush()
    later = Marks()
    later.note(7, "terlambat.example", NOW)
    later.note(7, "h5.example", NOW + timedelta(hours=1))
    later.flush()
    hosts = {copy.host: copy.loads for _number, copy in republished.newest(1_000)}
    assert (len(hosts), "terlambat.example" in hosts, hosts["h5.example"]) == (MOST_HOSTS, False, 2)


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[x",
        "javascript:alert(1)",
        "https://a_b.example/",
        "https://x" + "y" * 120 + ".example",
        "https://tanpatitik/",
    ],
)
def test_what_is_no_name_of_a_site_is_not_noted(referer, settings):
    settings.WARTA_SITE_URL = "https://koran.example"
    assert host_of(referer) == ""

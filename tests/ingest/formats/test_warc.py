"""WARC files: a golden archive, plain and compressed, pictures and revisits, and archives that are damaged."""

import base64
import dataclasses
import gzip
import hashlib
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest.formats.golden import read
from warta.ingest.formats import warc
from warta.ingest.formats.html.gather import UNFORESEEN
from warta.ingest.formats.warc import KEPT, parse
from warta.ingest.formats.warc.records import LARGEST
from warta.ingest.item import BrokenItem, SourceItem, Told
from warta.ingest.load import LOT
from warta.lexicon.copy import ParagraphCopy

DATA = Path(__file__).parents[1] / "data"
GIVEN = [DATA / "warc-kabar.warc", DATA / "warc-kabar.warc.gz"]
LONG = "Festival layang-layang di pantai itu diikuti ratusan warga dari berbagai kampung di kota"


def settled(path, told):
    """Yield the items with pictures named as if they lay beside the archive: where they are written is no matter."""
    for item in parse(path, told):
        if isinstance(item, SourceItem) and item.copy.lead:
            assert item.copy.lead.path.read_bytes()
            lead = dataclasses.replace(item.copy.lead, path=DATA.resolve() / item.copy.lead.path.name)
            yield dataclasses.replace(item, copy=dataclasses.replace(item.copy, lead=lead))
        else:
            yield item


@pytest.mark.parametrize("path", [*GIVEN, DATA / "warc-pindah.warc"], ids=lambda path: path.name)
def test_golden(path):
    assert read(path, settled) == DATA.joinpath(f"{path.stem}.expected.json").read_text()


def test_plain_and_compressed_say_the_same():
    plain, packed = (read(path, settled) for path in GIVEN)
    assert plain.replace(".warc,", ".warc.gz,") == packed


def page(name, *, body="", head=""):
    return (
        f'<html><head><meta charset="utf-8"><title>{name} - Kabar</title>{head}</head><body><h1>{name}</h1>'
        f"<p>Senin, 1 Feb 2021, 07:05 WITA</p><div>{body}"
        + "".join(f"<p>{name} {n}. {LONG}.</p>" for n in range(3))
        + "</div></body></html>"
    ).encode()


class Crawl:
    """Writes a WARC file, record by record."""

    def __init__(self, file, *, is_packed):
        self.file = file
        self._is_packed = is_packed
        self._records = []

    @property
    def starts(self):
        return [sum(map(len, self._records[:n])) for n in range(len(self._records))]

    def add(self, address, body=b"", *, kind="response", type_="text/html", status="200 OK", headers=(), warc=()):
        """Add a record; return the digest of its body."""
        http = "".join(f"{name}: {said}\r\n" for name, said in (("Content-Type", type_), *headers))
        block = f"HTTP/1.1 {status}\r\n{http}\r\n".encode() + body
        digest = f"sha1:{base64.b32encode(hashlib.sha1(body).digest()).decode()}"
        fields = {
            "WARC-Type": kind,
            "WARC-Target-URI": address,
            "WARC-Date": "2021-02-01T00:00:00Z",
            "WARC-Payload-Digest": digest,
            **dict(warc),
            "Content-Type": "application/http; msgtype=response",
            "Content-Length": len(block),
        }
        head = "".join(f"{name}: {said}\r\n" for name, said in fields.items())
        whole = f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"
        self._records.append(gzip.compress(whole, mtime=0) if self._is_packed else whole)
        return digest

    def close(self):
        self.file.write_bytes(b"".join(self._records))


@pytest.fixture(params=[False, True], ids=["plain", "packed"])
def crawl(request, tmp_path):
    return Crawl(tmp_path / f"kabar.warc{'.gz' if request.param else ''}", is_packed=request.param)


def items(crawl):
    crawl.close()
    return list(parse(crawl.file, Told()))


def headlines(found):
    return [item.copy.headline for item in found if isinstance(item, SourceItem)]


def test_pictures_come_from_the_archive_wherever_they_stand_in_it(crawl):
    image = '<figure><img src="/f/a.jpg?w=300" srcset="/f/besar.jpg 900w"><figcaption>Pantai/Rina</figcaption></figure>'
    crawl.add("http://kabar.lama.example/satu", page("Satu", body=image))
    crawl.add("http://kabar.lama.example/f/a.jpg", b"gambar", type_="image/jpeg")
    crawl.add("http://kabar.lama.example/hilang", page("Dua", body='<img src="/f/tidak-ada.jpg" alt="x">'))
    one, two = items(crawl)
    assert one.copy.lead.path.read_bytes() == b"gambar"
    assert one.copy.lead.path.name == "a.jpg"
    assert two.copy.lead is None
    assert two.lost == ("picture: https://kabar.lama.example/f/tidak-ada.jpg is missing in the archive",)


def test_pictures_stay_until_the_items_after_them_were_filed(tmp_path, monkeypatch):
    monkeypatch.setattr(warc, "KEPT", 5)
    crawl = Crawl(tmp_path / "a.warc", is_packed=False)
    crawl.add("http://kabar.lama.example/f/a.jpg", b"gambar", type_="image/jpeg")
    for n in range(9):
        crawl.add(f"http://kabar.lama.example/b/{n:04}x", page(f"Kabar {n}", body='<img src="/f/a.jpg">'))
    crawl.close()
    leads = [item.copy.lead.path for item in parse(tmp_path / "a.warc", Told())]
    assert [lead.exists() for lead in leads[:3]] == [False] * 3
    assert all(lead.exists() for lead in leads[-5:])
    assert KEPT > LOT


def test_a_revisit_is_the_page_it_refers_to_under_another_address(crawl):
    digest = crawl.add("http://kabar.lama.example/satu", page("Satu", head='<link rel="canonical" href="/satu">'))
    crawl.add("http://kabar.lama.example/cetak/satu", kind="revisit", warc=[("WARC-Payload-Digest", digest)])
    [item] = items(crawl)
    assert item.copy.old_addresses == ("https://kabar.lama.example/satu", "https://kabar.lama.example/cetak/satu")


def test_of_two_crawls_the_newest_counts(crawl):
    crawl.add("http://kabar.lama.example/satu", page("Baru"), warc=[("WARC-Date", "2021-02-02T00:00:00Z")])
    crawl.add("http://kabar.lama.example/satu", page("Lama"), warc=[("WARC-Date", "2020-02-02T00:00:00Z")])
    [item] = items(crawl)
    assert item.copy.headline == "Baru"
    assert item.lost == ("copy: the page was kept more than once, the newest is taken",)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 x", "308 x"])
def test_where_readers_were_sent_on_from_is_an_old_address(crawl, status):
    def leads(address, location):
        crawl.add(f"http://kabar.lama.example{address}", status=status, headers=[("Location", location)])

    leads("/?p=7", "/2021/02/satu")  # over two steps, and before the page is met
    leads("/2021/02/satu", "http://kabar.lama.example/satu?utm_source=x")
    crawl.add("http://kabar.lama.example/satu", page("Satu"))
    leads("/melingkar", "/putar")
    leads("/putar", "/melingkar")
    leads("/hilang", "/")
    leads("/", "/satu")
    leads("/rusak", "http://[::1/x")
    [item] = items(crawl)
    home = "https://kabar.lama.example"
    assert item.copy.old_addresses == (f"{home}/satu", f"{home}/2021/02/satu", f"{home}/?p=7")


def test_an_address_with_a_page_of_its_own_or_of_another_site_leads_nowhere(crawl):
    def leads(address, location, at="2021-02-01T00:00:00Z"):
        crawl.add(address, status="301 Moved", headers=[("Location", location)], warc=[("WARC-Date", at)])

    leads("http://kabar.lama.example/dua", "/satu")
    crawl.add("http://kabar.lama.example/satu", page("Satu"))
    crawl.add("http://kabar.lama.example/dua", page("Dua"))
    leads("https://pendek.example/x1", "http://kabar.lama.example/satu")
    leads("http://kabar.lama.example/berganti", "/dua", "2021-02-03T00:00:00Z")
    leads("http://kabar.lama.example/berganti", "/satu")
    leads("http://www.kabar.lama.example/lama", "http://kabar.lama.example/satu")
    one, two = items(crawl)
    home = "https://kabar.lama.example"
    assert one.copy.old_addresses == (f"{home}/satu", "https://www.kabar.lama.example/lama")
    assert two.copy.old_addresses == (f"{home}/dua", f"{home}/berganti")


def test_an_article_is_given_so_many_addresses_and_no_more(tmp_path):
    crawl = Crawl(tmp_path / "a.warc", is_packed=False)
    crawl.add("http://kabar.lama.example/satu", page("Satu"))
    for number in range(300):
        crawl.add(f"http://kabar.lama.example/r/x{number}y", status="302 Found", headers=[("Location", "/satu")])
    [item] = items(crawl)
    assert len(item.copy.old_addresses) == 101


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page("Satu"), mtime=0), [("Content-Encoding", "gzip")]),
        (
            b"5\r\n<html\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(page("Satu")) - 5, page("Satu")[5:]),
            [("Transfer-Encoding", "chunked")],
        ),
    ],
)
def test_encodings(crawl, body, headers):
    crawl.add("http://kabar.lama.example/satu", body, headers=headers)
    assert headlines(items(crawl)) == ["Satu"]


def test_what_is_no_page_is_passed_over(crawl):
    crawl.add("http://kabar.lama.example/a", page("Galat"), status="500 Oops")
    crawl.add("http://kabar.lama.example/b.css", b"p {}", type_="text/css")
    crawl.add("http://kabar.lama.example/c", page("Satu"))
    assert headlines(items(crawl)) == ["Satu"]


def damaged(crawl, change):
    for n in range(4):
        crawl.add(f"http://kabar.lama.example/b{n}x", page(f"Kabar {n}"))
    crawl.close()
    raw = bytearray(crawl.file.read_bytes())
    change(raw, crawl.starts)
    crawl.file.write_bytes(raw)
    return list(parse(crawl.file, Told()))


def test_a_damaged_record_is_noted_and_the_next_is_found(crawl):
    def change(raw, starts):
        raw[starts[1] : starts[1] + 30] = b"\0" * 30

    found = damaged(crawl, change)
    assert headlines(found) == ["Kabar 0", "Kabar 2", "Kabar 3"]
    assert [item.where for item in found if isinstance(item, BrokenItem)] == [f"{crawl.file.name}, record 2"]


def test_a_record_that_is_cut_short_is_noted(crawl):
    def change(raw, starts):
        del raw[starts[1] + 200 : starts[2]]

    found = damaged(crawl, change)
    assert headlines(found) == ["Kabar 0", "Kabar 2", "Kabar 3"]
    assert any(isinstance(item, BrokenItem) for item in found)


def test_an_archive_that_ends_in_a_record(crawl):
    def change(raw, starts):
        del raw[starts[3] + 300 :]

    found = damaged(crawl, change)
    assert headlines(found) == ["Kabar 0", "Kabar 1", "Kabar 2"]
    assert [item.reason for item in found if isinstance(item, BrokenItem)] == ["the record is cut short: passed over"]


def test_a_record_over_16_mb_is_passed_over(crawl):
    crawl.add("http://kabar.lama.example/besar", b"<p>" + b"x" * (LARGEST + 100_000))
    crawl.add("http://kabar.lama.example/video", b"x" * (LARGEST + 100_000), type_="video/mp4")
    crawl.add("http://kabar.lama.example/satu", page("Satu"))
    found = items(crawl)
    assert headlines(found) == ["Satu"]
    assert [item.reason for item in found[:-1]] == ["the record has more than 16 MB: passed over"]


def test_a_bomb_is_not_unpacked(tmp_path):
    crawl = Crawl(tmp_path / "a.warc", is_packed=False)
    crawl.add("http://kabar.lama.example/bom", gzip.compress(b"x" * 40_000_000), headers=[("Content-Encoding", "gzip")])
    crawl.close()
    start = time.process_time()
    [item] = parse(tmp_path / "a.warc", Told())
    assert "more than 2,000,000 bytes" in item.reason
    assert time.process_time() - start < 2


def test_an_archive_that_was_compressed_as_a_whole(tmp_path):
    file = tmp_path / "kabar.warc.gz"
    file.write_bytes(gzip.compress((DATA / "warc-kabar.warc").read_bytes()))
    assert len(headlines(parse(file, Told()))) == len(headlines(parse(DATA / "warc-kabar.warc", Told())))


def test_a_folder_of_archives_is_one_source(tmp_path):
    for name, n in (("a.warc", 1), ("b.warc.gz", 2)):
        crawl = Crawl(tmp_path / name, is_packed=name.endswith("gz"))
        links = "".join(f'<a href="/kisah?page={m}">{m}</a>' for m in (1, 2) if m != n)
        crawl.add(
            f"http://kabar.lama.example/kisah{'?page=2' if n == 2 else ''}",
            page("Kisah", body=f"<p>Bagian {n}</p>{links}"),
        )
        crawl.close()
    (tmp_path / "c.tar.gz").write_bytes(b"")
    [item] = parse(tmp_path, Told())
    assert next(block.html for block in item.copy.body if isinstance(block, ParagraphCopy)) == "<p>Bagian 1</p>"
    assert "<p>Bagian 2</p>" in [block.html for block in item.copy.body]


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x1f\x8b", b"hello", b"WARC/1.0\r\n", b"WARC/1.0\r\nContent-Length: 999999999999\r\n\r\n", b"\n" * 300_000],
)
def test_what_is_no_archive(tmp_path, raw):
    (tmp_path / "a.warc").write_bytes(raw)
    assert all(isinstance(item, BrokenItem) for item in parse(tmp_path / "a.warc", Told()))


@settings(
    max_examples=25, deadline=1_000, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_damage_breaks_nothing(tmp_path, data):
    raw = bytearray(data.draw(st.sampled_from(GIVEN)).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        match data.draw(st.sampled_from(["flip", "cut", "double"])):
            case "flip":
                raw[place] ^= data.draw(st.integers(1, 255))
            case "cut":
                del raw[place : place + data.draw(st.integers(1, 400))]
            case "double":
                raw[place:place] = raw[place : place + 300]
        if not raw:
            return
    file = tmp_path / "a.warc"
    file.write_bytes(bytes(raw))
    assert not [item for item in parse(file, Told()) if isinstance(item, BrokenItem) and UNFORESEEN in item.reason]

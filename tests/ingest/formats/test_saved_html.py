"""Saved HTML: golden pages, the habits of Indonesian portals one by one, stories of several pages, hostile pages."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest.formats.golden import check
from warta.ingest.formats.html import captions, dates, links, parse
from warta.ingest.formats.html.gather import UNFORESEEN
from warta.ingest.formats.html.people import people
from warta.ingest.formats.html.visible import is_front_name
from warta.ingest.item import BrokenItem, Told
from warta.lexicon.copy import HeadingCopy, ParagraphCopy, PictureCopy

DATA = Path(__file__).parents[1] / "data"
GIVEN = sorted(path for path in DATA.glob("html-*") if ".expected." not in path.name)
LONG = "Warga kampung itu bekerja bersama memperbaiki jembatan bambu yang rusak diterjang air pekan lalu"


@pytest.mark.parametrize("path", GIVEN, ids=lambda path: path.name)
def test_golden(path):
    check(path, parse)


def test_every_golden_file_has_its_page():
    assert len(GIVEN) >= 6
    assert {path.name for path in DATA.glob("html-*.expected.json")} == {f"{path.stem}.expected.json" for path in GIVEN}


def page(body, *, head="", title="Jembatan Bambu Diperbaiki", date="Jumat, 03 Mei 2024 | 06:39 WIB"):
    return (
        f'<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title} - Lama</title>{head}</head><body>'
        f'<h1>{title}</h1><div class="waktu">{date}</div><div class="isi">{body}</div></body></html>'
    )


def paragraphs(count=3, *, word="Alinea"):
    return "".join(f"<p>{word} {n}. {LONG}.</p>" for n in range(1, count + 1))


@pytest.fixture
def site(tmp_path):
    """Write pages of a mirror: path within lama.example to HTML; return what is made of the folder."""
    home = tmp_path / "arsip"

    def write(pages, told=None):
        for name, html in pages.items():
            file = home / "lama.example" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(html if isinstance(html, bytes) else html.encode())
        return list(parse(home, told or Told()))

    return write


def said(copy):
    return [
        block.html if isinstance(block, ParagraphCopy) else block.text
        for block in copy.body
        if isinstance(block, ParagraphCopy | HeadingCopy)
    ]


@pytest.mark.parametrize(
    ("line", "at", "zone"),
    [
        ("Jumat, 03 Mei 2024 | 06:39 WIB", "2024-05-02T23:39", "Asia/Jakarta"),
        ("03/05/2024, 06:39 WIB", "2024-05-02T23:39", "Asia/Jakarta"),
        ("Selasa, 7 Januari 2020 10:15 WITA", "2020-01-07T02:15", "Asia/Makassar"),
        ("Jum'at, 12 Agt 2016 - 09.05 WIT", "2016-08-12T00:05", "Asia/Jayapura"),
        ("Senin 5 Okt 2015, pukul 22:10", "2015-10-05T15:10", ""),
        ("12 Des. 2013 1:02 (GMT+8)", "2013-12-11T17:02", "Asia/Makassar"),
        ("May 3, 2024 6:39 pm", "2024-05-03T11:39", ""),
        ("2024-05-03 06:39:00", "2024-05-02T23:39", ""),
        ("Rabu (1/5/2024)", "2024-04-30T17:00", ""),
        ("31/02/2024 10:00", None, ""),
        ("Nomor 12 Maret", None, ""),
    ],
)
def test_dates(line, at, zone):
    found = dates.moment(line, "Asia/Jakarta")
    assert (found.at.isoformat()[:16] if found else None) == at
    assert (found.zone if found else "") == zone


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Reporter: Ani Contoh | Editor: Budi Contoh", [("Ani Contoh", "reporter"), ("Budi Contoh", "editor")]),
        ("Pewarta: Ani Editor: Budi COPYRIGHT © X 2024", [("Ani", "reporter"), ("Budi", "editor")]),
        ("Kontributor Demak, Sari Contoh", [("Sari Contoh", "reporter")]),
        ("Laporan wartawan Lama.example, Sari Contoh", [("Sari Contoh", "reporter")]),
        ("(Laporan: Sari Contoh)", [("Sari Contoh", "reporter")]),
        ("Oleh Sari Contoh", [("Sari Contoh", "reporter")]),
        ("Oleh karena itu warga pulang", None),
        ("Editor majalah itu berkata tidak.", None),
        ("Penulis: ia bilang bukunya belum selesai", None),
    ],
)
def test_bylines(line, names):
    found = people(line)
    assert (list(found[0]) if found else None) == names


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("Warga di Pasar Senin, Jumat, 3 Mei 2024/Antaranama", "Warga di Pasar Senin, Jumat, 3 Mei 2024", "Antaranama"),
        ("Warga di pasar (Foto: Nama/Kantor)", "Warga di pasar", "Nama/Kantor"),
        ("Foto: Nama Orang", "", "Nama Orang"),
        ("Pasar (3/5/2024). KANTOR FOTO/Budi Contoh/abc", "Pasar (3/5/2024).", "KANTOR FOTO/Budi Contoh/abc"),
        ("Mobil melaju 60 km/jam", "Mobil melaju 60 km/jam", ""),
        ("Pasar pada (3/5/2024)", "Pasar pada (3/5/2024)", ""),
    ],
)
def test_captions(line, caption, credit):
    assert captions.split(line) == (caption, credit)


@pytest.mark.parametrize(
    ("foot", "initials", "last"),
    [
        ("<p>Selesai sudah. (dzk)</p>", "dzk", "<p>Selesai sudah.</p>"),
        ("<p>Selesai sudah. <b>[dzk]</b></p>", "dzk", "<p>Selesai sudah.</p>"),
        ("<p>Selesai sudah.</p><p>(dzk/abc)</p>", "dzk/abc", "<p>Selesai sudah.</p>"),
        ("<p>Bantuan datang dari badan itu (bnpb)</p>", "", "<p>Bantuan datang dari badan itu (bnpb)</p>"),
    ],
)
def test_initials(site, foot, initials, last):
    [item] = site({"a.html": page(paragraphs() + foot)})
    assert (item.copy.initials, said(item.copy)[-1]) == (initials, last)


@pytest.mark.parametrize(
    ("head", "place", "is_taken_off"),
    [
        ("<b>JAKARTA, LAMA.example</b> - ", "Jakarta", True),
        ("Demak (ANTARANAMA) – ", "Demak", True),
        ("LAMA, Demak – ", "Demak", True),
        ("Demak - ", "", False),
        ("Pemerintah – juga warga – ", "", False),
    ],
)
def test_places(site, head, place, is_taken_off):
    [item] = site({"a.html": page(f"<p>{head}Alinea awal. {LONG}.</p>{paragraphs()}")})
    assert item.copy.place == place
    assert said(item.copy)[0].startswith("<p>Alinea awal") is is_taken_off


def test_furniture_is_left_behind(site):
    body = (
        '<p>Jumat, 03 Mei 2024</p><div class="share"><a href="#">Facebook</a></div>' + paragraphs(2, word="Satu")
        + "<p>ADVERTISEMENT</p><p>SCROLL TO CONTINUE WITH CONTENT</p><div>Lanjutkan membaca artikel di bawah</div>"
        + paragraphs(2, word="Dua")
        + '<h4>Berita Terkait</h4><ul><li><a href="/x">Judul lain yang panjang</a></li></ul>'
        + '<p>Tags: <a href="/t/a">jembatan</a>, <a href="/t/b">bambu</a></p>'
        + "<p>Ikuti berita kami di Google News</p><p>Penulis: Sari Contoh<br>Editor: Budi Contoh</p>"
    )  # fmt: skip
    aside = '<aside><h3>UPDATE</h3><ul><li><a href="/u">Kabar paling baru</a></li></ul></aside>'
    [item] = site({"a.html": page(body) + aside})
    assert said(item.copy) == [f"<p>{word} {n}. {LONG}.</p>" for word in ("Satu", "Dua") for n in (1, 2)]
    assert item.copy.by == (("Sari Contoh", "reporter"), ("Budi Contoh", "editor"))
    assert set(item.copy.topics) >= {"jembatan", "bambu"}
    assert item.lost == ()


def test_the_visible_zone_counts_when_the_head_has_the_wrong_one(site):
    head = '<meta property="article:published_time" content="2024-05-03T06:39:00+00:00">'
    [item] = site({"a.html": page(paragraphs(), head=head, date="Jumat, 03 Mei 2024 06:39 WITA")})
    assert item.copy.first_published_at.isoformat() == "2024-05-02T22:39:00+00:00"
    assert item.copy.zone == "Asia/Makassar"
    assert [loss.partition(":")[0] for loss in item.lost] == ["date"]


def paged(number, links_, *, title="Kisah Panjang", head=""):
    anchors = "".join(f'<a href="{href}">{words}</a> ' for words, href in links_)
    return page(paragraphs(2, word=f"Halaman{number}") + f'<div class="n">{anchors}</div>', title=title, head=head)


@pytest.mark.parametrize(
    "form", ["kisah?page={}", "kisah/{}", "kisah-{}.html", "kisah/halaman-{}", "kisah.html?hal={}"]
)
def test_pages_of_a_story_are_joined(site, form):
    base = form.split("?")[0].replace("/halaman-{}", "").replace("/{}", "").replace("-{}", "")
    names = {1: base, 2: form.format(2), 3: form.format(3)}
    files = {n: f"{name.strip('/')}{'' if name.endswith('.html') else '.html'}" for n, name in names.items()}
    other = page(
        paragraphs(word="Lain"),
        title="Kisah Lain",
        head='<link rel="canonical" href="https://lama.example/kisah-9.html">',
    )
    made = site(
        {
            files[n]: paged(
                n,
                [(str(m), f"/{names[m]}") for m in (1, 2, 3) if m != n],
                head=f'<meta property="og:url" content="https://lama.example/{names[n]}">',
            )
            for n in (3, 1, 2)
        }
        | {"lain.html": other}
    )
    stories = {item.copy.headline: item for item in made}
    assert len(made) == 2
    story = stories["Kisah Panjang"]
    assert story.copy.uri == f"https://lama.example/{base}"
    assert [words[3:11] for words in said(story.copy)] == [f"Halaman{n}" for n in (1, 1, 2, 2, 3, 3)]
    assert {f"https://lama.example/{name}" for name in names.values()} <= set(story.copy.old_addresses)
    assert story.lost == ()


def test_a_page_that_shows_all_is_taken_alone_and_a_missing_page_is_noted(site):
    canonical = '<link rel="canonical" href="https://lama.example/kisah">'
    around = [("1", "/kisah"), ("2", "/kisah?page=2"), ("Semua", "/kisah?page=all")]
    made = site(
        {"kisah?page=2.html": paged(2, around, head=canonical), "kisah?page=all.html": paged(0, around, head=canonical)}
    )
    assert [said(item.copy)[0][3:11] for item in made] == ["Halaman0"]
    assert made[0].lost == ()
    [item] = site({"lain/kisah?page=2.html": paged(2, around)})[1:]
    assert item.copy.uri == "https://lama.example/lain/kisah"
    assert item.lost == ("page: page 1 of https://lama.example/lain/kisah is missing",)


def test_one_canonical_address_on_all_pages_by_mistake_joins_nothing(site):
    head = '<link rel="canonical" href="https://lama.example/berita">'
    made = site(
        {f"{name}.html": page(paragraphs(word=name), title=f"{name} {LONG}", head=head) for name in ("Satu", "Dua")}
    )
    assert len({item.copy.uri for item in made}) == 2


def test_fronts_are_skipped_and_counted_beside_the_articles(site):
    teasers = "".join(f'<div><h2><a href="/{n}">Judul {n}</a></h2><p>{LONG}.</p></div>' for n in range(9))
    front = f"<html><head><title>Lama</title></head><body><h1>Lama</h1>{teasers}</body></html>"
    made = site({"index.html": front, "tag/jembatan.html": front, "a.html": page(paragraphs())})
    [item] = made
    assert item.lost == (
        "skipped: https://lama.example/ is a front or a list",
        "skipped: https://lama.example/tag/jembatan.html is a front or a list",
    )


def test_only_fronts_are_no_archive(site):
    [item] = site({"index.html": "<html><body><h1>Lama</h1></body></html>"})
    assert isinstance(item, BrokenItem)
    assert "holds no article" in item.reason


def test_static_pages(site):
    [item] = site({"tentang-kami.html": page(paragraphs(), title="Tentang Kami", date="")})
    assert item.copy.is_page


def test_pictures_of_a_browser_lie_beside_the_page(tmp_path):
    (tmp_path / "Berita_files").mkdir()
    (tmp_path / "Berita_files" / "a b.jpg").write_bytes(b"jpg")
    (tmp_path / "Berita_files" / "saved_resource.html").write_text(page(paragraphs(), title="Bingkai"))
    image = '<img src="./Berita_files/a%20b.jpg" alt="Jembatan">'
    body = f"<figure>{image}<figcaption>Jembatan bambu/Rina</figcaption></figure>"
    (tmp_path / "Berita.html").write_text(
        "<!-- saved from url=(0031)http://lama.example/x/1?utm_source=a#b -->"
        + page(paragraphs(1) + body + paragraphs())
    )
    (tmp_path / "rahasia.jpg").write_bytes(b"jpg")
    [item] = parse(tmp_path / "Berita.html", Told())
    assert item.copy.uri == "https://lama.example/x/1"
    [picture] = [block.photo for block in item.copy.body if isinstance(block, PictureCopy)]
    assert (picture.path.name, picture.caption, picture.credit) == ("a b.jpg", "Jembatan bambu", "Rina")
    assert len(list(parse(tmp_path, Told()))) == 1


def test_a_picture_never_comes_from_outside(tmp_path):
    (tmp_path / "rahasia.jpg").write_bytes(b"jpg")
    home = tmp_path / "arsip"
    home.mkdir()
    (home / "a.html").write_text(page('<img src="../rahasia.jpg">' + paragraphs()))
    [item] = parse(home, Told())
    assert item.copy.lead is None
    assert [loss for loss in item.lost if loss.startswith("picture: ")]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_charsets(site, encoding):
    html = page("<p>Café “tua”</p>" + paragraphs()).replace('<meta charset="utf-8">', "")
    [item] = site({"a.html": html.encode(encoding)})
    assert said(item.copy)[0] == "<p>Café “tua”</p>"


@pytest.mark.parametrize(
    ("address", "one"),
    [
        ("http://WWW.Lama.example:80/a?utm_source=x&id=2#f", "https://www.lama.example/a?id=2"),
        ("javascript:alert(1)", ""),
        ("https://[rusak/a", ""),
        ("//lama.example", "https://lama.example/"),
    ],
)
def test_addresses(address, one):
    assert links.normal(address, "https://x.example/") == one


def test_names_of_the_front_are_no_headings():
    assert is_front_name("Beranda")
    assert is_front_name("Kabar Lama", "kabar lama")
    assert not is_front_name("Daerah")


HOSTILE = {
    "deep": "<div>" * 50_000 + "x",
    "deep inline": "<p>" + "<b><i><font>" * 20_000 + "x",
    "deep tables": "<table><tr><td>" * 5_000 + LONG,
    "many paragraphs": paragraphs(800),
    "many elements": "<i>x</i>" * 30_000,
    "one word": "<p>" + "a" * 500_000,
    "brackets": "<" * 100_000,
    "attributes": "<p " + "a=b " * 200_000 + ">x",
    "json": '<script type="application/ld+json">' + "[" * 200_000 + "</script>",
    "links": "".join(f'<a href="/kisah/{n}">{n % 90}</a>' for n in range(2_000)),
    "read also": "<p>Baca juga: <a href=/x>y</a></p>" * 800,
    "pictures": '<img src="a.jpg">' * 1_000,
    "captions": "<figure><img src=a.jpg><figcaption>" + "A/" * 5_000 + "</figcaption></figure>",
    "too long": "<p>x</p>" * 400_000,
    "nul": "\x00\x0b<p>\ud800</p>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_little(tmp_path, name):
    file = tmp_path / "a.html"
    file.write_bytes(page(HOSTILE[name]).encode("utf-8", "surrogatepass"))
    start = time.process_time()
    made = list(parse(file, Told()))
    assert time.process_time() - start < 4
    assert len(made) == 1


@settings(
    max_examples=40, deadline=1_000, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_damage_breaks_nothing(tmp_path, data):
    raw = bytearray((DATA / "html-baca-juga.html").read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        match data.draw(st.sampled_from(["flip", "cut", "double", "tag"])):
            case "flip":
                raw[place] ^= data.draw(st.integers(1, 255))
            case "cut":
                del raw[place : place + data.draw(st.integers(1, 400))]
            case "double":
                raw[place:place] = raw[place : place + 300]
            case "tag":
                raw[place:place] = data.draw(
                    st.sampled_from([b"<table>", b"</div>", b"<p>", b"<a href=x>", b"<!--x-->", b"<!--"])
                )
        if not raw:
            return
    file = tmp_path / "a.html"
    file.write_bytes(bytes(raw))
    assert not [item for item in parse(file, Told()) if isinstance(item, BrokenItem) and UNFORESEEN in item.reason]

"""Share pictures: what is drawn fits and says whom to credit; drawn once, at one address, and gone with its article."""

import json
import subprocess
import sys
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from tests.delivery.builders import NOW, article, picture, put, put_gone
from tests.delivery.reading import document
from warta.delivery import making
from warta.delivery.share import drawing, keeping, showing
from warta.delivery.share.keeping import SharePictures
from warta.delivery.share.typesetting import Box, fitted
from warta.paper import pictures

LONG = (
    "“Kami Tidak Akan Mundur”: Rapat Paripurna DPRD tentang Undang-Undang Perlindungan Masyarakat Adat,"
    " Pertanggungjawaban Anggaran Penanggulangan Bencana, dan Ketidakberpihakan Penyelenggara Pemilihan Umum di Łódź,"
    " Ağrı, Đà Nẵng, São Tomé Berakhir Tanpa Keputusan Setelah Enam Belas Jam di Gedung Baru"
)
HEADLINES = ["Juara", LONG[:300], "W" * 300, f"{'Ứ' * 60} {'g' * 60}", "", "A-" * 150]
DARK, LIGHT = drawing.BESIDE.ground, drawing.ALONE.ground


def photo_bytes(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (1200, 1200), colour).save(out, "JPEG")
    return out.getvalue()


def drawn(**words: str) -> Image.Image:
    given = {"name": "Koran Contoh", "rubric": "Dunia", "headline": "Kapal Tiba", "credit": "", "photo": ""}
    image = Image.open(BytesIO(drawing.draw({**given, **words})))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1200, 630))
    return image


def inked(image: Image.Image, ground: str, *, right: int) -> tuple[int, int, int, int]:
    """Return the box of all that is set left of `right`."""
    left = image.crop((0, 0, right, 630))
    seen = ImageChops.difference(left, Image.new("RGB", left.size, ground)).convert("L").point(lambda n: n > 40 and 255)
    box = seen.getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("colour", ["", "#020205", "#fdfdf8"], ids=["no photo", "dark", "bright"])
def test_words_of_any_length_fit_and_the_photo_stands_beside_them(tmp_path, colour):
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(photo_bytes(colour or "red"))
    right, ground = (570, DARK) if colour else (1200, LIGHT)
    for headline in HEADLINES:
        words = {"headline": headline, "credit": "Foto: " + "Antara/Sari " * 16 if colour else ""}
        image = drawn(photo=str(photo) if colour else "", rubric="Dunia " * 20, **words)
        left, top, end, foot = inked(image, ground, right=right)
        assert 40 <= left <= 53, headline
        assert 50 <= top <= 53, headline
        assert end <= right - 48, headline
        assert foot <= 630 - 44, headline
        if colour:
            beside = image.crop((576, 0, 1200, 630))
            assert ImageChops.difference(beside, Image.new("RGB", beside.size, colour)).getextrema() < ((8, 8),) * 3


def test_the_credit_stands_at_the_foot_whole(tmp_path):
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(photo_bytes("navy"))
    words = {"photo": str(photo), "headline": "", "rubric": ""}
    without, short, long = (drawn(credit="Foto: Antara" * times, **words) for times in (0, 1, 12))
    changed = ImageChops.difference(without, short).convert("L").point(lambda n: n > 40 and 255).getbbox()
    assert changed is not None
    assert changed[0] >= 50
    assert changed[1] >= 540
    assert changed[2] < 300
    assert inked(long, DARK, right=570)[3] <= 586
    assert drawn(credit="Antara " * 27, **words).tobytes() != drawn(credit="Antara " * 28, **words).tobytes()
    assert (
        drawn(photo=str(photo), credit="Antara " * 27).tobytes()
        != drawn(photo=str(photo), credit="Antara " * 28).tobytes()
    )


@pytest.mark.parametrize(
    ("hostile", "plain"),
    [
        ("Kapal\x00 \u202eTi\u200bba\u2066\ufeff\U000e0041", "Kapal Tiba"),
        ("Kapal\n\tTiba\u2028 🚢", "Kapal Tiba"),
        ("Sa\u0303o Tome\u0301", "São Tomé"),
        ("Kapal סגור Tiba", ""),
        ("سفينة", ""),
        ("漢" * 300, ""),
    ],
)
def test_signs_that_cannot_be_set_are_left_out_and_words_without_their_letters_whole(hostile, plain):
    assert drawing.legible(hostile) == plain
    assert drawing.legible(f"“{LONG}”") == f"“{LONG}”"


def test_lines_are_as_few_as_needed_and_of_nearly_one_length():
    set_ = fitted("satu dua tiga empat lima enam", Box(220, 100, 20, 10, 1.0), lambda words: len(words) / 2)
    assert (set_.size, set_.lines) == (20, ("satu dua tiga", "empat lima enam"))
    cut = fitted("kata " * 100, Box(100, 20, 10, 10, 1.0), lambda words: len(words) / 2)
    assert cut.lines == ("kata kata kata kata", "kata kata kata kata…")


@pytest.fixture
def kept(cache):
    return cache / "share"


def files(folder):
    return sorted(path.name for path in folder.glob("*") if not path.name.startswith("turn-"))


@pytest.mark.django_db(databases="__all__")
class TestAddress:
    """The address of a share picture, from drawing to withdrawal."""

    def test_it_is_drawn_once_has_one_address_and_is_gone_with_its_article(self, client, kept, monkeypatch):
        photo = pictures.put(photo_bytes("navy"), width=1200, height=1200, suffix="jpg")
        page = put(article(7, lead=picture(), ratios=(photo,)))
        address = showing.address(page)
        head = document(client.get(page.path).content)
        assert head.xpath("//meta[@property='og:image']/@content") == [f"https://koran.example{address}"]
        first = client.get(address)
        assert (first.status_code, first["Content-Type"], first["Surrogate-Key"]) == (200, "image/jpeg", "article-7")
        assert first["Cache-Control"] == "public, max-age=86400"
        assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
        image = Image.open(BytesIO(first.content))
        assert image.size == (1200, 630)
        assert image.getpixel((900, 300))[2] > 100
        assert files(kept) == [address.rpartition("/")[2]]
        monkeypatch.setattr(subprocess, "run", None)  # nothing is drawn any more
        assert client.get(address).content == first.content
        changed = put(article(7, headline="Judul Baru", lead=picture(), ratios=(photo,)))
        assert showing.address(changed) != address
        for other in (address, "/gambar/bagi/7-0000000000.jpg", showing.address(changed).replace("/7-", "/007-")):
            answer = client.get(other)
            assert (answer.status_code, answer.headers.get("Location")) == (301, showing.address(changed)), other
        put_gone(7)
        assert client.get(address).status_code == client.get(showing.address(changed)).status_code == 410
        making.catch_up(making.parts(), SharePictures(kept))
        assert files(kept) == []

    def test_what_may_not_be_seen_has_none(self, client, kept):
        coming = put(article(8), visible_from=NOW + timedelta(hours=1))
        past = put(article(9), until=NOW - timedelta(minutes=1))
        for address in (showing.address(coming), showing.address(past), showing.address(article(10))):
            assert client.get(address).status_code == 404
        assert client.get("/gambar/bagi/8-xyz.jpg").status_code == 404
        assert client.post(showing.address(coming)).status_code == 405
        assert files(kept) == []

    def test_when_it_cannot_be_drawn_the_photo_stands_for_it(self, client, kept, monkeypatch):
        def fail(*_: object, **__: object) -> None:
            raise subprocess.TimeoutExpired("drawing", 6)

        monkeypatch.setattr(subprocess, "run", fail)
        seen, alone = put(article(7, lead=picture())), put(article(8))
        answer = client.get(showing.address(seen))
        assert (answer.status_code, answer["Location"]) == (302, picture().jpeg[-1].address)
        assert answer["Cache-Control"] == "no-store"
        answer = client.get(showing.address(alone))
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")

    def test_a_withdrawal_that_comes_while_it_is_drawn_leaves_nothing(self, client, kept, monkeypatch):
        page = put(article(7))

        def withdraw(_: object) -> bytes:
            put_gone(7)
            return b"gambar"

        monkeypatch.setattr(keeping, "_draw", withdraw)
        assert client.get(showing.address(page)).status_code == 503
        assert files(kept) == []

    def test_a_photo_file_that_is_lost_leaves_words_alone(self, kept, settings):
        page = article(7, lead=picture())
        assert Image.open(BytesIO(keeping._draw(page))).getpixel((900, 10))[0] > 250

    def test_the_oldest_are_thrown_away(self, tmp_path, monkeypatch):
        monkeypatch.setattr(keeping, "_draw", lambda _: b"gambar")
        pictures_ = SharePictures(tmp_path / "few", most_bytes=60)
        for number in range(1, 13):
            assert pictures_.picture(article(number), lambda: True) == b"gambar"
        left = {int(name.partition("-")[0]) for name in files(tmp_path / "few")}
        assert left == set(range(3, 13))
        pictures_.clear()
        assert files(tmp_path / "few") == []


def test_the_address_changes_with_all_that_is_seen(settings):
    pages = [
        article(7, lead=picture()),
        article(7, lead=picture(), headline="Lain"),
        article(7, lead=picture(credit="Lain")),
        article(7, lead=picture(), lang="en"),
        article(7),
    ]
    told = {showing.address(page) for page in pages}
    settings.WARTA_NAME = "Koran Lain"
    assert len({*told, showing.address(pages[0])}) == 6


def test_a_readers_process_draws_nothing_itself():
    code = "import sys, json, warta.config.gate; print(json.dumps([m for m in ('PIL', 'fontpkg') if m in sys.modules]))"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(asked.stdout.splitlines()[-1]) == []

"""Files beside a document, and pictures found again by the address they once had."""

import pytest

from warta.ingest import html
from warta.ingest.formats.beside import NotBesideError, kept
from warta.lexicon.copy import ParagraphCopy


@pytest.fixture
def pictures(tmp_path):
    folder = tmp_path / "gambar"
    for name in ("uploads/2019/05/pasar.jpg", "uploads/2019/05/jalan-2x3.jpg", "tugu kota.jpg"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"jpg")
    (tmp_path / "rahasia.jpg").write_bytes(b"jpg")
    (folder / "keluar.jpg").symlink_to(tmp_path / "rahasia.jpg")
    return folder


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("https://lama.example/wp-content/uploads/2019/05/pasar.jpg", "uploads/2019/05/pasar.jpg"),
        ("//lama.example/wp-content/uploads/2019/05/pasar-1024x683.jpg?ssl=1", "uploads/2019/05/pasar.jpg"),
        ("/wp-content/uploads/2019/05/pasar-scaled.jpg", "uploads/2019/05/pasar.jpg"),
        ("https://lama.example/uploads/2019/05/jalan-2x3.jpg", "uploads/2019/05/jalan-2x3.jpg"),
        ("https://lama.example/a/b/tugu%20kota.jpg", "tugu kota.jpg"),
    ],
)
def test_a_picture_is_found_by_its_old_address(pictures, address, file):
    assert kept(pictures, address) == pictures / file


@pytest.mark.parametrize(
    "address",
    [
        "https://lama.example/../rahasia.jpg",
        "https://lama.example/%2e%2e/rahasia.jpg",
        "https://lama.example/keluar.jpg",
        "https://lama.example/..%5Crahasia.jpg",
        "https://lama.example/",
        "https://[rusak/rahasia.jpg",
        "https://lama.example/" + "x" * 5000 + ".jpg",
        "https://lama.example/a%00b.jpg",
    ],
)
def test_nothing_outside_of_the_folder_is_found(pictures, address):
    with pytest.raises(NotBesideError):
        kept(pictures, address)


def test_links_to_the_old_site_keep_their_path_alone():
    said = (
        '<p><a href="https://lama.example/2019/05/banjir/?p=3#atas">a</a> <a href="//lama.example//jahat.example">b</a>'
        ' <a href="https://lain.example/x">c</a> <a href="https://[rusak">d</a></p>'
    )
    [paragraph], lost = html.blocks(said, picture=lambda _: None, home={"lama.example"})
    assert isinstance(paragraph, ParagraphCopy)
    assert paragraph.html == (
        '<p><a href="/2019/05/banjir/?p=3#atas">a</a> <a href="/jahat.example">b</a>'
        ' <a href="https://lain.example/x">c</a> d</p>'
    )
    assert lost == ()

"""The shelf: what one process made is there for all, what names a withdrawn article is taken off, damage is no harm."""

import sqlite3
from pathlib import Path

import pytest

from warta.delivery import shelf as module
from warta.delivery.segments import pack
from warta.delivery.shelf import Shelf, Whole


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "shelf.sqlite3"


def page(words: str, edition: str = "a1", status: int = 200) -> Whole:
    return Whole(edition, status, "text/html; charset=utf-8", words[:4], "lists shell", pack(words))


def words_of(shelf: Shelf, key: str) -> bytes | None:
    found = shelf.find(key)
    return None if found is None else found.segment.plain


def test_what_one_process_keeps_is_found_by_all(path: Path) -> None:
    one, other = Shelf(path, version="1"), Shelf(path, version="1")
    one.keep("/", page("depan", status=410))
    found = other.find("/")
    assert found is not None
    assert (found.edition, found.status, found.tag, found.keys) == ("a1", 410, "depa", "lists shell")
    assert found.segment.plain == b"depan"
    assert found.segment.crc == pack("depan").crc
    other.keep("/", page("depan baru", edition="b2"))
    assert words_of(one, "/") == b"depan baru"
    assert one.find("/dunia") is None


def test_another_look_of_the_pages_begins_with_an_empty_shelf(path: Path) -> None:
    Shelf(path, version="1").keep("/", page("lama"))
    assert Shelf(path, version="2").find("/") is None


def test_pages_that_name_a_withdrawn_article_are_taken_off(path: Path) -> None:
    shelf = Shelf(path, version="1")
    shelf.keep("/", page('<a href="/dunia/read/2024/05/03/17/kapal">Kapal</a>'))
    shelf.keep("/dunia", page('<a href="/dunia/read/2024/05/03/171/kapal">Kapal</a>'))
    shelf.forget([17, 18])
    assert shelf.find("/") is None
    assert shelf.find("/dunia") is not None
    shelf.clear()
    assert shelf.find("/dunia") is None


def test_that_an_article_is_withdrawn_stays_said_at_its_own_address(path: Path) -> None:
    shelf = Shelf(path, version="1")
    own, other = "/dunia/read/2024/05/03/17/kapal", "/dunia/read/2024/05/03/18/dermaga"
    shelf.keep(own, page(f'<link rel="canonical" href="{own}">', status=410))
    shelf.keep(other, page(f'<a href="{own}">Populer</a>', status=410))
    shelf.forget([17])
    assert words_of(shelf, own) == f'<link rel="canonical" href="{own}">'.encode()
    assert shelf.find(other) is None


def test_it_keeps_the_newest_pages_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PAGES", 5)
    monkeypatch.setattr(module, "_SWEPT_EACH", 3)
    shelf = Shelf(path, version="1")
    for number in range(12):
        shelf.keep(f"/{number}", page(f"halaman {number}"))
    there = [number for number in range(12) if shelf.find(f"/{number}")]
    assert there == [7, 8, 9, 10, 11]


def test_a_damaged_file_is_made_anew(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database" * 100)
    shelf = Shelf(path, version="1")
    shelf.keep("/", page("depan"))
    assert words_of(shelf, "/") == b"depan"


def test_a_damaged_edition_is_no_edition(path: Path) -> None:
    shelf = Shelf(path, version="1")
    shelf.keep("/", page("depan"))
    with sqlite3.connect(path) as file:
        file.execute("INSERT INTO edition VALUES (1, x'c1ff')")
    assert shelf.edition() is None


def test_a_shelf_that_could_not_be_told_is_not_read_any_more(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(path, version="1")
    shelf.keep("/", page("/dunia/read/2024/05/03/17/kapal"))
    with monkeypatch.context() as patch:
        patch.setattr(shelf._file, "connection", broken)
        shelf.forget([17])
    assert shelf.find("/") is None
    assert shelf.edition() is None


def test_without_a_disk_it_keeps_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    shelf = Shelf(tmp_path / "cache" / "shelf.sqlite3", version="1")
    shelf.keep("/", page("depan"))
    assert shelf.find("/") is None


def broken() -> sqlite3.Connection:
    raise sqlite3.OperationalError("database or disk is full")

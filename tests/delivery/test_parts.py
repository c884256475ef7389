"""The cache of parts: what changed is never found again, whoever else writes, and a broken file breaks nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from warta.delivery import parts as module
from warta.delivery import partsfile
from warta.delivery.parts import Part, Parts
from warta.delivery.segments import pack


def part(article_id: int, number: int, words: str = "") -> Part:
    return Part(
        id=article_id,
        number=number,
        path=f"/dunia/read/2024/05/03/{article_id}/kapal",
        lang="id",
        start=0.0,
        stop=None,
        head=pack(f"kepala {article_id} {number}"),
        body=pack(f"badan {article_id} {number} {words}"),
    )


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "parts"


def number_of(parts: Parts, article_id: int) -> int | None:
    found = parts.find(article_id)
    return None if found is None else found.number


def test_what_is_put_is_found_in_every_process(path: Path) -> None:
    one, other = Parts(path, version="1"), Parts(path, version="1")
    put = replace(part(5, 7), start=3.25, stop=9.5, lang="en")
    one.put(put)
    for parts in (one, other, Parts(path, version="1")):
        found = parts.find(5)
        assert found is not None
        assert (found.number, found.path, found.lang, found.start, found.stop) == (7, put.path, "en", 3.25, 9.5)
        assert (found.head.plain, found.body.plain) == (b"kepala 5 7", b"badan 5 7 ")
        assert found.head.crc == put.head.crc
    assert one.find(6) is None
    assert one.ids([4, 5, 6]) == {5}


def test_what_changed_is_not_found_again_and_not_taken_again(path: Path) -> None:
    parts = Parts(path, version="1")
    parts.put(part(5, 7))
    parts.put(part(6, 8))
    parts.changed([(5, 9)], upto=9)
    assert (number_of(parts, 5), number_of(parts, 6)) == (None, 8)
    parts.put(part(5, 7))
    assert number_of(parts, 5) is None
    parts.put(part(5, 9))
    assert number_of(parts, 5) == 9
    parts.changed([(5, 9)], upto=9)
    assert number_of(parts, 5) == 9


def test_another_process_having_told_the_file_does_not_leave_this_one_with_the_old(path: Path) -> None:
    one, other = Parts(path, version="1"), Parts(path, version="1")
    one.changed([], upto=1)
    assert one.upto() == other.upto() == (1, 1)
    one.put(part(5, 1))
    assert number_of(other, 5) == 1
    one.changed([(5, 2)], upto=2)
    assert other.upto() == (1, 2)
    other.changed([(5, 2)], upto=2)
    assert number_of(other, 5) is None
    assert other.upto() == (2, 2)


def test_a_slower_process_does_not_undo_what_a_quicker_one_told(path: Path) -> None:
    quick, slow = Parts(path, version="1"), Parts(path, version="1")
    quick.changed([(5, 20)], upto=20)
    slow.changed([(5, 18)], upto=18)
    slow.put(part(5, 18))
    slow.put(part(5, 19))
    assert number_of(slow, 5) is None
    assert number_of(quick, 5) is None


def test_another_version_begins_empty_and_never_sees_the_old(path: Path) -> None:
    old = Parts(path, version="1")
    old.put(part(5, 7))
    old.changed([], upto=7)
    new = Parts(path, version="2")
    assert new.find(5) is None
    assert new.upto() == (0, 0)
    new.put(part(5, 8))
    old.put(part(6, 7))  # a process of before the upgrade lives a moment longer
    assert new.find(6) is None
    assert new.ids([5, 6]) == {5}
    assert Parts(path, version="2").find(5) is not None


def test_files_of_another_look_are_taken_away(path: Path) -> None:
    Parts(path, version="1").put(part(5, 7))
    path.with_name("parts.sqlite3").write_bytes(b"of an older Warta")
    parts = Parts(path, version="2")
    parts.put(part(5, 7))
    assert sorted(file.name for file in path.parent.iterdir()) == ["parts-2.data", "parts-2.index"]
    assert number_of(Parts(path, version="2"), 5) == 7


@pytest.mark.parametrize("damage", [b"", b"no index at all" * 500, bytes(8192)])
def test_a_file_that_is_none_is_made_anew(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    for name in ("parts-1.index", "parts-1.data"):
        path.with_name(name).write_bytes(damage)
    parts = Parts(path, version="1")
    assert parts.find(5) is None
    parts.put(part(5, 7))
    assert number_of(Parts(path, version="1"), 5) == 7


def test_flipped_bytes_never_reach_a_reader(path: Path) -> None:
    parts = Parts(path, version="1")
    texts = {number: f"alinea {number} " * 400 for number in range(1, 12)}
    for number, text in texts.items():
        parts.put(part(number, 1, text))
    good = {name: path.with_name(name).read_bytes() for name in ("parts-1.index", "parts-1.data")}
    places = [("parts-1.index", place) for place in range(0, 600, 3)]
    places += [("parts-1.data", place) for place in range(0, len(good["parts-1.data"]), 41)]
    for name, place in places:
        damaged = bytearray(good[name])
        damaged[place] ^= 0x41
        path.with_name(name).write_bytes(damaged)
        again = Parts(path, version="1")
        for number, got in {number: again.find(number) for number in texts}.items():
            assert got is None or got.body.plain.decode() == f"badan {number} 1 {texts[number]}"
            assert got is None or got.head.plain.decode() == f"kepala {number} 1"
        path.with_name(name).write_bytes(good[name])


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    parts = Parts(tmp_path / "cache" / "parts", version="1")
    parts.put(part(5, 7))
    parts.changed([(5, 8)], upto=8)
    assert parts.find(5) is None
    assert parts.ids([5]) == set()
    assert not parts.is_full()


def test_while_the_file_cannot_be_told_nothing_old_is_found_and_later_all_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = Parts(path, version="1")
    parts.upto()
    parts.put(part(5, 1))
    parts.put(part(6, 2))
    parts.changed([], upto=2)
    with monkeypatch.context() as patch:
        patch.setattr(partsfile, "_write", full)
        parts.changed([(5, 3)], upto=3)
    assert parts.find(5) is None
    assert parts.upto() == (2, 3)
    assert parts.find(5) is None
    parts.changed([(5, 3)], upto=3)
    assert parts.upto() == (3, 3)
    assert parts.find(5) is None
    assert number_of(parts, 6) == 2


def test_memory_is_bounded_and_the_file_still_has_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = 20_000
    parts = Parts(path, version="1", memory_bytes=limit)
    noise = [str(number) * 3 + "".join(map(chr, range(97 + number % 20, 122))) for number in range(60)]
    for number, words in enumerate(noise):
        parts.put(part(number, 1, words))
        parts.find(number // 2)
    assert 0 < parts.memory_bytes <= limit
    opened: list[int] = []
    find = parts._file.find
    monkeypatch.setattr(parts._file, "find", lambda number: opened.append(number) or find(number))
    assert all(parts.find(number) is not None for number in range(60))
    assert 10 < len(opened) <= 60
    parts.changed([(number, 2) for number in range(60)], upto=2)
    assert parts.memory_bytes == 0


def test_a_full_file_goes_over_its_oldest_parts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partsfile, "LIMIT_BYTES", 3_000)
    parts = Parts(path, version="1", memory_bytes=0)
    for number in range(1, 61):
        parts.put(part(number, 1))
        assert not (parts.is_full() and number < 20)
        assert number_of(parts, number) == 1
    assert parts.is_full()
    found = {number for number in range(1, 61) if number_of(parts, number)}
    assert found == set(range(min(found), 61))
    assert 10 < len(found) < 40
    assert parts.ids(range(1, 61)) == found
    assert path.with_name("parts-1.data").stat().st_size <= 3_000


def test_after_a_power_cut_it_is_told_again_of_what_may_be_lost(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = Parts(path, version="1")
    parts.upto()
    parts.put(part(5, 1))
    parts.changed([(6, 2)], upto=2)
    parts.sync()
    parts.changed([(5, 3)], upto=3)
    assert Parts(path, version="1").upto() == (3, 3)
    monkeypatch.setattr(partsfile, "_boot", lambda: b"another start...")
    later = Parts(path, version="1")
    assert later.upto() == (2, 2)
    later.changed([(5, 3)], upto=3)
    assert number_of(later, 5) is None


def test_an_article_of_any_number_breaks_nothing(path: Path) -> None:
    parts = Parts(path, version="1")
    for number in (10**18 - 1, partsfile.MOST_IDS, partsfile.MOST_IDS - 1, 70_000, 1):
        assert parts.find(number) is None
        parts.put(part(number, 1))
        parts.changed([(number, 2)], upto=2)
        assert number_of(parts, number) is None
    parts.put(part(70_000, 2))
    assert Parts(path, version="1").ids([1, 70_000, 10**18 - 1]) == {70_000}


def test_cleared_it_knows_of_nothing(path: Path) -> None:
    parts = Parts(path, version="1")
    parts.put(part(5, 7))
    parts.changed([(6, 90)], upto=90)
    parts.clear(upto=8)
    assert parts.find(5) is None
    assert parts.upto() == (8, 8)
    parts.put(part(6, 8))  # of the paper as it was put back
    assert number_of(parts, 6) == 8


def test_the_version_follows_settings_and_templates() -> None:
    assert module.version("a", "b") == module.version("a", "b")
    assert len({module.version(), module.version("ab"), module.version("a", "b"), module.version("b", "a")}) == 4


def test_on_a_full_disk_a_part_is_kept_in_memory_unless_something_changed_since_it_was_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = Parts(path, version="1")
    parts.changed([], upto=1)

    monkeypatch.setattr(partsfile, "_write", full)
    parts.put(part(5, 1), parts.generation)
    assert number_of(parts, 5) == 1
    before = parts.generation
    parts.changed([(6, 2)], upto=2)
    parts.put(part(6, 1), before)
    assert number_of(parts, 6) is None
    parts.changed([(5, 3)], upto=3)
    assert number_of(parts, 5) is None

"""The picture files of readers: named by content, written once, reached by their own name alone."""

import pytest

from warta.paper import pictures


@pytest.fixture
def kept(settings):
    """One kept picture, and where it lies."""
    file = pictures.put(b"isi gambar", width=480, height=320, suffix="webp")
    name = file.address.removeprefix(pictures.PREFIX)
    return file, name, settings.WARTA_PICTURES


def test_the_same_bytes_have_the_same_address(kept):
    file, name, folder = kept
    path = pictures.path_of(name)
    assert path is not None
    before = path.stat()
    assert pictures.put(b"isi gambar", width=480, height=320, suffix="webp") == file
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.read_bytes() == b"isi gambar"
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [name]


def test_other_bytes_another_size_or_format_have_another_address(kept):
    file, _name, _folder = kept
    others = {
        pictures.put(b"lain", width=480, height=320, suffix="webp").address,
        pictures.put(b"isi gambar", width=481, height=320, suffix="webp").address,
        pictures.put(b"isi gambar", width=480, height=320, suffix="avif").address,
    }
    assert len({file.address, *others}) == 4


def test_a_picture_can_be_read_by_the_server_of_files(kept):
    path = pictures.path_of(kept[1])
    assert path is not None
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../secret",
        "../../../../etc/passwd",
        "ab/cd",
        "/etc/passwd",
        "x\0.jpg",
        f"{'0' * 32}-1x1.jpg",
        f"{'0' * 32}-1x1.svg",
        f"{'0' * 31}/-1x1.jpg",
        f"..{'0' * 30}-1x1.jpg",
        f"{'A' * 32}-1x1.jpg",
        f"{'0' * 32}-1x1.jpg/",
        f"{'0' * 32}-١x1.jpg",
    ],
)
def test_no_name_leads_elsewhere(kept, name):
    (kept[2].parent / "secret").write_text("rahasia")
    assert pictures.path_of(name) is None


@pytest.mark.parametrize("added", ["\n", " ", "/", ".jpg", "?x"])
def test_a_name_with_something_behind_it_is_no_name(kept, added):
    assert pictures.path_of(kept[1] + added) is None

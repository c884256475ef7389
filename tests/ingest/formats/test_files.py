"""Files and folders of items: every item with its place, and one broken line stops nothing."""

import json

import pytest

from warta.ingest.item import BrokenItem
from warta.ingest.sources import files, tree
from warta.ingest.sources.files import documents

PROPERTY = "is no JSON (line 3, column 2): expecting property name enclosed in double quotes"


def read(path):
    return [
        (found.where, found.reason) if isinstance(found, BrokenItem) else (found[0], found[2])
        for found in documents(path)
    ]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ('{"uri": "a"}', [("x.json", {"uri": "a"})]),
        ('\ufeff{\n"uri": "a"\n}\n', [("x.json", {"uri": "a"})]),
        ('[{"uri": "a"}, 5]', [("x.json, item 1", {"uri": "a"}), ("x.json, item 2", 5)]),
        ('{"items": [{"uri": "a"}]}', [("x.json, item 1", {"uri": "a"})]),
        ('{"_items": [1], "_meta": {}}', [("x.json, item 1", 1)]),
        ('{"uri": "a", "items": [1]}', [("x.json", {"uri": "a", "items": [1]})]),
        ('{"uri": "a"}\n\n{"uri": "b"}\n', [("x.json, line 1", {"uri": "a"}), ("x.json, line 3", {"uri": "b"})]),
        ("[]", []),
        ('{"uri":\n "a",\n x}', [("x.json", PROPERTY)]),
        ("", [("x.json", "is no JSON (line 1, column 1): expecting value")]),
        ("[" * 100_000, [("x.json", "is nested too deep")]),
    ],
)  # fmt: skip
def test_a_file(tmp_path, text, items):
    path = tmp_path / "x.json"
    path.write_text(text)
    assert read(path) == items


def test_json_lines_go_on_after_a_broken_one(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"uri": "a"}\r\n{"uri": \r\n\xff\xfe\n\n[NaN]\n{"uri": "\\ud800"}')
    found = read(path)
    assert [where for where, _ in found] == [f"x.jsonl, line {n}" for n in (1, 2, 3, 5, 6)]
    assert found[1][1] == "is no JSON (column 9): expecting value"
    assert found[2][1] == "is not UTF-8 (byte 1): save it as UTF-8"
    assert found[4][1] == {"uri": "\ud800"}


def test_json_lines_are_read_as_they_come(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"uri": "a"}\n' * 10_000)
    stream = documents(path)
    next(stream)
    path.write_text("")
    assert sum(1 for _ in stream) < 9_999


def test_a_folder_is_read_in_order_and_not_left(tmp_path):
    home = tmp_path / "arsip"
    (home / "b").mkdir(parents=True)
    (home / ".git").mkdir()
    for name in ("c.json", "a.JSON", "b/d.ndjson", "b/e.txt", ".git/f.json", "._c.json"):
        (home / name).write_text('{"uri": "x"}')
    (tmp_path / "out.json").write_text('{"uri": "secret"}')
    (home / "link.json").symlink_to(tmp_path / "out.json")
    (home / "near.json").symlink_to(home / "c.json")
    (home / "gone.json").symlink_to(home / "nowhere.json")
    (home / "away").symlink_to(tmp_path)
    assert read(home) == [
        ("arsip/a.JSON", {"uri": "x"}),
        ("arsip/c.json", {"uri": "x"}),
        ("arsip/gone.json", "there is no such file or folder"),
        ("arsip/link.json", "is a link that leads out of the folder"),
        ("arsip/near.json", {"uri": "x"}),
        ("arsip/b/d.ndjson, line 1", {"uri": "x"}),
    ]


def test_pictures_are_looked_for_beside_the_document(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.json").write_text("{}")
    assert [folder for _, folder, *_ in documents(tmp_path)] == [tmp_path / "b"]


def test_what_cannot_be_read_is_said(tmp_path):
    assert read(tmp_path / "none.json") == [("none.json", "there is no such file or folder")]
    assert read(tmp_path) == [(tmp_path.name, "the folder holds no .json, .jsonl or .ndjson file")]


def test_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 100)
    whole, lines = tmp_path / "a.json", tmp_path / "b.jsonl"
    whole.write_text(json.dumps(["x" * 100]))
    lines.write_text('{"uri": "a"}\n' + json.dumps("x" * 350) + '\n{"uri": "b"}\n' * 20)
    assert read(whole) == [("a.json", "is larger than 64 MB: give large archives as JSON lines, an item a line")]
    found = read(lines)
    assert found[:3] == [
        ("b.jsonl, line 1", {"uri": "a"}),
        ("b.jsonl, line 2", "the line is longer than 64 MB"),
        ("b.jsonl, line 3", {"uri": "b"}),
    ]
    assert len(found) == 22


def test_how_far_it_is_goes_from_the_first_to_the_last_byte(tmp_path):
    for name, text in {"a.json": "[1, 2]", "b.jsonl": "{}\n{\n{}", "c.txt": "no item"}.items():
        (tmp_path / name).write_text(text)
    assert [found.read for found in documents(tmp_path)] == [3, 6, 9, 11, 13]
    assert tree.size(tmp_path, files.ENDINGS) == 13
    assert tree.size(tmp_path / "none.json", files.ENDINGS) == 0

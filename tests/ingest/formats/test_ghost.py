"""Ghost's export: golden pairs, files of any size, and what may never happen whatever is in them.

`GOLDEN=write pytest tests/ingest/formats/test_ghost.py` writes the expected files anew, to be read before they are
committed.
"""

import io
import json
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.formats.golden import check
from warta.ingest.formats.ghost import parse
from warta.ingest.formats.ghost.scan import Scan
from warta.ingest.item import BrokenItem, SourceItem, Told
from warta.lexicon.copy import ParagraphCopy

DATA = Path(__file__).parents[1] / "data"
GIVEN = sorted(path for path in DATA.glob("ghost-*.json") if ".expected." not in path.name)
TOLD = Told(pictures=DATA / "foto")


@pytest.mark.parametrize("path", GIVEN, ids=lambda path: path.name)
def test_golden(path):
    check(path, parse, TOLD)


def post(**fields):
    return {
        "id": "1", "uuid": "u", "title": "T", "slug": "t", "status": "published",
        "published_at": "2021-05-02T23:39:00.000Z", **fields,
    }  # fmt: skip


def one(tmp_path, raw, **told):
    file = tmp_path / "ghost.json"
    file.write_bytes(raw if isinstance(raw, bytes) else json.dumps({"data": {"posts": [raw]}}).encode())
    return list(parse(file, Told(**told)))


def html_of(item):
    return [block.html for block in item.copy.body if isinstance(block, ParagraphCopy)]


class Trickle(io.BytesIO):
    """Gives at most three bytes at once, so that everything is cut everywhere."""

    def read(self, size=-1):
        return super().read(min(size, 3))


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(alphabet='\\"a{}[]é\n,: ', max_size=9)),
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=3), inner, max_size=4)),
        max_leaves=12,
    ),
    st.sampled_from([None, 1]),
    st.booleans(),
)
def test_values_are_found_wherever_they_are_cut(value, indent, is_ascii):
    raw = json.dumps([value, {'k\\"': value}, value], indent=indent, ensure_ascii=is_ascii).encode()
    scan, found = Scan(Trickle(raw)), []
    for number, _ in enumerate(scan.elements()):
        if number == 1:
            assert scan.value(len(raw)) == json.dumps({'k\\"': value}, ensure_ascii=is_ascii).encode() or indent
        else:
            found.append(json.loads(scan.value(len(raw))))
    assert found == [value, value]
    assert scan.position == len(raw)


def test_memory_does_not_grow_with_the_file_whatever_is_in_it(tmp_path):
    file = tmp_path / "ghost.json"
    with file.open("w") as out:
        out.write('{"db":[{"meta":{"x":"' + "x" * 8_000_000 + '"},"data":{"lain":[' + "[[]]," * 20_000 + '0],"posts":[')
        out.write(json.dumps(post(plaintext="y" * 5_000_000, lain=[[]] * 100_000)) + ",")
        out.write(json.dumps(post(uuid="v", html="<p>z</p>" + " " * 17_000_000)) + ",")
        out.write(json.dumps(post(uuid="w", html="<p>z</p>")))
        out.write('],"tags":[{"id":1,"name":"Kabar"}],"posts_tags":[{"post_id":1,"tag_id":1}]}}]}')
    tracemalloc.start()
    first, second, third = parse(file, Told())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert first.copy.headings == third.copy.headings == ("Kabar",)
    assert second == BrokenItem("", "ghost.json, post 2", "is larger than 16 MB", second.read)
    assert third.read > 30_000_000
    assert most < 24_000_000


def test_dates_without_settings_are_in_the_zone_that_was_told(tmp_path):
    [item] = one(tmp_path, post(), zone="Asia/Jayapura")
    assert item.copy.zone == "Asia/Jayapura"


def test_what_copy_cannot_hold_goes(tmp_path):
    made = json.dumps({"data": {"posts": [post(title="A\ud83dB\x00C😀", html="<p>x\udc00\x1b\\ud800y</p>")]}})
    [item] = one(tmp_path, made.encode().replace(b"B", b"\x01B"))
    assert (item.copy.headline, html_of(item)) == ("A BC😀", ["<p>x\\ud800y</p>"])


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "{ was expected"),
        (b"[]", "{ was expected"),
        (b"{}", "holds no posts"),
        (b'{"db":[1,{"data":[]},{"data":{"posts":{}}}]}', "holds no posts"),
        (b'{"data":{"posts":[{]}}', "is no JSON"),
        (b'{"data":{"posts":[' + b"[" * 200_000 + b"]" * 200_000 + b"]}}", "is no row of a table"),
        (b'{"data":{"posts":[{"x":' + b"[" * 200_000 + b"]" * 200_000 + b"}]}}", "is nested too deep"),
        (b'{"db":' * 100_000, "the file ends within a value"),
        (b'{"db":[' * 100_000, "nested too deep"),
        (b'{"data":{"posts":[{"uuid":"\xff"}]}}', "its uuid holds a text that cannot be read"),
        (b'{"data":{"posts":[{"uuid":"u","title":"T","status":"published","html":5}],}}', "is no JSON"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path, raw, reason):
    found = one(tmp_path, raw)
    assert reason in next(item.reason for item in found if isinstance(item, BrokenItem))


DEEP = '{"type":"x","children":[' * 300 + "]}" * 300
BOMB = {
    "version": "0.3.1",
    "markups": [],
    "atoms": [["a", "y" * 400_000, {}]],
    "cards": [["html", {"html": "y" * 900_000}]],
}


@pytest.mark.parametrize(
    ("fields", "loss"),
    [
        ({"lexical": '{"root":{"children":[' + DEEP + "]}}"}, "nesting: what lies more than 40 deep"),
        ({"lexical": "[" * 100_000}, "lexical: is nested too deep"),
        ({"lexical": '{"root":{"children":[' + '{"type":"hr"},' * 30_000 + "0]}}"}, ""),
        ({"mobiledoc": json.dumps({**BOMB, "sections": [[10, 0]] * 9_000})}, "mobiledoc: repeats its parts"),
        ({"mobiledoc": json.dumps({**BOMB, "sections": [[1, "p", [[1, [], 0, 0]] * 9_000]]})}, "mobiledoc: repeats"),
        ({"mobiledoc": '{"sections":[[1,"p",[[0,[],-5,null],[0,[true,-1,"a"],9,{}]]]]}'}, ""),
    ],
)
def test_a_document_that_is_a_trap_is_left_for_the_html(tmp_path, fields, loss):
    began = time.process_time()
    [item] = one(tmp_path, post(**fields, html="<p>z</p>"))
    assert isinstance(item, SourceItem)
    assert loss in " ".join(item.lost)
    assert time.process_time() - began < 1


def test_a_body_that_is_too_long_refuses_the_post(tmp_path):
    [item] = one(tmp_path, post(html="x" * 2_000_001))
    assert item.reason == "its html has more than 2,000,000 characters"
    [item] = one(tmp_path, post(lexical="x" * 4_000_001))
    assert item.reason.startswith("its lexical has 4,000,001 characters")


SAMPLE = (DATA / "ghost-lexical.json").read_bytes()
MOBILEDOC = (DATA / "ghost-mobiledoc.json").read_bytes()


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([SAMPLE, MOBILEDOC]),
    st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 40), st.sampled_from([b"", b'"', b"\\", b"[", b"}", b",", b"\xff", b"null"])
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_a_damaged_export_yields_items_and_never_fails(tmp_path_factory, sample, damages, is_doubled):
    raw = bytearray(sample)
    for place, length, instead in damages:
        at = int(place * len(raw))
        raw[at : at + length] = raw[at : at + length] * 2 if is_doubled else instead
    file = tmp_path_factory.getbasetemp() / "damaged.json"
    file.write_bytes(raw)
    began = time.process_time()
    for item in parse(file, TOLD):
        assert isinstance(item, SourceItem | BrokenItem)
        if isinstance(item, SourceItem):
            assert all(len(loss) <= 200 for loss in item.lost)
            repr(item.copy).encode()
    assert time.process_time() - began < 1

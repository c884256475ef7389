"""The merge as rules: what one side wrote is never lost, whatever the other did."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.newsroom.merge import (
    ABSENT,
    CHOICES,
    Conflict,
    Merged,
    Piece,
    Text,
    UnsettledError,
    merge,
    merge_runs,
    settle,
)

KEYS = st.sampled_from("abcdefgh")
VALUES = st.sampled_from(["", "satu", "dua", "tiga", "<p>satu</p>", "<p>satu</p><p>dua</p>", "<p>tiga</p><p>dua</p>"])
ROWS = st.dictionaries(KEYS, VALUES, max_size=6)
FIELDS = st.fixed_dictionaries({"headline": VALUES, "standfirst": VALUES})
TEXTS = st.builds(lambda fields, row: Text(fields, {"body": row}), FIELDS, ROWS)
RUNS = st.lists(st.sampled_from("abcde"), max_size=6)


@st.composite
def grown(draw):
    """A base and two texts that people made of it: changed, taken out, added, moved."""
    base = draw(st.dictionaries(KEYS, VALUES, max_size=5))
    return Text({}, {"body": base}), _edited(draw, base, "t"), _edited(draw, base, "m")


def _edited(draw, base, mark):
    row = [(key, draw(st.one_of(st.just(value), VALUES))) for key, value in base.items() if draw(st.booleans())]
    for number in range(draw(st.integers(0, 2))):
        row.insert(draw(st.integers(0, len(row))), (f"{mark}{number}", f"baru {mark}{number}"))
    return Text({}, {"body": dict(draw(st.permutations(row)) if draw(st.booleans()) else row)})


def new_keys():
    numbers = itertools.count()
    return lambda: f"new{next(numbers)}"


def settled(merged: Merged, choice="both") -> Text:
    return settle(merged, dict.fromkeys(merged.conflicts, choice), new_key=new_keys())


@given(TEXTS, TEXTS)
def test_a_side_that_did_nothing_changes_nothing(base, changed):
    for merged in (merge(base, changed, base), merge(base, base, changed)):
        assert merged.conflicts == {}
        outcome = settled(merged)
        assert outcome.fields == changed.fields
        assert sorted(outcome.rows["body"].values()) == sorted(changed.rows["body"].values())


@given(TEXTS, TEXTS)
def test_the_same_change_twice_is_one_change(base, changed):
    merged = merge(base, changed, changed)
    assert merged.conflicts == {}
    assert settled(merged).fields == changed.fields
    assert [*settled(merged).rows["body"].values()] == [*changed.rows["body"].values()]


@given(grown())
def test_no_block_that_somebody_added_or_changed_is_lost(texts):
    base, theirs, mine = texts
    merged = merge(base, theirs, mine)
    outcome = list(settled(merged).rows["body"].values())
    seen = {value for value in outcome if value} | set(base.rows["body"].values())
    for side in (theirs, mine):
        for key, value in side.rows["body"].items():
            if value and value != base.rows["body"].get(key):
                pieces = [piece for piece in value.split("</p>") if piece]
                assert value in seen or all(any(piece in one for one in seen) for piece in pieces), value


@given(grown())
def test_who_is_who_does_not_change_what_conflicts(texts):
    base, theirs, mine = texts
    assert merge(base, theirs, mine).conflicts.keys() == merge(base, mine, theirs).conflicts.keys()


@given(grown(), st.sampled_from(CHOICES))
def test_keys_stay_unique_and_every_choice_ends(texts, choice):
    merged = merge(*texts)
    keys = [entry.key for entry in merged.rows["body"]]
    assert len(keys) == len(set(keys))
    settled(merged, choice)


@given(grown())
def test_without_a_base_nothing_is_dropped(texts):
    _, theirs, mine = texts
    outcome = [*settled(merge(None, theirs, mine)).rows["body"].values()]
    for side in (theirs, mine):
        assert all(value in outcome for value in side.rows["body"].values())


@given(RUNS, RUNS, RUNS)
def test_runs_merge_the_same_both_ways(base, theirs, mine):
    assert merge_runs(base, theirs, mine) == merge_runs(base, mine, theirs)
    assert merge_runs(base, theirs, base) == theirs
    assert merge_runs(base, theirs, theirs) == theirs


def body(**row):
    return Text({}, {"body": row})


def test_different_blocks_merge_by_themselves():
    merged = merge(body(a="1", b="2"), body(a="1 baru", b="2"), body(a="1", b="2 baru"))
    assert merged.rows["body"] == (Piece("a", "1 baru", "theirs"), Piece("b", "2 baru", "mine"))


def test_one_block_changed_by_both_is_asked():
    merged = merge(body(a="1"), body(a="1 mereka"), body(a="1 saya"))
    assert merged.conflicts == {"body:a": Conflict("a", "1", "1 mereka", "1 saya")}
    assert settled(merged).rows["body"] == {"a": "1 mereka", "new0": "1 saya"}
    with pytest.raises(UnsettledError):
        settle(merged, {}, new_key=new_keys())


def test_what_one_changed_and_the_other_took_out_is_asked():
    assert merge(body(a="1"), body(), body(a="1 saya")).conflicts == {"body:a": Conflict("a", "1", ABSENT, "1 saya")}


def test_what_one_took_out_is_gone_and_told_as_their_doing():
    merged = merge(body(a="1", b="2"), body(b="2"), body(a="1", b="2 saya"))
    assert merged.changed_by("theirs") == ["body:a"]
    assert merged.rows["body"][0] == Piece("a", ABSENT, "theirs", was="1")
    assert settled(merged).rows["body"] == {"b": "2 saya"}


def test_paragraphs_of_one_block_merge_by_themselves():
    base = "<p>Satu.</p><p>Dua.</p><p>Tiga.</p>"
    theirs, mine = base.replace("Satu", "Pertama"), base.replace("Tiga", "Ketiga")
    merged = merge(body(a=base), body(a=theirs), body(a=mine))
    assert merged.rows["body"] == (Piece("a", "<p>Pertama.</p><p>Dua.</p><p>Ketiga.</p>", "both"),)


def test_members_of_a_struct_merge_by_themselves():
    quote = {"type": "quote", "value": {"text": "Kami menunggu", "speaker": ""}}
    theirs = {"type": "quote", "value": {"text": "Kami menunggu.", "speaker": ""}}
    mine = {"type": "quote", "value": {"text": "Kami menunggu", "speaker": "Nelayan"}}
    merged = merge(body(a=quote), body(a=theirs), body(a=mine))
    assert settled(merged).rows["body"]["a"]["value"] == {"text": "Kami menunggu.", "speaker": "Nelayan"}


def test_additions_stand_where_each_put_them():
    merged = merge(body(a="1", b="2"), body(a="1", t="t", b="2"), body(a="1", b="2", m="m"))
    assert list(settled(merged).rows["body"]) == ["a", "t", "b", "m"]
    merged = merge(body(a="1"), body(a="1", t="t"), body(a="1", m="m"))
    assert sorted(settled(merged).rows["body"]) == ["a", "m", "t"]


def test_a_block_that_came_back_under_another_key_is_the_same_block():
    merged = merge(body(a="1", b="2"), body(a="1 baru", b="2"), body(x="1", b="2"))
    assert settled(merged).rows["body"] == {"a": "1 baru", "b": "2"}


def test_fields_merge_and_clash_by_name():
    base, theirs, mine = {"h": "J", "s": "S", "r": 1}, {"h": "J1", "s": "S", "r": 2}, {"h": "J", "s": "S1", "r": 3}
    merged = merge(Text(base), Text(theirs), Text(mine))
    assert merged.conflicts == {"r": Conflict("r", 1, 2, 3)}
    assert settle(merged, {"r": "mine"}, new_key=new_keys()).fields == {"h": "J1", "s": "S1", "r": 3}
    with pytest.raises(UnsettledError):
        settle(merged, {"r": "both"}, new_key=new_keys())
    assert merged.changed_by("theirs") == ["h"]
    assert merged.changed_by("mine") == ["s"]

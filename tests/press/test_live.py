"""From the developments in an editor to those of a page: order, anchors, and what is left out."""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from tests.newsroom.builders import article
from warta.lexicon.copy import BlockCopy, EntryCopy, HeadingCopy, ParagraphCopy
from warta.newsroom.models import Article
from warta.paper.pages import LiveEntry
from warta.press.compose.blocks import blocks

GOLDEN = Path(__file__).parent / "golden" / "live.json"
EARLY, LATE = datetime(2024, 5, 3, 1, 0, tzinfo=UTC), datetime(2024, 5, 3, 1, 50, tzinfo=UTC)
BODY: tuple[BlockCopy, ...] = (
    ParagraphCopy("<p>Sungai meluap.</p>"),
    EntryCopy(EARLY, "<p>Air <strong>naik</strong> &amp; keruh.</p>"),
    HeadingCopy("Posko"),
    EntryCopy(LATE, "<p>Air surut.</p><ul><li>Demak</li></ul>", "Pintu air dibuka", is_last=True),
)


def entries(made: Article) -> list[LiveEntry]:
    return [block for block in blocks(made.body) if isinstance(block, LiveEntry)]


def test_developments_are_composed_like_their_golden_file() -> None:
    data = msgspec.json.decode(msgspec.json.encode(blocks(article(body=BODY).body)))
    for block in data:
        block.pop("anchor", None)
    assert data == json.loads(GOLDEN.read_text("utf-8"))


def test_an_anchor_stays_while_its_block_does() -> None:
    made = article(body=BODY)
    before = {entry.at: entry.anchor for entry in entries(made)}
    assert len(set(before.values())) == 2
    raw = [dict(block) for block in made.body.raw_data]
    raw[3]["value"] = {**raw[3]["value"], "headline": "Pintu ditutup", "text": "<p>Lain.</p>"}
    made.body = made.body.stream_block.to_python([raw[3], raw[1]])
    after = entries(made)
    assert [entry.headline for entry in after] == ["Pintu ditutup", ""]
    assert {entry.at: entry.anchor for entry in after} == before


@pytest.mark.parametrize("block_id", ['"><script>', "", None, "x" * 100])
def test_an_anchor_is_a_name_whatever_the_id_is(block_id: str | None) -> None:
    made = article(body=BODY)
    made.body = made.body.stream_block.to_python([{**made.body.raw_data[1], "id": block_id}])
    [entry] = entries(made)
    assert entry.anchor.removeprefix("perkembangan-").isalnum()


def test_what_says_nothing_or_has_no_moment_is_left_out() -> None:
    made = article(body=(EntryCopy(EARLY, "<p> </p>", "  "), EntryCopy(EARLY, "", "Judul saja")))
    assert [entry.headline for entry in entries(made)] == ["Judul saja"]
    raw = dict(made.body.raw_data[1])
    made.body = made.body.stream_block.to_python([{**raw, "value": {**raw["value"], "at": None}}])
    assert entries(made) == []


def test_a_link_to_an_old_address_leads_on() -> None:
    other = article(9, old_addresses=("https://lama.example/2019/lama/",))
    made = article(body=(EntryCopy(EARLY, '<p><a href="/2019/lama/">Dulu</a></p>'),))
    assert entries(made)[0].text[0].html == f'<a href="{other.path}">Dulu</a>'

"""The drawn photographs: repeatable, varied, and honest about their origin."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat, IptcImagePlugin

from warta.ingest.demo.draw import LIGHTS, SCENES, draw
from warta.ingest.demo.draw.credit import jpeg_with_credit

SIZE = (240, 160)
CAPTION = 'Kapal pinisi "Bintang" & perahu <kecil> di Selat Makassar — senja'


def _difference(first: Image.Image, second: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean) / 3


def test_the_scenes_and_lights_are_the_promised_ones() -> None:
    assert len(SCENES) == 28
    assert {"sawah", "hujan-atap", "panel-surya", "rumah-sakit", "orbit", "bukit"} <= set(SCENES)
    assert LIGHTS == ("pagi", "siang", "senja", "malam")


@pytest.mark.parametrize("scene", SCENES)
def test_a_picture_is_repeatable_and_seeds_and_lights_differ(scene: str) -> None:
    firsts = []
    for light in LIGHTS:
        first, second = draw(scene, light, 1, SIZE), draw(scene, light, 2, SIZE)
        assert (first.mode, first.size) == ("RGB", SIZE)
        colors = first.getcolors(SIZE[0] * SIZE[1])
        assert colors is not None
        assert len(colors) > 800
        assert _difference(first, second) > 3
        firsts.append(first)
    assert draw(scene, LIGHTS[-1], 1, SIZE).tobytes() == firsts[-1].tobytes()
    assert all(_difference(a, b) > 15 for n, a in enumerate(firsts) for b in firsts[n + 1 :])


@pytest.mark.parametrize("size", [(160, 240), (200, 200), (320, 120)])
def test_other_proportions_are_drawn_too(size: tuple[int, int]) -> None:
    assert all(draw(scene, "senja", 3, size).size == size for scene in SCENES)


def test_unknown_names_are_refused_with_the_legal_ones() -> None:
    with pytest.raises(ValueError, match="sawah"):
        draw("kutub", "pagi", 1, SIZE)
    with pytest.raises(ValueError, match="pagi, siang, senja, malam"):
        draw("sawah", "subuh", 1, SIZE)


def test_the_jpeg_carries_its_credit_twice() -> None:
    data = jpeg_with_credit(
        draw("kapal", "senja", 4, SIZE),
        caption=CAPTION,
        creator="Mesin Gambar Warta",
        credit="Warta/Gambar",
        made_at=datetime(2026, 3, 9, 17, 45, tzinfo=UTC),
    )
    image = Image.open(BytesIO(data))
    iptc = IptcImagePlugin.getiptcinfo(image)
    assert iptc is not None
    assert iptc[(2, 120)] == CAPTION.encode()
    assert iptc[(2, 80)] == b"Mesin Gambar Warta"
    assert iptc[(2, 110)] == b"Warta/Gambar"
    assert iptc[(2, 55)] == b"20260309"
    assert iptc[(1, 90)] == b"\x1b%G"
    pytest.importorskip("defusedxml")
    about = image.getxmp()["xmpmeta"]["RDF"]["Description"]
    assert about["description"]["Alt"]["li"]["text"] == CAPTION
    assert about["creator"]["Seq"]["li"] == "Mesin Gambar Warta"
    assert about["Credit"] == "Warta/Gambar"
    assert about["DateCreated"] == "2026-03-09T17:45:00+00:00"


def test_a_long_by_line_is_cut_between_letters_and_control_characters_go() -> None:
    data = jpeg_with_credit(
        Image.new("RGB", (8, 8)),
        caption="a\x00b",
        creator="é" * 40,
        credit="x",
        made_at=datetime(2026, 1, 2, tzinfo=UTC),
    )
    iptc = IptcImagePlugin.getiptcinfo(Image.open(BytesIO(data)))
    assert iptc is not None
    assert iptc[(2, 80)] == ("é" * 16).encode()
    assert iptc[(2, 120)] == b"ab"

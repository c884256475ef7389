"""The style sheet and the script: small enough to stand in every page, and the same after minifying."""

import re

from warta.delivery.inline import GROUNDS, LISTS_STYLE, LOOK, SCRIPT, STYLE, csp_hash, minified


def luminance(color: str) -> float:
    parts = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_style_sheet_stays_within_its_budget() -> None:
    assert len(STYLE.encode()) <= 7 * 1024
    assert len(LISTS_STYLE.encode()) <= 11 * 1024


def test_pages_with_lists_have_the_style_of_all_and_more() -> None:
    assert LISTS_STYLE.startswith(STYLE)


def test_the_second_rule_is_the_dark_one_that_the_script_turns() -> None:
    first, second = re.match(r"(:root{[^}]*})(@media [^{]*){", STYLE).groups()
    assert GROUNDS[0] in first
    assert second == "@media (prefers-color-scheme:dark)"
    assert "cssRules[1].media" in LOOK


def test_the_scripts_stay_within_their_budget() -> None:
    assert len((SCRIPT + LOOK).encode()) <= 1100


def test_nothing_in_them_can_end_their_element() -> None:
    assert "</" not in LISTS_STYLE + SCRIPT + LOOK


def test_minifying_keeps_what_counts() -> None:
    css = """
    /* a comment */
    :root { --ink: #000; --size: clamp(1rem, .5rem + 2vw, 3rem); }
    a + b > c, d:hover { color: var(--ink); margin: 0 -1rem; }
    """
    assert minified(css) == (
        ":root{--a:#000;--b:clamp(1rem,.5rem + 2vw,3rem)}a+b>c,d:hover{color:var(--a);margin:0 -1rem}"
    )


def test_a_hash_is_the_one_of_the_standard() -> None:
    # Source: Content Security Policy Level 3, 6.7.3.3, example.
    assert csp_hash("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


def test_colours_can_be_read_in_both_schemes() -> None:
    schemes = re.findall(r":root\{([^}]*#[^}]+)\}", STYLE)[:2]
    assert len(schemes) == 2
    for scheme in schemes:
        ground, tint, ink, quiet, _, _, accent, visited = re.findall(r"#[0-9a-f]{6}", scheme)[:8]
        assert contrast(ink, tint) >= 7
        assert contrast(accent, ground) >= 7
        assert contrast(accent, tint) >= 7
        assert contrast(quiet, ground) >= 7
        assert contrast(visited, ground) >= 4.5

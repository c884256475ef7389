"""Links to anywhere: what is put right, and what leads nowhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.lexicon.links import written

RIGHT = re.compile(
    r"(?:https?://[^/?#\s\\]+|//[^/?#\s\\]+|mailto:|(?![a-z][a-z0-9+.-]*:|//))(?:[^\s\\\"<>^`{|}\[\]#%]|%[0-9a-f]{2})*"
    r"(?:#(?:[^\s\\\"<>^`{|}\[\]#%]|%[0-9a-f]{2})*)?",
    re.IGNORECASE,
)
PIECES = [
    "https:",
    "http:",
    "//",
    "\\",
    "a.example",
    "@",
    ":80",
    "[::1]",
    "/",
    "?",
    "#",
    "%",
    "%41",
    " ",
    "ü",
    "\t",
    "<",
]


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("https://a.example/?a=1&b=2", "https://a.example/?a=1&b=2"),
        (" /foto besar/100%/<1>.html ", "/foto%20besar/100%25/%3C1%3E.html"),
        ("http:\\\\a.example\\b?c\\d", "http://a.example/b?c%5Cd"),
        ("\\\\a.example\\b", "//a.example/b"),
        ("HTTPS:a.example", "https://a.example"),
        ("http://[::1]:80/[a]", "http://[::1]:80/%5Ba%5D"),
        ("https://münchen.example/ß?ü={1}|2#a#b", "https://münchen.example/ß?ü=%7B1%7D%7C2#a%23b"),
        ("mailto:a b@c.example", "mailto:a%20b@c.example"),
        ("#bawah", "#bawah"),
        ("http://[rusak", ""),
        ("http://a b/", ""),
        ("https:", ""),
        ("//", ""),
        ("java\tscript:alert(1)", ""),
        ("data:text/html,x", ""),
    ],
)
def test_an_address_is_written_as_browsers_read_it(said, right):
    assert written(said) == right


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=10).map("".join))
def test_whatever_comes_is_right_and_stays_as_it_is(said):
    right = written(said)
    assert RIGHT.fullmatch(right), right
    assert written(right) == right

"""What a key may be good for. Plain words: the command line knows them before Django is set up."""

from typing import Final

FULL_TEXT: Final = "full-text"
SEARCH: Final = "search"
SCOPES: Final = {
    FULL_TEXT: "the text of articles, where WARTA_FEEDS=summary keeps it from others",
    SEARCH: "searches as often as anything else",
}
RATE: Final = 1200
"""Requests a minute of a partner, unless another rate is agreed."""

"""Marks which words of a text differ from another's. Pure."""

import re
from difflib import SequenceMatcher
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r"\s+|[^\W_]+|[^\w\s]|_")
_LONGEST: Final = 20_000
"""Beyond this many characters nothing is marked: comparing would take longer than reading."""


class Mark(NamedTuple):
    """A stretch of text, and whether the other text says it otherwise."""

    words: str
    is_changed: bool


def marked(words: str, *, against: str) -> list[Mark]:
    """Return a text in stretches, those that the other text does not have marked."""
    if len(words) + len(against) > _LONGEST:
        return [Mark(words, is_changed=True)]
    here, there = _TOKEN.findall(words), _TOKEN.findall(against)
    marks = []
    for tag, start, end, _, _ in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if start < end:
            marks.append(Mark("".join(here[start:end]), is_changed=tag != "equal"))
    return marks

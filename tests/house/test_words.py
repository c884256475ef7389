"""Every word of the interface has both languages."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

SOURCE = Path(__file__).parents[2] / "src" / "warta"
PYTHON = re.compile(r"(?:\b_|\bgettext|\bgettext_lazy)\(\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+)", re.DOTALL)
TEMPLATE = re.compile(r"{%\s*(?:translate|trans)\s+\"([^\"]+)\"")


@pytest.mark.parametrize("room", ["newsroom", "delivery"])
def test_every_word_has_an_indonesian_one(room):
    with (SOURCE / room / "locale/id/LC_MESSAGES/django.po").open("rb") as file:
        catalog = {
            message.id if isinstance(message.id, str) else message.id[0]: message.string
            for message in read_po(file)
            if not message.fuzzy
        }
    words = set()
    for path in (SOURCE / room).rglob("*"):
        if path.suffix == ".py":
            for found in PYTHON.findall(path.read_text()):
                words.add("".join(re.findall(r"\"((?:[^\"\\]|\\.)*)\"", found)))
        elif path.suffix == ".html":
            words.update(TEMPLATE.findall(path.read_text()))
    assert len(words) > 10
    assert [word for word in sorted(words) if not catalog.get(word)] == []

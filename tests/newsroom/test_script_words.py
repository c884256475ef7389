"""The words of Wagtail's scripts in Indonesian."""

from pathlib import Path

import wagtail.admin
from babel.messages.pofile import read_po

import warta.newsroom
from tests.newsroom.editors import person


def _words(package, lang):
    path = Path(package.__file__).parent / "locale" / lang / "LC_MESSAGES" / "djangojs.po"
    with path.open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def test_all_words_are_there():
    assert _words(warta.newsroom, "id").keys() == _words(wagtail.admin, "en").keys()


def test_the_editor_speaks_indonesian():
    answer = person("ada").get("/redaksi/jsi18n/").content.decode()
    assert '"Insert a block": "Sisipkan blok"' in answer

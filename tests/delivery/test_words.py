"""Every word of the interface has its Indonesian, and nothing is translated that no page says."""

import gettext
import re
import subprocess
from pathlib import Path

import pytest

import warta.delivery

ROOM = Path(warta.delivery.__file__).parent
CATALOGUE = ROOM / "locale" / "id" / "LC_MESSAGES" / "django.po"
SAID = re.compile(r'\{% translate "([^"]+)" context "reader" %\}|pgettext(?:_lazy)?\(\s*"reader", "([^"]+)"')


def said() -> set[str]:
    sources = [*ROOM.rglob("*.html"), *ROOM.rglob("*.py")]
    return {one or two for source in sources for one, two in SAID.findall(source.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def indonesian(tmp_path_factory: pytest.TempPathFactory) -> gettext.GNUTranslations:
    compiled = tmp_path_factory.mktemp("words") / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "--output-file", str(compiled), str(CATALOGUE)], check=True)
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


def test_every_word_has_its_indonesian(indonesian: gettext.GNUTranslations) -> None:
    known = {word for word in said() if indonesian.pgettext("reader", word) != word}
    missing = sorted(
        word for word in said() - known if indonesian.npgettext("reader", word, f"{word}s", 2) == f"{word}s"
    )
    assert said()
    assert missing == []


def test_nothing_is_translated_in_vain() -> None:
    known = set(re.findall(r'^msgid "(.+)"$', CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE))
    assert known - said() == set()


def test_no_word_stands_in_a_template_untranslated() -> None:
    for template in ROOM.rglob("*.html"):
        source = template.read_text(encoding="utf-8")
        bare = re.sub(r"\{% block (?:robots|kind) %\}.*?\{% endblock %\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", source)
        assert re.findall(r"[A-Za-z]{2,}", bare) == [], template.name
        assert '{% translate "' not in re.sub(SAID, "", source), template.name

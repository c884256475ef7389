"""What Wagtail says on the newsroom's screens is Indonesian, whatever its own catalogue lacks."""

import re
from pathlib import Path

import django
import pytest
import wagtail
from babel.messages.pofile import read_po
from django.apps import apps

import warta.newsroom

WAGTAIL = Path(wagtail.__file__).parent
SCREENS = {
    WAGTAIL
    / "admin": r"localization|paginator|forms/(models|tags)|ui/(?!tables/pages)|viewsets/|templatetags/wagtailadmin"
    r"|views/(generic/(?!lock|workflow)|mixins)|templates/wagtailadmin/(generic/(?!confirm_workflow)|panels/|tables/"
    r"|chooser/(_link_types|anchor|email|external|phone)|shared/(?!workflow|dialog/confirm_site|page_status_tag))",
    WAGTAIL / "images": r"",
    WAGTAIL / "snippets": r"",
    WAGTAIL: r"coreutils|fields|blocks/|models/(audit_log|draft_state|reference_index|revisions)|wagtail_hooks",
}
"""The sources whose words people see: the lists, forms, histories and choosers of articles and photos."""
NEVER_SHOWN = re.compile(
    r"[Ww]orkflow|[Mm]oderation|[Tt]ask\b|awaiting|Approved|Rejected|Changes requested|%\(status"  # workflows are off
    r"|[Pp]ages?\b|[Aa]lias|[Pp]riva|visible|view restriction|[Dd]escendant|Reordered under|Moved from"  # no pages
    r"|[Cc]omment|reply"  # they belong to its pages: colleagues leave notes instead
    r"|[Ll]ocale|for translation|translations_total"  # WAGTAIL_I18N_ENABLED is off
    r"|API token|blocked by hook|not been registered|documents? |Wagtail"  # not used, or told to programmers
)


def _catalog(path):
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {
            (found.context, found.id if isinstance(found.id, str) else found.id[0]): found for found in read_po(file)
        }


def _words(place, *languages):
    """What a catalogue says, without what it has not translated."""
    found = {}
    for language in languages:
        found |= _catalog(Path(place) / f"locale/{language}/LC_MESSAGES/django.po")
    said = {
        key: entry.string if isinstance(entry.string, str) else "".join(entry.string) for key, entry in found.items()
    }
    return {key: words for key, words in said.items() if key[1] and words and not found[key].fuzzy}


@pytest.fixture(scope="module")
def indonesian():
    """All words as Django has them: the newsroom's before those of the applications, and theirs before its own."""
    apps_places = [app.path for app in apps.get_app_configs()]
    places = [Path(django.__file__).parent / "conf", *reversed(apps_places), Path(warta.newsroom.__file__).parent]
    everything = {}
    for place in places:
        everything |= _words(place, "id_ID", "id")
    return everything


def _shown(app, sources):
    for key, found in _catalog(app / "locale/en/LC_MESSAGES/django.po").items():
        if key[1] and any(re.match(sources, place) for place, _ in found.locations):
            yield key


@pytest.mark.parametrize(("app", "sources"), SCREENS.items(), ids=lambda value: getattr(value, "name", ""))
def test_no_word_of_the_screens_is_english(app, sources, indonesian):
    shown = list(_shown(app, sources))
    assert len(shown) > 40
    assert [key[1] for key in shown if key not in indonesian and not NEVER_SHOWN.search(key[1])] == []


def test_what_wagtail_spells_otherwise_is_put_right(indonesian):
    wrong = re.compile(r"kadaluarsa|\banda\b|peladen|akitf|niplet")
    shown = [key for app, sources in SCREENS.items() for key in _shown(app, sources)]
    found = {key[1]: indonesian.get(key, "") for key in shown if not NEVER_SHOWN.search(key[1])}
    assert {said: words for said, words in found.items() if wrong.search(words)} == {}
    assert (found["live"], found["draft"], found["expired"]) == ("terbit", "konsep", "kedaluwarsa")

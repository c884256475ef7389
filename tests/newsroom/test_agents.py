"""What a browser calls itself, in words for the person whose session it is."""

import pytest
from django.utils import translation

from warta.newsroom.signin.agents import in_words

_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
_APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/126.0.0.0 Safari/537.36", "Chrome", "Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {_WEBKIT} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge", "Windows"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {_WEBKIT} Chrome/126.0 Safari/537.36 OPR/111.0", "Opera", "Linux"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox", "Linux"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_APPLE} Version/17.5 Safari/605.1.15", "Safari", "macOS"),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {_APPLE} Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari",
            "iPhone",
        ),
        (
            f"Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) {_APPLE} CriOS/126.0 Mobile/15E148 Safari/604.1",
            "Chrome",
            "iPad",
        ),
        (f"Mozilla/5.0 (Linux; Android 14; K) {_WEBKIT} Chrome/126.0 Mobile Safari/537.36", "Chrome", "Android"),
        (
            f"Mozilla/5.0 (Linux; Android 14) {_WEBKIT} SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36",
            "Samsung Internet",
            "Android",
        ),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {_WEBKIT} Chrome/126.0 Safari/537.36", "Chrome", "ChromeOS"),
    ],
)
def test_usual_browsers_are_named_in_both_languages(agent, browser, system):
    with translation.override("id"):
        assert in_words(agent) == f"{browser} di {system}"
    with translation.override("en"):
        assert in_words(agent) == f"{browser} on {system}"


@pytest.mark.parametrize("agent", ["", "curl/8.5.0", "Mozilla/5.0", "Firefox/1", "x" * 200])
def test_what_is_not_known_is_shown_as_it_is_and_cut(agent):
    assert in_words(agent) == agent[:60]

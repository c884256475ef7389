"""How each kind of cache is told, by a server that notes what it hears."""

import json

import pytest

from tests.delivery.hearing import Hearing
from warta.delivery import asking, caches
from warta.delivery.asking import NotToldError
from warta.delivery.caches import Cache


@pytest.fixture
def hearing():
    with Hearing() as server:
        yield server


def tell(cache):
    caches.tell(
        cache, gone=["article-3"], changed=["article-7", "rubric-1", "lists", "shell"], paths=["/dunia/read/x/3/y"]
    )


def test_varnish_drops_what_is_gone_and_keeps_the_rest_for_bad_times(hearing):
    tell(Cache("varnish", hearing.url))
    gone, changed = hearing.heard
    assert (gone.method, gone.headers["surrogate-key"], gone.headers.get("soft-purge")) == ("PURGE", "article-3", None)
    assert (changed.headers["surrogate-key"], changed.headers["soft-purge"]) == ("article-7 rubric-1 lists shell", "1")


def test_nginx_asks_anew_for_what_is_gone(hearing):
    tell(Cache("nginx", hearing.url))
    assert [(heard.method, heard.path) for heard in hearing.heard] == [("GET", "/dunia/read/x/3/y")] * 2
    assert [heard.headers["accept-encoding"] for heard in hearing.heard] == ["gzip", "identity"]
    assert {heard.headers["x-warta-refresh"] for heard in hearing.heard} == {"1"}


def test_fastly_is_told_by_its_interface(hearing):
    tell(Cache("fastly", hearing.url, "SU1Z0isxPaozGVKXdv0eY", "secret"))
    gone, changed = hearing.heard
    assert (gone.method, gone.path) == ("POST", "/service/SU1Z0isxPaozGVKXdv0eY/purge")
    assert (gone.headers["fastly-key"], gone.headers["surrogate-key"]) == ("secret", "article-3")
    assert "fastly-soft-purge" not in gone.headers
    assert changed.headers["fastly-soft-purge"] == "1"


def test_cloudflare_is_told_of_pages_alone_lest_it_drop_the_whole_paper(hearing):
    tell(Cache("cloudflare", hearing.url, "023e105f4ecef8ad9ca31a8372d0c353", "secret"))
    (heard,) = hearing.heard
    assert (heard.method, heard.path) == ("POST", "/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/purge_cache")
    assert heard.headers["authorization"] == "Bearer secret"
    assert json.loads(heard.body) == {"tags": ["article-3", "article-7", "rubric-1"]}


@pytest.mark.parametrize("kind", ["varnish", "fastly", "cloudflare"])
def test_what_is_refused_is_an_error_with_the_words_of_the_cache(hearing, kind):
    hearing.status = 403
    with pytest.raises(NotToldError, match="403: not yours"):
        tell(Cache(kind, hearing.url, "place", "secret"))


def test_a_cache_that_is_away_is_an_error(hearing):
    hearing.close()
    with pytest.raises(NotToldError, match="does not answer"):
        tell(Cache("varnish", hearing.url))


def test_a_cache_that_hangs_is_given_up(hearing, monkeypatch):
    monkeypatch.setattr(asking, "TIMEOUT_S", 0.2)
    hearing.delay_s = 1.0
    with pytest.raises(NotToldError, match="timed out"):
        tell(Cache("varnish", hearing.url))


def test_the_setting_is_read():
    text = "varnish:http://127.0.0.1:6081, nginx:http://[::1]:8079/,fastly:SU1Z0,cloudflare:023e"
    read = caches.read(text, "secret")
    assert [cache.name for cache in read] == [
        "varnish:http://127.0.0.1:6081",
        "nginx:http://[::1]:8079",
        "fastly:SU1Z0",
        "cloudflare:023e",
    ]
    assert [cache.token for cache in read] == ["", "", "secret", "secret"]
    assert "secret" not in repr(read)
    assert caches.read("", "") == ()


@pytest.mark.parametrize(
    "text",
    [
        "varnish",
        "varnish:",
        "varnish:6081",
        "varnish:ftp://x",
        "varnish:http://x/y",
        "squid:http://x",
        "fastly:a/b",
        "x",
    ],
)
def test_a_setting_that_is_none_is_refused_with_what_would_be_right(text):
    with pytest.raises(ValueError, match="varnish:http://HOST:PORT"):
        caches.read(text, "secret")


def test_a_cdn_without_a_token_is_refused():
    with pytest.raises(ValueError, match="WARTA_PURGE_TOKEN"):
        caches.read("fastly:SU1Z0", "")

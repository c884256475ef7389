"""What Varnish does when the paper purges."""

import pytest

from tests.ops.running import OLD, ask, until


@pytest.fixture
def kept(varnish):
    """Two articles as Varnish keeps them, so that its second lasts: asked for just now."""
    paths = [OLD[1], OLD[2]]
    for path in paths:
        until(lambda path=path: ask(varnish.port, path).status == 200, 5, "it is there")
    return paths


def _id(path: str) -> str:
    return path.split("/")[-2]


def _purge(varnish, keys, **headers):
    return ask(varnish.port, "/", "PURGE", Surrogate_Key=keys, **headers)


def test_a_purge_drops_pages_by_key_and_no_others(varnish, kept):
    until(lambda: _is_fresh(varnish, kept), 5, "both are kept")
    answer = _purge(varnish, f"article-{_id(kept[0])}")
    assert answer.status == 200
    assert b"Purged 1" in answer.body
    assert b"Purged 0" in _purge(varnish, f"article-{_id(kept[0])}").body
    assert b"Purged 1" in _purge(varnish, f"article-{_id(kept[1])}").body


def test_several_keys_go_in_one_purge_and_lists_name_every_page(varnish, kept):
    until(lambda: _is_fresh(varnish, kept), 5, "both are kept")
    assert b"Purged 2" in _purge(varnish, f"article-{_id(kept[0])} article-{_id(kept[1])}").body
    until(lambda: _is_fresh(varnish, kept), 5, "both are kept")
    purged = int(_purge(varnish, "lists", Soft_Purge="1").body.split(b"Purged ")[1].split(b"<")[0])
    assert purged >= 2


def test_nobody_else_purges(varnish, kept):
    through_tls = _purge(varnish, "lists", X_Forwarded_For="203.0.113.5")
    assert through_tls.status == 405


def _is_fresh(varnish, paths):
    """Tell whether all are kept and younger than their second: an older one is just being fetched once more."""
    return all(ask(varnish.port, path).headers.get("age") == "0" for path in paths)

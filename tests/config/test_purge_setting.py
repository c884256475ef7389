"""`WARTA_PURGE` names the caches in front; `warta check` says whether they take what they are told."""

import json
from hashlib import blake2b

import pytest

from tests.config.running import warta
from warta.config import environment
from warta.config.environment import SettingError


def test_caches_are_read_from_the_setting():
    env = environment.read({"WARTA_PURGE": "varnish:http://127.0.0.1:6081,fastly:SU1Z0", "WARTA_PURGE_TOKEN": "geheim"})
    assert [cache.name for cache in env.purge] == ["varnish:http://127.0.0.1:6081", "fastly:SU1Z0"]
    assert "geheim" not in repr(env)
    assert environment.read({}).purge == ()


@pytest.mark.parametrize(
    ("value", "words"), [("varnish:6081", "varnish:http://HOST:PORT"), ("fastly:x", "WARTA_PURGE_TOKEN")]
)
def test_what_cannot_be_used_is_said_with_what_would_be_right(value, words):
    with pytest.raises(SettingError, match=words):
        environment.read({"WARTA_PURGE": value})


@pytest.mark.thorough
def test_check_looks_at_each_cache(home):
    def findings():
        done = warta(home, "check", "--json", WARTA_PURGE="varnish:http://127.0.0.1:1")
        return [found for line in done.stdout.splitlines() if (found := json.loads(line))["what"] == "cache"]

    (found,) = findings()
    assert found["ok"]
    assert "was not told yet" in found["words"]
    (home / "purge").mkdir()
    name = "varnish:http://127.0.0.1:1"
    file = home / "purge" / f"{blake2b(name.encode(), digest_size=8).hexdigest()}.json"
    file.write_text(json.dumps({"cache": name, "number": 12, "error": f"{name} does not answer: refused"}))
    (found,) = findings()
    assert not found["ok"]
    assert "does not answer: refused" in found["words"]
    file.write_text(json.dumps({"cache": name, "number": 12}))
    (found,) = findings()
    assert found == {"what": "cache", "ok": True, "words": f"{name} was told of all up to change 12"}

"""`warta partner`: a key is shown once, in words or as JSON, and what cannot be done is said plainly."""

import json
import re

import pytest
from click.testing import CliRunner

from warta.config import cli, paper, partner_commands
from warta.delivery.api import partners

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    monkeypatch.setattr(partner_commands, "set_up", lambda: None)
    monkeypatch.setattr(paper, "need_ready", lambda env: None)


def said(*words: str, status: int = 0) -> str:
    done = CliRunner().invoke(cli.main, ["partner", *words])
    assert done.exit_code == status, done.output
    return done.output


def test_a_partner_comes_and_goes():
    key = re.search(r"warta_[\w-]{43}", said("add", "kantor-berita", "--scope", "full-text", "--rate", "30"))
    assert key
    assert partners.find(key[0]) == partners.Known("kantor-berita", frozenset({"full-text"}), 30)
    assert "kantor-berita" in said("list")
    assert key[0] not in said("list")
    assert json.loads(said("list", "--json"))["scopes"] == ["full-text"]
    newer = json.loads(said("rotate", "kantor-berita", "--json"))["key"]
    assert (partners.find(key[0]), partners.find(newer) is not None) == (None, True)
    assert "exists already" in said("add", "kantor-berita", status=1)
    said("remove", "kantor-berita")
    assert partners.find(newer) is None
    assert "There is no partner" in said("remove", "kantor-berita", status=1)


@pytest.mark.parametrize("command", [[], ["add"], ["list"], ["rotate"], ["remove"]])
def test_every_command_explains_itself(command):
    assert len(said(*command, "--help")) > 100

"""`warta partner`: who reads the API by a key. Keys are shown once, when they are made."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

import click

from warta.config.starting import json_option, say, set_up

_SCOPES: Final = ("full-text", "search")
_DEFAULT_RATE: Final = 1200


@click.group()
def partner() -> None:
    r"""Partners who read the API by a key.

    Without a key anybody may ask the API 120 times a minute, and search 20 times. A key is sent as `Authorization:
    Bearer KEY` and is shown once, when it is made: only its hash is kept.

    \b
    full-text  the text of articles, where WARTA_FEEDS=summary keeps it from others
    search     searches as often as anything else
    """


@partner.command(name="add")
@click.argument("name")
@click.option("--scope", "scopes", type=click.Choice(_SCOPES), multiple=True, help="May be given several times.")
@click.option(
    "--rate",
    type=click.IntRange(1, 1_000_000),
    default=_DEFAULT_RATE,
    show_default=True,
    help="Requests a minute, of each process for readers.",
)
@json_option
def add(name: str, *, scopes: tuple[str, ...], rate: int, as_json: bool) -> None:
    """Let NAME read the API, and show their key. NAME is small letters, digits and hyphens: kantor-berita."""
    with _partners() as partners:
        from django.utils import timezone

        key = partners.add(name, scopes=scopes, rate=rate, now=timezone.now())
        say({"partner": name, "key": key}, f"The key of {name}, which is shown only now: {key}", as_json=as_json)


@partner.command(name="list")
@json_option
def list_(as_json: bool) -> None:
    """List who has a key, and what it is good for."""
    with _partners() as partners:
        for one in partners.everyone():
            scopes = ", ".join(one.scopes) or "no scopes"
            words = f"{one.name:24} {one.rate:>7} a minute  {scopes}  since {one.made_at:%Y-%m-%d}"
            told = {"partner": one.name, "scopes": one.scopes, "rate": one.rate, "since": one.made_at}
            say(told, words, as_json=as_json)


@partner.command(name="rotate")
@click.argument("name")
@json_option
def rotate(name: str, *, as_json: bool) -> None:
    """Give NAME a new key, and show it; the old one is good for nothing from now on."""
    with _partners() as partners:
        key = partners.rotate(name)
        say({"partner": name, "key": key}, f"The new key of {name}, which is shown only now: {key}", as_json=as_json)


@partner.command(name="remove")
@click.argument("name")
@json_option
def remove(name: str, *, as_json: bool) -> None:
    """Forget NAME: their key is good for nothing from now on."""
    with _partners() as partners:
        partners.remove(name)
        say({"partner": name, "removed": True}, f"{name} has no key any more.", as_json=as_json)


@contextmanager
def _partners() -> Iterator[ModuleType]:
    """Make ready what knows of partners; what it refuses ends the command with its words."""
    env = set_up()
    from warta.config import paper
    from warta.delivery.api import partners

    paper.need_ready(env)
    try:
        yield partners
    except partners.RefusedPartnerError as error:
        raise click.ClickException(str(error)) from error

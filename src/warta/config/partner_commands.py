"""`warta partner`: who reads the API by a key. Keys are shown once, when they are made."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

import click

from warta.config.starting import json_option, say, set_up
from warta.delivery.api.scopes import RATE, SCOPES

_SHOWN_ONCE: Final = "The secret of the webhook, which is shown only now"
_local_option: Final = click.option(
    "--local", "is_local", is_flag=True, help="URL may lie on this machine or in a private network, and be http."
)


@click.group(epilog="\b\n" + "\n".join(f"{scope:10} {words}" for scope, words in SCOPES.items()))
def partner() -> None:
    """Partners who read the API by a key.

    Without a key anybody may ask the API 120 times a minute, and search 20 times. A key is sent as `Authorization:
    Bearer KEY` and is shown once, when it is made: only its hash is kept. Scopes stand below.
    """


@partner.command(name="add")
@click.argument("name")
@click.option("--scope", "scopes", type=click.Choice(list(SCOPES)), multiple=True, help="May be given several times.")
@click.option(
    "--rate",
    type=click.IntRange(1, 1_000_000),
    default=RATE,
    show_default=True,
    help="Requests a minute, of each process for readers.",
)
@click.option("--webhook", metavar="URL", help="Tell them there of articles, as `warta partner webhook` does.")
@_local_option
@json_option
def add(name: str, *, scopes: tuple[str, ...], rate: int, webhook: str | None, is_local: bool, as_json: bool) -> None:
    """Let NAME read the API, and show their key. NAME is small letters, digits and hyphens: kantor-berita."""
    with _partners() as partners:
        from django.db import transaction
        from django.utils import timezone

        from warta.delivery import webhooks

        with transaction.atomic():
            told = {"partner": name, "key": partners.add(name, scopes=scopes, rate=rate, now=timezone.now())}
            if webhook:
                told["secret"] = webhooks.connect(name, webhook, is_local=is_local)
        words = f"The key of {name}, which is shown only now: {told['key']}"
        say(told, words + (f"\n{_SHOWN_ONCE}: {told['secret']}" if webhook else ""), as_json=as_json)


@partner.command(name="list")
@json_option
def list_(as_json: bool) -> None:
    """List who has a key, what it is good for, and whose webhook fails."""
    with _partners() as partners:
        from django.utils import timezone

        from warta.delivery import events, webhooks

        for one in partners.everyone():
            trouble = webhooks.trouble(events.place(events.place_of(one.name)), timezone.now()) if one.webhook else ""
            scopes = ", ".join(one.scopes) or "no scopes"
            words = f"{one.name:24} {one.rate:>7} a minute  {scopes}  since {one.made_at:%Y-%m-%d}  {one.webhook}"
            told = {"partner": one.name, "scopes": one.scopes, "rate": one.rate, "since": one.made_at}
            told |= {"webhook": one.webhook, "trouble": trouble}
            say(told, words.rstrip() + (f"\n  {trouble}" if trouble else ""), as_json=as_json)


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


@partner.command(name="webhook")
@click.argument("name")
@click.argument("url", required=False)
@_local_option
@click.option("--off", is_flag=True, help="Tell them no more.")
@json_option
def webhook(name: str, *, url: str | None, is_local: bool, off: bool, as_json: bool) -> None:
    """Tell NAME at URL what happens to articles from now on, and show the secret; the old one is good no more.

    Each event is a POST of a few words of JSON, signed as Standard Webhooks says: an article was published, updated,
    corrected, withdrawn or removed. What is not taken is told again, in order, until it is.
    """
    if off == bool(url):
        raise click.UsageError("Give the URL at which they are told, or --off.")
    with _partners():
        from warta.delivery import webhooks

        if url is None:
            webhooks.disconnect(name)
            say({"partner": name, "webhook": ""}, f"{name} is told no more.", as_json=as_json)
            return
        made = webhooks.connect(name, url, is_local=is_local)
        say({"partner": name, "webhook": url, "secret": made}, f"{_SHOWN_ONCE}: {made}", as_json=as_json)


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

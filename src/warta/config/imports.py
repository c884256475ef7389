"""`warta import`: brings items in, shows how far it is, and says at the end what became of them."""

import json
import time
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click
from django.conf import settings
from django.db import Error
from django.utils import timezone

from warta.config import postgres
from warta.config.helping import helping, look_for_rubbish_seldom
from warta.config.showing import progress, stopped_in_words
from warta.ingest import load
from warta.ingest.apart import apart
from warta.ingest.fetching import BadPrefixError, Fetcher
from warta.ingest.formats.beside import missing_is_told
from warta.ingest.item import BrokenItem, SourceItem, Told
from warta.ingest.plan import Mapped
from warta.ingest.report import Report
from warta.ingest.sources import tree
from warta.lexicon import zones
from warta.newsroom import dispatches
from warta.press import run as press
from warta.search import follow as search

_MANY: Final = 2 * load.LOT
"""From so many items on it pays to start a helper beside the import."""


_OTHERS_S: Final = 0.2
"""How long what others have claimed is left to them before it is looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked on the command line."""

    format: str
    path: Path
    pictures: Path | None
    fetch: tuple[str, ...]
    names: Path | None
    zone: str
    may_create: bool
    is_dry: bool
    as_json: bool


@stopped_in_words("Mend it and start the same command again: it goes on")
def run(wanted: Wanted) -> int:
    """Import a source and return the exit status: 1 when an item was broken, or there was none.

    Raises: click.ClickException when the mapping file cannot be used, the zone is unknown, or the database or a disk
    refuses.
    """
    wishes = load.Wishes(mapped=_mapped(wanted.names), may_create=wanted.may_create, is_dry=wanted.is_dry)
    format_ = import_module(f"warta.ingest.formats.{wanted.format}")
    told = Told(pictures=wanted.pictures, zone=_zone(wanted.zone))
    size = tree.size(wanted.path, format_.ENDINGS)
    fetcher = None
    if wanted.fetch and wanted.pictures and not wanted.is_dry:
        fetcher = _fetcher(wanted.fetch, wanted.pictures)
        _fetch(format_.parse(wanted.path, told), size, fetcher, is_quiet=wanted.as_json)
    report = Report()
    with _told_in_words(), apart(lambda: format_.parse(wanted.path, told)) as items:
        outcomes = load.load(items, by=None, now=timezone.now(), wishes=wishes)
        for outcome in pressed(outcomes, size, label="Import", is_quiet=wanted.as_json, is_dry=wanted.is_dry):
            report.note(outcome)
            if wanted.as_json:
                click.echo(json.dumps(outcome.as_dict(), ensure_ascii=False))
            elif outcome.error:
                click.echo(f"\n{outcome.where}: {outcome.error}", err=True)
    _tell(report, fetcher, wanted)
    if report.is_empty:
        click.echo(f"{wanted.path}: the source holds no item.", err=True)
    return 1 if report.broken or report.is_empty else 0


def _tell(report: Report, fetcher: Fetcher | None, wanted: Wanted) -> None:
    if wanted.as_json:
        fetched = {"fetched": _told(fetcher)} if fetcher else {}
        click.echo(json.dumps({"report": report.as_dict(), "dry_run": wanted.is_dry, **fetched}, ensure_ascii=False))
    else:
        if wanted.is_dry:
            click.echo("Nothing was written: this is what an import would do.")
        if fetcher:
            click.echo(f"Pictures from the old site: {fetcher.fetched:,} fetched, {fetcher.failed:,} not.")
            for example in fetcher.examples:
                click.echo(f"    {example}")
        for line in report.lines():
            click.echo(line)


@contextmanager
def _told_in_words() -> Iterator[None]:
    try:
        yield
    except ChildProcessError as ended:
        raise click.ClickException(str(ended)) from ended


def _fetcher(prefixes: tuple[str, ...], folder: Path) -> Fetcher:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return Fetcher(prefixes, folder)
    except BadPrefixError as error:
        raise click.ClickException(f"--fetch: {error}") from error
    except OSError as error:
        raise click.ClickException(f"--pictures: {folder}: {error.strerror}") from error


def _fetch(items: Iterator[SourceItem | BrokenItem], size: int, fetcher: Fetcher, *, is_quiet: bool) -> None:
    """Read a source once without taking anything, and fetch the pictures that it looks for and that are missing."""

    def shown(_: int | None) -> str:
        return f"{fetcher.fetched:,} fetched, {fetcher.failed:,} not"

    with (
        fetcher,
        missing_is_told(fetcher.hear),
        progress(length=size, label="Pictures", item_show_func=shown, hidden=is_quiet, update_min_steps=1) as bar,
    ):
        done = 0
        for item in items:
            if item.read > done:
                bar.update(item.read - done, 0)
                done = item.read
        bar.update(max(size - done, 0), 0)


def _told(fetcher: Fetcher) -> dict[str, Any]:
    return {"count": fetcher.fetched, "failed": fetcher.failed, "examples": fetcher.examples}


def pressed(
    outcomes: Iterator[load.Outcome], size: int, *, label: str, is_quiet: bool, is_dry: bool = False
) -> Iterator[load.Outcome]:
    """Pass outcomes on, with a bar moved on by what was `read` of `size`; then press what is left, and index it.

    Articles whose links lead somewhere only now are pressed once more at the end.
    """
    look_for_rubbish_seldom()
    with ExitStack() as beside:
        with progress(
            length=size, label=label, item_show_func=_rate(timezone.now()), hidden=is_quiet, update_min_steps=1
        ) as bar:
            done = 0
            for count, outcome in enumerate(outcomes, 1):
                yield outcome
                if outcome.read > done:
                    bar.update(outcome.read - done, count)
                    done = outcome.read
                if count == _MANY and not is_dry:
                    postgres.expect_much()
                    beside.enter_context(helping())
            bar.update(max(size - done, 0))
        if not is_dry:
            load.finish()
            _press_rest(is_quiet=is_quiet)
    if not is_dry:
        _index()
        postgres.sort_in()


def _index() -> None:
    """Bring what is new into the index; what is filed and pressed stays so when a server of its own is away."""
    try:
        search.catch_up(timezone.now())
    except Error as error:
        if not settings.WARTA_OPENSEARCH:
            raise
        click.echo(f"warta: {error}. What came in is found when the server is back and the worker runs.", err=True)


def _press_rest(*, is_quiet: bool) -> None:
    waiting = dispatches.pending()
    with progress(length=waiting, label="Pressing", show_pos=True, hidden=is_quiet or not waiting) as bar:
        while press.press_some() or dispatches.is_claimed(timezone.now()):
            left = dispatches.pending()
            bar.update(max(waiting - left, 0))
            time.sleep(_OTHERS_S if left and left == waiting else 0)
            waiting = left


def _rate(started: datetime) -> Any:
    def shown(count: int | None) -> str | None:
        seconds = (timezone.now() - started).total_seconds()
        return f"{count:,} items, {count / seconds:,.0f} a second" if count and seconds > 0.5 else None

    return shown


def _mapped(names: Path | None) -> Mapped:
    if names is None:
        return Mapped()
    try:
        told = tomllib.loads(names.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise click.ClickException(f"the mapping file {names} cannot be read: {error}") from error
    for section, pairs in told.items():
        if section not in {"rubrics", "channels"}:
            raise click.ClickException(f"{names}: [{section}] is unknown: write [rubrics] or [channels]")
        if not isinstance(pairs, dict) or not all(isinstance(meant, str) for meant in pairs.values()):
            raise click.ClickException(f'{names}: under [{section}] write lines such as "Hukum & Kriminal" = "Hukum"')
    return Mapped(told.get("rubrics"), told.get("channels"))


def _zone(name: str) -> str:
    try:
        return zones.zone(name).key
    except zones.UnknownZoneError as error:
        raise click.ClickException(str(error)) from error

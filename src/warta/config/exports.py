"""`warta export` and `warta import warta`: a whole paper out into a folder, and in again."""

import json
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

import click
from django.conf import settings
from django.utils import timezone

from warta.config.environment import Environment
from warta.config.showing import progress, stopped_in_words
from warta.ingest.whole import giving, lines, manifest, taking, writing
from warta.newsroom import dispatches
from warta.paper import whole as paper
from warta.press import run as press
from warta.reads import lists
from warta.reads import whole as reads

_AGAIN: Final = "Start the export again then"
_GOES_ON: Final = "Mend it and start the same command again: it goes on"


@stopped_in_words(_AGAIN)
def give(env: Environment, folder: Path, *, as_json: bool) -> int:
    """Export the paper and return the exit status: 1 when something could not be carried as it should.

    Raises: click.ClickException.
    """
    around = giving.Around(
        paper=manifest.Paper(name=env.name, language=env.language, zone=env.zone, site_url=settings.WARTA_SITE_URL),
        made_with=version("warta"),
        now=timezone.now(),
        addresses=paper.addresses(),
        reads=reads.hours(),
    )
    try:
        for left in writing.sweep(folder.absolute()):
            click.echo(f"{left} was left by an export that was killed; it is removed.", err=True)
        with progress(length=giving.size(), label="Export", hidden=as_json, update_min_steps=50) as bar:
            made, losses = giving.give(folder.absolute(), around, bar.update)
    except (writing.NotEmptyError, writing.BusyError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror or error}") from error
    if as_json:
        told = {"folder": str(folder), "counts": made.counts, "losses": losses.count, "named": losses.named}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for words in losses.named:
            click.echo(words, err=True)
        click.echo(f"{folder}: {_in_words(made)}.")
        if losses.count:
            click.echo(f"{losses.count} could not be carried as they should.", err=True)
    return 1 if losses.count else 0


@stopped_in_words(_GOES_ON)
def take(folder: Path, *, is_dry: bool, as_json: bool) -> int:
    """Check an export, bring it into this paper unless it is `is_dry`, press it, and return the exit status.

    Raises: click.ClickException.
    """
    try:
        made, digest = manifest.read(folder)
        if not is_dry:
            taking.is_under_way(digest)  # said before the check, which may take long
        with progress(
            length=made.size + sum(file.bytes for file in made.names("photos")), label="Check", hidden=as_json
        ) as bar:
            for size in _checked(folder, made):
                bar.update(size)
        if not is_dry:
            _restore(folder, made, digest, as_json=as_json)
    except (manifest.BrokenExportError, taking.NotEmptyError) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps({"counts": made.counts, "dry_run": is_dry}, ensure_ascii=False))
    else:
        click.echo(f"{'Whole' if is_dry else 'Restored'}: {_in_words(made)}.")
        _tell_differences(made.paper)
    return 0


def _checked(folder: Path, made: manifest.Manifest) -> Iterator[int]:
    yield from manifest.check(folder, made)
    yield from taking.check_photos(folder, made)


def _restore(folder: Path, made: manifest.Manifest, digest: str, *, as_json: bool) -> None:
    if taking.begin(digest) and not as_json:
        click.echo("An import of this export was interrupted; it goes on.")
    around = taking.Around(addresses=_restore_addresses, reads=_restore_reads)
    size = made.size + sum(file.bytes for file in made.names("articles"))  # these are gone through twice
    with progress(length=size, label="Import", hidden=as_json) as bar:
        taking.take(folder, made, around, bar.update)
    with progress(length=dispatches.pending(), label="Press", hidden=as_json) as bar:
        while (count := press.press_lot(timezone.now())) or press.press_next(timezone.now()):
            bar.update(count or 1)
    lists.refresh(timezone.now())


def _restore_addresses(given: Sequence[lines.Address]) -> None:
    paper.restore([(line.address, line.key) for line in given])


def _restore_reads(given: Sequence[lines.Hour]) -> None:
    reads.restore([(line.article, line.hour, line.reads, line.readers) for line in given])


def _in_words(made: manifest.Manifest) -> str:
    counted = {
        "articles": "articles",
        "versions": "versions",
        "photos": "photos",
        "statics": "static pages",
        "reads": "hours of reads",
    }
    return ", ".join(f"{made.counts.get(kind, 0):,} {words}" for kind, words in counted.items())


def _tell_differences(was: manifest.Paper) -> None:
    """Say which settings differ from those that the paper had."""
    here = {
        "WARTA_NAME": (was.name, settings.WARTA_NAME),
        "WARTA_SITE_URL": (was.site_url, settings.WARTA_SITE_URL),
        "WARTA_LANGUAGE": (was.language, settings.LANGUAGE_CODE),
        "WARTA_ZONE": (was.zone, settings.WARTA_ZONE),
    }
    for name, (before, now) in here.items():
        if before != now:
            click.echo(f"{name} is {now!r} here, and was {before!r}.")

"""`warta import`: brings items in, shows how far it is, and says at the end what became of them."""

import json
from collections import Counter
from pathlib import Path

import click
from django.utils import timezone

from warta.ingest import load
from warta.ingest.sources import files
from warta.press import run as press


def import_ninjs(path: Path, *, may_create: bool, as_json: bool) -> int:
    """Import a ninjs file or folder and return the exit status: 1 when an item was broken."""
    counts: Counter[str] = Counter()
    outcomes = load.ninjs(path, by=None, now=timezone.now(), may_create=may_create)
    length = None if as_json else files.count(path)
    with click.progressbar(outcomes, length=length, label="Items", show_pos=True, hidden=as_json) as bar:
        for outcome in bar:
            counts[outcome.status] += 1
            counts["new"] += outcome.is_new
            if as_json:
                click.echo(json.dumps(outcome.as_dict(), ensure_ascii=False))
            elif outcome.error:
                click.echo(f"\n{outcome.where}: {outcome.error}", err=True)
            elif outcome.lost:
                click.echo(f"\n{outcome.where}: not carried over: {'; '.join(outcome.lost)}", err=True)
    press.press_all()
    if not as_json:
        taken = {name: counts[name] for name in ("published", "scheduled", "draft", "withdrawn") if counts[name]}
        words = ", ".join(f"{count} {name}" for name, count in taken.items()) or "nothing taken"
        click.echo(f"{words}; {counts['new']} of them new; {counts['broken']} broken.")
    return 1 if counts["broken"] else 0

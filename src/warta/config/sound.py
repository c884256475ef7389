"""Whether what a paper stands on is there and whole: its folders, its photos' originals, its databases."""

import time
from pathlib import Path
from typing import Any, Final, TypedDict

from django.conf import settings
from django.db import Error, connections
from django.db.models import Max, Min

from warta.config.databases import mend
from warta.newsroom.reading import Photo

SAMPLE: Final = 100
"""How many photos' originals are looked for, evenly from the first photo to the last."""
GLANCE_S: Final = 3.0
"""How long a usual check looks through each file: some 300 MB. All of a million articles would take minutes."""


class Finding(TypedDict):
    """One thing looked at; `words` say how it is, or how to mend it."""

    what: str
    ok: bool
    words: str


def folders() -> list[Finding]:
    """Look whether the folders of photos and of the newsroom's own files are there."""
    lost = [str(path) for path in map(Path, (settings.MEDIA_ROOT, settings.WARTA_PICTURES)) if not path.is_dir()]
    words = f"{' and '.join(lost)} missing: put back from a backup" if lost else "originals and pictures are there"
    findings = [Finding(what="photos", ok=not lost, words=words)]
    static = Path(settings.STATIC_ROOT)
    if not static.is_dir() or not any(static.iterdir()):
        words = f"{static} is missing or empty, and the newsroom has no look: `warta init` makes it"
        findings.append(Finding(what="static", ok=False, words=words))
    return findings


def originals() -> Finding:
    """Look whether the originals of a sample of photos are there."""
    ends = Photo.objects.aggregate(low=Min("pk"), high=Max("pk"))
    low, high = ends["low"] or 0, ends["high"] or 0
    places = {low + (high - low) * place // (SAMPLE - 1) for place in range(SAMPLE)}
    names = {
        Photo.objects.filter(pk__gte=place).order_by("pk").values_list("file", flat=True).first() for place in places
    }
    sample = sorted(name for name in names if name)
    lost = [name for name in sample if not _is_whole(Path(settings.MEDIA_ROOT, name))]
    words = f"of {len(sample)} looked for, {len(lost)} missing or empty"
    if lost:
        words += f", such as {lost[0]}: put {settings.MEDIA_ROOT} back from a backup"
    return Finding(what="originals", ok=not lost, words=words)


def databases(*, within_s: float = float("inf")) -> list[Finding]:
    """Look through each file of SQLite for damage, for so long at most; a server of its own looks after its files."""
    return [_database(one, within_s) for one in connections.all() if one.vendor == "sqlite"]


def _database(connection: Any, within_s: float) -> Finding:
    """Ask SQLite itself; readers and writers go on meanwhile.

    Source: sqlite.org/pragma.html, quick_check; of a large file it takes about eight seconds for each GB.
    """
    name = Path(str(connection.settings_dict["NAME"])).name
    until = time.monotonic() + within_s
    is_cut = False
    try:
        connection.ensure_connection()
        connection.connection.set_progress_handler(lambda: time.monotonic() > until, 10_000)
        with connection.cursor() as cursor:
            said = str(cursor.execute("PRAGMA quick_check(1)").fetchone()[0])
    except Error as error:
        said, is_cut = str(error), time.monotonic() > until and "interrupted" in str(error)
    finally:
        if connection.connection is not None:
            connection.connection.set_progress_handler(None, 0)
    if is_cut:
        words = f"{name}: no damage found in {within_s:.0f} s; `warta check --history` looks through all of it"
        return Finding(what="file", ok=True, words=words)
    if said == "ok":
        return Finding(what="file", ok=True, words=f"{name} is whole")
    return Finding(what="file", ok=False, words=f"{name}: {' '.join(said.split())}. {mend(connection)}")


def _is_whole(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0

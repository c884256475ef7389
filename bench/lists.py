"""Measures what the lists of the most read cost: `python -m bench.lists [--articles N]`.

Six hours of reads for every article are made by SQL, in archives of 10,000 and of N articles. Then each round writes
what a second brings (500 articles read), by a connection of its own as the readers' processes do, and makes all lists
anew, as the worker does each second: the whole paper, ten rubrics, two languages in three windows, rising, deeply read.
Halfway an hour begins, and articles leave the windows, a portion each time. Prints p50, p95 and the worst in ms, the
processor time of them, and the ratio of the large archive to the small one; on PostgreSQL:
`python -m tests.postgres python -m bench.lists`.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, Final

BASE: Final = 10_000
NOW: Final = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
_HOURS: Final = 168
_EACH: Final = 6
"""Hours of reads for each article."""
_RUBRICS: Final = 10
_CHANGED: Final = 500
"""Articles that are read in a second."""
_WITHIN_MS: Final = 50.0


def fill(count: int) -> None:
    """Make the hours of an archive by SQL, and the windows of them."""
    from django.conf import settings
    from django.db import connections

    from warta.paper import store
    from warta.paper.pages import FrontPage
    from warta.reads import rows, windows
    from warta.reads.buckets import hour_of

    for number in range(_RUBRICS):
        front = FrontPage(
            kind="rubric", list=f"rubric:{number}", slug=f"r{number}", name=f"R{number}", path=f"/r{number}"
        )
        store.put(front.list, front, visible_from=NOW)
    step = _HOURS // _EACH
    for hour in range(_HOURS):
        first = 1 + hour % step
        rows.do(
            "INSERT INTO reads_readhour (article_id, hour_at, reads, readers)"
            " WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %s)"
            " SELECT %s + i * %s, %s, 1 + (i * 7919) %% 97, 1 + (i * 7919) %% 97 FROM n",
            (count - first) // step,
            first,
            step,
            hour_of(NOW) - timedelta(hours=_HOURS - 1 - hour),
        )
    began = time.perf_counter()
    windows.rebuild(NOW)
    print(f"  {count:,} articles: windows made anew in {time.perf_counter() - began:.1f} s", file=sys.stderr)
    rows.do(
        f"UPDATE reads_standing SET rubric = 'rubric:' || (article_id %% {_RUBRICS}),"
        " lang = CASE WHEN article_id %% 20 = 0 THEN 'en' ELSE 'id' END"
    )
    for hour in range(24):  # what many read, rises and is read deeply
        _second(random.Random(hour), NOW - timedelta(hours=hour), range(1, 301), depths=True)
    if connections[settings.WARTA_READS_DATABASE].vendor == "postgresql":
        rows.do("ANALYZE")  # as its autovacuum does within a minute of so many new rows


def run(count: int, rounds: int) -> dict[str, float]:
    """Measure one archive in a home of its own (PostgreSQL: in the database that WARTA_DATABASE_URL names)."""
    import django
    from django.core.management import call_command
    from django.db import connections

    with tempfile.TemporaryDirectory(prefix="warta-bench-") as home:
        os.environ.update({"WARTA_HOME": home, "DJANGO_SETTINGS_MODULE": "warta.config.settings.delivery"})
        import warta.config.sqlite  # noqa: F401

        django.setup()
        for alias in connections:
            call_command("migrate", database=alias, verbosity=0)
            call_command("flush", database=alias, verbosity=0, interactive=False)
        fill(count)
        return measure(count, rounds)


def measure(count: int, rounds: int) -> dict[str, float]:
    """Measure the archive that is there: what making all lists takes (ms) after each second's reads."""
    from django.db import connections

    from warta.reads import lists

    os.sync()  # what filling left to the disk is no part of it
    chance = random.Random(11)
    lists.refresh(NOW)
    took, cpu = [], []
    with ThreadPoolExecutor(1) as other:
        for number in range(rounds):
            now = NOW + timedelta(seconds=1 + number + 3600 * (number >= rounds // 2))  # halfway, an hour begins
            ids = [chance.randrange(1, count + 1) for _ in range(_CHANGED)]
            other.submit(_second, chance, now, ids).result()
            began, used = time.perf_counter(), time.process_time()
            if not lists.refresh(now):
                raise RuntimeError("the lists were not made anew")
            took.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - used) * 1000)
        other.submit(connections.close_all).result()
    return {
        "p50": statistics.median(took),
        "p95": sorted(took)[int(len(took) * 0.95)],
        "worst": max(took),
        "cpu p50": statistics.median(cpu),
        "cpu p95": sorted(cpu)[int(len(cpu) * 0.95)],
    }


def _second(chance: random.Random, at: datetime, ids: Any, *, depths: bool = False) -> None:
    """Write what a second brings, as a flush does."""
    from collections import Counter

    from django.conf import settings
    from django.db import transaction

    from warta.paper.lists import Place
    from warta.reads.changes import changed, lock
    from warta.reads.sums import Sums

    hour = int(at.timestamp()) // 3600
    places = {number: Place(f"rubric:{number % _RUBRICS}", "en" if number % 20 == 0 else "id") for number in ids}
    with transaction.atomic(using=settings.WARTA_READS_DATABASE):
        lock()
        sums = Sums(places)
        for number in places:
            readers = chance.randrange(1, 9)
            sums.add(number, hour, readers, readers)
            if depths:
                sums.add_depth(number, hour, chance.randrange(5), chance.randrange(5))
        sums.write(Counter())
        changed()


def main() -> None:
    """Measure both sizes, each in a process of its own, and print the figures; exit status 1 when it takes longer."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--articles", type=int, default=1_000_000)
    reader.add_argument("--rounds", type=int, default=60)
    reader.add_argument("--only", type=int, help=argparse.SUPPRESS)
    told = reader.parse_args()
    if told.only:
        print(json.dumps(run(told.only, told.rounds)))
        return
    found = {}
    for size in (BASE, told.articles):
        command = [sys.executable, "-m", "bench.lists", "--only", str(size), "--rounds", str(told.rounds)]
        made = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        found[size] = json.loads(made.splitlines()[-1])
        words = ", ".join(f"{name} {took:.1f} ms" for name, took in found[size].items())
        print(f"  {size:,} articles, {size * _EACH:,} hours: all lists in {words}")
    print(f"  large to small: {found[told.articles]['p50'] / found[BASE]['p50']:.2f}")
    sys.exit(found[told.articles]["p95"] > _WITHIN_MS)


if __name__ == "__main__":
    main()

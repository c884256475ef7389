"""Measures what a read costs a reader's process, in microseconds of processor time: `python -m bench.taking`.

Beacons as `bench.reads` sends them are taken in this process, without a server, and written by the same flush that a
reader's process makes twice a second, into an empty database of its own that grows meanwhile. Prints what taking one
beacon and writing one read cost (user and system together), at first and at last; on PostgreSQL, whose own processor
time is not in it: `python -m tests.postgres python -m bench.taking`.
"""

import argparse
import os
import resource
import tempfile
import time
from typing import Any, Final

_ARTICLES: Final = 60
_AT_ONCE: Final = 2_000
"""Beacons between two flushes."""
_ROBOT: Final = "Googlebot/2.1"


def run(rounds: int) -> None:
    """Take and write so many flushes, and print what they cost."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "warta.config.settings.delivery"
    os.environ["WARTA_TRUSTED_PROXIES"] = "127.0.0.1/32"
    import django

    import warta.config.sqlite  # noqa: F401 — must come before Django opens a database

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.utils import timezone

    from tests.reads.builders import put
    from warta.lexicon import addresses
    from warta.reads import beacon, tally, tokens, windows

    for alias in connections:
        call_command("migrate", database=alias, verbosity=0)
    for number in range(1, _ARTICLES + 1):
        put(number)
    windows.step(timezone.now())
    paths = [addresses.read(number, tokens.write(number, time.time())) for number in range(1, _ARTICLES + 1)]
    took: list[tuple[float, float]] = []
    for round_ in range(rounds):
        asked = _beacons(paths, round_ * _AT_ONCE)
        began = _cpu_s()
        for path, headers in asked:
            beacon.take(path, "undefined", headers, "127.0.0.1", time.time())
        taken = _cpu_s()
        count = tally.PROCESS.flush(timezone.now())
        took.append(((taken - began) / len(asked) * 1e6, (_cpu_s() - taken) / count * 1e6))
    few = max(1, rounds // 6)
    for name, some in (("at first", took[:few]), ("at last", took[-few:]), ("all", took)):
        take, write = (sum(costs) / len(some) for costs in zip(*some, strict=True))
        print(f"  {name}: {take:.1f} us to take a beacon, {write:.1f} us to write a read")


def _beacons(paths: list[str], first: int) -> list[tuple[str, dict[str, str]]]:
    """Return beacons of as many readers: of 20, one is sent twice, one comes from a robot, one has a made-up token."""
    from tests.reads.builders import BROWSER, apart

    def headers(reader: int, agent: str = BROWSER) -> dict[str, Any]:
        return {"host": "127.0.0.1", "user-agent": agent, "x-forwarded-for": apart(reader), "content-length": "0"}

    made: list[tuple[str, dict[str, str]]] = []
    for number in range(first, first + _AT_ONCE, 20):
        batch = [(paths[reader % _ARTICLES], headers(reader)) for reader in range(number, number + 17)]
        path = paths[number % _ARTICLES]
        made += [*batch, batch[0], (path, headers(number, _ROBOT)), (f"{path[:-4]}AAAA", headers(number))]
    return made


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure in a home that is thrown away."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--rounds", type=int, default=60, help="flushes of 2,000 beacons (default 60)")
    told = reader.parse_args()
    with tempfile.TemporaryDirectory(prefix="warta-bench-") as home:
        os.environ["WARTA_HOME"] = home
        run(told.rounds)


if __name__ == "__main__":
    main()

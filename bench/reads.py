"""Measures how many reads two web workers take in a second beside pages: `python -m bench.reads [--seconds 20]`.

Beacons come as fast as they are taken, each of another reader, with repeats, robots and forged tokens among them,
while pages are asked for. Afterwards what was sent, minus what each rule of the sieve dropped, minus what was stored,
must be 0. On PostgreSQL: `python -m tests.postgres python -m bench.reads`.
"""

import argparse
import json
import os
import sys
import time
from typing import Final

from faults import beacons, load, paper

_QUIET_S: Final = 1.0
"""After the last beacon, what waits must be written within a second: none may be taken that pile up."""
_AT_LEAST: Final = 8000
_PAGES_PER_S: Final = 200.0


def main() -> None:
    """Send for some seconds, and print what was taken and what became of it; exit status 1 when it does not add up."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--seconds", type=float, default=20.0)
    reader.add_argument("--senders", type=int, default=2, help="processes that send (default 2)")
    told = reader.parse_args()
    kept = {name: os.environ[name] for name in ("WARTA_DATABASE_URL",) if name in os.environ}
    with paper.paper(workers=2, environ={**beacons.TRUSTED, **kept}) as made:
        made.warm()
        pages = load.Plan(made.port, made.paths, readers=8, per_s=_PAGES_PER_S)
        with (
            load.readers_apart(pages) as met,
            beacons.Senders(made.port, beacons.tokens(made.port, made.paths), processes=told.senders) as senders,
        ):
            time.sleep(told.seconds)
        time.sleep(_QUIET_S)
        found = json.loads(made.run("counted"))
    sent, fates = senders.sent, found["fates"]
    sieved = sum(count for rule, count in fates.items() if rule != "stored")
    left = sent.answered - sieved - fates.get("stored", 0)
    print(f"  {sent.per_s:,.0f} reads taken a second by two workers (at least {_AT_LEAST:,})")
    took = f"p50 {met.latency_ms(50):.1f}, p99 {met.latency_ms(99):.1f} ms"
    print(f"  beside {met.ok / told.seconds:,.0f} pages a second, {took}")
    print(
        f"  {sent.answered:,} sent - {sieved:,} sieved - {fates.get('stored', 0):,} stored = {left}; by rule: {fates}"
    )
    print(f"  {found['reads']:,} reads in the hours, {found['seen']:,} readers seen")
    is_whole = left == 0 and sent.unknown == 0 and found["reads"] == fates.get("stored", 0) == found["seen"]
    sys.exit(not (is_whole and sent.per_s >= _AT_LEAST))


if __name__ == "__main__":
    main()

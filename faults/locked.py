"""The database is locked for five seconds, then five hundred articles are published, and readers read on."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Final

from faults import load, paper
from faults.verdict import Verdict, main

_BATCH: Final = 500


def locked(seconds: float) -> Verdict:
    """Run the one fault; it lasts as long as it takes."""
    verdict = Verdict("locked")
    then_500_published(verdict)
    return verdict


def then_500_published(verdict: Verdict) -> None:
    """Hold the lock for five seconds while five hundred articles are published."""
    with paper.paper(drafts=_BATCH) as made, made.desk() as desk:
        made.warm()
        with load.readers(load.Plan(made.port, made.paths)) as tally:
            with lock(made):
                time.sleep(5.0)
            start = time.monotonic()
            desk.publish(_BATCH)
            took_s = time.monotonic() - start
            time.sleep(1.0)
    verdict.figures["locked 5 s and 500 published"] = {"publishing_s": round(took_s, 1), **tally.figures()}
    verdict.demand(
        f"locked 5 s, then 500 published: {tally.failed} of {tally.asked} failed (0)", is_met=tally.failed == 0
    )


@contextmanager
def lock(made: paper.Paper) -> Iterator[None]:
    """Hold the write lock of both of the paper's files from another process's place."""
    files = [made.home / "paper.sqlite3", made.home / "reads.sqlite3"]
    with ExitStack() as stack:
        held = [stack.enter_context(closing(sqlite3.connect(file, timeout=10, isolation_level=None))) for file in files]
        for file in held:
            file.execute("BEGIN EXCLUSIVE")
        yield
        for file in held:
            file.execute("ROLLBACK")


if __name__ == "__main__":
    main(__doc__, locked, seconds=5)

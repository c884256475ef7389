"""R5: the cache of article parts is lost, and two hundred readers come for one article at once."""

import os
import shutil
import signal
import time
from pathlib import Path
from typing import Final

from faults import load, paper
from faults.verdict import Verdict, main
from warta.delivery.partsfile import PartsFile
from warta.lexicon import addresses

READERS: Final = 200


def cold(seconds: float) -> Verdict:
    """Delete the cache while the paper is stopped, then let all readers ask for one address at the same moment."""
    verdict = Verdict("cold")
    with paper.paper() as made:
        made.stop()
        shutil.rmtree(made.home / "cache")
        made.start()
        warmer = next(pid for pid in paper.children(made.pid) if b"worker" in paper.command_of(pid))
        os.kill(warmer, signal.SIGSTOP)  # it would fill the cache before the readers come
        try:
            time.sleep(0.5)
            cache = _emptied(made.home / "cache")
            before = cache.written()
            tally = load.all_at_once(made.port, made.paths[0], READERS)
            found = cache.find(addresses.article_id(made.paths[0]) or 0)
            renders = (cache.written() - before) // len(found[0]) if found else 0
        finally:
            os.kill(warmer, signal.SIGCONT)
        after = load.read_for(load.Plan(made.port, made.paths), min(seconds, 5.0))
    verdict.figures = {
        "renders": renders,
        "processes": made.workers,
        "at_once": tally.figures(),
        "after": after.figures(),
    }
    verdict.demand(f"{tally.ok} of {READERS} readers were answered at the first attempt", is_met=tally.ok == READERS)
    verdict.demand(
        f"the article was rendered {renders} times by {made.workers} processes (once by all of them together)",
        is_met=renders == 1,
    )
    verdict.demand(f"{after.failed} failed afterwards (0)", is_met=after.failed == 0)
    return verdict


def _emptied(folder: Path) -> PartsFile:
    """Empty the cache of what the worker has made by now."""
    version = next(folder.glob("parts-*.index")).stem.removeprefix("parts-")
    cache = PartsFile(folder / "parts", version=version)
    cache.clear(upto=cache.upto())
    return cache


if __name__ == "__main__":
    main(__doc__, cold, seconds=5)

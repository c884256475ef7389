"""Measures an import: articles per second through filing, press and search, and the memory of its processes.

Beside it, in the same run, the same copy filed and pressed one by one, as a reporter's article is. On PostgreSQL:
`python -m tests.postgres python -m bench.imports`.
"""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bench.servers import OUT

_WARTA: Final = str(Path(sys.executable).with_name("warta"))
_HOME: Final = OUT / "imports"
_RUBRICS: Final = ("Dunia", "Politik", "Hukum", "Nusantara", "Bisnis", "Olahraga")
_ALONE: Final = 200
_FIRST: Final = datetime(1999, 1, 1, tzinfo=UTC)


def main() -> None:
    """Read the command line, measure, and print words or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000, help="how many are imported (default 10000)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    figures = measure(given.articles)
    print(json.dumps(figures) if given.json else in_words(figures))


def measure(count: int) -> dict[str, Any]:
    """Import so many articles, then a few one by one, into one paper.

    Raises: subprocess.CalledProcessError when an import fails.
    """
    shutil.rmtree(_HOME, ignore_errors=True)
    OUT.mkdir(exist_ok=True)
    os.environ["WARTA_HOME"] = str(_HOME)
    subprocess.run([_WARTA, "init"], check=True, stdout=subprocess.DEVNULL)
    lines = OUT / "imports.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(item)}\n" for item in _items(count))
    started = time.monotonic()
    done = subprocess.run(
        [_WARTA, "import", "ninjs", str(lines), "--json"], check=True, stdout=subprocess.PIPE, text=True
    )
    seconds = time.monotonic() - started
    report = json.loads(done.stdout.splitlines()[-1])["report"]
    if report["created"] != count:
        raise RuntimeError(f"{report['created']} of {count} articles were taken")
    memory_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    command = [sys.executable, "-m", "bench.imports", "--alone"]
    alone = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return {
        "database": "PostgreSQL" if "WARTA_DATABASE_URL" in os.environ else "SQLite",
        "articles": count,
        "megabytes": lines.stat().st_size / 1e6,
        "per_s": count / seconds,
        "memory_mb": memory_mb,
        "one_by_one_per_s": alone,
        "times_one_by_one": count / seconds / alone,
    }


def in_words(figures: dict[str, Any]) -> str:
    """Return the figures for people."""
    return (
        f"{figures['database']}, {figures['articles']:,} articles of 400 words ({figures['megabytes']:.0f} MB):"
        f" {figures['per_s']:.0f} a second through filing, press and search, start included;"
        f" one by one {figures['one_by_one_per_s']:.0f}, a part of 1 / {figures['times_one_by_one']:.1f};"
        f" the largest process took {figures['memory_mb']} MB"
    )


def _items(count: int, first: int = 0) -> Iterator[dict[str, Any]]:
    chance = random.Random(7)
    words = ["".join(chance.choices("aiueokstnmrlbdgp", k=chance.randint(3, 9))) for _ in range(8000)]
    topics = [f"Topik {words[number]}" for number in range(400)]
    for number in range(first, first + count):
        at = _FIRST + timedelta(minutes=number * 10)
        paragraphs = [" ".join(chance.choices(words, k=50)).capitalize() for _ in range(8)]
        yield {
            "uri": f"urn:bench:{number}",
            "type": "text",
            "pubstatus": "usable",
            "language": "id",
            "headline": " ".join(chance.choices(words, k=9)).title(),
            "body_html": "".join(f"<p>{words}.</p>" for words in paragraphs),
            "byline": f"{words[number % 60].title()} {words[number % 7].title()}",
            "firstcreated": at.isoformat(),
            "versioncreated": at.isoformat(),
            "subject": [{"name": name} for name in (_RUBRICS[number % 6], *chance.choices(topics, k=2))],
            "altids": [{"role": "url", "value": f"https://lama.example/{at:%Y/%m}/{number}/"}],
        }


def _alone() -> float:
    """Return how many articles a second are filed and pressed one by one."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "warta.config.settings.newsroom"
    import django

    django.setup()
    from django.utils import timezone

    from warta.ingest.formats.ninjs import item_of
    from warta.newsroom.actions.file import file
    from warta.press import run as press

    copies = [item_of(item, folder=None, where="x").copy for item in _items(_ALONE, first=-_ALONE)]
    started = time.monotonic()
    for copy in copies:
        file(copy, by=None, now=timezone.now())
        while press.press_next(timezone.now()):
            pass
    return len(copies) / (time.monotonic() - started)


if __name__ == "__main__":
    if "--alone" in sys.argv:
        print(json.dumps(_alone()))
    else:
        main()

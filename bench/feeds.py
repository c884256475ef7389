"""Measures whether feeds, sitemaps and API cost the same at any size: `python -m bench.feeds [--small N] [--large N]`.

Two papers, of 300 and of 300,000 articles, are filled through the importer's door and kept in `bench/out`. A process
for each makes every answer anew, by Django alone, without what is kept ready for readers: the two in turn,
address by address. Queries must be the same at both sizes, or it ends with status 1.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from bench import servers

ADDRESSES: Final = (
    "/feed",
    "/feed/atom",
    "/feed/json",
    "/{rubric}/feed",
    "/{rubric}/feed/atom",
    "/{rubric}/feed/json",
    "/kanal/opini/feed",
    "/topik/{topic}/feed",
    "/penulis/{person}/feed",
    "/cari/feed?q=warga",
    "/cari/feed/atom?q=warga",
    "/cari/feed/json?q=warga",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap/news.xml",
    "/sitemap/fronts.xml",
    "/sitemap/{newest}.xml",
    "/sitemap/{oldest}.xml",
    "/api/v1/articles?limit=50",
    "/api/v1/articles?limit=50&form=ninjs",
    "/api/v1/rubrics/{rubric}/articles",
    "/api/v1/topics/{topic}/articles",
    "/api/v1/people/{person}/articles",
    "/api/v1/changes?since=0",
    "/api/v1/corrections",
    "/api/v1/most-read",
    "/api/v1/search?q=warga",
)
"""What is asked for; each paper fills in its own names. Add what must cost the same at any size."""
_ENTRY: Final = re.compile(r'<item>|<entry|<url>|<sitemap>|"id": ?"urn|"uri": ?"urn')
_WARM: Final = 3
_LONGEST_S: Final = 60


def main() -> None:
    """Read the command line, measure both papers in turn, and print words or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m bench.feeds", description=__doc__)
    parser.add_argument("--small", type=int, default=300, help="articles of the small paper (default 300)")
    parser.add_argument("--large", type=int, default=300_000, help="articles of the large paper (default 300000)")
    parser.add_argument("--rounds", type=int, default=40, help="how often each address is asked for (default 40)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.fill:
        _fill(given.fill)
    elif given.answer:
        _answer()
    else:
        found = measure(_made(given.small), _made(given.large), given.rounds)
        print(json.dumps(found) if given.json else "\n".join(_lines(found, given.small, given.large)))
        sys.exit(any(row["queries"][0] != row["queries"][1] for row in found.values()))


def measure(small: Path, large: Path, rounds: int) -> dict[str, dict[str, Any]]:
    """Return for each address, of both papers: queries, entries, p50 and p95 in ms; and the ratio of the p95.

    Raises: RuntimeError when an address is not answered with 200.
    """
    found: dict[str, dict[str, Any]] = {}
    with ExitStack() as running:
        papers = [running.enter_context(_answering(home)) for home in (small, large)]
        names = [_names(paper) for paper in papers]
        for address in ADDRESSES:
            told: list[list[dict[str, Any]]] = [[], []]
            for _ in range(_WARM + rounds):
                for kept, paper, own in zip(told, papers, names, strict=True):
                    kept.append(_asked(paper, address.format_map(own)))
            last = [kept[-1] for kept in told]
            took = [sorted(one["ms"] for one in kept[_WARM:]) for kept in told]
            p95 = [statistics.quantiles(times, n=20)[-1] for times in took]
            found[address] = {
                "queries": [one["queries"] for one in last],
                "entries": [one["entries"] for one in last],
                "p50_ms": [statistics.median(times) for times in took],
                "p95_ms": p95,
                "ratio_p95": p95[1] / p95[0],
            }
    return found


@contextmanager
def _answering(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a process that answers as the readers' do, of one paper."""
    env = {**servers.environ(home), "DJANGO_SETTINGS_MODULE": "warta.config.settings.delivery"}
    command = [sys.executable, "-m", "bench.feeds", "--answer"]
    process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.communicate(timeout=_LONGEST_S)  # it ends when there is nothing more to ask


def _asked(paper: subprocess.Popen[str], path: str, *, with_page: bool = False) -> dict[str, Any]:
    assert paper.stdin
    assert paper.stdout
    paper.stdin.write(json.dumps([path, with_page]) + "\n")
    paper.stdin.flush()
    told: dict[str, Any] = json.loads(paper.stdout.readline())
    if told["status"] != 200:
        raise RuntimeError(f"{told['status']} at {path}")
    return told


def _names(paper: subprocess.Popen[str]) -> Mapping[str, str]:
    """Return what the addresses leave open, found by following links."""
    parts = re.findall(r"/sitemap/(\d{4}-\d\d-\d\d)\.xml", _asked(paper, "/sitemap.xml", with_page=True)["page"])
    fronts = _asked(paper, "/sitemap/fronts.xml", with_page=True)["page"]
    story = re.search(r'href="(/([^"/]+)/read/[^"]+)"', _asked(paper, "/indeks", with_page=True)["page"])
    if not (parts and story):
        raise RuntimeError("the paper has no articles")
    page = _asked(paper, story[1], with_page=True)["page"]
    found = {"rubric": story[2], "newest": parts[0], "oldest": parts[-1]}
    for name, kind in (("topic", "topik"), ("person", "penulis")):
        first = re.search(rf"/{kind}/([a-z0-9-]+)", page) or re.search(rf"/{kind}/([a-z0-9-]+)", fronts)
        if first:
            found[name] = first[1]
    return found


def _answer() -> None:
    """Answer, for each path on a line, with what it took and how many queries, on a line; until there are no more."""
    import warta.config.sqlite  # noqa: F401, I001

    import django

    django.setup()
    from django.db import connections
    from django.test import Client

    asked = 0

    def count(execute: Any, *args: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*args)

    from warta.delivery.api import limits

    client = Client(raise_request_exception=False)
    with ExitStack() as counted:
        for connection in connections.all():
            counted.enter_context(connection.execute_wrapper(count))
        for line in sys.stdin:
            path, with_page = json.loads(line)
            limits.PROCESS.forget()  # one address asks more often than it may
            asked, began = 0, time.perf_counter()
            answer = client.get(path)
            ms = (time.perf_counter() - began) * 1000
            page = answer.content.decode()
            told = {"status": answer.status_code, "ms": ms, "queries": asked, "entries": len(_ENTRY.findall(page))}
            print(json.dumps({**told, "page": page} if with_page else told), flush=True)


def _made(count: int) -> Path:
    """Return the folder of a paper of so many articles, filled if it was not before."""
    home = servers.OUT / f"feeds-{count}"
    kept = home / "made.json"
    if not kept.exists():
        shutil.rmtree(home, ignore_errors=True)
        servers.OUT.mkdir(exist_ok=True)
        servers.init(home)
        began = time.monotonic()
        env = {**servers.environ(home), "DJANGO_SETTINGS_MODULE": "warta.config.settings.newsroom"}
        subprocess.run([sys.executable, "-m", "bench.feeds", "--fill", str(count)], env=env, check=True)
        kept.write_text(json.dumps({"filled_s": time.monotonic() - began}))
    servers.init(home)  # what was added to the tables since
    return home


def _fill(count: int) -> None:
    """File, press and index invented articles in the paper of WARTA_HOME, as an archive is imported."""
    import warta.config.sqlite  # noqa: F401, I001

    import django

    django.setup()
    from django.utils import timezone

    from warta.config import demo

    demo.invent(count, by=None, now=timezone.now(), is_quiet=not os.isatty(2))


def _lines(found: dict[str, dict[str, Any]], small: int, large: int) -> Iterator[str]:
    heads = ("queries", "entries", "p50 / p95, ms", "p50 / p95, ms", "p95, times")
    yield f"{f'{small:,} and {large:,}':26}" + "".join(f"{head:>16}" for head in heads)
    for address, row in found.items():
        both = [f"{row[name][0]:,} {row[name][1]:,}" for name in ("queries", "entries")]
        times = [f"{row['p50_ms'][at]:.1f} / {row['p95_ms'][at]:.1f}" for at in (0, 1)]
        mark = "" if row["queries"][0] == row["queries"][1] else "  queries differ"
        yield f"{address:26}" + "".join(f"{cell:>16}" for cell in (*both, *times, f"{row['ratio_p95']:.2f}")) + mark


if __name__ == "__main__":
    main()

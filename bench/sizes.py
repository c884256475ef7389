"""Measures what grows with the archive, and what must not: `python -m bench.sizes [--articles N]`.

Two papers are served: one of 10,000 articles, one of N. Each kind of page is asked for over HTTP, one request after
the other, of the two papers in turn, each address once: articles and days all over the archive, fronts, topics, the
search by two words and by a phrase. A paper stays in `bench/out` and is used again. When WARTA_DATABASE_URL names a
server of PostgreSQL, each paper has a database of its own there, `warta_sizes_10000` and so on.
"""

import argparse
import http.client
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote_plus, urlsplit

import msgspec
import psycopg
from psycopg import sql

from bench import search, servers
from bench.search import EVERY, FIRST_AT

BASE: Final = 10_000
_ASKED: Final = 200
_CHUNK: Final = 2000
_TOPICS: Final = 400
_NAMES: Final = 30_000
_SERVER: Final = os.environ.get("WARTA_DATABASE_URL", "")


def main() -> None:
    """Read the command line, measure both sizes, and print words or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m bench.sizes", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000, help="size of the large paper (default 100000)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.fill:
        _fill(given.fill)
        return
    found = measure(given.articles)
    print(json.dumps(found) if given.json else "\n".join(_lines(found, given.articles)))


def measure(large: int) -> dict[int, dict[str, Any]]:
    """Make the papers that are not there, serve both, and return for each kind of page p50 and p95 in milliseconds.

    No page was kept before, and the two are asked in turn: whatever else the machine does, it does to both.
    """
    sizes = (BASE, large)
    kind = "-postgres" if _SERVER else ""
    homes = {count: servers.OUT / f"sizes-{count}{kind}" for count in sizes}
    figures: dict[int, dict[str, Any]] = {count: _made(homes[count], count) for count in sizes}
    for home in homes.values():
        shutil.rmtree(home / "cache", ignore_errors=True)
    with ExitStack() as open_:
        served = {count: open_.enter_context(servers.warta(homes[count], _database(count))) for count in sizes}
        lines = {
            count: open_.enter_context(closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)))
            for count, server in served.items()
        }
        paths = {count: _kinds(count) for count in sizes}
        for name in paths[BASE]:
            took: dict[int, list[float]] = {count: [] for count in sizes}
            for line in lines.values():
                line.close()  # it opens again by itself: one that had fewer addresses has waited, and was closed
            for asked in zip_longest(*(paths[count][name] for count in sizes)):
                for count, path in zip(sizes, asked, strict=True):
                    if path is not None:
                        took[count].append(_took(lines[count], path))
            for count in sizes:
                figures[count][name] = [statistics.median(took[count]), statistics.quantiles(took[count], n=20)[-1]]
        for count, server in served.items():
            figures[count]["memory_mb"] = max(server.memory_mb())
    return figures


def _took(connection: http.client.HTTPConnection, path: str) -> float:
    began = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status} at {path}")
    return (time.perf_counter() - began) * 1000


def _kinds(count: int) -> dict[str, list[str]]:
    chance = random.Random(42)
    names = _names()
    numbers = chance.sample(range(count), _ASKED)
    typed = list(search.queries(chance, 3 * _ASKED // 2))[:_ASKED]
    asked: dict[str, Callable[[str], str]] = {
        "two words, newest": lambda query: f"/cari?q={quote_plus(query)}",
        "two words, best": lambda query: f"/cari?q={quote_plus(query)}&urut=sesuai",
        "phrase, newest": lambda query: f"/cari?q={quote_plus(f'{chr(34)}{query}{chr(34)}')}",
    }
    return {
        "article": [_page(number, names).path for number in numbers],
        "front": ["/", *(f"/{rubric.lower()}" for rubric in search.RUBRICS)] * (_ASKED // 9),
        "index of a day": list(dict.fromkeys(f"/indeks/{FIRST_AT + EVERY * number:%Y/%m/%d}" for number in numbers)),
        "index, far down": [
            f"/indeks?sebelum={int((FIRST_AT + EVERY * number).timestamp() * 1e6)}-1" for number in numbers
        ],
        "topic": [f"/topik/topik-{number}" for number in chance.sample(range(_TOPICS), _ASKED)],
        **{name: [written(query) for query in typed] for name, written in asked.items()},
    }


def _made(home: Path, count: int) -> dict[str, Any]:
    kept, database = home / "made.json", _database(count)
    if kept.exists() and (not database or _size(database)):
        servers.init(home, database)  # what was added to the tables since
        return dict(json.loads(kept.read_text()))
    shutil.rmtree(home, ignore_errors=True)
    servers.OUT.mkdir(exist_ok=True)
    if database:
        _create(database)
    servers.init(home, database)
    began = time.monotonic()
    env = {**servers.environ(home, database), "DJANGO_SETTINGS_MODULE": "warta.config.settings.newsroom"}
    subprocess.run([sys.executable, "-m", "bench.sizes", "--fill", str(count)], env=env, check=True)
    size = _size(database) if database else sum(file.stat().st_size for file in home.rglob("*") if file.is_file())
    made = {"filled_s": time.monotonic() - began, "kb_an_article": size / count / 1000}
    kept.write_text(json.dumps(made))
    return made


def _database(count: int) -> str:
    """Return the address of a paper's own database; empty for the embedded one."""
    return urlsplit(_SERVER)._replace(path=f"/warta_sizes_{count}").geturl() if _SERVER else ""


def _size(database: str) -> int:
    """Return the bytes of a database; 0 when there is none."""
    with psycopg.connect(_SERVER) as server:
        name = urlsplit(database).path[1:]
        asked = "SELECT pg_database_size(oid) FROM pg_database WHERE datname = %s"
        return (server.execute(asked, [name]).fetchone() or (0,))[0]


def _create(database: str) -> None:
    with psycopg.connect(_SERVER, autocommit=True) as server:
        name = sql.Identifier(urlsplit(database).path[1:])
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))


def _fill(count: int) -> None:
    """Put the articles into the paper of WARTA_HOME, while a helper beside brings them into the index."""
    import warta.config.sqlite  # noqa: F401, I001

    import django

    django.setup()
    from django.utils import timezone

    from tests.paper.bulk import put_pages
    from warta.config import postgres
    from warta.config.helping import helping
    from warta.paper import store
    from warta.paper.pages import FrontPage
    from warta.search import follow

    with helping("index"):
        for kind, slug, name in _fronts():
            path = f"/{slug}" if kind == "rubric" else f"/topik/{slug}"
            front = FrontPage(kind=kind, list=f"{kind}:{slug}", slug=slug, name=name, path=path)
            store.put(f"{kind}:{slug}", front, visible_from=FIRST_AT)
        names = _names()
        for first in range(0, count, _CHUNK):
            put_pages([_page(number, names) for number in range(first, min(first + _CHUNK, count))], _lists)
            while follow.waiting() > 20 * _CHUNK:  # or its file of changes grows without end
                time.sleep(0.2)
    follow.catch_up(timezone.now())
    postgres.sort_in()  # as an import does


def _fronts() -> Iterator[tuple[Any, str, str]]:
    yield from (("rubric", name.lower(), name) for name in search.RUBRICS)
    yield from (("topic", f"topik-{number}", f"Topik {number}") for number in range(_TOPICS))


def _names() -> list[str]:
    chance = random.Random(1)
    return ["".join(chance.choices(search.SYLLABLES, k=chance.choice((2, 3, 3, 4)))) for _ in range(_NAMES)]


def _page(number: int, names: list[str]) -> Any:
    from warta.paper.pages import Link

    chance = random.Random(number)
    topics = {min(int(chance.paretovariate(0.6)), _TOPICS) - 1 for _ in range(3)}
    links = tuple(Link(name=f"Topik {topic}", path=f"/topik/topik-{topic}") for topic in sorted(topics))
    return msgspec.structs.replace(search.page(number + 1, names), topics=links)


def _lists(page: Any) -> list[str]:
    return ["all", f"rubric:{page.rubric.path[1:]}", *(f"topic:{link.path.rpartition('/')[2]}" for link in page.topics)]


def _lines(found: dict[int, dict[str, Any]], large: int) -> Iterator[str]:
    yield f"{'p50 / p95, ms':20}{BASE:>20,}{large:>20,}{'p95, times':>14}"
    for name in _kinds(BASE):
        small, big = found[BASE][name], found[large][name]
        shown = "".join(f"{f'{p50:.1f} / {p95:.1f}':>20}" for p50, p95 in (small, big))
        yield f"{name:20}{shown}{big[1] / small[1]:>14.2f}"
    for name in ("kb_an_article", "memory_mb", "filled_s"):
        yield f"{name:20}{found[BASE][name]:>20.0f}{found[large][name]:>20.0f}"


if __name__ == "__main__":
    main()

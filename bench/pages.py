"""Measures an article page, hot and at random over the archive, beside nginx serving the same bytes as files."""

import argparse
import json
import os
import shutil
import statistics
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from bench import load, servers
from bench.load import Run

MOST_FILES: Final = 100_000
"""How many pages of a larger archive are asked for, evenly over it."""
_AT_ONCE: Final = 8
_CHECKED: Final = 50
_SAMPLED: Final = 0.95
"""What part of the mean size the answers must have at least: chance does not ask for every page equally often."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: articles in the archive, runs of each server, seconds of a run."""

    articles: int
    runs: int
    seconds: int


def main() -> None:
    """Read the command line, measure, and print words or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--articles", type=int, default=2000, help="size of the archive (default 2000)")
    parser.add_argument("--quick", action="store_true", help="one run of 3 s each: to try the benchmark, not the paper")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    if given.articles < 1:
        parser.error("--articles must be at least 1")
    if missing := [name for name in ("nginx", "wrk") if shutil.which(name) is None]:
        parser.error(f"{' and '.join(missing)} must be installed first: bench/need does it")
    plan = Plan(given.articles, runs=1 if given.quick else 3, seconds=3 if given.quick else 10)
    figures = measure(plan)
    print(json.dumps(figures) if given.json else in_words(figures))


def measure(plan: Plan) -> dict[str, Any]:
    """Run both servers in turn and return the medians and ratios.

    Raises: RuntimeError when the two do not serve the same bytes, or one answers with an error.
    """
    paths = make_archive(plan.articles)
    hot = paths[len(paths) // 2]
    kinds = {"hot": [hot], "random": paths}
    with servers.warta() as warta:
        encoding, sizes = save(warta, paths)
        least = {"hot": sizes[hot], "random": statistics.mean(sizes.values()) * _SAMPLED}
        with servers.nginx(hot) as nginx:
            check_same(warta, nginx, paths)
            runs: dict[tuple[str, str], list[Run]] = {}
            for _ in range(plan.runs):
                for kind, asked in kinds.items():
                    for server in (warta, nginx):
                        run = load.run(server, kind, asked, plan.seconds)
                        if run.bytes_per_answer < least[kind]:
                            raise RuntimeError(f"{server.name}, {kind}: answers of {run.bytes_per_answer:.0f} bytes")
                        runs.setdefault((kind, server.name), []).append(run)
            check_same(warta, nginx, paths)
            memory_mb = warta.memory_mb()
            with servers.proxied(warta) as proxied:
                behind = [load.run(proxied, "hot", [hot], plan.seconds) for _ in range(plan.runs)]
    with servers.plain() as plain:
        rendered = [load.run(plain, "hot", [hot], plan.seconds) for _ in range(plan.runs)]
    figures: dict[str, Any] = {**asdict(plan), "page_bytes": sizes[hot], "encoding": encoding}
    figures["memory_mb"] = memory_mb
    for kind in kinds:
        medians = {name: _median(runs[kind, name]) for name in ("warta", "nginx")}
        ratio = medians["warta"].requests_per_s / medians["nginx"].requests_per_s
        figures[kind] = {**{name: asdict(run) for name, run in medians.items()}, "ratio": ratio}
    base = figures["hot"]["nginx"]["requests_per_s"]
    for name, measured in {"behind_nginx": behind, "plain_django": rendered}.items():
        figures[name] = asdict(_median(measured))
    figures["behind_nginx"]["ratio"] = figures["behind_nginx"]["requests_per_s"] / base
    figures["times_plain_django"] = (
        figures["hot"]["warta"]["requests_per_s"] / figures["plain_django"]["requests_per_s"]
    )
    return figures


def make_archive(count: int) -> list[str]:
    """Make the archive, or take the one that lies there, and return the paths that are asked for."""
    for name in [name for name in os.environ if name.startswith("WARTA_")]:
        del os.environ[name]
    os.environ.update(servers.environ(), DJANGO_SETTINGS_MODULE="warta.config.settings.delivery")
    servers.OUT.mkdir(exist_ok=True)
    import django

    django.setup()
    from bench import archive
    from warta.paper.pages import SCHEMA

    made, wanted = servers.HOME / "archive.json", {"articles": count, "version": archive.VERSION, "schema": SCHEMA}
    is_made = made.exists() and json.loads(made.read_text()) == wanted
    if not is_made:
        shutil.rmtree(servers.HOME, ignore_errors=True)
    servers.init()
    if not is_made:
        archive.fill(count)
        made.write_text(json.dumps(wanted))
    archive.be_read(count)
    archive.warm(count)
    return [page.path for page in archive.articles(count, step=max(1, count // MOST_FILES))]


def save(warta: servers.Server, paths: Sequence[str]) -> tuple[str, dict[str, int]]:
    """Save every page as the file that nginx serves, in the encoding in which it came; return that and all sizes.

    Raises: RuntimeError when pages come in several encodings, or one that nginx cannot send from a file.
    """
    shutil.rmtree(servers.FILES, ignore_errors=True)
    encodings, sizes = set(), {}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for path, (encoding, body) in zip(paths, pool.map(warta.fetch, paths), strict=True):
            encodings.add(encoding)
            sizes[path] = len(body)
            file = servers.FILES / (path[1:] + (".gz" if encoding == "gzip" else ""))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
    if len(encodings) != 1 or encodings - {"gzip", "identity"}:
        raise RuntimeError(f"pages came in the encodings {sorted(encodings)}: nothing to compare")
    return encodings.pop(), sizes


def check_same(warta: servers.Server, nginx: servers.Server, paths: Sequence[str]) -> None:
    """Make sure that both serve the same bytes in the same encoding.

    Raises: RuntimeError naming the first page that differs.
    """
    for path in paths[:: max(1, len(paths) // _CHECKED)]:
        if warta.fetch(path) != nginx.fetch(path):
            raise RuntimeError(f"the two serve different bytes at {path}")


def in_words(figures: dict[str, Any]) -> str:
    """Return the figures as a table for people."""
    setting = (
        f"{figures['articles']:,} articles; page of {figures['page_bytes']:,} bytes ({figures['encoding']});"
        f" medians of {figures['runs']} runs of {figures['seconds']} s, {load.CONNECTIONS} connections,"
        f" {servers.PROCESSES} processes each"
    )
    lines = [
        setting,
        f"{'':8}{'':8}{'req/s':>10}{'p50 ms':>10}{'p99 ms':>10}{'CPU s / 1,000':>16}",
    ]
    for kind in ("hot", "random"):
        for name in ("warta", "nginx"):
            run = figures[kind][name]
            lines.append(
                f"{kind:8}{name:8}{run['requests_per_s']:>10,.0f}{run['p50_ms']:>10.2f}{run['p99_ms']:>10.2f}"
                f"{run['cpu_s_per_1000']:>16.3f}"
            )
        lines.append(f"{kind:8}ratio   {figures[kind]['ratio']:>10.4f}  of nginx")
    proxied, plain = figures["behind_nginx"], figures["plain_django"]
    times = figures["times_plain_django"]
    lines += [
        f"hot behind the nginx sample {proxied['requests_per_s']:,.0f} req/s, ratio {proxied['ratio']:.4f} of nginx",
        f"hot by plain Django views {plain['requests_per_s']:,.0f} req/s: the short path is {times:.0f} times that",
        f"memory of the paper's processes, MB: {', '.join(str(mb) for mb in figures['memory_mb'])}",
    ]
    return "\n".join(lines)


def _median(runs: Sequence[Run]) -> Run:
    return Run(*(statistics.median(getattr(run, field.name) for run in runs) for field in fields(Run)))


if __name__ == "__main__":
    main()

"""Lets Lighthouse judge the pages of a served demo paper, in Chromium, as on a phone.

An article, the front page and the index: medians of five runs each, of which none may be below 98. A page of every
kind: once, without performance; SEO must be 100 and the others 98. Else it ends with status 1. Lighthouse is installed
by npm from `bench/package-lock.json` into `bench/out`; none of its install scripts runs.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

from bench.kinds import is_kept_out, kinds

LEAST: Final = 98
MUST_SEO: Final = 100
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
OF_EVERY_KIND: Final = CATEGORIES[1:]
_HERE: Final = Path(__file__).parent
_TOOLS: Final = _HERE / "out" / "lighthouse"
_HOME: Final = _HERE / "out" / "demo"
_WARTA: Final = str(Path(sys.executable).with_name("warta"))
_FLAGS: Final = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
_START_S: Final = 30.0
_LONGEST_S: Final = 180


def main() -> None:
    """Read the command line, measure, and print a table or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m bench.lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each page (default 5)")
    parser.add_argument(
        "--articles", type=int, default=100, help="articles of the demo paper (default 100: fewer lack a kind)"
    )
    parser.add_argument("--kinds", action="store_true", help="every kind of page alone, not the medians of three")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    need()
    with paper(given.articles) as base:
        pages = {} if given.kinds else {"article": article(base), "front": "/", "index": "/indeks"}
        found = {name: judge(base + path, given.runs) for name, path in pages.items()}
        every = {name: glance(base, path) for name, path in kinds(lambda path: fetch(base, path)).items()}
    if given.json:
        print(json.dumps({"medians": found, "kinds": every}))
    else:
        print("\n".join(([in_words(found), ""] if found else []) + list(lines(every))))
    is_low = any(page[category] < LEAST for page in found.values() for category in CATEGORIES)
    sys.exit(is_low or any(row["seo"] < MUST_SEO or row["least"] < LEAST for row in every.values()))


def need() -> None:
    """Install Lighthouse into `bench/out`, unless it is there as it was pinned.

    Raises: SystemExit when npm or Chromium is missing.
    """
    for program in ("npm", "chromium"):
        if shutil.which(program) is None:
            sys.exit(f"bench: {program} is missing. Install it first: sudo apt-get install {program}")
    lock = (_HERE / "package-lock.json").read_bytes()
    mark = _TOOLS / "installed.json"
    if mark.exists() and mark.read_bytes() == lock:
        return
    shutil.rmtree(_TOOLS, ignore_errors=True)
    _TOOLS.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(_HERE / name, _TOOLS / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=_TOOLS, check=True, stdout=sys.stderr)
    mark.write_bytes(lock)


@contextmanager
def paper(articles: int) -> Iterator[str]:
    """Serve the demo paper, made once for each size, and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base, home = f"http://127.0.0.1:{port}", _HOME / str(articles)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARTA_", "DJANGO_"))}
    tagline = "Kabar dari kepulauan, pagi dan petang"
    own = {"WARTA_HOME": str(home), "WARTA_NAME": "Nusa Pagi", "WARTA_TAGLINE": tagline, "WARTA_SITE_URL": base}
    environ = {**kept, **own}
    home.parent.mkdir(parents=True, exist_ok=True)
    for command in (["init"], ["demo", "--articles", str(articles), "--if-empty"]):
        subprocess.run([_WARTA, *command], env=environ, check=True, stdout=subprocess.DEVNULL)
    command = [_WARTA, "serve", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    with home.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + _START_S
        while not fetch(base, "/"):
            if time.monotonic() > deadline:
                sys.exit(f"bench: the paper did not answer within {_START_S:.0f} s, see {home.with_suffix('.log')}")
            time.sleep(0.2)
        yield base
    finally:
        process.terminate()
        process.wait(30)


def fetch(base: str, path: str) -> str:
    """Return a page, empty when it is not answered with 200."""
    connection = HTTPConnection(base.removeprefix("http://"), timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.read().decode() if answer.status == 200 else ""
    except OSError:
        return ""
    finally:
        connection.close()


def article(base: str) -> str:
    """Return the path of the newest article that has a lead photo."""
    paths = [part.partition('"')[0] for part in fetch(base, "/indeks").split('href="') if "/read/" in part[:80]]
    return next(path for path in dict.fromkeys(paths) if 'class="lead"' in fetch(base, path))


def judge(address: str, runs: int) -> dict[str, Any]:
    """Return the median of every category, the worst run of it, and the audits that cost points."""
    reports = [_report(address) for _ in range(runs)]
    found: dict[str, Any] = {}
    for category in CATEGORIES:
        points = [report["categories"][category]["score"] * 100 for report in reports]
        found[category], found[f"worst_{category}"] = statistics.median(points), min(points)
    for name, key in (("fcp_ms", "first-contentful-paint"), ("lcp_ms", "largest-contentful-paint")):
        found[name] = statistics.median(report["audits"][key]["numericValue"] for report in reports)
    found["tbt_ms"] = statistics.median(report["audits"]["total-blocking-time"]["numericValue"] for report in reports)
    found["cls"] = max(report["audits"]["cumulative-layout-shift"]["numericValue"] for report in reports)
    found["lost"] = _lost(reports[-1], CATEGORIES)
    return found


def glance(base: str, path: str) -> dict[str, Any]:
    """Return the points of a page in all but performance, the least of them, and the audits that cost points.

    A page that asks not to be listed is not asked whether it can be, nor one that saves data for the words that
    search engines would show of it: they have them from the full page.
    """
    is_noindex = is_kept_out(fetch(base, path))
    without = [*(["is-crawlable"] if is_noindex else []), *(["meta-description"] if path.endswith("?lite") else [])]
    report = _report(base + path, OF_EVERY_KIND, without)
    found: dict[str, Any] = {name: report["categories"][name]["score"] * 100 for name in OF_EVERY_KIND}
    return {
        **found,
        "least": min(found.values()),
        "is_noindex": is_noindex,
        "lost": _lost(report, OF_EVERY_KIND),
    }


def _lost(report: dict[str, Any], categories: Sequence[str]) -> list[str]:
    audits = report["audits"]
    return sorted(
        reference["id"]
        for category in categories
        for reference in report["categories"][category]["auditRefs"]
        if reference["weight"] > 0
        and reference["id"] in audits
        and (audits[reference["id"]]["score"] or 0) < 0.9
        and audits[reference["id"]]["scoreDisplayMode"] in {"binary", "numeric", "metricSavings"}
    )


def lines(every: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Return the points of every kind of page as a table for people."""
    yield f"{'':14}" + "".join(f"{name:>16}" for name in OF_EVERY_KIND)
    for name, row in every.items():
        figures = "".join(f"{row[category]:>16.0f}" for category in OF_EVERY_KIND)
        yield f"{name:14}{figures}  {'noindex ' if row['is_noindex'] else ''}{' '.join(row['lost'])}".rstrip()
    yield f"once each; seo must be {MUST_SEO} (a page that says noindex is not asked whether it is), the others {LEAST}"


def in_words(found: dict[str, dict[str, Any]]) -> str:
    """Return the medians as a table for people."""
    names = (*CATEGORIES, "fcp_ms", "lcp_ms", "tbt_ms", "cls")
    lines = [f"{'':10}" + "".join(f"{name:>16}" for name in names)]
    for page, row in found.items():
        figures = "".join(f"{row[name]:>16.3f}" if name == "cls" else f"{row[name]:>16.0f}" for name in names)
        lines.append(f"{page:10}{figures}  {' '.join(row['lost'])}")
    return "\n".join([*lines, f"medians, as on a phone; each of the first four must reach {LEAST}"])


def _report(address: str, categories: Sequence[str] = CATEGORIES, without: Sequence[str] = ()) -> dict[str, Any]:
    command = [
        *("node", str(_TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js"), address, "--quiet"),
        *(
            f"--chrome-flags={_FLAGS}",
            f"--only-categories={','.join(categories)}",
            *((f"--skip-audits={','.join(without)}",) if without else ()),
            *(() if "performance" in categories else ("--throttling-method=provided",)),
            "--output=json",
            "--no-enable-error-reporting",
        ),
    ]
    environ = {**os.environ, "CHROME_PATH": str(shutil.which("chromium"))}
    done = subprocess.run(command, env=environ, check=True, capture_output=True, text=True, timeout=_LONGEST_S)
    report: dict[str, Any] = json.loads(done.stdout)
    if report.get("runtimeError"):
        raise RuntimeError(f"{address}: {report['runtimeError']['message']}")
    return report


if __name__ == "__main__":
    main()

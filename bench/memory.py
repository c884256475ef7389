"""Measures what an import takes of memory from a large file: `python -m bench.memory [--gigabytes 2] [FORMAT…]`.

For each format a file of that size is written, of articles of 3,000 words, and `warta import … --dry-run` reads it: all
that an import does but for writing rows by the hundred. The file goes when it was read.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from bench import servers
from bench.imports import _WARTA

_WORDS: Final = 3000
_FIRST: Final = datetime(1999, 1, 1, tzinfo=UTC)
_BLANK: Final = "\n\n"
_AHEAD: Final = 2000
"""How many bodies are invented; the articles take one after the other of them."""


def main() -> None:
    """Read the command line, measure one format after the other, and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of {', '.join(_FORMATS)} (default all)")
    parser.add_argument("--gigabytes", type=float, default=2.0, help="size of each file (default 2)")
    given = parser.parse_args()
    if unknown := set(given.formats) - set(_FORMATS):
        parser.error(f"no such format: {', '.join(sorted(unknown))}")
    home = servers.OUT / "memory"
    shutil.rmtree(home, ignore_errors=True)
    servers.OUT.mkdir(exist_ok=True)
    servers.init(home)
    for name in given.formats or _FORMATS:
        ending, pieces = _FORMATS[name]
        path = servers.OUT / f"memory.{ending}"
        with path.open("wb") as file:
            for piece in pieces(lambda file=file: file.tell() < given.gigabytes * 1e9):
                file.write(piece.encode())
        began = time.monotonic()
        command = [_WARTA, "import", name, str(path), "--dry-run", "--json"]
        with subprocess.Popen(command, env=servers.environ(home), stdout=subprocess.PIPE, text=True) as importer:
            assert importer.stdout is not None
            last = ""
            for line in importer.stdout:
                last = line
            _, status, used = os.wait4(importer.pid, 0)
            importer.returncode = os.waitstatus_to_exitcode(status)
        seconds, report = time.monotonic() - began, json.loads(last)["report"]
        print(
            f"{name}: {path.stat().st_size / 1e9:.2f} GB, {report['created']:,} articles ({report['broken']} broken)"
            f" in {seconds:.0f} s, {used.ru_maxrss // 1024} MB",
            flush=True,
        )
        path.unlink()


def _articles(goes_on: Callable[[], bool]) -> Iterator[tuple[int, str, list[str], datetime]]:
    """Return number, headline, paragraphs and time of one article after the other."""
    chance = random.Random(11)
    words = ["".join(chance.choices("aiueokstnmrlbdgp", k=chance.randint(3, 9))) for _ in range(8000)]
    bodies = [[" ".join(chance.choices(words, k=_WORDS // 30)) + "." for _ in range(30)] for _ in range(_AHEAD)]
    number = 0
    while goes_on():
        headline = " ".join(words[(number * 7 + place) % 8000] for place in range(8)).title()
        yield number, headline, bodies[number % _AHEAD], _FIRST + timedelta(minutes=number)
        number += 1


def _html(paragraphs: list[str]) -> str:
    return "".join(f"<p>{words}</p>" for words in paragraphs)


def _ninjs(goes_on: Callable[[], bool]) -> Iterator[str]:
    for number, headline, body, at in _articles(goes_on):
        item = {
            "uri": f"urn:m:{number}",
            "type": "text",
            "pubstatus": "usable",
            "headline": headline,
            "body_html": _html(body),
            "byline": "Sari Wiradjaja",
            "firstcreated": at.isoformat(),
            "versioncreated": at.isoformat(),
        }
        yield f"{json.dumps(item)}\n"


def _wordpress(goes_on: Callable[[], bool]) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        "<title>Lama</title><link>https://lama.example</link><wp:wxr_version>1.2</wp:wxr_version>"
        "<wp:base_site_url>https://lama.example</wp:base_site_url>"
    )
    for number, headline, body, at in _articles(goes_on):
        yield (
            f"<item><title>{headline}</title><link>https://lama.example/{number}/</link><dc:creator>sari</dc:creator>"
            f"<guid>https://lama.example/?p={number}</guid><content:encoded><![CDATA[{_BLANK.join(body)}]]></content:encoded>"
            f"<wp:post_id>{number}</wp:post_id><wp:post_date>{at:%Y-%m-%d %H:%M:%S}</wp:post_date>"
            f"<wp:post_date_gmt>{at:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt><wp:post_name>a-{number}</wp:post_name>"
            "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
            '<category domain="category" nicename="hukum"><![CDATA[Hukum]]></category></item>\n'
        )
    yield "</channel></rss>\n"


def _ghost(goes_on: Callable[[], bool]) -> Iterator[str]:
    yield '{"db":[{"meta":{"exported_on":1700000000000,"version":"5.80.0"},"data":{'
    yield '"users":[{"id":"1","name":"Sari"}],"posts":['
    for number, headline, body, at in _articles(goes_on):
        post = {
            "id": str(number),
            "uuid": f"00000000-0000-4000-8000-{number:012}",
            "title": headline,
            "slug": f"a-{number}",
            "html": _html(body),
            "status": "published",
            "type": "post",
            "visibility": "public",
            "published_at": f"{at:%Y-%m-%dT%H:%M:%S}.000Z",
            "updated_at": f"{at:%Y-%m-%dT%H:%M:%S}.000Z",
        }
        yield f"{',' if number else ''}{json.dumps(post)}"
    yield '],"posts_authors":['
    yield '{"post_id":"0","author_id":"1","sort_order":0}],"tags":[],"posts_tags":[],"posts_meta":[],"settings":[]}}]}'


def _feed(goes_on: Callable[[], bool]) -> Iterator[str]:
    yield '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    yield "<title>Lama</title><link>https://lama.example</link><description>x</description>"
    for number, headline, body, at in _articles(goes_on):
        yield (
            f"<item><title>{headline}</title><link>https://lama.example/{number}/</link>"
            f'<guid isPermaLink="false">urn:m:{number}</guid><pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate>'
            f"<content:encoded><![CDATA[{_html(body)}]]></content:encoded></item>\n"
        )
    yield "</channel></rss>\n"


def _warc(goes_on: Callable[[], bool]) -> Iterator[str]:
    for number, headline, body, at in _articles(goes_on):
        page = (
            f'<!doctype html><html lang="id"><head><title>{headline}</title><meta property="og:type" content="article">'
            f'<meta property="article:published_time" content="{at.isoformat()}"></head><body><article><h1>{headline}'
            f"</h1>{_html(body)}</article></body></html>"
        )
        answer = (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n{page}"
        )
        yield (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
            f"WARC-Target-URI: https://lama.example/hukum/read/{number}/a\r\nWARC-Date: {at:%Y-%m-%dT%H:%M:%SZ}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n{answer}\r\n\r\n"
        )


_FORMATS: Final = {
    "ninjs": ("jsonl", _ninjs),
    "wordpress": ("xml", _wordpress),
    "ghost": ("json", _ghost),
    "feed": ("xml", _feed),
    "warc": ("warc", _warc),
}


if __name__ == "__main__":
    main()

"""R1b: an import is killed (SIGKILL) at random places and started again: the paper is that of an undisturbed import."""

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from faults import paper
from faults.verdict import Verdict, main
from tests import ready

_ITEMS: Final = 3000
_ANYWHERE_S: Final = 0.5
_LOOKS_S: Final = 0.05
_TABLES: Final = {
    "articles": "SELECT uri, headline, slug, live, state, first_published_at, zone, language FROM newsroom_article",
    "bodies": "SELECT a.uri, (SELECT group_concat(json_extract(value, '$.value'), '|') FROM json_each(a.body))"
    " FROM newsroom_article a",
    "bylines": "SELECT a.uri, c.name, b.role, b.sort_order FROM newsroom_byline b JOIN newsroom_article a"
    " ON a.id = b.article_id JOIN newsroom_contributor c ON c.id = b.contributor_id",
    "topics": "SELECT a.uri, t.slug FROM newsroom_article_topics x JOIN newsroom_article a ON a.id = x.article_id"
    " JOIN newsroom_topic t ON t.id = x.topic_id",
    "versions": "SELECT a.uri, v.number, v.kind, v.content FROM newsroom_version v JOIN newsroom_article a"
    " ON a.id = v.article_id",
    "revisions": "SELECT a.uri, count(*) FROM wagtailcore_revision r JOIN newsroom_article a"
    " ON r.object_id = CAST(a.id AS text) GROUP BY a.uri",
    "old addresses": "SELECT o.address, a.uri FROM newsroom_articleoldaddress o JOIN newsroom_article a"
    " ON a.id = o.article_id",
    "pages": "SELECT json_extract(p.data, '$.headline'), p.visible_from, (SELECT count(*) FROM paper_placement x"
    " WHERE x.page_id = p.key) FROM paper_storedpage p WHERE p.kind = 'article'",
    "pages' old addresses": "SELECT address, json_extract(p.data, '$.headline') FROM paper_oldaddress o"
    " JOIN paper_storedpage p ON p.key = o.key",
    "taken": "SELECT uri, digest FROM ingest_taken",
    "waiting": "SELECT kind FROM newsroom_dispatch",
}
"""What a paper holds, its rows named by what they say and not by the numbers they happened to get."""


def archive(seconds: float) -> Verdict:
    """Import an archive at one go, and again with ten kills; each import lasts at most so many seconds."""
    return killed(_ITEMS, kills=10, longest_s=seconds)


def killed(count: int, *, kills: int, longest_s: float) -> Verdict:
    """Import so many items into two papers, one of them with a kill in each of so many parts of it, and compare."""
    verdict = Verdict("archive")
    chance = random.Random(count)
    with tempfile.TemporaryDirectory(prefix="warta-fault-") as folder:
        items = Path(folder, "items.jsonl")
        items.write_text("".join(f"{json.dumps(_item(number))}\n" for number in range(count)))
        homes = [Path(folder, name) for name in ("calm", "killed")]
        for home in homes:
            ready.copy(home)
        _import(homes[0], items).wait()
        taken: list[int] = []
        for part in range(kills):
            place = chance.randrange(part * count // kills, (part + 1) * count // kills)
            with _ended(_import(homes[1], items)) as process:
                if not _is_at(place, homes[1], process, longest_s):
                    break
                time.sleep(chance.uniform(0, _ANYWHERE_S))  # in the midst of what comes next
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    taken.append(_count(homes[1]))
        struck = len(taken)
        rest = _import(homes[1], items)
        last = rest.wait()
        calm, disturbed = (_told(home) for home in homes)
    verdict.figures = {"items": count, "kills": struck, "taken at each kill": taken}
    verdict.demand(
        f"kills struck at {len(set(taken))} places (at least {kills // 2})", is_met=len(set(taken)) >= kills // 2
    )
    verdict.demand(f"{struck} kills came before the import was through ({kills})", is_met=struck == kills)
    verdict.demand(f"the last import ends with status {last} (0)", is_met=last == 0)
    verdict.demand(f"{calm['articles'][0]} articles of {count} undisturbed", is_met=calm["articles"][0] == count)
    for name, (rows, digest) in calm.items():
        verdict.demand(
            f"{name}: {disturbed[name][0]} rows ({rows}), the same", is_met=disturbed[name] == (rows, digest)
        )
    return verdict


def _item(number: int) -> dict[str, object]:
    other = f"https://lama.example/baca/{(number * 7 + 1) % 997}"
    return {
        **paper.item(number),
        "body_html": f'<p>Tanggul ke-{number} <a href="{other}">sudah dibangun</a> oleh warga.</p><p>Air surut.</p>',
        "altids": [{"role": "url", "value": f"https://lama.example/baca/{number}"}],
    }


def _import(home: Path, items: Path) -> subprocess.Popen[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARTA_", "DJANGO_"))}
    return subprocess.Popen(
        [paper.WARTA, "import", "ninjs", str(items), "--json"],
        env={**kept, "WARTA_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    yield process
    process.wait()


def _is_at(place: int, home: Path, process: subprocess.Popen[bytes], longest_s: float) -> bool:
    """Wait until an import has taken so many items; False when it ended before."""
    until = time.monotonic() + longest_s
    while process.poll() is None and time.monotonic() < until:
        with suppress(sqlite3.DatabaseError, OSError):  # it was written, or a file went, while it was copied
            if _count(home) >= place:
                return True
        time.sleep(_LOOKS_S)
    return False


def _count(home: Path) -> int:
    return int(_asked(home, "SELECT count(*) FROM ingest_taken")[0][0])


def _told(home: Path) -> dict[str, tuple[int, str]]:
    found = {}
    for name, question in _TABLES.items():
        rows = sorted(map(str, _asked(home, question)))
        found[name] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def _asked(home: Path, question: str) -> list[Any]:
    copied = home.with_suffix(".copy")
    copied.mkdir(exist_ok=True)
    for file in home.glob("paper.sqlite3*"):
        shutil.copy(file, copied / file.name)
    connection = sqlite3.connect(copied / "paper.sqlite3")
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()
        shutil.rmtree(copied)


if __name__ == "__main__":
    main(__doc__, archive, seconds=60)

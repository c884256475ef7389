"""Real processes that count the same readers at the same moment, and one that is killed while it writes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

PROCESS = """
import json, sys
import warta.config.sqlite
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["warta.paper", "warta.reads"], DATABASES={"default": json.loads(sys.argv[1])}, USE_TZ=True,
    WARTA_READS_DATABASE="default", WARTA_SEARCH_DATABASE="default", SECRET_KEY="x",
    DATABASE_ROUTERS=["warta.config.databases.RoomsRouter"],
)
import django
django.setup()
from django.core.management import call_command
from tests.reads.builders import NOON, apart, counted, put, read
from warta.reads.tally import Tally
READERS, ARTICLES = 40, 4

def prepare():
    call_command("migrate", run_syncdb=True, verbosity=0)
    for article_id in range(1, ARTICLES + 1):
        put(article_id)

def flush():
    process = Tally()
    print("ready", flush=True)
    sys.stdin.readline()
    for reader in range(READERS):
        for article_id in range(1, ARTICLES + 1):
            process.note(*read(article_id, apart(reader)), NOON.timestamp() + reader)
        process.flush(NOON)
        print(reader, flush=True)

def count():
    print(json.dumps([counted(article_id) for article_id in range(1, ARTICLES + 1)]))

{"prepare": prepare, "flush": flush, "count": count}[sys.argv[2]]()
"""


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Give the settings of a database of its own on SQLite, of the test's on PostgreSQL."""
    given: dict[str, Any] = settings.DATABASES[settings.WARTA_READS_DATABASE]
    name = connections[settings.WARTA_READS_DATABASE].settings_dict["NAME"]
    own = {key: given[key] for key in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS") if given.get(key)}
    is_file = connections[settings.WARTA_READS_DATABASE].vendor == "sqlite"
    text = json.dumps({**own, "NAME": str(tmp_path / "reads.sqlite3") if is_file else name})
    finished(start(text, "prepare"))
    return text


def start(database: str, what: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROCESS, database, what]
    path = {"PYTHONPATH": ":".join(sys.path)}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=path)


def finished(process: subprocess.Popen[str]) -> str:
    out, _ = process.communicate("go\n", timeout=60)
    assert process.returncode == 0
    return out


def test_three_processes_count_the_same_readers_once(database: str) -> None:
    processes = [start(database, "flush") for _ in range(3)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        finished(process)
    assert json.loads(finished(start(database, "count"))) == [[40, 40]] * 4


def test_a_killed_process_loses_what_it_had_not_written_and_nothing_counts_twice(database: str) -> None:
    process = start(database, "flush")
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        for line in process.stdout:
            if line == "15\n":
                break
        process.kill()
    counts = json.loads(finished(start(database, "count")))
    assert len(set(map(tuple, counts))) == 1  # a flush is written whole: all four articles are equal
    assert 16 <= counts[0][0] < 40
    finished(start(database, "flush"))
    assert json.loads(finished(start(database, "count"))) == [[40, 40]] * 4

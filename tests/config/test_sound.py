"""What is lost or damaged in a paper is found by its check, and stops a command in words."""

import json
import os
import resource
import shutil

import pytest
from django.db import connection

from tests.config.running import PASSWORD, warta
from tests.config.test_command import NINJS
from tests.conftest import DATABASES
from warta.config import sound
from warta.newsroom.models import Photo


def damage(path):
    """Overwrite the middle quarter of a file with what is no database."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size * 3 // 8)
        file.write(os.urandom(size // 4))


def to_mend(home, *options):
    done = warta(home, "check", "--json", *options)
    assert "Traceback" not in done.stderr
    return {one["what"]: one["words"] for line in done.stdout.splitlines() if not (one := json.loads(line))["ok"]}


def test_folders_that_are_lost_are_told_of(home):
    for name in ("originals", "pictures", "static"):
        shutil.rmtree(home / name)
    found = to_mend(home)
    assert set(found) == {"photos", "static"}
    assert f"{home}/originals and {home}/pictures missing" in found["photos"]
    assert "`warta init` makes it" in found["static"]


@pytest.mark.parametrize("name", ["paper", "reads", "search"])
def test_a_damaged_file_is_found_by_either_check(home, name):
    damage(home / f"{name}.sqlite3")
    for options in ((), ("--history",)):
        words = to_mend(home, *options)["file"]
        assert words.startswith(f"{name}.sqlite3: ")
        assert "put back from a backup" in words
        assert "WARTA_DATABASE_URL" not in words


def test_an_export_of_a_damaged_paper_is_stopped_in_words(home, tmp_path):
    damage(home / "paper.sqlite3")
    done = warta(home, "export", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "a damaged file is put back from a backup" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_import_for_which_the_disk_has_no_room_is_stopped_in_words(home, tmp_path):
    path = tmp_path / "items.jsonl"
    text = f"<p>{'Air naik. ' * 1000}</p>"
    path.write_text("".join(json.dumps({**NINJS, "uri": f"urn:{n}", "body_html": text}) + "\n" for n in range(300)))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((home / "paper.sqlite3").stat().st_size + 100_000, hard))
    try:
        done = warta(home, "import", "ninjs", str(path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert done.returncode == 1
    assert "the database refuses: " in done.stderr
    assert "start the same command again: it goes on" in done.stderr
    assert "Traceback" not in done.stderr
    assert warta(home, "import", "ninjs", str(path)).returncode == 0


@pytest.mark.parametrize(
    ("format_", "name", "content"),
    [("ninjs", "a.jsonl", ""), ("ninjs", "a.json", "[]"), ("warc", "a.warc", ""), ("feed", "a.xml", "<rss/>")],
)
def test_a_source_without_an_item_is_an_error(home, tmp_path, format_, name, content):
    (tmp_path / name).write_text(content)
    done = warta(home, "import", format_, str(tmp_path / name))
    assert done.returncode == 1
    assert "no item" in done.stderr
    assert "Import\n" not in done.stdout  # the bar's label is for terminals


@pytest.mark.parametrize(("full_name", "words"), [("a" * 140 + " " + "b" * 140, "--full-name: "), ("   ", "")])
def test_a_full_name_is_put_in_order_or_refused(home, full_name, words):
    given = ("user", "add", "laras", "--role", "reporter", "--full-name", full_name, "--password-stdin")
    done = warta(home, *given, typed=PASSWORD)
    assert done.returncode == (1 if words else 0), done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    listed = warta(home, "user", "list", "--json").stdout
    assert listed == "" if words else json.loads(listed)["full_name"] == ""


@pytest.mark.django_db
def test_a_sample_of_originals_is_looked_for(settings, tmp_path):
    assert sound.originals() == {"what": "originals", "ok": True, "words": "of 0 looked for, 0 missing or empty"}
    settings.MEDIA_ROOT = tmp_path
    Photo.objects.bulk_create(
        Photo(title=f"{n}", file=f"{n}.jpg", width=1, height=1, collection_id=1) for n in range(3 * sound.SAMPLE)
    )
    for photo in Photo.objects.all():
        (tmp_path / photo.file.name).write_bytes(b"x")
    assert sound.originals()["words"] == f"of {sound.SAMPLE} looked for, 0 missing or empty"
    last = Photo.objects.order_by("pk").last().file.name
    (tmp_path / last).write_bytes(b"")
    found = sound.originals()
    assert not found["ok"]
    assert f"1 missing or empty, such as {last}" in found["words"]


@pytest.mark.django_db(databases=DATABASES)
def test_a_large_file_is_looked_through_for_a_bounded_time():
    if connection.vendor != "sqlite":
        assert sound.databases() == []
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE large (a TEXT)")
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
            " INSERT INTO large SELECT i FROM n"
        )
    words = [found["words"] for found in sound.databases(within_s=-1)]
    assert any("`warta check --history` looks through all of it" in one for one in words)
    assert all(found["ok"] for found in sound.databases())

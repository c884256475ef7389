"""The command `warta`, as people run it: what it says, what it does, and its exit status."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.config.running import COMMAND, PASSWORD, environ, free_port, warta
from warta.config import cli, environment

NINJS = {
    "uri": "tag:kantor.example,2026:1",
    "headline": "Banjir di Demak",
    "pubstatus": "usable",
    "versioncreated": "2026-05-03T06:39:00+07:00",
    "subject": [{"name": "Nusantara"}],
    "body_html": "<p>Air naik.</p>",
}


def test_help_lists_all_commands_and_settings():
    shown = CliRunner().invoke(cli.main, ["--help"])
    assert shown.exit_code == 0
    for command in ("init", "serve", "demo", "import", "export", "user", "partner", "check"):
        assert re.search(rf"^  {command}\s+\S", shown.output, re.MULTILINE), command
    for name in environment.SETTINGS:
        assert f"{name}:" in shown.output
    assert not re.search(r"^  worker", shown.output, re.MULTILINE)


@pytest.mark.parametrize(
    "command", [["init"], ["serve"], ["demo"], ["import", "ninjs"], ["export"], ["user", "add"], ["check"]]
)
def test_every_command_explains_itself(command):
    shown = CliRunner().invoke(cli.main, [*command, "-h"])
    assert shown.exit_code == 0
    assert len(shown.output) > 100


def test_help_and_version_need_no_paper(tmp_path):
    done = warta(tmp_path / "none", "--version")
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*\n", done.stdout)
    assert not (tmp_path / "none").exists()


@pytest.mark.thorough
def test_a_second_init_does_no_harm(home):
    secret = (home / "secret").read_text()
    done = warta(home, "init")
    assert (done.returncode, done.stdout) == (0, f"Ready: {home}, on the SQLite file in it.\n"), done.stderr
    made = json.loads(warta(home, "init", "--json").stdout)
    assert made == {"home": str(home), "database": "the SQLite file in it"}
    assert (home / "secret").read_text() == secret


def test_a_paper_that_is_ready_passes_its_check(home):
    done = warta(home, "check")
    assert done.returncode == 0, done.stdout
    assert all(line.startswith("ok  ") for line in done.stdout.splitlines())
    found = [json.loads(line) for line in warta(home, "check", "--json").stdout.splitlines()]
    assert {"settings", "secret", "folder", "django", "database", "tables", "press"} <= {one["what"] for one in found}


def test_a_paper_behind_https_passes_the_deployment_checks(home):
    done = warta(home, "check", WARTA_SITE_URL="https://koran.example")
    assert done.returncode == 0, done.stdout
    assert "ok   django: deployment checks clean" in done.stdout


def test_what_must_be_mended_is_named(home):
    (home / "secret").chmod(0o644)
    done = warta(home, "check", WARTA_LANGUGE="id")
    assert done.returncode == 1
    assert f"MEND secret: others may read {home}/secret: chmod 600 it" in done.stdout
    assert "MEND settings: not known: WARTA_LANGUGE" in done.stdout
    assert "WARTA_LANGUGE is no setting of Warta" in done.stderr


UNREACHABLE = "postgresql://warta@127.0.0.1:9/paper"


def elsewhere(command):
    """Return the option with which `serve` leaves the usual port alone, on which a paper may be served."""
    return ["--bind", f"127.0.0.1:{free_port()}"] if command == ["serve"] else []


@pytest.mark.parametrize(
    "command",
    [
        ["serve"],
        *(
            pytest.param(words, marks=pytest.mark.thorough)
            for words in (["check"], ["init"], ["user", "list"], ["import", "ninjs", "."], ["demo", "--if-empty"])
        ),
    ],
)
def test_a_database_that_does_not_answer_is_said_plainly(home, command):
    done = warta(home, *command, *elsewhere(command), WARTA_DATABASE_URL=UNREACHABLE)
    assert done.returncode == 1
    assert "Check WARTA_DATABASE_URL" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_check_of_a_paper_that_is_not_ready_names_what_makes_it_so(home):
    for path in home.glob("*.sqlite3"):
        path.unlink()
    found = [json.loads(line) for line in warta(home, "check", "--json").stdout.splitlines()]
    [to_mend] = [one for one in found if not one["ok"] and one["what"] == "tables"]
    assert "warta init" in to_mend["words"]


@pytest.mark.parametrize(
    "command",
    [
        ["serve"],
        *(
            pytest.param(words, marks=pytest.mark.thorough)
            for words in (["user", "list"], ["user", "add", "a", "--role", "editor"], ["import", "ninjs", "."])
        ),
    ],
)
def test_a_paper_that_is_not_ready_is_said_plainly(home, command):
    for path in home.glob("*.sqlite3"):
        path.unlink()
    more = ["--password-stdin"] if "add" in command else []
    done = warta(home, *command, *more, *elsewhere(command), typed=f"{PASSWORD}\n")
    assert done.returncode == 1
    assert "Run `warta init` first." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["check"], ["user", "list"], ["serve"], ["export", "out"], ["partner", "list"]])
def test_where_no_paper_is_a_command_makes_none(tmp_path, command):
    done = warta(tmp_path / "salah", *command, *elsewhere(command))
    assert done.returncode == 1
    assert f"there is no paper in {tmp_path}/salah" in done.stderr
    assert "`warta init`" in done.stderr
    assert list(tmp_path.iterdir()) == []


MODES = """
import os, stat
from pathlib import Path
from warta.config.starting import set_up
set_up(may_make=True)
from django.db import connections
for one in connections.all():
    one.cursor().execute("CREATE TABLE a (b)")
for path in Path(os.environ["WARTA_HOME"]).iterdir():
    print(path.name, oct(stat.S_IMODE(path.stat().st_mode)))
"""


def test_a_new_paper_is_its_owners_alone(tmp_path):
    home = tmp_path / "paper"
    made = subprocess.run([sys.executable, "-c", MODES], env=environ(home), capture_output=True, text=True, umask=0o022)
    modes = dict(line.split() for line in made.stdout.splitlines())
    assert {"secret", "paper.sqlite3", "paper.sqlite3-wal", "reads.sqlite3", "search.sqlite3"} <= set(modes), (
        made.stderr
    )
    assert set(modes.values()) == {"0o600"}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_an_old_paper_whose_databases_others_may_read_is_told_of(home):
    home.chmod(0o755)
    (home / "paper.sqlite3").chmod(0o644)
    done = warta(home, "check")
    assert done.returncode == 1
    assert "MEND folder: others may read paper.sqlite3" in done.stdout
    told = re.search(r"MEND folder: .*: (chmod o= .*)", done.stdout)[1]
    subprocess.run(told.split(), check=True)
    assert "MEND folder" not in warta(home, "check").stdout


@pytest.mark.parametrize(
    "bind", ["[::1:8104", "::1:8104", "[::1]", "a]:80", "127.0.0.1:0", "127.0.0.1:٨٠", ":80", "a b:80"]
)
def test_an_address_that_is_none_is_refused(bind):
    shown = CliRunner().invoke(cli.main, ["serve", "--bind", bind])
    assert shown.exit_code == 2
    assert "is no HOST:PORT" in shown.output


def test_the_help_of_the_import_lists_its_formats_line_by_line():
    shown = CliRunner().invoke(cli.main, ["import", "--help"]).output
    assert "\\b" not in shown
    assert re.search(r"^  ghost      Ghost exports \(JSON\)$", shown, re.MULTILINE)


def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path):
    (tmp_path / "file").write_text("")
    done = warta(tmp_path / "file" / "home", "init")
    assert done.returncode != 0
    assert "cannot be made" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_ends_every_command_with_its_remedy(home):
    done = warta(home, "check", WARTA_ZONE="WXYZ")
    assert done.returncode == 1
    assert done.stderr.startswith("warta: WARTA_ZONE: 'WXYZ' is not a time zone: write WIB")
    assert "Traceback" not in done.stderr


@pytest.mark.thorough
def test_people_are_added_listed_and_given_new_passwords(home):
    added = warta(
        home,
        "user",
        "add",
        "laras",
        "--role",
        "reporter",
        "--full-name",
        "Laras Wiragama",
        "--password-stdin",
        typed=PASSWORD,
    )
    assert (added.returncode, added.stdout) == (0, "laras may sign in as reporter.\n"), added.stderr
    listed = [json.loads(line) for line in warta(home, "user", "list", "--json").stdout.splitlines()]
    assert listed == [{"user": "laras", "role": "Reporter", "full_name": "Laras Wiragama"}]
    again = warta(home, "user", "add", "laras", "--role", "editor", "--password-stdin", typed=PASSWORD)
    assert again.returncode == 1
    assert "`warta user password laras` gives a new password" in again.stderr
    weak = warta(home, "user", "password", "laras", "--password-stdin", typed="12345")
    assert weak.returncode == 1
    changed = warta(home, "user", "password", "laras", "--password-stdin", typed=PASSWORD[::-1])
    assert changed.returncode == 0
    assert PASSWORD not in added.stdout + again.stderr + changed.stdout


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("danu", "pendek"),
        pytest.param("danu", "password1234", marks=pytest.mark.thorough),
        pytest.param("danukertapati", "danukertapati", marks=pytest.mark.thorough),
        pytest.param("danu", "", marks=pytest.mark.thorough),
        pytest.param("a b/c", PASSWORD, marks=pytest.mark.thorough),
    ],
)
def test_a_weak_password_or_an_unfit_name_is_refused(home, name, password):
    done = warta(home, "user", "add", name, "--role", "editor", "--password-stdin", typed=f"{password}\n")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert warta(home, "user", "list").stdout == ""


@pytest.mark.thorough
def test_nobody_has_no_password_to_change(home):
    done = warta(home, "user", "password", "tiada", "--password-stdin", typed=PASSWORD)
    assert done.returncode == 1
    assert "`warta user list` shows who there is" in done.stderr


def test_ninjs_is_imported_twice_and_stands_once(home, tmp_path):
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps(NINJS) + "\n{broken\n" + json.dumps({**NINJS, "uri": "tag:2", "headline": "x" * 400}))
    for status, skipped in (("published", 0), ("unchanged", 1)):
        done = warta(home, "import", "ninjs", str(path), "--json")
        *said, last = [json.loads(line) for line in done.stdout.splitlines()]
        assert done.returncode == 1
        assert [one["status"] for one in said] == [status, "broken", "broken"]
        report = last["report"]
        assert (report["created"], report["skipped"], report["broken"]) == (1 - skipped, skipped, 2)
        assert report["lost"]["item"]["count"] == 2
        assert {"uri", "url", "status", "lost"} <= set(said[0])
        assert re.fullmatch(r"(http://127.0.0.1:8000)?/nusantara/read/2026/05/03/1/banjir-di-demak", said[0]["url"])


def test_ninjs_without_flaws_ends_with_status_0_and_is_counted_for_people(home, tmp_path):
    path = tmp_path / "item.json"
    path.write_text(json.dumps(NINJS))
    done = warta(home, "import", "ninjs", str(path))
    assert done.returncode == 0, done.stderr
    assert "1 published; 1 of them new; 0 broken." in done.stdout


def test_ninjs_with_no_create_takes_only_known_rubrics(home, tmp_path):
    path = tmp_path / "item.json"
    path.write_text(json.dumps(NINJS))
    done = warta(home, "import", "ninjs", str(path), "--no-create")
    assert done.returncode == 1
    assert "there is no rubric" in done.stderr


def test_a_path_that_is_not_there_is_a_mistake_in_the_command(home):
    assert warta(home, "import", "ninjs", "tidak-ada.json").returncode == 2


def test_the_command_lies_where_make_setup_puts_it():
    found = Path(COMMAND[0]).parent / "warta"
    done = subprocess.run([found, "--version"], env=environ(Path("none")), capture_output=True, text=True)
    assert done.returncode == 0
    assert os.access(found, os.X_OK)

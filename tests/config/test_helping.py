"""The helpers beside an import: they end with it, also when it is killed, and the next goes on where it was."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

WARTA = str(Path(sys.executable).with_name("warta"))
PATIENCE_S = 20.0


def lines(count: int) -> str:
    return "".join(
        json.dumps(
            {
                "uri": f"urn:uji:{number}",
                "type": "text",
                "headline": f"Kapal Tiba di Dermaga {number}",
                "body_html": "<p>Kapal itu membawa beras dan gula.</p>" * 5,
                "versioncreated": "2026-01-02T03:04:05+07:00",
                "subject": [{"name": "Nusantara"}],
            }
        )
        + "\n"
        for number in range(count)
    )


def running(group: int) -> list[int]:
    """Return the processes of a group that have not ended, its leader among them."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, belongs_to = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(belongs_to) == group and state != "Z":
            found.append(int(stat.parent.name))
    return found


def wait_for(group: int, count: int, *, is_less: bool = False) -> None:
    until = time.monotonic() + PATIENCE_S
    while (len(running(group)) > count) if is_less else (len(running(group)) < count):
        assert time.monotonic() < until, f"{running(group)} run"
        time.sleep(0.02)


def test_helpers_end_when_the_import_is_killed_and_nothing_is_lost(home, tmp_path):
    items = tmp_path / "items.jsonl"
    items.write_text(lines(1500), "utf-8")
    env = {**os.environ, "WARTA_HOME": str(home)}
    command = [WARTA, "import", "ninjs", str(items), "--json"]
    with subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        wait_for(process.pid, 4)  # the command, the reader and two helpers
        os.kill(process.pid, signal.SIGKILL)
        process.wait(PATIENCE_S)
        wait_for(process.pid, 0, is_less=True)
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    report = json.loads(done.stdout.splitlines()[-1])["report"]
    assert 0 < report["created"] < 1500
    assert report["created"] + report["skipped"] == 1500
    checked = subprocess.run([WARTA, "check", "--json"], env=env, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr

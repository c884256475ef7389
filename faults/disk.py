"""R3: the disk under the paper is full; readers read on, the newsroom says so in words, and space mends it."""

import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from faults import load, paper
from faults.verdict import Verdict, main

_SMALL: Final = "64m"
_LARGE: Final = "256m"
_PASSWORD: Final = "tanggul-senja-4711"


def disk(seconds: float) -> Verdict:
    """Fill the disk, read, save in the newsroom, give space, and save again."""
    verdict = Verdict("disk")
    with _small_disk() as folder, paper.paper(parent=folder) as made:
        made.warm()
        editor = _Editor(made)
        first = editor.save("Sebelum penuh")
        verdict.demand(f"a save before answers {first.status} (302)", is_met=first.status == 302)
        with load.readers(load.Plan(made.port, made.paths)) as tally:
            fill = _fill(folder)
            time.sleep(seconds / 2)
            refused = editor.save("Selagi penuh")
            time.sleep(seconds / 2)
            subprocess.run(["mount", "-o", f"remount,size={_LARGE}", str(folder)], check=True)
            again_s = _until_saved(editor)
        fill.unlink()
    verdict.figures = {"save_on_full_disk": refused.status, "words": refused.text[:300], "readers": tally.figures()}
    verdict.demand(f"{tally.failed} of {tally.asked} readers' requests failed (0)", is_met=tally.failed == 0)
    verdict.demand(
        f"a save on the full disk answers {refused.status} (503) in words, without a traceback",
        is_met=refused.status in {503, 507} and "Traceback" not in refused.text and len(refused.text) > 40,
    )
    verdict.demand(f"saving works {again_s:.1f} s after there is space (at most 5), no restart", is_met=again_s <= 5)
    return verdict


class _Saved:
    """What the newsroom answered: the status and the words of the page without markup."""

    def __init__(self, status: int, body: str) -> None:
        self.status = status
        self.text = " ".join(re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", body, flags=re.DOTALL).split())


class _Editor:
    """Someone who is signed in and keeps topics."""

    def __init__(self, made: paper.Paper) -> None:
        self._made = made
        self._cookies: dict[str, str] = {}
        command = [str(Path(sys.executable).with_name("warta")), "user", "add", "tata", "--role", "admin"]
        subprocess.run(
            [*command, "--password-stdin"],
            env=made.environ,
            input=_PASSWORD,
            text=True,
            check=True,
            capture_output=True,
        )
        answer = self._post("/redaksi/login/", {"username": "tata", "password": _PASSWORD, "next": "/redaksi/"})
        if answer.status != 302:
            raise RuntimeError(f"signing in was answered with {answer.status}: {answer.text[:300]}")

    def save(self, name: str) -> _Saved:
        """Save a new topic."""
        address = "/redaksi/snippets/newsroom/topic/add/"
        return self._post(address, {"name": name, "slug": name.lower().replace(" ", "-"), "description": ""})

    def _post(self, path: str, fields: dict[str, str]) -> _Saved:
        if "csrf" not in self._cookies:
            self._ask("GET", "/redaksi/login/", None)
        return self._ask("POST", path, urlencode({**fields, "csrfmiddlewaretoken": self._cookies["csrf"]}))

    def _ask(self, method: str, path: str, body: str | None) -> _Saved:
        connection = http.client.HTTPConnection(load.HOST, self._made.port, timeout=40)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self._cookies[key] = rest.partition(";")[0]
            return _Saved(answer.status, answer.read().decode())
        finally:
            connection.close()


def _until_saved(editor: _Editor) -> float:
    """Return the seconds until a save is accepted, infinite after half a minute."""
    start = time.monotonic()
    for attempt in range(60):
        if editor.save(f"Lagi {attempt}").status == 302:
            return time.monotonic() - start
        time.sleep(0.5)
    return float("inf")


@contextmanager
def _small_disk() -> Iterator[Path]:
    """Give a folder on a disk of its own, in memory."""
    if os.geteuid() != 0:
        print("disk: SKIPPED, for only root may mount a small disk. NOTHING WAS TESTED.")
        sys.exit(0)
    folder = Path(tempfile.mkdtemp(prefix="warta-disk-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SMALL}", "warta-disk", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


def _fill(folder: Path) -> Path:
    """Write until nothing more fits."""
    fill = folder / "fill"
    with fill.open("wb", buffering=0) as file:
        size = 2**20
        while size:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2
    return fill


if __name__ == "__main__":
    main(__doc__, disk, seconds=20)

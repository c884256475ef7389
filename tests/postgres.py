"""Runs a command beside a PostgreSQL of its own, in a temporary folder: `python -m tests.postgres COMMAND…`.

The server is started as a user that is not root (PostgreSQL refuses root), answers on loopback alone
and is thrown away.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path


def _bin() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not found:
        sys.exit("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


def _user() -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    other = next(name for name in ("postgres", "nobody") if name in {entry.pw_name for entry in pwd.getpwall()})
    entry = pwd.getpwnam(other)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def server():
    """Start a server and give its address as a WARTA_DATABASE_URL."""
    folder, user = tempfile.mkdtemp(prefix="warta-pg-"), _user()
    if user:
        os.chown(folder, user["user"], user["group"])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = f"{folder}/data"
    started = None
    try:
        init = [
            _bin() / "initdb",
            "-D",
            data,
            "-U",
            "warta",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        ]
        subprocess.run(init, check=True, stdout=subprocess.DEVNULL, cwd=folder, **user)
        options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
        with Path(f"{folder}/log").open("w") as log:
            started = subprocess.Popen(
                [_bin() / "postgres", "-D", data, "-p", str(port), *options], stdout=log, stderr=log, cwd=folder, **user
            )
        _wait(port, started, Path(f"{folder}/log"))
        url = f"postgresql://warta@127.0.0.1:{port}/postgres"
        yield url
    finally:
        if started is not None:
            started.terminate()
            started.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int, process: subprocess.Popen, log: Path) -> None:
    ready = [_bin() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(300):
        if process.poll() is not None:
            sys.exit(f"PostgreSQL did not start:\n{log.read_text()}")
        if subprocess.run(ready).returncode == 0:
            return
        time.sleep(0.1)
    sys.exit("PostgreSQL did not answer within 30 s")


if __name__ == "__main__":
    with server() as address:
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "WARTA_DATABASE_URL": address}).returncode)

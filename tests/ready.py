"""A paper that is ready and has no article, made once by `warta init` for all test runs of a checkout, to be copied."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_WARTA = Path(sys.executable).with_name("warta")


def copy(home: Path) -> Path:
    """Put such a paper into a folder that does not exist yet."""
    return shutil.copytree(_made(), home)


def _made() -> Path:
    """Return the one of this code and these libraries, made now if nobody did before."""
    build = _ROOT / "build"
    build.mkdir(exist_ok=True)
    made = build / f"ready-{_version()}"
    with (build / "ready.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for older in build.glob("ready-*"):
                shutil.rmtree(older)
            fresh = build / "ready.new"
            shutil.rmtree(fresh, ignore_errors=True)
            kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARTA_", "DJANGO_"))}
            command = [_WARTA, "init"]
            done = subprocess.run(command, env={**kept, "WARTA_HOME": str(fresh)}, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            fresh.rename(made)
    return made


def _version() -> str:
    digest = hashlib.sha256()
    for path in (
        _ROOT / "requirements" / "runtime.txt",
        *sorted(path for path in (_ROOT / "src").rglob("*") if path.suffix in {".py", ".js", ".css"}),
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]

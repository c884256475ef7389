"""Programs of Node's that tests run: installed by npm as a folder pins them, once for all runs of a checkout."""

import fcntl
import shutil
import subprocess
from pathlib import Path

CHECKERS = Path(__file__).with_name("checkers")
_BUILD = Path(__file__).parents[1] / "build"


def installed(pinned: Path) -> Path:
    """Return the `node_modules` of what `package.json` and its lock in a folder name; no install script is run."""
    home = _BUILD / pinned.name
    home.mkdir(parents=True, exist_ok=True)
    lock = (pinned / "package-lock.json").read_bytes()
    mark = home / "installed.json"
    with (home / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not mark.exists() or mark.read_bytes() != lock:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(pinned / name, home / name)
            command = [program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=home, check=True, capture_output=True, timeout=300)
            mark.write_bytes(lock)
    return home / "node_modules"


def nu() -> Path:
    """Return the Nu Html Checker, a program for Java that comes by npm."""
    return installed(CHECKERS) / "vnu-jar" / "build" / "dist" / "vnu.jar"


def program(name: str) -> str:
    """Return the path of a program that `ops/need-system` installs."""
    path = shutil.which(name)
    assert path, f"{name} is missing: ops/need-system installs it"
    return path

"""A paper that is ready and has no article, with or without staff, made once for all test runs of a checkout."""

import hashlib
import shutil
import sys
from pathlib import Path

from tests import migrated

_ROOT = Path(__file__).parents[1]
_WARTA = Path(sys.executable).with_name("warta")
_STAFF: list[str | Path] = [sys.executable, "-m", "tests.staff"]


def copy(home: Path) -> Path:
    """Put such a paper into a folder that does not exist yet."""
    with migrated.alone("ready"):
        return shutil.copytree(_made(), home)


def copy_with_staff(home: Path) -> Path:
    """Put such a paper into a folder that does not exist yet, with the people of `tests.staff`, who sign in."""
    with migrated.alone("ready"):
        made = migrated.BUILD / f"ready-{_version()}-staff"
        if not made.exists():
            fresh = shutil.copytree(_made(), migrated.emptied("ready.new"))
            migrated.run(_STAFF, {"WARTA_HOME": str(fresh)})
            fresh.rename(made)
        return shutil.copytree(made, home)


def _made() -> Path:
    """Return the one of this code and these libraries, made now if nobody did before."""
    made = migrated.BUILD / f"ready-{_version()}"
    if not made.exists():
        for older in migrated.BUILD.glob("ready-*"):
            shutil.rmtree(older)
        with migrated.alone("migrated"):
            fresh = shutil.copytree(migrated.folder(), migrated.emptied("ready.new"))
        fresh.chmod(0o700)  # as `warta init` makes it
        migrated.run([_WARTA, "init"], {"WARTA_HOME": str(fresh)})
        fresh.rename(made)
    return made


def _version() -> str:
    digest = hashlib.sha256()
    for path in (
        _ROOT / "requirements" / "runtime.txt",
        *(_ROOT / "tests" / name for name in ("staff.py", "ready.py")),
        *sorted(path for path in (_ROOT / "src").rglob("*") if path.suffix in {".py", ".js", ".css"}),
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]

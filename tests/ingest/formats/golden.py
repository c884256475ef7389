"""Writes what the parser made of an item as JSON, for the comparison with the expected files."""

import dataclasses
import json
import os
from datetime import datetime
from pathlib import Path

from warta.ingest.formats import ninjs
from warta.ingest.item import Told


def read(path: Path, parse=ninjs.parse, told: Told | None = None) -> str:
    """Return the items of a file; pictures are named by their place under the folder in which the file lies."""
    items = list(parse(path, told or Told()))
    return json.dumps([_plain(item, path.parent) for item in items], ensure_ascii=False, indent=1) + "\n"


def check(path: Path, parse=ninjs.parse, told: Told | None = None) -> None:
    """Compare with the expected file beside it; with `GOLDEN=write` write that anew, to be read before a commit."""
    made = read(path, parse, told)
    expected = path.with_name(f"{path.stem}.expected.json")
    if os.environ.get("GOLDEN") == "write":
        expected.write_text(made)
    assert made == expected.read_text()


def _plain(value, folder):
    if dataclasses.is_dataclass(value):
        told = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        kind = {"kind": type(value).__name__}
        told.pop("read", None)
        return kind | {name: _plain(part, folder) for name, part in told.items() if part not in ("", (), None, False)}
    if isinstance(value, tuple):
        return [_plain(part, folder) for part in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return value.relative_to(folder.resolve()).as_posix()
    return value

"""Writes what the parser made of an item as JSON, for the comparison with the expected files."""

import dataclasses
import json
from datetime import datetime
from pathlib import Path

from warta.ingest.formats.ninjs import parse
from warta.ingest.item import BrokenItem
from warta.ingest.sources.files import documents


def read(path: Path) -> str:
    items = [
        found if isinstance(found, BrokenItem) else parse(found[2], folder=found[1], where=found[0])
        for found in documents(path)
    ]
    return json.dumps([_plain(item, path.parent) for item in items], ensure_ascii=False, indent=1) + "\n"


def _plain(value, folder):
    if dataclasses.is_dataclass(value):
        told = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        kind = {"kind": type(value).__name__}
        return kind | {name: _plain(part, folder) for name, part in told.items() if part not in ("", (), None)}
    if isinstance(value, tuple):
        return [_plain(part, folder) for part in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return value.relative_to(folder.resolve()).as_posix()
    return value

"""A report's table as a file: CSV, which every spreadsheet opens, or Parquet, which keeps the kinds of its columns."""

import csv as csv_module
import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

Cell = str | int | datetime | None
_FORMULA: Final = re.compile(r"\s*[=+\-@]|[\t\r\n]")


class NoParquetError(Exception):
    """The library that writes Parquet is not installed: it is as large as all else together, and few need it."""


def csv(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return a table as CSV with a mark of its encoding, without which spreadsheets guess.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.
    Source: RFC 4180; OWASP, CSV Injection.
    """
    text = io.StringIO(newline="")
    writer = csv_module.writer(text)
    writer.writerow(columns)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def parquet(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return a table as Parquet: numbers as numbers, instants in UTC, nothing as nothing.

    Raises: NoParquetError.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet as files
    except ImportError as error:
        raise NoParquetError("pyarrow is not installed: pip install 'warta[parquet]'") from error
    made = {}
    for place, name in enumerate(columns):
        cells = [row[place] for row in rows]
        some = next((cell for cell in cells if cell is not None), "")
        kind = pa.string()
        if isinstance(some, int):
            kind = pa.int64()
        elif isinstance(some, datetime):
            kind = pa.timestamp("s", tz="UTC")
        made[name] = pa.array(cells, type=kind)
    out = pa.BufferOutputStream()
    files.write_table(pa.table(made), out)
    return bytes(out.getvalue().to_pybytes())


def _safe(cell: Cell) -> str | int | None:
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell

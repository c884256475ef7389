"""Many rows at once in plain SQL: what a flush writes each second, and what it asks before (decision 19)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final, TypeVar

import msgspec
from django.conf import settings
from django.db import connections

from warta import plain

CHUNK: Final = 500
"""How many rows one statement takes."""

T = TypeVar("T")


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a question to the database of the reads."""
    return plain.ask(sql, *values, using=settings.WARTA_READS_DATABASE)


def do(sql: str, *values: Any) -> int:
    """Execute a statement in the database of the reads, and return how many rows it touched."""
    return plain.do(sql, *values, using=settings.WARTA_READS_DATABASE)


def merge(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, on: int, setting: str = "") -> None:
    """Insert rows, or where their first `on` columns are known already, raise the other columns by theirs.

    `setting` says instead what becomes of a known row.
    """
    key = ", ".join(columns[:on])
    change = setting or ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in columns[on:])
    for chunk in chunks(rows):
        marks = _marks(len(chunk), len(columns))
        do(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES {marks} ON CONFLICT ({key}) DO UPDATE SET {change}",  # noqa: S608 — names of ours
            *(value for row in chunk for value in row),
        )


def known(table: str, columns: Sequence[str], keys: Collection[int]) -> list[list[int]]:
    """Return `columns` of the rows that have one of these keys; one question for any number of them."""
    if not keys:
        return []
    names = ", ".join(columns)
    if _is_postgresql():
        return [list(row) for row in ask(f"SELECT {names} FROM {table} WHERE key = ANY(%s::bigint[])", _array(keys))]  # noqa: S608 — names of ours
    asked = f"SELECT json_group_array(json_array({names})) FROM {table} WHERE key IN (SELECT value FROM json_each(%s))"  # noqa: S608 — names of ours
    [(found,)] = ask(asked, _json(list(keys)))
    return msgspec.json.decode(found, type=list[list[int]])


def keep(table: str, columns: Sequence[str], rows: Collection[tuple[int, ...]]) -> None:
    """Write rows of whole numbers, the first of which is their key, over what is known under it; one statement.

    They are written in the order of their keys, so that each page of the table is touched once. SQLite gets them as
    one value: between two rows, beacons that are taken would take the interpreter from the thread that writes.
    """
    if not rows:
        return
    change = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
    if _is_postgresql():
        source = f"unnest({', '.join(['%s::bigint[]'] * len(columns))})"
        values = [_array(column) for column in zip(*rows, strict=True)]
        told = "*"
    else:
        source, values = "json_each(%s) WHERE TRUE", [_json(sorted(rows))]
        told = ", ".join(f"value ->> {place}" for place in range(len(columns)))
    do(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {told} FROM {source}"  # noqa: S608 — names of ours
        f" ON CONFLICT ({columns[0]}) DO UPDATE SET {change}",
        *values,
    )


def _array(numbers: Iterable[int]) -> str:
    """Write numbers as PostgreSQL reads an array; its driver takes two fifths of a flush for the same."""
    return f"{{{','.join(map(str, numbers))}}}"


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _is_postgresql() -> bool:
    return connections[settings.WARTA_READS_DATABASE].vendor == "postgresql"


@lru_cache(maxsize=64)
def _marks(rows: int, columns: int) -> str:
    """Return as many marks for rows of values as there are."""
    return ", ".join([f"({', '.join(['%s'] * columns)})"] * rows)


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Cut items into lists of at most `size`."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk

"""Many rows at once in plain SQL: what a flush writes each second, and what it asks before (decision 19)."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final, TypeVar

from django.conf import settings

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


def of_day(
    table: str, wanted: str, columns: Sequence[str], day: str, asked: Iterable[Sequence[int]]
) -> Iterator[tuple[Any, ...]]:
    """Return `columns` and what is `wanted` of the rows of a day whose `columns` are asked for."""
    names = ", ".join(columns)
    same = " AND ".join(f"t.{name} = asked.{name}" for name in columns)
    told = ", ".join(f"t.{name}" for name in (*columns, wanted))
    for chunk in chunks(asked):
        marks = _marks(len(chunk), len(columns))
        yield from ask(
            f"WITH asked ({names}) AS (VALUES {marks})"  # noqa: S608 — names of ours
            f" SELECT {told} FROM asked CROSS JOIN {table} AS t WHERE t.day = %s AND {same}",
            *(value for row in chunk for value in row),
            day,
        )


@lru_cache(maxsize=64)
def _marks(rows: int, columns: int) -> str:
    """Return as many marks for rows of values as there are."""
    return ", ".join([f"({', '.join(['%s'] * columns)})"] * rows)


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Cut items into lists of at most `size`."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk

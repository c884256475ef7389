"""Plain SQL for the few questions that readers or a sign-in wait for.

Django takes five times as long to put such a question together as the database takes to answer it. It belongs to no
room, and any may use it for its own tables.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

_AS_IT_IS: Final = frozenset(
    {
        *(models.CharField, models.TextField, models.BooleanField, models.ForeignKey, models.AutoField),
        *(models.BigAutoField, models.IntegerField, models.BigIntegerField, models.PositiveIntegerField),
        models.PositiveSmallIntegerField,
    }
)
"""Types of fields whose values need no preparation: these alone, and not what is made of them."""
_IN_ONE: Final = 500
"""How many rows go to PostgreSQL in one statement."""
VISIBLE: Final = "(visible_from <= %s AND (visible_until IS NULL OR visible_until > %s))"
"""The time test, as `store.visible` says it; the instant is its value twice."""


def ask(sql: str, *values: Any, using: str = DEFAULT_DB_ALIAS) -> list[tuple[Any, ...]]:
    """Return the rows of a question; instants are written as Django stores them.

    Raises: django.db.Error.
    """
    with _executed(sql, values, using) as cursor:
        return list(cursor.fetchall())


def do(sql: str, *values: Any, using: str = DEFAULT_DB_ALIAS) -> int:
    """Execute a statement that answers nothing, and return how many rows it touched.

    Raises: django.db.Error.
    """
    with _executed(sql, values, using) as cursor:
        return int(cursor.rowcount)


def do_many(sql: str, rows: Iterable[Sequence[Any]], using: str = DEFAULT_DB_ALIAS) -> None:
    """Execute a statement once for each row of values.

    Raises: django.db.Error.
    """
    with connections[using].cursor() as cursor:
        adapted = connections[using].ops.adapt_datetimefield_value
        cursor.executemany(
            sql, [[adapted(value) if isinstance(value, datetime) else value for value in row] for row in rows]
        )


def insert(
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    using: str = DEFAULT_DB_ALIAS,
    *,
    on_conflict: str = "",
    types: Sequence[str] = (),
) -> None:
    """Write new rows: to PostgreSQL by COPY, which takes half the time of a statement for each.

    `on_conflict` is what SQL says behind these words: what becomes of a row that is there. COPY knows no such thing, so
    PostgreSQL gets some hundred rows in one statement, and of these none may be there twice.

    `types` are what the columns are to PostgreSQL. With them COPY sends values as it keeps them, not as text; what a
    program puts together itself is `bytea`, whatever the column. A statement gets each column as one value then: for
    some hundred apart, it takes the driver longer to write it than to have it done.
    Raises: django.db.Error.
    """
    connection = connections[using]
    named = f"{connection.ops.quote_name(table)} ({', '.join(map(connection.ops.quote_name, columns))})"
    otherwise = f" ON CONFLICT {on_conflict}" if on_conflict else ""
    if connection.vendor != "postgresql":
        do_many(f"INSERT INTO {named} VALUES {places(columns)}{otherwise}", rows, using)  # noqa: S608 — names of ours
        return
    made = list(rows)  # what they are made of may ask the database, which hears nothing else while it copies
    if on_conflict:
        _upsert(named, made, otherwise, types=types, using=using)
        return
    how = f"COPY {named} FROM STDIN{' (FORMAT BINARY)' if types else ''}"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(how) as to:
        if types:
            to.set_types(types)
        for row in made:
            to.write_row(row)


def _upsert(named: str, rows: list[Sequence[Any]], otherwise: str, *, types: Sequence[str], using: str) -> None:
    if rows and types:
        asked = f"SELECT * FROM unnest({', '.join(f'%s::{name}[]' for name in types)})"  # noqa: S608 — names of ours
        do(f"INSERT INTO {named} {asked}{otherwise}", *map(list, zip(*rows, strict=True)), using=using)
        return
    for first in range(0, len(rows), _IN_ONE):
        some = rows[first : first + _IN_ONE]
        sql = f"INSERT INTO {named} VALUES {', '.join([places(some[0])] * len(some))}{otherwise}"  # noqa: S608 — names of ours
        do(sql, *(value for row in some for value in row), using=using)


def numbers(model: type[models.Model], count: int) -> list[int]:
    """Return so many numbers for new rows of a table whose numbers the database gives; within a transaction.

    Raises: django.db.Error.
    """
    table = model._meta.db_table
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
        asked = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        return [int(number) for (number,) in ask(asked, f'"{table}"', count)]
    rows = ask("SELECT seq FROM sqlite_sequence WHERE name = %s", table)
    last = int(rows[0][0]) if rows else 0
    return list(range(last + 1, last + count + 1))


def add(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Write new rows as `bulk_create` does, in a fifth of its time; all have their numbers, or none has or gets one.

    What stands in fields of text, numbers, keys and instants is of the type that the column has, and written as it is.
    Raises: django.db.Error.
    """
    has_numbers = bool(rows) and rows[0].pk is not None
    fields = [field for field in model._meta.concrete_fields if has_numbers or not field.primary_key]
    connection = connections[DEFAULT_DB_ALIAS]  # itself: what stands for it in Django asks the thread at each use
    columns = [field.column or field.name for field in fields]
    said = [(field, field.attname, _is_as_it_is(field)) for field in fields]
    values = (
        [
            getattr(row, name) if is_as_it_is else field.get_db_prep_save(field.pre_save(row, True), connection)
            for field, name, is_as_it_is in said
        ]
        for row in rows
    )
    insert(model._meta.db_table, columns, values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@contextmanager
def without_waiting_for_the_disk(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Commit the one write within before it is on the disk: a power cut may lose it, and nothing that came before.

    For what may be lost alone. Within a transaction it changes nothing: that is committed as ever.
    Source: sqlite.org/pragma.html, synchronous; PostgreSQL, Asynchronous Commit.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        do("PRAGMA synchronous = NORMAL", using=using)
        try:
            yield
        finally:
            do("PRAGMA synchronous = FULL", using=using)
    else:
        with transaction.atomic(using=using):
            do("SET LOCAL synchronous_commit = off", using=using)
            yield


def _is_as_it_is(field: Any) -> bool:
    is_given = type(field) is models.DateTimeField and not (field.auto_now or field.auto_now_add)
    return is_given or type(field) in _AS_IT_IS


@contextmanager
def _executed(sql: str, values: Sequence[Any], using: str) -> Iterator[Any]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, _written(values, using))
        yield cursor


def _written(values: Sequence[Any], using: str) -> list[Any]:
    adapted = connections[using].ops.adapt_datetimefield_value
    return [adapted(value) if isinstance(value, datetime) else value for value in values]


def without_like(*tables: str) -> Any:
    """Return what a migration does to drop the indexes of tables that Django adds on PostgreSQL for `LIKE`.

    Nothing asks for the beginning of these columns, and every new row pays for each index.
    """

    def drop(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ANY(%s)",
                [list(tables)],
            )
            for name in [name for (name,) in cursor.fetchall() if name.endswith("_like")]:
                schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")

    return drop


def places(values: Iterable[object]) -> str:
    """Return as many marks for values, in brackets, as are given."""
    return f"({', '.join('%s' for _ in values)})"


def among(values: Collection[Any], using: str = DEFAULT_DB_ALIAS) -> tuple[str, Sequence[Any]]:
    """Return the test of a column for being one of many values, and what is its value.

    To PostgreSQL they go as one: for some hundred apart, it takes the driver longer to write the question than to ask.
    """
    if connections[using].vendor == "postgresql":
        return "= ANY(%s)", [list(values)]
    return f"IN {places(values)}", list(values)


def instant(stored: datetime | str) -> datetime:
    """Return an instant as it came out of `ask`: from SQLite as text or without a zone, and in UTC."""
    read = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)

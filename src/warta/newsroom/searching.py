"""The search of the newsroom's lists, on whichever database there is: no words break it, and no save reads all of it.

What is typed is looked for in headlines, names and titles, beside whatever filter, order and right the list has. Of
more than `MOST` rows that have it, those indexed last are looked at: a letter costs no more in a larger archive.

The library puts what was typed between quotation marks and lets those within it stand (modelsearch 1.3,
`sqlite/query.py`): a `"` ended in an error of the server. Remove when they are escaped there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connections
from django.db.models import BigIntegerField, F, QuerySet
from django.db.models.functions import Cast
from modelsearch.backends import database
from modelsearch.index import SearchField
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks

from warta import plain

MOST: Final = 50_000
"""Rows with the words that are looked at; of more, the next letter or word finds the others."""
_SYNTAX: Final = re.compile(r"[\"'%\\\x00]+")


class _Plain:
    """Takes the marks that mean something to a database out of what is looked for."""

    def _search(self, compiler: Any, query: Any, rows: Any, **kwargs: Any) -> Any:
        words = _SYNTAX.sub(" ", query).strip() if isinstance(query, str) else query
        return super()._search(compiler, words, rows, **kwargs)  # type: ignore[misc] # the backend's own


class _Light:
    """Leaves out what the library does at each save: the mean length of all titles, to weigh short ones more."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Do nothing: at a million articles it takes seconds, under the lock of whoever saves."""


class _Together(_Light):
    """Writes what the library does on PostgreSQL, for many objects by one short statement.

    The library has Django put a row's SQL together anew for each: a quarter of the time in which an archive is filed.
    """

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        """Write the rows of objects, in place of those that are there.

        Raises: django.db.Error.
        """
        objects = list(objs)
        fields = model.get_search_fields()
        if not fields or not objects:
            return
        said = [_said(obj, fields, self.backend) for obj in objects]  # type: ignore[attr-defined] # the library's own
        kinds = sorted({kind for texts in said for kind in texts})
        vectors = {name: _vector(name, kinds, self.backend) for name in ("title", "body", "autocomplete")}  # type: ignore[attr-defined]
        columns = [
            [str(obj.pk) for obj in objects],
            *([_text(texts, "title") for texts in said], [_text(texts, "body") for texts in said]),
            *([" ".join(texts[kind]) for texts in said] for kind in kinds),
        ]
        names = ", ".join(("object_id", "title_text", "body_text", *(f"{name}_{weight}" for name, weight in kinds)))
        written = ("object_id", "title_text", "body_text", "title_norm", *vectors)
        plain.do(
            f"INSERT INTO {self.entries.model._meta.db_table} (content_type_id, {', '.join(written)})"  # type: ignore[attr-defined] # noqa: S608 — names of the library's and of ours
            f" SELECT %s, object_id, title_text, body_text, 1.0, {', '.join(vectors.values())}"
            f" FROM unnest({', '.join('%s::text[]' for _ in columns)}) AS said ({names})"
            " ON CONFLICT (content_type_id, object_id) DO UPDATE SET"
            f" {', '.join(f'{name} = excluded.{name}' for name in written[1:])}",
            *(get_content_type_pk(model), *columns),
            using=self.write_connection.alias,  # type: ignore[attr-defined]
        )


class _Within:
    """Finds in any list, as it is filtered and ordered.

    The library refuses filters and orders that an index outside of the database would not have; this one is inside.
    """

    def check(self) -> None:
        """Do nothing: the database has every column."""


class _Typed(_Within):
    """Finds while it is typed, in the order of the list: how often a headline has a word says nothing."""

    def search(self, config: Any, start: int | None, stop: int | None, **_: Any) -> QuerySet[Any]:
        """Return the rows of the list that have the words."""
        rows = self.queryset  # type: ignore[attr-defined] # the library's own
        entries = self.entries(rows.model, config)  # type: ignore[attr-defined] # of each database
        latest = entries.order_by("-pk").values_list(Cast("object_id", BigIntegerField()))[:MOST]
        found: QuerySet[Any] = rows.filter(pk__in=latest)
        return (found if found.ordered else found.order_by("-pk"))[start:stop]


class _TypedPostgres(_Typed):
    def entries(self, model: Any, config: Any) -> QuerySet[Any]:
        words = self.build_tsquery(self.query, config=config)  # type: ignore[attr-defined] # the library's own
        of_kind = _entries().filter(content_type_id__in=get_descendants_content_types_pks(model))
        return of_kind.filter(autocomplete=words) if words is not None else of_kind.none()


class _TypedSQLite(_Typed):
    def entries(self, model: Any, config: Any) -> QuerySet[Any]:
        from modelsearch.backends.database.sqlite.query import MatchExpression  # it asks for models
        from wagtail.search.models import SQLiteFTSIndexEntry

        words = self.build_search_query_content(self.query, config=config)  # type: ignore[attr-defined] # the library's
        if words is None:
            return _entries().none()
        having = SQLiteFTSIndexEntry.objects.filter(MatchExpression(["autocomplete"], words)).values("pk")
        kind = F("content_type_id") + 0  # without the sum, SQLite reads all rows of the kind by its index
        return _entries().alias(kind=kind).filter(pk__in=having, kind__in=get_descendants_content_types_pks(model))


def _entries() -> QuerySet[Any]:
    from wagtail.search.models import IndexEntry  # models: not before they are loaded

    entries: QuerySet[Any] = IndexEntry.objects.all()
    return entries


def _said(obj: Any, fields: Sequence[Any], backend: Any) -> dict[tuple[str, str], list[str]]:
    """Return an object's texts by the column in which they are looked for and their weight, A to D."""
    from modelsearch.backends.database.postgres.postgres import ObjectIndexer  # it asks for models: not before they are

    found = defaultdict(list)
    for field in fields:
        for part, weight, text in ObjectIndexer(obj, backend).prepare_field(obj, field):
            is_sought = isinstance(part, SearchField)
            name = ("title" if part.field_name == "title" else "body") if is_sought else "autocomplete"
            found[name, weight].append(text.strip())
    return found


def _text(texts: dict[tuple[str, str], list[str]], name: str) -> str:
    return " ".join(text for (column, _), parts in texts.items() if column == name for text in parts if text)


def _vector(name: str, kinds: Sequence[tuple[str, str]], backend: Any) -> str:
    """Write how a column's words are made of its texts."""
    config = backend.autocomplete_config if name == "autocomplete" else backend.config
    how = f"'{config}'::regconfig, " if config else ""
    parts = [f"setweight(to_tsvector({how}{name}_{weight}), '{weight}')" for column, weight in kinds if column == name]
    return " || ".join(parts) or "''::tsvector"


def SearchBackend(params: Any) -> Any:  # noqa: N802 — the name that the library asks for
    """Return the backend of the present database."""
    kind = type(database.SearchBackend(dict(params)))
    is_postgres = connections["default"].vendor == "postgresql"
    bases = {
        "index_class": _Together if is_postgres else _Light,
        "query_compiler_class": _Within,
        "autocomplete_query_compiler_class": _TypedPostgres if is_postgres else _TypedSQLite,
    }
    parts = {name: type(base.__name__, (base, getattr(kind, name)), {}) for name, base in bases.items()}
    return type("SearchBackend", (_Plain, kind), parts)(params)

"""The search of the newsroom's lists, on whichever database there is: no words break it, and no save reads all of it.

The library puts what was typed between quotation marks and lets those within it stand (modelsearch 1.3,
`sqlite/query.py`): a `"` ended in an error of the server. Remove when they are escaped there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connections
from modelsearch.backends import database
from modelsearch.index import SearchField
from modelsearch.utils import get_content_type_pk

from warta import plain

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
    ours = _Together if connections["default"].vendor == "postgresql" else _Light
    light = type("Index", (ours, kind.index_class), {})
    return type("SearchBackend", (_Plain, kind), {"index_class": light})(params)

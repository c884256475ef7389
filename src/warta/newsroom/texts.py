"""An article's content (the JSON of a revision) as a `merge.Text`, and back. Pure: no I/O, no Django."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from warta.newsroom.merge import Text

BODY: Final = "body"
_BLOCK_KEY: Final = re.compile(r' data-block-key="[^"]*"')
"""The rich text editor marks paragraphs anew each time it opens them; the marks are no text."""
_OWN: Final = frozenset({"pk", "id", "sort_order", "article"})
"""What a row of an inline panel has of its own, whoever saved it."""


def laid_out(content: Mapping[str, Any], *, names: Iterable[str]) -> Text:
    """Return the named parts of a content as a text: the body by block ids, other lists by what they say."""
    fields, rows = {}, {}
    for name in names:
        value = content.get(name)
        if name == BODY:
            rows[name] = _blocks(value)
        elif isinstance(value, list):
            rows[name] = {_said(item): _without_own(item) for item in value}
        else:
            fields[name] = value
    return Text(fields, rows)


def folded(text: Text, *, onto: Mapping[str, Any]) -> dict[str, Any]:
    """Return a content with the text's parts laid over another."""
    content = {**onto, **text.fields}
    for name, row in text.rows.items():
        if name == BODY:
            content[name] = json.dumps([{"id": key, **block} for key, block in row.items()])
        else:
            content[name] = [
                {"pk": None, "sort_order": place, **item} if isinstance(item, dict) else item
                for place, item in enumerate(row.values())
            ]
    return content


def words(value: Any, between: str = " ") -> str:
    """Return what a value says, as plain text for people to compare; `between` stands between the parts of a list."""
    if isinstance(value, dict):
        return " — ".join(said for said in (words(part) for part in value.values()) if said)
    if isinstance(value, list):
        return between.join(said for said in (words(part) for part in value) if said)
    if value is None or isinstance(value, bool):
        return ""
    spaced = re.sub(r"</(?:p|li|h\d)>|<br\s*/?>", "\n", str(value))
    return re.sub(r"<[^>]*>", "", spaced).strip()


def _blocks(raw: Any) -> dict[str, Any]:
    blocks = json.loads(raw) if isinstance(raw, str) and raw else raw or []
    return {
        block.get("id") or f"{place}": {"type": block["type"], "value": _unmarked(block["value"])}
        for place, block in enumerate(blocks)
    }


def _unmarked(value: Any) -> Any:
    if isinstance(value, str):
        return _BLOCK_KEY.sub("", value)
    if isinstance(value, dict):
        return {name: _unmarked(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_unmarked(part) for part in value]
    return value


def _said(item: Any) -> str:
    return json.dumps(_without_own(item), sort_keys=True)


def _without_own(item: Any) -> Any:
    return {name: value for name, value in item.items() if name not in _OWN} if isinstance(item, dict) else item

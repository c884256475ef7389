"""What the head of a page says: JSON-LD, OpenGraph and the meta tags that portals use."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, Final

from lxml import etree

from warta.ingest.formats.ninjs.fields import line

_ARTICLES: Final = re.compile(
    r"(?:\w*news|blog|scholarly|tech|advertiser\w*|social\w*)?article|blogposting|liveblogposting|report(?:age\w*)?",
    re.IGNORECASE,
)
_MOST_SCRIPTS: Final = 30
_LONGEST: Final = 500_000
_MOST_NODES: Final = 2_000
_KEYS: Final = frozenset({"name", "property", "itemprop", "http-equiv"})


class Head:
    """The fields of a page's head, under their names in small letters; `article` is JSON-LD's, or empty."""

    def __init__(self, tree: etree._Element) -> None:
        self._metas: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            said = line(unescape(meta.get("content", "")))
            for key in _KEYS & set(meta.keys()):
                for name in meta.get(key, "").lower().split():
                    if said and len(self._metas.setdefault(name, [])) < 100:
                        self._metas[name].append(said[:5_000])
        nodes = list(_nodes(tree))
        self.article: Mapping[str, Any] = next((node for node in nodes if is_article(node)), {})
        self.crumbs = tuple(next((list(_crumbs(node)) for node in nodes if _kind(node, "breadcrumblist")), ()))
        self.has_pages = any(_kind(node, "aboutpage") or _kind(node, "contactpage") for node in nodes)

    def get(self, *names: str) -> str:
        """Return the first value of the first of these meta tags that says something."""
        return next((self._metas[name][0] for name in names if name in self._metas), "")

    def every(self, *names: str) -> tuple[str, ...]:
        """Return all values of all these meta tags."""
        return tuple(value for name in names for value in self._metas.get(name, ()))

    def said(self, *keys: str) -> str:
        """Return the first of these fields of the JSON-LD article as one line of text."""
        return next((text for key in keys for text in names(self.article.get(key))), "")


def is_article(node: Mapping[str, Any]) -> bool:
    """Tell whether an object of JSON-LD is an article."""
    kinds = node.get("@type")
    return any(isinstance(kind, str) and _ARTICLES.fullmatch(kind.rpartition("/")[2]) for kind in _listed(kinds))


def names(value: Any, *, without: str = "") -> Iterator[str]:
    """Return the texts of a field of JSON-LD: texts, or the names of objects, those of type `without` left out."""
    for part in _listed(value)[:50]:
        if isinstance(part, str):
            text = line(unescape(unescape(part)))
        elif isinstance(part, Mapping) and not (without and _kind(part, without)):
            text = next(
                (line(unescape(each)) for key in ("name", "url", "@id") if isinstance(each := part.get(key), str)), ""
            )
        else:
            continue
        if text:
            yield text


def addresses(value: Any) -> Iterator[str]:
    """Return the addresses in a field of JSON-LD: texts, or the ids of objects."""
    for part in _listed(value)[:5]:
        told = (
            [part] if isinstance(part, str) else [part.get("@id"), part.get("url")] if isinstance(part, Mapping) else []
        )
        yield from (each for each in told if isinstance(each, str))


def pictures(value: Any) -> Iterator[tuple[str, str]]:
    """Return address and caption of each picture in a field of JSON-LD."""
    for part in _listed(value)[:20]:
        if isinstance(part, str):
            yield part.strip(), ""
        elif isinstance(part, Mapping):
            address = next((each for key in ("url", "contentUrl", "@id") for each in names(part.get(key))), "")
            if address:
                yield address, next((each for key in ("caption", "description") for each in names(part.get(key))), "")


def _nodes(tree: etree._Element) -> Iterator[Mapping[str, Any]]:
    count = 0
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "").lower() or not script.text:
            continue
        count += 1
        if count > _MOST_SCRIPTS:
            return
        text = re.sub(
            r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$", "", script.text[:_LONGEST].strip()
        )
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            try:
                data = json.loads(re.sub(r",\s*([}\]])", r"\1", text), strict=False)
            except (ValueError, RecursionError):
                continue
        yield from _flat(data)


def _flat(data: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [data]
    count = 0
    while waiting and count < _MOST_NODES:
        count += 1
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node[:_MOST_NODES])
        elif isinstance(node, Mapping):
            yield node
            waiting.extend(
                node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "breadcrumb") if key in node
            )


def _crumbs(node: Mapping[str, Any]) -> Iterator[str]:
    for part in _listed(node.get("itemListElement"))[:20]:
        if isinstance(part, Mapping):
            own = next(names(part.get("name")), "")
            item = part.get("item")
            yield own or (next(names(item), "") if isinstance(item, Mapping) else "")


def _kind(node: Mapping[str, Any], kind: str) -> bool:
    return any(isinstance(each, str) and each.rpartition("/")[2].lower() == kind for each in _listed(node.get("@type")))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]

"""The index on OpenSearch: one index for each generation, and an alias on the one that is asked.

The words are made by us (`document.py`), so nothing is analysed there. The state lies in the index that it tells of and
is written after what it claims: an empty server, another one, or one put back, is indexed from where it really stands.
Source: docs.opensearch.org 2.19 and 3: Document, Index and Search APIs, query DSL, mappings, index sorting.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
from django.db import OperationalError

from warta.search.document import BARRIER, Entry
from warta.search.opensearch_server import READ_S, WRITE_S, current
from warta.search.query import All, Either, Node, Phrase, Sought, Token

_MOST_BYTES: Final = 10 * 2**20
"""The largest request; a server takes 100 MB (`http.max_content_length`)."""
_STATE: Final = "state"
_NEVER: Final = 2**62
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NO_FACETS: Final = '[["",""],["",""],[]]'

_SETTINGS: Final[dict[str, Any]] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",  # none on one node, one on more
    "sort.field": "place",  # the newest lie first, so that a common word is not read to its end
    "sort.order": "desc",
}
_MAPPINGS: Final[dict[str, Any]] = {
    "dynamic": "strict",
    "_source": {"includes": ["sketch", "state"]},
    "properties": {
        "words": {"type": "text", "analyzer": "whitespace", "norms": False},
        "tokens": {"type": "keyword", "doc_values": False},
        "place": {"type": "long"},
        "visible_from": {"type": "long"},
        "visible_until": {"type": "long"},
        "article_id": {"type": "long", "index": False},
        "year": {"type": "integer", "index": False},
        "facets": {"type": "keyword", "index": False, "ignore_above": 8_000},  # Lucene keeps 32,766 bytes
        "sketch": {"type": "keyword", "index": False, "doc_values": False},
        "state": {"type": "keyword", "index": False, "doc_values": False},
    },
}
_FIELDS: Final = ("place", "article_id", "year", "facets")


def version() -> str:
    """Return which version answers.

    Raises: django.db.OperationalError.
    """
    server = current()
    return str(server.ask(server.client.info)["version"]["number"])


def state() -> tuple[int, int, int | None, datetime | None] | None:
    """Return generation, number, former generation and when it was switched; None when there is no index.

    Raises: django.db.OperationalError.
    """
    server = current()
    found = server.ask(server.client.get, index=server.alias, id=_STATE, ignore=404)
    if not found.get("found"):
        return None
    number, former, switched_at = found["_source"]["state"].split(" ")
    generation = int(found["_index"].rpartition("-")[2])
    return (
        generation,
        int(number),
        int(former) if former != "-" else None,
        datetime.fromisoformat(switched_at) if switched_at != "-" else None,
    )


def keep(generation: int, number: int, former: int | None, switched_at: datetime | None) -> None:
    """Write the state, and let this generation be asked from now on.

    Raises: django.db.OperationalError.
    """
    server = current()
    written_ = f"{number} {former if former is not None else '-'} {switched_at.isoformat() if switched_at else '-'}"
    server.ask(
        server.client.index,
        index=server.door(generation),
        id=_STATE,
        body={"state": written_},
        require_alias=True,
        request_timeout=WRITE_S,
    )
    name = server.index(generation)
    pointed = server.ask(server.client.indices.get_alias, name=server.alias, ignore=404, request_timeout=WRITE_S)
    asked = [] if "error" in pointed else list(pointed)
    if asked == [name]:
        return
    actions = [{"remove": {"index": other, "alias": server.alias}} for other in asked if other != name]
    actions.append({"add": {"index": name, "alias": server.alias}})
    server.ask(server.client.indices.update_aliases, body={"actions": actions}, request_timeout=WRITE_S)


def create(generation: int) -> None:
    """Make the empty index of a generation, in place of what there was.

    Raises: django.db.OperationalError.
    """
    drop(generation)
    server = current()
    body = {
        "settings": {"index": _SETTINGS},
        "mappings": _MAPPINGS,
        "aliases": {server.door(generation): {"is_write_index": True}},
    }
    server.ask(server.client.indices.create, index=server.index(generation), body=body, request_timeout=WRITE_S)


def drop(generation: int) -> None:
    """Take the index of a generation away, if there is one.

    Raises: django.db.OperationalError.
    """
    server = current()
    name = server.index(generation)
    server.ask(server.client.indices.delete, index=name, ignore_unavailable=True, request_timeout=WRITE_S)


def write(generation: int, entries: Sequence[Entry], gone: Sequence[str], number: int) -> None:
    """Put entries in, each in place of what lies under its key; of what is gone, nothing is left but the key.

    What was sent earlier and comes later is refused, by the change that it brings the index to: a request whose answer
    was not waited for may still be under way.
    Raises: django.db.OperationalError; a part may be written then, and is written again with the rest.
    """
    from opensearchpy import helpers

    server = current()
    head = {"_index": server.door(generation), "version": number, "version_type": "external_gte"}
    actions = [{**head, "_id": key, "_source": {}} for key in gone]
    actions += [{**head, "_id": entry.key, "_source": _document(entry)} for entry in entries]

    def send() -> None:
        for is_in, told in helpers.streaming_bulk(
            server.client,
            actions,
            max_chunk_bytes=_MOST_BYTES,
            raise_on_error=False,
            require_alias=True,
            refresh=True,  # it can be found before the state says so
            request_timeout=WRITE_S,
        ):
            item = told["index"]
            if not is_in and item["status"] != 409:
                raise OperationalError(f"OpenSearch refused {item['_id']}: {str(item.get('error'))[:500]}")

    server.ask(send)


def newest(generation: int, sought: Sought, *, below: int, limit: int, now: datetime) -> list[tuple[Any, ...]]:
    """Return what was found, newest first: segments lie in this order, and no total is counted.

    Raises: django.db.OperationalError.
    """
    wanted = [
        written(sought.wanted),
        {"range": {"place": {"lt": below}}},
        {"range": {"visible_from": {"lte": _micros(now)}}},
        {"range": {"visible_until": {"gt": _micros(now)}}},
    ]
    body = {
        "query": {"bool": {"filter": wanted, "must_not": [written(node) for node in sought.without]}},
        "sort": [{"place": "desc"}],
        "size": limit,
        "track_total_hits": False,
        "_source": False,
        "stored_fields": "_none_",
        "docvalue_fields": list(_FIELDS),
    }
    return [_row(hit["fields"]) for hit in _hits(generation, body)]


def sketches(generation: int, places: Sequence[int]) -> dict[int, str]:
    """Return the sketches of pages by their places.

    Raises: django.db.OperationalError.
    """
    body = {
        "query": {"bool": {"filter": [{"terms": {"place": list(places)}}]}},
        "size": len(places),
        "track_total_hits": False,
        "_source": ["sketch"],
        "docvalue_fields": ["place"],
    }
    return {hit["fields"]["place"][0]: hit["_source"]["sketch"] for hit in _hits(generation, body)}


def said(generation: int, forms: Sequence[str]) -> dict[str, int]:
    """Return of those of the given words that articles have in about how many they are.

    It is asked by a text of these words, whose statistics are looked up in the index, and no article is read.
    Raises: django.db.OperationalError.
    """
    server = current()
    answer = server.ask(
        server.client.termvectors,
        index=server.index(generation),
        body={"doc": {"words": " ".join(forms)}},
        fields="words",
        term_statistics=True,
        field_statistics=False,
        positions=False,
        offsets=False,
        payloads=False,
        ignore=404,
    )
    terms = answer.get("term_vectors", {}).get("words", {}).get("terms", {})
    return {form: told["doc_freq"] for form, told in terms.items() if told.get("doc_freq") and len(form) > 3}


def written(node: Node) -> dict[str, Any]:
    """Write a query as OpenSearch reads it; what is counted is whether it fits, not how well."""
    match node:
        case Token():
            return {"term": {"tokens": node.name}}
        case Phrase() if len(node.forms) == 1:
            return {"term": {"words": node.forms[0]}}
        case Phrase():
            return {"match_phrase": {"words": " ".join(node.forms)}}
        case All():
            return {"bool": {"filter": [written(part) for part in node.of]}}
        case Either():
            return {"bool": {"should": [written(part) for part in node.of], "minimum_should_match": 1}}


def _hits(generation: int, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    server = current()
    answer = server.ask(
        server.client.search,
        index=server.index(generation),
        body=body,
        ignore_unavailable=True,  # before the worker made it, nothing is found
        allow_partial_search_results=False,
        cancel_after_time_interval=f"{READ_S:.0f}s",
    )
    yield from answer["hits"]["hits"]


def _row(fields: dict[str, list[Any]]) -> tuple[Any, ...]:
    return (fields["place"][0], fields["article_id"][0], fields["year"][0], fields.get("facets", [_NO_FACETS])[0])


def _document(entry: Entry) -> dict[str, Any]:
    forms = set(entry.text) - {BARRIER}
    return {
        "words": " ".join(entry.text),
        "tokens": sorted(forms.union(entry.marks)),
        "place": entry.place,
        "visible_from": _micros(entry.visible_from),
        "visible_until": _NEVER if entry.visible_until is None else _micros(entry.visible_until),
        "article_id": entry.article_id,
        "year": entry.year,
        "facets": msgspec.json.encode(entry.facets).decode(),
        "sketch": entry.sketch,
    }


def _micros(at: datetime) -> int:
    """Return an instant in microseconds, as exact as the paper has it; OpenSearch's dates end at the millisecond."""
    return (at - _EPOCH) // timedelta(microseconds=1)

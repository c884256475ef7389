"""A small stand-in for an OpenSearch server, for tests: as strict as the real one, and only what Warta asks of it.

What it does not know it refuses with 400, so that a request is either one whose meaning was looked up or an error. It
keeps the differences that matter: a document is read by its id at once and found only after a refresh; a strict mapping
refuses unknown fields; `require_alias` refuses what is no alias; versions that are too old are refused.
Source: docs.opensearch.org 2.19 and 3 (Document, Index and Search APIs, query DSL, mapping parameters).
"""

import base64
import json
import re
import ssl
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import RLock, Thread
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.search.opensearch_index import PARAMETERS, Index, RefusedError, clauses, known

MOST_CLAUSES, MOST_HITS = 1024, 10_000
SETTINGS = {"number_of_shards", "auto_expand_replicas", "sort.field", "sort.order"}


def no_index(name):
    return RefusedError(404, "index_not_found_exception", f"no such index [{name}]")


class Stand:
    """The server: `address` is a WARTA_OPENSEARCH; `asked` are the requests, `failing` answers some with a status."""

    def __init__(self, login="", tls=None):
        self.indexes, self.asked, self.failing, self.delay_s, self.login = {}, [], {}, 0.0, login
        self.lock = RLock()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        if tls is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls)
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.thread = Thread(target=self.http.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        self.scheme = "https" if tls is not None else "http"

    def address(self, login="", name=""):
        at = f"{login}@" if login else ""
        return f"{self.scheme}://{at}127.0.0.1:{self.http.server_address[1]}/{name}"

    def close(self):
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()

    def answer(self, method, path, given, body):
        """Return status and answer of one request."""
        parts = [unquote(part) for part in path.strip("/").split("/")]
        if len(parts) == 1 and not parts[0].startswith("_"):
            return self.whole(method, parts[0], given, body)
        match method, parts:
            case "POST", ["_bulk"]:
                return 200, self.bulk(given, body)
            case "POST", ["_aliases"]:
                return 200, self.switch(json.loads(body))
            case "GET", ["_alias", name]:
                return self.pointed(name)
            case "PUT" | "GET", [name, "_doc", key]:
                return self.document(method, name, key, given, body)
            case "POST", [name, "_search" | "_count" as what]:
                return 200, self.find(name, what, given, json.loads(body))
            case "POST", [name, "_termvectors"]:
                return 200, self.statistics(name, given, json.loads(body))
        raise RefusedError(400, "illegal_argument_exception", f"no handler for [{method} {path}]")

    def whole(self, method, name, given, body):
        """Answer what is asked of the server, or of an index as a whole."""
        if method == "GET" and not name:
            return 200, {"version": {"distribution": "opensearch", "number": "3.0.0"}}
        if method == "HEAD":
            return 200 if name in self.indexes else 404, {}
        if method == "PUT":
            return 200, self.create(name, json.loads(body))
        known(given, {"ignore_unavailable"}, "delete")
        if name not in self.indexes and given.get("ignore_unavailable") != "true":
            raise no_index(name)
        if self.named(name) or method != "DELETE":
            raise RefusedError(400, "illegal_argument_exception", "matches an alias, or is no method")
        self.indexes.pop(name, None)
        return 200, {"acknowledged": True}

    def document(self, method, name, key, given, body):
        known(given, {"require_alias"} if method == "PUT" else (), "document")
        if method == "PUT":
            self.writable(name, given).put(key, json.loads(body))
            return 200, {"_id": key}
        real = self.real(name)
        found = self.indexes[real].written.get(key)
        told = {"_index": real, "_id": key, "found": found is not None}
        return (200, {**told, "_source": found[1]}) if found else (404, told)

    def named(self, alias):
        return [name for name, index in self.indexes.items() if alias in index.aliases]

    def real(self, name):
        if name in self.indexes:
            return name
        if len(names := self.named(name)) == 1:
            return names[0]
        raise no_index(name)

    def writable(self, name, given):
        if given.get("require_alias") == "true" and name in self.indexes:
            raise no_index(name)
        return self.indexes[self.real(name)]  # the real one makes an index on the fly, which we never want

    def create(self, name, body):
        known(body, {"settings", "mappings", "aliases"}, "create")
        known(body["settings"], {"index"}, "settings")
        known(body["settings"]["index"], SETTINGS, "settings")
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name) or self.named(name):
            raise RefusedError(400, "invalid_index_name_exception", name)
        if name in self.indexes:
            raise RefusedError(400, "resource_already_exists_exception", name)
        known(body["mappings"], {"dynamic", "_source", "properties"}, "mappings")
        for field_, how in body["mappings"]["properties"].items():
            known(how, {"type", *PARAMETERS.get(how["type"], ())}, f"mapping of [{field_}]")
        if body["mappings"]["properties"]["words"]["analyzer"] != "whitespace":
            raise RefusedError(400, "mapper_parsing_exception", "this stand-in cuts at spaces alone")
        made = Index(body["mappings"])
        made.doc_values({}, body["settings"]["index"]["sort.field"])
        for alias in body["aliases"]:
            self.point(made, alias)
        self.indexes[name] = made
        return {"acknowledged": True, "index": name}

    def point(self, index, alias):
        if alias in self.indexes:
            raise RefusedError(400, "invalid_alias_name_exception", f"an index has the name [{alias}]")
        index.aliases[alias] = {}

    def pointed(self, name):
        names = self.named(name)
        if not names:
            return 404, {"error": f"alias [{name}] missing", "status": 404}
        return 200, {index: {"aliases": {name: {}}} for index in names}

    def switch(self, body):
        for action in body["actions"]:
            [(kind, told)] = action.items()
            known(told, {"index", "alias"}, kind)
            if told["index"] not in self.indexes:
                raise no_index(told["index"])
            if kind == "remove" and told["alias"] not in self.indexes[told["index"]].aliases:
                raise RefusedError(404, "aliases_not_found_exception", told["alias"])
        for action in body["actions"]:
            [(kind, told)] = action.items()
            if kind == "add":
                self.point(self.indexes[told["index"]], told["alias"])
            else:
                del self.indexes[told["index"]].aliases[told["alias"]]
        return {"acknowledged": True}

    def bulk(self, given, body):
        known(given, {"refresh", "require_alias"}, "bulk")
        if not body.endswith(b"\n"):
            raise RefusedError(400, "illegal_argument_exception", "a bulk request ends in a newline")
        lines = [json.loads(line) for line in body.splitlines()]
        items = []
        for head, source in zip(lines[::2], lines[1::2], strict=True):
            told = head["index"]
            known(told, {"_index", "_id", "version", "version_type"}, "bulk")
            if told["version_type"] != "external_gte":
                raise RefusedError(400, "parsing_exception", "version_type")
            item = {"_index": told["_index"], "_id": told["_id"]}
            try:
                index = self.writable(told["_index"], given)
                item["status"] = index.put(told["_id"], source, told["version"])
            except RefusedError as error:
                item |= {"status": error.answer[0], "error": error.answer[1]["error"]}
            items.append({"index": item})
        if given.get("refresh") == "true":
            for index in self.indexes.values():
                index.seen = dict(index.written)
        return {"errors": any("error" in item["index"] for item in items), "items": items}

    def find(self, name, what, given, body):
        known(given, {"ignore_unavailable", "allow_partial_search_results", "cancel_after_time_interval"}, what)
        allowed = {"query", "sort", "size", "track_total_hits", "_source", "stored_fields", "docvalue_fields"}
        known(body, allowed if what == "_search" else {"query"}, what)
        try:
            index = self.indexes[self.real(name)]
        except RefusedError:
            if given.get("ignore_unavailable") == "true":
                return {"hits": {"hits": []}}
            raise
        if body.get("size", 10) > MOST_HITS or clauses(body["query"]) > MOST_CLAUSES:
            raise RefusedError(400, "search_phase_execution_exception", "too many hits, or too_many_nested_clauses")
        found = [entry for entry in index.seen.values() if index.fits(body["query"], entry[2])]
        if what == "_count":
            return {"count": len(found)}
        for order in reversed(body.get("sort", [])):
            [(by, way)] = order.items()
            found.sort(key=lambda entry: index.doc_values(entry[2], by) or -(1 << 63), reverse=way == "desc")
        return {"hits": {"hits": [self.hit(index, entry, body) for entry in found[: body.get("size", 10)]]}}

    def hit(self, index, entry, body):
        wanted = body.get("_source", True)
        if body.get("stored_fields") == "_none_" and wanted:
            raise RefusedError(400, "search_exception", "[stored_fields] cannot be disabled if [_source] is requested")
        made = {"_index": "", "fields": {}}
        if wanted:
            made["_source"] = {name: value for name, value in entry[1].items() if wanted is True or name in wanted}
        for name in body.get("docvalue_fields", ()):
            if (value := index.doc_values(entry[2], name)) is not None:
                made["fields"][name] = [value]
        return made

    def statistics(self, name, given, body):
        flags = {"fields", "term_statistics", "field_statistics", "positions", "offsets", "payloads"}
        known(given, flags, "termvectors")
        known(body, {"doc"}, "termvectors")
        index = self.indexes[self.real(name)]
        if index.type_of(given["fields"])["type"] != "text" or given["term_statistics"] != "true":
            raise RefusedError(400, "illegal_argument_exception", "no text")
        seen = [set(entry[2].get("words", "").split()) for entry in index.seen.values()]
        terms = {}
        for word in body["doc"]["words"].split():
            count = sum(word in words for words in seen)
            terms[word] = {"term_freq": 1} | ({"doc_freq": count, "ttf": count} if count else {})
        return {"found": True, "term_vectors": {"words": {"terms": terms}}}


def handler(stand):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        disable_nagle_algorithm = True

        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            time.sleep(stand.delay_s)
            with stand.lock:
                stand.asked.append(f"{self.command} {parts.path}")
                status, told = self.told(parts, body)
            written = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(written)

        def told(self, parts, body):
            right = "Basic " + base64.b64encode(stand.login.encode()).decode()
            if stand.login and self.headers.get("Authorization") != right:
                return 401, {"error": "Unauthorized", "status": 401}
            for pattern, status in stand.failing.items():
                if re.search(pattern, f"{self.command} {parts.path}"):
                    return status, {"error": {"type": "told_to_fail", "reason": ""}, "status": status}
            try:
                return stand.answer(self.command, parts.path, dict(parse_qsl(parts.query)), body)
            except RefusedError as error:
                return error.answer
            except (KeyError, TypeError, ValueError) as error:
                return 400, {"error": {"type": "parsing_exception", "reason": repr(error)}, "status": 400}

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer  # noqa: N815 — names of http.server

        def log_message(self, *_):
            pass

    return Handler

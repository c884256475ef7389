"""One index of the stand-in: what a mapping lets in, and which documents a query fits."""

from dataclasses import dataclass, field

MOST_TERMS, LONGEST_TERM = 65_536, 32_766
PARAMETERS = {
    "text": {"analyzer", "norms"},
    "keyword": {"index", "doc_values", "ignore_above"},
    "long": {"index", "doc_values"},
    "integer": {"index", "doc_values"},
}


class RefusedError(Exception):
    def __init__(self, status, kind, reason=""):
        super().__init__(reason)
        self.answer = (status, {"error": {"type": kind, "reason": reason}, "status": status})


def known(given, names, what):
    if unknown := set(given) - set(names):
        raise RefusedError(400, "parsing_exception", f"{what}: unknown {sorted(unknown)}")


@dataclass
class Index:
    """One index: what was written, and what of it a search sees since the last refresh."""

    mappings: dict
    aliases: dict = field(default_factory=dict)
    written: dict = field(default_factory=dict)
    seen: dict = field(default_factory=dict)

    def type_of(self, name):
        return self.mappings["properties"].get(name)

    def put(self, key, source, version=None):
        if len(key.encode()) > 512:
            raise RefusedError(400, "illegal_argument_exception", "id is too long")
        before = self.written.get(key, (0,))[0]
        if version is not None and version < before:
            raise RefusedError(409, "version_conflict_engine_exception", f"{before} is newer than {version}")
        for name, value in source.items():
            self._check(name, value)
        kept = {name: value for name, value in source.items() if name in self.mappings["_source"]["includes"]}
        self.written[key] = (before + 1 if version is None else version, kept, source)
        return 200 if before else 201

    def _check(self, name, value):
        how = self.type_of(name)
        if how is None:
            raise RefusedError(400, "strict_dynamic_mapping_exception", f"[{name}] is not allowed")
        is_kept = how.get("index", True) or how.get("doc_values", True)
        for one in value if isinstance(value, list) else [value]:
            if how["type"] in {"long", "integer"}:
                bits = 63 if how["type"] == "long" else 31
                if type(one) is not int or not -(1 << bits) <= one < 1 << bits:
                    raise RefusedError(400, "mapper_parsing_exception", f"[{name}] is no {how['type']}: {one!r}")
            elif not isinstance(one, str):
                raise RefusedError(400, "mapper_parsing_exception", f"[{name}] is no text: {one!r}")
            elif how["type"] == "keyword" and is_kept and how.get("ignore_above", 1 << 31) >= len(one) > LONGEST_TERM:
                raise RefusedError(400, "illegal_argument_exception", f"immense term in [{name}]")

    def doc_values(self, source, name):
        how = self.type_of(name)
        if how is None or how["type"] == "text" or not how.get("doc_values", True):
            raise RefusedError(400, "illegal_argument_exception", f"[{name}] has no doc values")
        value = source.get(name)
        if value is None or (isinstance(value, str) and len(value) > how.get("ignore_above", 1 << 31)):
            return None
        return value

    def fits(self, query, source):
        [(kind, body)] = query.items()
        if kind == "bool":
            known(body, {"filter", "must_not", "should", "minimum_should_match"}, "bool")
            least = body.get("minimum_should_match", 0 if body.get("filter") else int("should" in body))
            must, must_not, should = (
                [self.fits(one, source) for one in body.get(part, [])] for part in ("filter", "must_not", "should")
            )
            return all(must) and not any(must_not) and sum(should) >= least
        if kind == "exists":
            known(body, {"field"}, "exists")
            return self.doc_values(source, body["field"]) is not None
        [(name, wanted)] = body.items()
        how = self.type_of(name)
        if how is None or not how.get("index", True):
            raise RefusedError(400, "query_shard_exception", f"[{name}] is not indexed")
        value = source.get(name)
        values = value.split() if how["type"] == "text" and value else value if isinstance(value, list) else [value]
        match kind:
            case "term" if isinstance(wanted, str | int):
                return wanted in values
            case "terms" if isinstance(wanted, list) and len(wanted) <= MOST_TERMS:
                return any(one in wanted for one in values)
            case "match_phrase" if how["type"] == "text" and isinstance(wanted, str):
                words = wanted.split()
                return any(values[at : at + len(words)] == words for at in range(len(values)))
            case "range" if how["type"] == "long":
                known(wanted, {"lt", "lte", "gt", "gte"}, "range")
                tests = {"lt": int.__lt__, "lte": int.__le__, "gt": int.__gt__, "gte": int.__ge__}
                return value is not None and all(tests[name](value, limit) for name, limit in wanted.items())
        raise RefusedError(400, "parsing_exception", f"unknown query [{kind}] on [{name}]")


def clauses(query):
    [(kind, body)] = query.items()
    if kind != "bool":
        return len(body["words"].split()) if kind == "match_phrase" else 1
    return sum(clauses(one) for part in body.values() if isinstance(part, list) for one in part)

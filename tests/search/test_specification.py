"""What OpenSearch is asked, held against the types that its makers generate from its specification."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.delivery.builders import NOW, put_gone
from tests.node import installed, program
from tests.search.builders import ask, indexed, told
from warta.search import follow

pytest.importorskip("opensearchpy", reason="OpenSearch's client is not installed: requirements/dev.txt has it")
pytestmark = pytest.mark.django_db(databases="__all__")

_TYPES = Path(__file__).with_name("specification")
_BOOLEANS = {"true": True, "false": False}
_LAST = {
    "_search": "_core/search.Search_Request",
    "_termvectors": "_core/termvectors.Termvectors_Request",
    "_bulk": "_core/bulk.Bulk_Request",
    "_aliases": "indices/updateAliases.Indices_UpdateAliases_Request",
}
_OTHERS = {
    ("PUT", 1): "indices/create.Indices_Create_Request",
    ("DELETE", 1): "indices/delete.Indices_Delete_Request",
    ("GET", 2): "indices/getAlias.Indices_GetAlias_Request",
    ("PUT", 3): "_core/index.Index_Request",
    ("GET", 3): "_core/get.Get_Request",
}
"""By how the request is made and how many parts its address has."""
_NAMES = {2: ("", "name"), 3: ("index", "", "id")}


@pytest.fixture
def requests(stand, monkeypatch):
    """All that the stand-in is asked."""
    heard, answer = [], stand.answer

    def hear(method, path, given, body):
        heard.append((method, path.strip("/").split("/"), given, body))
        return answer(method, path, given, body)

    monkeypatch.setattr(stand, "answer", hear)
    return heard


def test_every_request_is_one_that_the_specification_knows(requests):
    page = told("Menteri Kesehatan Buka Puskesmas", "Menteri memberi perintah agar layanan dibuka malam hari.")
    told("KPK Periksa Pejabat", "Harga beras naik, kata pejabat Komisi Pemberantasan Korupsi.")
    indexed()
    for typed in (
        "menteri perintah",
        '"layanan dibuka malam"',
        "pejabat -beras",
        "kpk",
        "undang-undang",
        "mentri puskesmsa",
    ):
        ask(typed)
        ask(typed, order="best", rubric="dunia", year="2023")
    put_gone(page.id)
    indexed()
    follow.reindex(NOW)
    indexed()
    typed = dict.fromkeys(_typed(*request) for request in requests)
    assert {kind for kind, _ in typed} == {*_LAST.values(), *_OTHERS.values()}
    kind, good = next((kind, said) for kind, said in typed if '"match_phrase"' in said)
    wrong = ["// @ts-expect-error", _line("Wrong", kind, good.replace('"track_total_hits"', '"track_total_hitz"'))]
    assert _checked([*(_line(number, *one) for number, one in enumerate(typed)), *wrong]) == ""


def _typed(method, parts, given, body):
    """Return the type of a request, and the request as its makers' client would be given it."""
    kind = _LAST.get(parts[-1]) or _OTHERS[method, len(parts)]
    names = ("index",) if parts[-1] in {"_search", "_termvectors"} or len(parts) == 1 else _NAMES.get(len(parts), ())
    told = {name: part for name, part in zip(names, parts, strict=False) if name and not part.startswith("_")}
    told |= {name: _BOOLEANS.get(value, value) for name, value in given.items()}
    if body:
        lines = [json.loads(line) for line in body.splitlines()]
        told["body"] = lines if parts[-1] == "_bulk" else lines[0]
    return kind, json.dumps(told)


def _line(number, kind, told):
    module, _, name = kind.partition(".")
    return (
        f'export const of{number}: import("./node_modules/@opensearch-project/opensearch/api/{module}").{name} = {told}'
    )


def _checked(lines):
    """Return what the compiler says against these."""
    modules = installed(_TYPES)
    source = modules.parent / "requests.ts"
    source.write_text("\n".join(lines))
    strict = ("--noEmit", "--strict", "--skipLibCheck", "--module", "esnext", "--moduleResolution", "bundler")
    compiler = modules / "typescript" / "bin" / "tsc"
    return subprocess.run(
        [program("node"), compiler, *strict, source], capture_output=True, text=True, timeout=120
    ).stdout

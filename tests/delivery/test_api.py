"""The read API: what programs are given, in pages that join without a gap, and what they are told when it is not."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from tests.delivery import builders
from tests.delivery.builders import NOW, article, put, put_archive, put_frame, put_gone
from tests.delivery.test_corrections import correction
from tests.delivery.test_queries import queries
from warta.delivery.api import addresses
from warta.feeds.feed import stable_id
from warta.paper import store
from warta.search import follow

pytestmark = pytest.mark.django_db(databases="__all__")
API = "/api/v1"
SITE = "https://koran.example"


def got(client: Client, path: str, status: int = 200) -> dict:
    answer = client.get(path.removeprefix(SITE))
    assert answer.status_code == status, answer.content
    kind = "application/json" if status == 200 else "application/problem+json"
    assert answer.headers["content-type"] == kind
    return json.loads(answer.content)


def followed(client: Client, path: str) -> list[dict]:
    """Return the items of all pages of a list; the header leads where the body does."""
    found = []
    while path:
        answer = client.get(path.removeprefix(SITE))
        told = json.loads(answer.content)
        found += told["items"]
        path = told["next"]
        assert (f'<{path}>; rel="next"' in answer.headers["link"]) == bool(path)
    return found


def test_the_pages_of_a_list_join(client):
    put_frame()
    pages = put_archive(23)[::-1]
    dunia = [page.id for page in pages if page.rubric.path == "/dunia"]
    assert [one["id"] for one in followed(client, f"{API}/articles?limit=7")] == [page.id for page in pages]
    assert [one["id"] for one in followed(client, f"{API}/rubrics/dunia/articles?limit=3")] == dunia
    assert {one["rubric"]["slug"] for one in followed(client, f"{API}/channels/opini/articles")} <= {
        "dunia",
        "politik",
        "bisnis",
    }
    assert [one["slug"] for one in followed(client, f"{API}/rubrics?limit=2")] == ["dunia", "politik", "bisnis"]
    first = got(client, f"{API}/rubrics")["items"][0]
    assert [one["id"] for one in followed(client, first["articles"])] == dunia
    ninjs = followed(client, f"{API}/articles?form=ninjs&limit=9")
    assert [one["uri"] for one in ninjs] == [stable_id(SITE, f"article:{page.id}") for page in pages]


def test_an_article_is_whole_and_its_text_is_given_where_the_paper_gives_it(client, settings):
    page = put(builders.full_article(7, "id", "Asia/Makassar"))
    put(article(8, corrections=(correction(5),)))
    told = got(client, f"{API}/articles/7")
    assert (told["url"], told["api"]) == (SITE + page.path, f"{SITE}{API}/articles/7")
    assert (told["headline"], told["body_html"]) == (page.headline, None)
    assert told["picture"]["url"].startswith(f"{SITE}/gambar/")
    assert got(client, told["ninjs"])["representationType"] == "partial"
    assert got(client, told["reporters"][0]["articles"], 404)["where"] == "slug"  # the paper has no front of hers
    settings.WARTA_FEEDS = "full"
    assert "<h2>Muatan</h2>" in got(client, f"{API}/articles/7")["body_html"]
    assert "bodies" in got(client, f"{API}/articles/7?form=ninjs")
    [corrected] = got(client, f"{API}/corrections")["items"]
    assert (corrected["correction"]["id"], corrected["article"]["id"]) == (5, 8)
    assert got(client, f"{API}/articles/8")["corrections"] == [corrected["correction"]]


def test_changes_are_followed_by_number(client):
    put_frame()
    for number in (1, 2, 3):
        put(article(number))
    put(article(4, NOW + timedelta(hours=1)))
    begun = got(client, f"{API}/changes")
    assert [(one["id"], one["state"]) for one in begun["items"]] == [(number, "published") for number in (1, 2, 3)]
    assert got(client, begun["next"])["items"] == []
    assert [got(client, f"{API}/changes?limit={limit}")["is_more"] for limit in (1, 20)] == [True, False]
    assert got(client, f"{API}/changes?limit=1")["items"] == []  # a rubric: there is more behind it
    put_gone(2)
    store.remove("article:3")
    put(article(1, headline="Judul Baru"))
    after = got(client, begun["next"])
    assert [(one["id"], one["state"]) for one in after["items"]] == [(2, "withdrawn"), (3, "removed"), (1, "published")]
    assert after["items"][0]["article"] is None
    assert after["items"][2]["article"]["headline"] == "Judul Baru"
    assert (after["last"], got(client, after["next"])["items"]) == (store.last_number(), [])
    ninjs = got(client, f"{begun['next']}&form=ninjs")
    assert [one["item"]["pubStatus"] for one in ninjs["items"]] == ["canceled", "canceled", "usable"]


def test_of_what_is_withdrawn_the_reason_alone_is_told(client):
    put(article(7, headline="Rahasia Kapal"))
    gone = put_gone(7)
    told = got(client, f"{API}/articles/7", 410)
    assert told["withdrawn"]["reason"] == gone.reason
    assert client.get(f"{API}/articles/7").headers["surrogate-key"] == "article-7 lists shell"
    assert got(client, f"{API}/articles/7?form=ninjs", 410) == told
    everything = "".join(client.get(f"{API}/{path}").content.decode() for path in ("articles", "changes", "articles/7"))
    assert "Rahasia" not in everything


def test_what_is_found_is_given_in_either_order(client):
    for number in range(1, 25):
        put(article(number, NOW - timedelta(hours=number)))
    follow.catch_up(NOW)
    newest = followed(client, f"{API}/search?q=kapal")
    assert [one["id"] for one in newest] == list(range(1, 25))
    best = followed(client, f"{API}/search?q=kapal&order=best&rubric=dunia&year=2024")
    assert sorted(one["id"] for one in best) == list(range(1, 25))
    assert client.get(f"{API}/search?q=kapal").headers["cache-control"] == "public, max-age=0, s-maxage=1"


@pytest.mark.parametrize(
    ("path", "status", "where"),
    [
        ("/articles?limit=0", 400, "limit"),
        ("/articles?limit=51", 400, "limit"),
        ("/articles?limit=5&limit=6", 400, "limit"),
        ("/articles?cursor=1714693140000000-42%00", 400, "cursor"),
        ("/articles?rubrik=dunia", 400, "rubrik"),
        ("/articles?id=5", 400, "id"),
        ("/articles/0", 400, "id"),
        ("/articles/9999999999999999999999", 400, "id"),
        ("/articles/99", 404, "id"),
        ("/rubrics/tiada/articles", 404, "slug"),
        ("/rubrics/DUNIA/articles", 400, "slug"),
        ("/search", 400, "q"),
        ("/search?q=", 400, "q"),
        ("/search?q=x&cursor=9999999999999999999", 400, "cursor"),
        ("/changes?since=-1", 400, "since"),
        ("/nothing", 404, None),
        ("", 404, None),
        ("/articles?" + "a=1&" * 1001, 400, None),
    ],
)
def test_a_question_that_cannot_be_answered_is_told_why(client, path, status, where):
    told = got(client, API + path, status)
    assert (told["status"], told.get("where")) == (status, where)
    assert told["detail"].endswith(".")


def test_it_is_only_read(client):
    answer = client.post(f"{API}/articles", {"a": 1})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert client.head(f"{API}/articles").status_code == 200


def test_caches_are_told_what_they_may_do(client):
    put(article(1))
    answer = client.get(f"{API}/articles/1")
    assert answer.headers["surrogate-key"] == "article-1 lists shell"
    assert answer.headers["cache-control"].startswith("public, max-age=0, s-maxage=1")
    assert answer.headers["access-control-allow-origin"] == "*"
    again = client.get(f"{API}/articles/1", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    squeezed = client.get(
        f"{API}/articles/1", headers={"accept-encoding": "gzip", "if-none-match": answer.headers["etag"]}
    )
    assert (squeezed.status_code, squeezed.headers["content-encoding"]) == (200, "gzip")
    assert not answer.cookies


def test_a_paper_whose_storage_is_away_says_so(client, monkeypatch):
    from django.db import OperationalError

    def away(*_: object, **__: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(store, "at", away)
    answer = client.get(f"{API}/rubrics/dunia/articles")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert json.loads(answer.content)["status"] == 503


def test_a_page_costs_the_same_at_any_size(client):
    put_frame()
    put_archive(60)
    follow.catch_up(NOW)
    paths = ("/articles", "/articles?form=ninjs", "/rubrics/dunia/articles", "/articles/1", "/changes", "/rubrics")
    paths += ("/corrections", "/most-read")
    before = {path: queries(client, API + path) for path in paths}
    put_archive(600, first_id=1000, every=timedelta(hours=5))
    assert {path: queries(client, API + path) for path in paths} == before
    assert max(before.values()) <= 3, before


def test_the_contract_names_what_is_described():
    contract = (Path(__file__).parents[2] / "docs" / "contracts" / "api.md").read_text()
    described = addresses.description(SITE, "Koran Contoh")
    assert described["openapi"] == "3.1.1"
    collections = "{rubrics,channels,topics,people}"
    for path in described["paths"]:
        name = path.split("/")[1]
        shown = path.replace(name, collections, 1) if name in collections else path
        assert f"`{shown}" in contract, path

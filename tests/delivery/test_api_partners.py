"""Keys and limits: what a key is good for, what is said of one that is not, and how often anybody may ask."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from tests.delivery.builders import NOW, full_article, put, put_gone
from tests.delivery.test_queries import queries
from warta.delivery.api import limits, partners, scopes
from warta.delivery.api.limits import Limiter, Policy
from warta.delivery.models import Partner

pytestmark = pytest.mark.django_db(databases="__all__")
API = "/api/v1"


@pytest.fixture
def key():
    put(full_article(7, "id", "Asia/Jakarta"))
    return partners.add("kantor-berita", scopes=[scopes.FULL_TEXT], rate=30, now=NOW)


def bearing(key: str, scheme: str = "Bearer") -> dict[str, str]:
    return {"authorization": f"{scheme} {key}"}


def test_a_key_brings_the_text_and_its_answers_are_for_nobody_else(client: Client, key):
    answer = client.get(f"{API}/articles/7", headers=bearing(key, "bearer"))
    assert "<h2>Muatan</h2>" in json.loads(answer.content)["body_html"]
    assert answer.headers["cache-control"] == "private, no-cache"
    assert {"surrogate-key", "access-control-allow-origin"}.isdisjoint(name.lower() for name in answer.headers)
    assert answer.headers["ratelimit-policy"] == '"partner";q=30;w=60'
    assert answer.headers["ratelimit"] == '"partner";r=29;t=60'
    put_gone(9)
    for path in ("articles/9", "articles/99", "articles?x=1"):
        assert client.get(f"{API}/{path}", headers=bearing(key)).headers["cache-control"] == "private, no-cache"
    open_to_all = client.get(f"{API}/articles/7")
    assert json.loads(open_to_all.content)["body_html"] is None
    assert "ratelimit" not in open_to_all.headers  # a cache would give it to somebody else
    assert open_to_all.headers["ratelimit-policy"] == '"anonymous";q=120;w=60'
    assert "Authorization" in open_to_all.headers["vary"]


def test_nothing_but_the_hash_is_kept_and_a_key_costs_one_query(client, key):
    row = Partner.objects.values().get()
    assert key not in str(row)
    without = queries(client, f"{API}/articles/7")
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {key}"
    assert queries(client, f"{API}/articles/7") == without + 1


def test_a_key_is_good_until_it_is_taken_away(client, key):
    newer = partners.rotate("kantor-berita")
    assert client.get(f"{API}/articles", headers=bearing(newer)).status_code == 200
    for wrong in (
        bearing(key),
        bearing("warta_" + "x" * 43),
        bearing(""),
        bearing(newer, "Basic"),
        bearing("x" * 9000),
    ):
        answer = client.get(f"{API}/articles", headers=wrong)
        assert (answer.status_code, json.loads(answer.content)["where"]) == (401, "Authorization")
        assert answer.headers["www-authenticate"].startswith("Bearer ")
    partners.remove("kantor-berita")
    assert client.get(f"{API}/articles", headers=bearing(newer)).status_code == 401


def test_elsewhere_a_key_is_not_looked_at(client, key):
    plain, shown = client.get("/"), client.get("/", headers=bearing("nonsense"))
    assert (plain.content, plain.headers["cache-control"]) == (shown.content, shown.headers["cache-control"])
    assert "authorization" not in plain.headers.get("vary", "").lower()


def test_who_asks_too_often_is_told_when_to_come_back(client, key, clock, settings):
    settings.WARTA_TRUSTED_PROXIES = ("127.0.0.1/32",)
    household = {"x-forwarded-for": "2001:db8:1:2::5"}
    for _ in range(limits.ANONYMOUS.quota):
        assert client.get(f"{API}/rubrics", headers=household).status_code == 200
    household["x-forwarded-for"] = "2001:db8:1:2:ffff::9"  # the same house
    clock.shift(timedelta(seconds=18))
    answer = client.get(f"{API}/rubrics", headers=household)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "42")
    assert answer.headers["ratelimit"] == '"anonymous";r=0;t=42'
    assert answer.headers["cache-control"] == "no-store"
    assert client.get(f"{API}/rubrics", headers={"x-forwarded-for": "2001:db8:1:3::5"}).status_code == 200
    assert client.get(f"{API}/rubrics", headers={**household, **bearing(key)}).status_code == 200
    assert client.get(f"{API}/rubrics", headers={**household, **bearing("wrong")}).status_code == 429
    clock.shift(timedelta(seconds=42))
    assert client.get(f"{API}/rubrics", headers=household).status_code == 200


def test_searches_are_counted_apart(client, key):
    for _ in range(limits.SEARCHES.quota):
        assert client.get(f"{API}/search?q=kapal").status_code == 200
    assert client.get(f"{API}/search?q=kapal").headers["ratelimit"].startswith('"search";r=0;')
    assert client.get(f"{API}/rubrics").status_code == 200
    searcher = partners.add("pencari", scopes=[scopes.SEARCH], rate=limits.SEARCHES.quota + 1, now=NOW)
    for _ in range(limits.SEARCHES.quota + 1):
        assert client.get(f"{API}/search?q=kapal", headers=bearing(searcher)).status_code == 200
    assert (
        client.get(f"{API}/search?q=kapal", headers=bearing(searcher)).headers["ratelimit"].startswith('"partner";r=0')
    )


def test_no_more_are_remembered_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(limits, "MOST", 3)
    limiter, policy = Limiter(), Policy("x", 1)
    for who in "abcd":
        limiter.take(who, policy, 0.0)
    assert [limiter.take(who, policy, 1.0).is_over for who in "dca"] == [True, True, False]
    assert limiter.take("d", policy, -3600.0).is_over is False  # the clock was put back


@pytest.mark.parametrize("name", ["", "Kantor Berita", "a" * 65, "kantor-berita"])
def test_a_name_that_is_taken_or_unfit_is_refused(key, name):
    with pytest.raises(partners.RefusedPartnerError, match=r"no name|exists already"):
        partners.add(name, scopes=[], rate=1, now=NOW)
    with pytest.raises(partners.RefusedPartnerError, match="no partner"):
        partners.rotate("tiada")

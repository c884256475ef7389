"""What every answer carries: the policy by hash, no cookie, a cache rule for each kind of page."""

import base64
import hashlib
import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.delivery.builders import full_article, put, put_archive, put_frame, put_gone

pytestmark = pytest.mark.django_db(databases="__all__")
PAGE = "public, max-age=0, s-maxage=1, stale-while-revalidate=10, stale-if-error=86400"
ABSENT = "public, max-age=0, s-maxage=1"


def answers(client: Client) -> dict[str, Any]:
    put_frame()
    put_archive(30)
    page, gone = put(full_article(500, "id", "Asia/Jakarta")), put_gone(501)
    client.raise_request_exception = False
    paths = {
        "article": page.path,
        "front": "/",
        "rubric": "/dunia",
        "index": "/indeks",
        "day": "/indeks/2024/05/02",
        "static": "/laman/tentang",
        "robots": "/robots.txt",
        "favicon": "/favicon.svg",
        "manifest": "/manifest.webmanifest",
        "icon": "/ikon-512.png",
        "worker": "/sw.js",
        "kept": "/luring",
        "moved": page.path + "x",
        "gone": gone.path,
        "absent": "/tidak/ada",
        "damaged": "/indeks?sebelum=x",
        "refused": "/indeks?" + "a=1&" * 1001,
    }
    found = {kind: client.get(path) for kind, path in paths.items()}
    found["unsafe"] = client.post("/")
    return found


def hashes(policy: str, directive: str) -> list[str]:
    found = re.search(rf"{directive} ([^;]+)", policy)
    return found[1].split() if found else []


def sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_every_answer_carries_the_security_headers_and_no_cookie(client: Client) -> None:
    for kind, response in answers(client).items():
        assert response["X-Content-Type-Options"] == "nosniff", kind
        assert response["X-Frame-Options"] == "DENY", kind
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin", kind
        assert response["Cross-Origin-Opener-Policy"] == "same-origin", kind
        assert response["Cross-Origin-Resource-Policy"] == "same-origin", kind
        assert "geolocation=()" in response["Permissions-Policy"], kind
        assert response["Strict-Transport-Security"] == "max-age=31536000", kind
        assert "Set-Cookie" not in response, kind
        assert not response.cookies, kind
        assert "Vary" not in response, kind


def test_the_policy_allows_the_bytes_in_the_page_and_nothing_else(client: Client) -> None:
    for kind, response in answers(client).items():
        policy, body = response["Content-Security-Policy"], response.content.decode("utf-8", "replace")
        assert policy.startswith("default-src 'none'; img-src 'self' data:; style-src 'sha256-"), kind
        assert "unsafe" not in policy, kind
        assert "require-trusted-types-for 'script'; trusted-types sw" in policy, kind
        styles = re.findall(r"<style>(.*?)</style>", body, re.DOTALL)
        scripts = re.findall(r"<script>(.*?)</script>", body, re.DOTALL)
        is_page, is_article = body.startswith("<!doctype html>"), kind == "article"
        assert len(styles) == body.count("<style") == is_page, kind
        told = body.count('<script type="application/ld+json">')  # is read and never run
        assert told == is_article, kind
        assert len(scripts) == body.count("<script") - told == is_page + is_article, (
            kind
        )  # a read is told of there alone
        assert all(sha256(style) in hashes(policy, "style-src") for style in styles), kind
        assert len(hashes(policy, "style-src")) == 3, kind  # with lists, without them, of pages that save data
        assert all(sha256(script) in hashes(policy, "script-src") for script in scripts), kind
        assert len(hashes(policy, "script-src")) == 2, kind


@pytest.mark.parametrize("kind", ["article", "front", "rubric", "index", "day", "static", "gone", "absent"])
def test_no_page_needs_what_the_policy_forbids(client: Client, kind: str) -> None:
    body = answers(client)[kind].content.decode()
    assert not re.search(r"<[a-z][^>]*\s(?:style|on[a-z]+)=", body)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//(?!koran\.example|video\.example)", body)


def test_each_kind_of_answer_has_its_cache_rule(client: Client) -> None:
    rules = {kind: response["Cache-Control"] for kind, response in answers(client).items()}
    assert rules == {
        **dict.fromkeys(["article", "front", "rubric", "index", "day", "static", "kept"], PAGE),
        **dict.fromkeys(["gone", "absent", "damaged"], ABSENT),
        **dict.fromkeys(["robots", "favicon", "manifest", "icon"], "public, max-age=86400"),
        **dict.fromkeys(["refused", "unsafe"], "no-store"),
        "moved": "public, max-age=60",
        "worker": "public, max-age=3600",
    }


def test_a_paper_without_https_does_not_ask_for_it(client: Client, settings: LazySettings) -> None:
    settings.WARTA_SITE_URL = "http://127.0.0.1:8000"
    assert "Strict-Transport-Security" not in client.get("/")


def test_cookies_and_headers_of_the_reader_change_nothing(client: Client) -> None:
    put_frame()
    plain = client.get("/").content
    client.cookies["session"] = "x"
    asked = client.get(
        "/",
        HTTP_ACCEPT_LANGUAGE="en",
        HTTP_HOST="evil.example",
        HTTP_X_FORWARDED_HOST="evil.example",
        HTTP_AUTHORIZATION="x",
    )
    assert asked.content == plain

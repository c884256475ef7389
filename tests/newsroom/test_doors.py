"""Who may go where in the newsroom, in whose language, and with which headers."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.users.models import UserProfile

from tests.newsroom import builders
from tests.newsroom.screens import edit_url
from warta.newsroom.models import Article

OPEN = {
    "redaksi/login/",
    "redaksi/logout/",
    "redaksi/inactive/",
    "redaksi/preview/x/",
    *(RESETS := {f"redaksi/password_reset/{step}" for step in ("", "done/", "complete/", "confirm/x/x/")}),
    "redaksi/jsi18n/",
    "redaksi/sprite/",
}
"""What everybody may ask for: signing in, words and icons."""


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Return an address for each route: numbers are 1, words are x."""
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif "(" not in route:
            yield re.sub(r"<(\w+:)?\w+>", lambda found: "1" if found[1] == "int:" else "x", route)


def test_without_signing_in_every_address_leads_to_the_login():
    found = sorted(set(routes(get_resolver().url_patterns)) - OPEN)
    assert len(found) > 150
    stranger = Client(raise_request_exception=False)
    strays = {}
    for address in found:
        for method in (stranger.get, stranger.post):
            answer = method(f"/{address}")
            is_sent_to_login = answer.status_code == 302 and "/redaksi/login/" in answer["Location"]
            if not is_sent_to_login:
                strays[f"{method.__name__} {address}"] = answer.status_code
    assert strays == {}


def test_what_is_open_says_nothing_about_the_paper(client):
    builders.article(headline="Rahasia Redaksi", status="draft")
    for address in OPEN:
        answer = client.get(f"/{address}")
        assert answer.status_code in ({404} if address in RESETS else {200, 302, 405, 410}), address
        assert b"Rahasia Redaksi" not in answer.content


def test_no_password_is_to_be_had_by_mail(client):
    assert "password_reset" not in client.get("/redaksi/login/").content.decode()
    assert all(client.post(f"/{address}", {"email": "danu@kantor.example"}).status_code == 404 for address in RESETS)


def test_who_has_no_mail_address_can_choose_a_language(desk, reporter):
    form = {"locale-preferred_language": "en", "locale-current_time_zone": "Asia/Jayapura", "theme-theme": "dark"}
    form |= {"theme-density": "default", "theme-contrast": "system", "theme-keyboard_shortcuts": "on"}
    form |= {"name_email-first_name": "Laras", "name_email-last_name": "Wiragama"}
    assert not reporter.email
    assert desk.post("/redaksi/account/", form).status_code == 302
    assert UserProfile.get_for_user(reporter).preferred_language == "en"


CLOSED = [
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailusers_groups:index",
    "wagtailusers_groups:add",
    "wagtailadmin_collections:index",
    "wagtailadmin_collections:add",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:add",
    "wagtaildocs:index",
    "wagtaildocs:add",
    "wagtailsnippets_newsroom_rubric:add",
    "wagtailsnippets_newsroom_channel:add",
    "wagtailsnippets_newsroom_contributor:add",
    "wagtailsnippets_newsroom_staticpage:add",
]


@pytest.mark.parametrize("name", CLOSED)
def test_a_reporter_does_not_get_behind_the_scenes(reporters_desk, name):
    answer = reporters_desk.get(reverse(name))
    assert answer.status_code in {302, 403}, answer.status_code
    assert "/login/" not in answer.get("Location", "")


def test_a_reporter_cannot_delete_an_article(reporters_desk, reporter):
    article = builders.article()
    others = reporters_desk.post(reverse("wagtailsnippets_newsroom_article:delete", args=[article.pk]))
    Article.objects.filter(pk=article.pk).update(made_by=reporter)
    own = reporters_desk.post(reverse("wagtailsnippets_newsroom_article:delete", args=[article.pk]))
    assert (others.status_code, own.status_code) == (404, 403)
    article.refresh_from_db()
    assert article.live


def test_a_reporter_cannot_make_themselves_more(reporters_desk, reporter):
    reporters_desk.post(
        reverse("wagtailusers_users:edit", args=[reporter.pk]), {"username": "laras", "is_superuser": "on"}
    )
    assert not User.objects.get(pk=reporter.pk).is_superuser


@pytest.mark.parametrize("name", ["wagtailsnippets_newsroom_rubric:add", "wagtailsnippets_newsroom_contributor:add"])
def test_an_editor_minds_the_papers_headings_and_people(editors_desk, name):
    assert editors_desk.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["wagtailusers_users:index", "wagtailusers_groups:index"])
def test_an_editor_does_not_mind_who_may_sign_in(editors_desk, name):
    assert editors_desk.get(reverse(name)).status_code in {302, 403}


@pytest.mark.parametrize(
    ("lang", "words"), [("id", ["Artikel", "Judul", "Rubrik"]), ("en", ["Articles", "Headline", "Rubric"])]
)
def test_the_screens_speak_the_language_of_their_user(desk, reporter, lang, words):
    UserProfile.objects.update_or_create(user=reporter, defaults={"preferred_language": lang})
    Article.objects.filter(pk=(own := builders.article()).pk).update(made_by=reporter)
    pages = "".join(
        desk.get(url).content.decode()
        for url in (
            reverse("wagtailadmin_home"),
            reverse("wagtailsnippets_newsroom_article:list"),
            edit_url(own),
        )
    )
    assert f'lang="{lang}"' in pages
    assert [word for word in words if word not in pages] == []


def test_every_answer_carries_the_headers(desk, client):
    article = builders.article()
    for answer in (
        desk.get(reverse("wagtailadmin_home")),
        desk.get(edit_url(article)),
        desk.get("/redaksi/tidak-ada/"),
        client.get("/redaksi/"),
        client.get("/redaksi/login/"),
    ):
        assert "script-src 'self';" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer["Cache-Control"]


def test_a_form_from_elsewhere_is_refused(reporter):
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.force_login(reporter)
    article = builders.article()
    url = reverse("wagtailsnippets_newsroom_article:unpublish", args=[article.pk])
    assert elsewhere.post(url).status_code == 403
    article.refresh_from_db()
    assert article.live


def test_signing_in_sets_a_cookie_that_no_script_and_no_other_site_can_use(client, reporter):
    answer = client.post("/redaksi/login/", {"username": "laras", "password": "kata sandi laras"})
    assert answer.status_code == 302
    cookie = answer.cookies["redaksi"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert client.get("/redaksi/").status_code == 200


def test_a_wrong_password_says_no_more_than_that(client, reporter):
    known = client.post("/redaksi/login/", {"username": "laras", "password": "salah"})
    unknown = client.post("/redaksi/login/", {"username": "tiada", "password": "salah"})
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors

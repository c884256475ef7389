"""Signing in: tries that slow down, second factors, sessions that end, and asking again before rights are touched."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.newsroom import builders
from warta.newsroom.actions.found import EDITORS
from warta.newsroom.models import SignIn
from warta.newsroom.signin import adapters, guard, records, throttle

NOW = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
PASSWORD = "kata sandi laras"


def tried(name: str, times: int, *, address: str = "192.0.2.7", now: datetime = NOW, every_s: int = 0) -> None:
    for number in range(times):
        throttle.begin(name, address=address, agent="", now=now + timedelta(seconds=number * every_s))


def wait(name: str, now: datetime, address: str = "192.0.2.7") -> int:
    try:
        throttle.begin(name, address=address, agent="", now=now)
    except throttle.TooManyTriesError as error:
        return error.wait_s
    return 0


def sign_in(client: Client, password: str = PASSWORD, name: str = "laras", **extra: Any) -> Any:
    return client.post("/redaksi/login/", {"username": name, "password": password}, **extra)


def with_app(user: User) -> str:
    """Give somebody an authenticator app and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def digits(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_wait_doubles_after_the_free_tries_and_has_an_end() -> None:
    assert [throttle.wait_s(count, 10) for count in (0, 9, 10, 11, 12, 18, 19, 500)] == [0, 0, 2, 4, 8, 512, 900, 900]


def test_ten_tries_are_free_and_the_next_must_wait() -> None:
    tried("laras", 10)
    assert wait("laras", NOW + timedelta(seconds=1)) == 1
    assert wait("laras", NOW + timedelta(seconds=2)) == 0, "that was the eleventh"
    assert wait("laras", NOW + timedelta(seconds=3)) == 3
    assert wait("LARAS ", NOW + timedelta(seconds=3)) == 3, "the same account"
    assert wait("danu", NOW + timedelta(seconds=3)) == 0, "another one"
    assert wait("laras", NOW + timedelta(days=2)) == 0


def test_a_refused_wait_does_not_make_it_longer() -> None:
    tried("laras", 10)
    for _ in range(20):
        wait("laras", NOW)
    assert wait("laras", NOW + timedelta(seconds=2)) == 0
    assert SignIn.objects.count() == 11


def test_a_sign_in_clears_the_account_but_not_the_network() -> None:
    tried("laras", 10)
    SignIn.objects.create(
        account=throttle.account("laras"), network="192.0.2.0/24", address="192.0.2.7", at=NOW, outcome="in"
    )
    assert wait("laras", NOW) == 0
    for number in range(throttle.FREE_OF_NETWORK):
        tried(f"korban{number}", 1, address=f"192.0.2.{number + 10}", now=NOW - timedelta(minutes=1))
    assert wait("laras", NOW - timedelta(minutes=1), "192.0.2.99") > 0, "the same network"
    assert wait("laras", NOW, "198.51.100.1") == 0, "another one"


def test_networks_are_what_one_line_holds() -> None:
    assert throttle.network("192.0.2.77") == "192.0.2.0/24"
    assert throttle.network("2001:db8:1:2ff::9") == "2001:db8:1:200::/56"


def test_the_form_says_how_long_to_wait_and_not_even_the_right_password_passes(client: Client, reporter: User) -> None:
    for _ in range(10):
        assert sign_in(client, "salah").status_code == 200
    page = sign_in(client)
    assert page.status_code == 200
    assert "Terlalu banyak percobaan. Tunggu 2 detik" in page.content.decode()
    SignIn.objects.update(at=datetime.now(UTC) - timedelta(seconds=3))
    assert sign_in(client).status_code == 302


def test_the_name_that_was_typed_is_not_kept(client: Client) -> None:
    sign_in(client, "x", name="ini-kata-sandi-saya")
    row = SignIn.objects.get()
    assert "kata" not in " ".join(str(value) for value in vars(row).values())


def test_what_the_front_door_found_is_where_somebody_came_from(client: Client, reporter: User) -> None:
    sign_in(client, HTTP_X_FORWARDED_FOR="203.0.113.9", HTTP_USER_AGENT="Peramban/1")
    row = SignIn.objects.get(outcome="in")
    assert (row.address, row.network, row.agent, row.user, row.method) == (
        *("203.0.113.9", "203.0.113.0/24", "Peramban/1"),
        *(reporter, "password"),
    )
    page = client.get("/redaksi/security/").content.decode()
    assert page.count("203.0.113.9") == 2, "the session and the sign-in"


def test_a_second_factor_is_asked_and_counted(client: Client, reporter: User) -> None:
    secret = with_app(reporter)
    answer = sign_in(client)
    assert answer["Location"] == "/redaksi/security/authenticate/"
    assert client.get("/redaksi/")["Location"].startswith("/redaksi/login/"), "not in yet"
    for _ in range(9):
        assert "Kode salah" in client.post(answer["Location"], {"code": "000000"}).content.decode()
    key = client.session.session_key
    done = client.post(answer["Location"], {"code": digits(secret)})
    assert done["Location"] == "/redaksi/"
    assert client.session.session_key != key, "a new session for new rights"
    assert SignIn.objects.get(outcome="in").method == "password+totp"


def test_codes_are_guessed_no_faster_than_passwords(client: Client, reporter: User) -> None:
    secret = with_app(reporter)
    way = sign_in(client)["Location"]
    for _ in range(10):
        client.post(way, {"code": "000000"})
    page = client.post(way, {"code": digits(secret)}).content.decode()
    assert "Terlalu banyak percobaan" in page


def test_the_secret_of_an_app_is_not_readable_in_the_database(reporter: User) -> None:
    secret = with_app(reporter)
    kept = Authenticator.objects.get().data["secret"]
    assert secret not in kept
    assert adapters.SecondFactorAdapter().decrypt(kept) == secret


@pytest.fixture
def strict(settings: Any) -> None:
    settings.WARTA_SECOND_FACTOR = "required"


@pytest.mark.usefixtures("strict")
def test_who_may_publish_must_have_one_before_anything_else(desk: Client, reporters_desk: Client) -> None:
    assert desk.get("/redaksi/")["Location"] == "/redaksi/security/"
    page = desk.get("/redaksi/security/").content.decode()
    assert "Pertama, faktor kedua" in page
    article = builders.article(1)
    stopped = desk.post(f"/redaksi/snippets/newsroom/article/edit/{article.pk}/", {"headline": "x"})
    assert stopped["Location"] == "/redaksi/security/"
    for address in ("security/totp/activate/", "security/webauthn/add/", "logout/"):
        assert desk.get(f"/redaksi/{address}").status_code == 200, address
    with_app(User.objects.get(username="laras"))
    assert desk.get("/redaksi/").status_code == 200


@pytest.mark.usefixtures("strict")
def test_a_reporter_may_go_without(reporters_desk: Client) -> None:
    assert reporters_desk.get("/redaksi/").status_code == 200


@pytest.mark.usefixtures("strict")
def test_the_last_factor_of_who_needs_one_stays(desk: Client) -> None:
    user = User.objects.get(username="laras")
    with_app(user)
    refused = desk.post("/redaksi/security/totp/deactivate/")
    assert "satu-satunya faktor kedua" in refused.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_an_app_is_set_up_and_gives_recovery_codes_that_open_once(client: Client, reporter: User) -> None:
    sign_in(client)
    secret = client.get("/redaksi/security/totp/activate/").context["form"].secret
    answer = client.post("/redaksi/security/totp/activate/", {"code": digits(secret)})
    page = client.get(answer["Location"])
    code = page.context["unused_codes"][0]
    client.post("/redaksi/logout/")
    for is_good in (True, False):
        way = sign_in(client)["Location"]
        answer = client.post(way, {"code": code})
        assert (answer.status_code == 302) == is_good
        client.post("/redaksi/logout/")


def test_a_session_ends_after_hours_of_nothing_and_after_days_of_anything(client: Client, reporter: User) -> None:
    for key, age_s, is_good in (
        ("seen_at", guard.IDLE_S - 60, True),
        ("seen_at", guard.IDLE_S + 60, False),
        ("began_at", guard.LONGEST_S + 60, False),
    ):
        client.force_login(reporter)
        client.get("/redaksi/")
        session = client.session
        session[key] = time.time() - age_s
        session.save()
        answer = client.get("/redaksi/")
        assert (answer.status_code == 200) == is_good, (key, age_s)
        if not is_good:
            assert answer["Location"] == "/redaksi/login/?next=/redaksi/"


def test_a_script_without_a_session_is_told_so_in_its_own_words(client: Client, reporter: User) -> None:
    article = builders.article(1)
    editor = f"/redaksi/snippets/newsroom/article/edit/{article.pk}/"
    for headers in ({"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"}):
        answer = client.post(editor, {}, headers=headers)
        assert (answer.status_code, answer.json()["error_code"]) == (401, "session_over")
        assert "masuk lagi" in answer.json()["error_message"]
        assert client.get("/redaksi/login/", headers=headers).status_code == 200
    assert client.post(editor, {}, headers={"Accept": "text/html"}).status_code == 302
    client.force_login(reporter)
    client.get("/redaksi/")
    session = client.session
    session["began_at"] = time.time() - guard.LONGEST_S - 60
    session.save()
    assert client.post(editor, {}, headers={"Accept": "application/json"}).status_code == 401


def test_an_editor_that_only_stands_open_does_not_keep_a_session_alive(desk: Client) -> None:
    article = builders.article(1)
    desk.get("/redaksi/")
    session = desk.session
    session["seen_at"] = (then := time.time() - 3600)
    session.save()
    page = desk.get(f"/redaksi/snippets/newsroom/article/edit/{article.pk}/")
    assert desk.session["seen_at"] > then
    session = desk.session
    session["seen_at"] = then
    session.save()
    ping = page.content.decode().partition("/redaksi/editing-sessions/ping/")[2].partition('"')[0].partition("&")[0]
    assert desk.post(f"/redaksi/editing-sessions/ping/{ping}").status_code == 200
    assert desk.session["seen_at"] == then


def test_sessions_are_ended_one_by_one_or_all_and_only_ones_own(client: Client, reporter: User) -> None:
    others = [Client(), Client(), Client()]
    for other in others[:2]:
        sign_in(other)
    stranger = builders.editor()
    stranger.set_password(PASSWORD)
    stranger.save()
    sign_in(others[2], name=stranger.username)
    sign_in(client)
    first = UserSession.objects.get(session_key=others[0].session.session_key)
    strange = UserSession.objects.get(session_key=others[2].session.session_key)
    client.post("/redaksi/security/sessions/", {"session": first.pk})
    client.post("/redaksi/security/sessions/", {"session": strange.pk})
    assert [other.get("/redaksi/").status_code for other in others] == [302, 200, 200]
    client.post("/redaksi/security/sessions/")
    assert [other.get("/redaksi/").status_code for other in (*others, client)] == [302, 302, 200, 200]


def test_a_new_role_ends_the_sessions_that_were_opened_with_the_old(client: Client, reporter: User) -> None:
    sign_in(client)
    assert client.get("/redaksi/").status_code == 200
    reporter.groups.add(Group.objects.get(name=EDITORS))
    assert client.get("/redaksi/").status_code == 302
    sign_in(client)
    reporter.groups.clear()
    assert client.get("/redaksi/")["Location"].startswith("/redaksi/login/")


def test_people_and_rights_are_touched_only_by_who_has_just_shown_who_they_are(client: Client, reporter: User) -> None:
    User.objects.filter(pk=reporter.pk).update(is_superuser=True)
    sign_in(client)
    assert client.get("/redaksi/users/").status_code == 200, "a moment after signing in"
    session = client.session
    session["began_at"] = time.time() - 3600
    session.save()
    asked = client.get("/redaksi/users/")
    assert asked["Location"] == "/redaksi/security/again/?next=%2Fredaksi%2Fusers%2F"
    assert client.get("/redaksi/").status_code == 200, "all else goes on"
    wrong = client.post(asked["Location"], {"password": "salah"})
    assert wrong.status_code == 200
    right = client.post(asked["Location"], {"password": PASSWORD, "next": "/redaksi/users/"})
    assert right["Location"] == "/redaksi/users/"
    assert client.get("/redaksi/users/").status_code == 200


def test_a_sign_in_leads_only_to_addresses_of_the_paper(client: Client, reporter: User) -> None:
    for target in ("https://jahat.example/", "//jahat.example/", "/\\jahat.example", "javascript:alert(1)"):
        answer = client.post("/redaksi/login/", {"username": "laras", "password": PASSWORD, "next": target})
        assert answer["Location"] == "/redaksi/", target
        client.post("/redaksi/logout/")
    answer = client.post("/redaksi/login/", {"username": "laras", "password": PASSWORD, "next": "/redaksi/account/"})
    assert answer["Location"] == "/redaksi/account/"


def test_nobody_signs_up_and_no_account_is_there_by_itself(client: Client) -> None:
    for address in ("signup/", "security/webauthn/signup/", "password/reset/", "email/"):
        assert client.get(f"/redaksi/{address}").status_code in {302, 404}, address
    assert not User.objects.exists()


def test_old_tries_and_sessions_are_swept(client: Client, reporter: User) -> None:
    sign_in(client)
    SignIn.objects.update(at=NOW - records.KEPT - timedelta(seconds=1))
    records.sweep(NOW)
    assert not SignIn.objects.exists()
    assert client.get("/redaksi/").status_code == 200

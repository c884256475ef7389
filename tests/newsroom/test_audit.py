"""The audit trail: who, what, when, from where; who may read it, how it is filtered and taken away as a file."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from tests.newsroom import builders
from warta.newsroom.actions.found import EDITORS, MANAGING_EDITORS


@pytest.fixture
def chief(reporter: User) -> Client:
    """A managing editor's browser, signed in."""
    reporter.groups.set([Group.objects.get(name=MANAGING_EDITORS)])
    client = Client(raise_request_exception=False)
    client.force_login(reporter)
    return client


def test_what_is_done_in_a_browser_tells_from_where(chief: Client) -> None:
    article = builders.article(1)
    chief.post(
        f"/redaksi/snippets/newsroom/article/rules/{article.pk}/withdraw/",
        {"ground": "council", "reason": "Keliru.", "sure": "1"},
        HTTP_X_FORWARDED_FOR="203.0.113.77",
    )
    entry = ModelLogEntry.objects.get(action="warta.withdraw")
    assert (entry.user.username, entry.data["from"]) == ("laras", "203.0.113.77")
    page = chief.get("/redaksi/audit/").content.decode()
    assert "203.0.113.77" in page
    assert article.headline in page


def test_what_the_worker_does_comes_from_nowhere() -> None:
    log(instance=builders.article(1), action="wagtail.edit")
    assert "from" not in ModelLogEntry.objects.latest("pk").data


def test_a_change_of_rights_is_in_it(chief: Client) -> None:
    User.objects.filter(username="laras").update(is_superuser=True)
    other = User.objects.create_user("danu", first_name="Danu", last_name="Prakarsa", email="danu@nusapagi.example")
    form = {"username": "danu", "first_name": "Danu", "last_name": "Prakarsa", "email": other.email, "is_active": "on"}
    group = Group.objects.get(name=EDITORS)
    answer = chief.post(f"/redaksi/users/edit/{other.pk}/", {**form, "groups": [group.pk]})
    assert answer.status_code == 302
    assert "danu" in chief.get("/redaksi/audit/").content.decode().casefold()
    assert ModelLogEntry.objects.filter(content_type__model="user", object_id=str(other.pk)).exists()


def test_editors_and_reporters_do_not_read_it(desk: Client, reporters_desk: Client) -> None:
    for client in (desk, reporters_desk):
        assert client.get("/redaksi/audit/").status_code in {302, 403}
        assert client.get("/redaksi/audit/?export=csv").status_code in {302, 403}
        assert "/redaksi/audit/" not in client.get("/redaksi/").content.decode()


def test_it_is_filtered_and_exported(chief: Client) -> None:
    first, second = builders.article(1), builders.article(2)
    user = User.objects.get(username="laras")
    log(instance=first, action="warta.note", user=user)
    log(instance=second, action="wagtail.edit", timestamp=timezone.now() - timedelta(days=40))
    page = chief.get("/redaksi/audit/", {"action": "warta.note"}).content.decode()
    assert first.headline in page
    assert second.headline not in page
    page = chief.get("/redaksi/audit/", {"object_id": second.pk}).content.decode()
    assert second.headline in page
    assert first.headline not in page
    file: Any = chief.get("/redaksi/audit/", {"export": "csv", "user": user.pk})
    text = b"".join(file.streaming_content).decode()
    assert "warta.note" in text
    assert first.headline in text
    assert second.headline not in text
    assert text.splitlines()[0].startswith("Kapan,") or text.splitlines()[0].startswith("Waktu,")


def test_its_cost_does_not_grow(chief: Client) -> None:
    counts = []
    chief.get("/redaksi/audit/")
    for _ in range(2):
        for number in range(30):
            log(instance=builders.article(number + 1 + 100 * len(counts)), action="wagtail.edit")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert chief.get("/redaksi/audit/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]

"""The first screen: what needs this person now, in a fixed number of queries."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from tests.newsroom import builders
from warta.newsroom.actions.mark_unverified import mark_unverified
from warta.newsroom.actions.send_back import send_back
from warta.newsroom.actions.submit import submit
from warta.newsroom.models import Article, Desk, Rubric
from warta.newsroom.permissions import Role
from warta.reads import lists

NOW = timezone.now()


def person(name: str, role: Role) -> User:
    user = User.objects.create_user(name, first_name=name.capitalize())
    user.groups.add(Group.objects.get(name=role))
    return user


def shown(user: User) -> dict[str, list[str]]:
    """Return the headlines of each part of somebody's first screen."""
    client = Client()
    client.force_login(user)
    page = html.fromstring(client.get("/redaksi/").content)
    return {
        part.get("aria-labelledby"): [link.text_content() for link in part.findall(".//li/a")]
        for part in page.findall(".//section[@aria-labelledby]")
    }


@pytest.fixture
def writer(newsroom):
    return person("laras", Role.REPORTER)


@pytest.fixture
def editor(newsroom):
    return person("danu", Role.EDITOR)


def draft(number: int, by: User, **values) -> Article:
    article = builders.article(number, status="draft", **values)
    Article.objects.filter(pk=article.pk).update(made_by=by)
    article.refresh_from_db()
    return article


def test_each_person_sees_what_is_theirs_to_do(writer, editor):
    waiting, back, own = draft(1, writer), draft(2, writer), draft(3, writer)
    own.save_revision(user=writer)
    for article in (waiting, back):
        submit(article, by=writer, now=NOW)
    send_back(back, by=editor, now=NOW, note="Kurang sumber.")
    theirs = shown(writer)
    assert theirs["part-sent-back"] == [back.headline]
    assert theirs["part-mine"] == [own.headline]
    assert "part-waiting" not in theirs
    assert shown(editor)["part-waiting"] == [waiting.headline]
    submit(back, by=writer, now=NOW)
    assert "part-sent-back" not in shown(writer)
    assert set(shown(editor)["part-waiting"]) == {waiting.headline, back.headline}


def test_a_desk_sees_its_own_rubrics_and_no_others(writer, editor):
    submit(draft(1, writer, rubric="Dunia"), by=writer, now=NOW)
    submit(draft(2, writer, rubric="Nusantara"), by=writer, now=NOW)
    desk = Desk.objects.create(name="Daerah")
    desk.rubrics.add(Rubric.objects.get(name="Nusantara"))
    desk.members.add(editor)
    assert shown(editor)["part-waiting"] == ["Panen Raya Hari Ke-2"]


def test_what_appears_by_itself_and_what_appeared_is_told(editor):
    soon = builders.article(1, status="draft")
    soon.go_live_at = timezone.now() + timedelta(hours=2)
    soon.publish(soon.save_revision())
    far = builders.article(2, status="draft")
    far.go_live_at = timezone.now() + timedelta(days=4)
    far.publish(far.save_revision())
    Article.objects.filter(pk=builders.article(3).pk).update(first_published_at=timezone.now() - timedelta(hours=1))
    found = shown(editor)
    assert found["part-scheduled"] == [soon.headline]
    assert found["part-published"] == ["Panen Raya Hari Ke-3"]


def test_the_screen_costs_the_same_with_much_to_do(writer, editor):
    def cost() -> int:
        client = Client()
        client.force_login(editor)
        client.get("/redaksi/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/redaksi/")
        return len(captured)

    def much(first: int) -> None:
        for number in range(first, first + 4):
            submit(draft(number, writer), by=writer, now=NOW)
            mark_unverified(builders.article(100 + number), by=editor, now=NOW, words="Belum.")
            builders.article(200 + number).save_revision(user=editor)

    much(1)
    few = cost()
    much(5)
    assert cost() == few


@pytest.mark.django_db(databases="__all__")
def test_the_desk_is_told_when_nobody_makes_the_lists_of_the_most_read(editor, writer, settings):
    settings.WARTA_LISTS_ARE_OLD = "warta.config.checks.lists_are_old"
    for ago, is_told in ((timedelta(minutes=4), False), (timedelta(minutes=6), True)):
        lists.refresh(timezone.now() - ago)
        for user, is_desk in ((editor, True), (writer, False)):
            client = Client()
            client.force_login(user)
            page = client.get("/redaksi/").content.decode()
            assert ("Daftar Populer sudah lama" in page) == (is_told and is_desk)

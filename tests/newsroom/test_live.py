"""Developments of a live report at the desk: typed, checked, kept as a version, and found as words."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from tests.newsroom import builders
from tests.newsroom.screens import edit_url, write
from warta.lexicon.copy import EntryCopy, HeadingCopy
from warta.newsroom.desk.checks import check
from warta.newsroom.desk.places import Labels
from warta.newsroom.models import Article, Version
from warta.newsroom.models.style import story

AT = datetime(2026, 11, 23, 1, 50, tzinfo=UTC)


def typed(at: str = "2026-11-23 08:50", html: str = "<p>Air <b>surut</b>.</p>", **values: str) -> tuple[str, dict]:
    return ("entry", {"headline": "Pintu air dibuka", "text": rich_text(html), "at": at, **values})


def test_a_reporter_adds_a_development_above_the_others(desk) -> None:
    with time_machine.travel(builders.NOW, tick=False):
        assert write(desk, body=streamfield([typed("2026-11-23 08:00")])).status_code == 302
        made = Article.objects.get()
        newer = streamfield([typed(is_last="on"), typed("2026-11-23 08:00")])
        assert write(desk, url=edit_url(made), body=newer, bylines=inline_formset([])).status_code == 302
    body = Article.objects.get().body
    assert [(block.block_type, block.value["at"], block.value["is_last"]) for block in body] == [
        ("entry", AT, True),
        ("entry", AT - timedelta(minutes=50), False),
    ]
    assert body.raw_data[0]["value"]["at"] == "2026-11-23T01:50:00Z"


def test_the_block_is_offered_with_the_clock_of_the_account(desk) -> None:
    write(desk, action="draft")
    page = desk.get(edit_url(Article.objects.get())).content.decode()
    assert "Perkembangan (laporan langsung)" in page
    assert "warta.MomentInput" in page
    assert "newsroom/moment" in page


@pytest.mark.parametrize(
    ("at", "words"),
    [("", "harus diisi"), ("besok", "tanggal"), ("1066-10-14 08:00", "1900"), ("2026-11-23 09:30", "lebih lambat")],
)
def test_a_moment_that_cannot_be_is_refused(desk, at, words) -> None:
    with time_machine.travel(builders.NOW, tick=False):
        answer = write(desk, body=streamfield([typed(at)]))
    assert answer.status_code == 200
    assert words in answer.content.decode().lower() or words in str(answer.context["form"].errors).lower()
    assert not Article.objects.filter(live=True).exists()


def test_a_link_in_a_development_to_what_readers_cannot_see_is_found() -> None:
    hidden = builders.article(1, status="draft")
    made = builders.article(2, body=(EntryCopy(AT, f'<p><a href="{hidden.path}">a</a></p>'),))
    assert [(one.code, one.place) for one in check(made)] == [("dead-link", "body:1")]


def test_a_version_has_the_newest_first_with_moment_and_headline(newsroom) -> None:
    older = EntryCopy(AT - timedelta(minutes=50), "<p>Air naik.</p>")
    builders.article(
        1, zone="WITA", lang="en", body=(HeadingCopy("Posko"), older, EntryCopy(AT, "<p>Air surut.</p>", "Pintu"))
    )
    assert json.loads(Version.objects.get().content)["body"] == [
        "Posko",
        "Monday, 23 November 2026 | 09:50 WITA — Pintu — Air surut.",
        "Monday, 23 November 2026 | 09:00 WITA — Air naik.",
    ]


def test_two_texts_are_compared_by_their_words(newsroom) -> None:
    made = builders.article(1, zone="WIB", lang="id", body=(EntryCopy(AT, "<p>Air surut.</p>", "Pintu"),))
    said = "Senin, 23 November 2026 | 08:50 WIB — Pintu — Air surut."
    assert Labels(made).words("body:x", dict(made.body.raw_data[0])) == said
    assert story(made).endswith("\nPintu Air surut.")


def test_what_copy_has_too_much_of_is_cut_and_said(newsroom) -> None:
    filed = builders.filed(1, body=(EntryCopy(timezone.now(), "<p>Air<script>x</script></p>", "x" * 201),))
    assert filed.lost == ["headline of a development: cut to 200 of 201 characters"]
    assert filed.article.body.raw_data[0]["value"]["text"] == "<p>Air</p>"

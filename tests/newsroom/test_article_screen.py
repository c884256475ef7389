"""The article's editor: what a reporter types is published, and what cannot be is said at its field."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from tests.newsroom import builders
from tests.newsroom.screens import ADD, bylines, edit_url, uploaded, write
from warta.newsroom import reading, schedule
from warta.newsroom.models import Article, Contributor, Dispatch

SCRIPTED = json.dumps(
    {
        "blocks": [
            {
                "key": "a",
                "type": "unstyled",
                "text": "Baik <script>alert(1)</script> tautan <img src=x onerror=alert(3)>",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 31, "length": 6, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(2)"}}},
    }
)
"""What the rich text editor would send, if it were lied to."""


def errors(answer) -> dict[str, list[str]]:
    """Return the form's errors by field."""
    assert answer.status_code == 200, answer.status_code
    return dict(answer.context["form"].errors.items())


def only() -> Article:
    return Article.objects.get()


def in_days(days: float) -> str:
    return f"{timezone.localtime(timezone.now() + timedelta(days=days)):%Y-%m-%d %H:%M}"


def test_the_editor_starts_with_what_is_known(desk):
    page = desk.get(reverse(ADD)).content.decode()
    assert "Laras Wiragama" in page
    assert 'action="/redaksi/' in page


def test_a_reporter_writes_and_publishes_an_article(desk, reporter):
    photo = uploaded(desk, caption="Sungai meluap", credit="Antara", description="Air menutup jalan.")
    answer = write(
        desk,
        lead_photo=str(photo.pk),
        standfirst="Ribuan warga mengungsi.",
        zone="Asia/Makassar",
        bylines=bylines(reporter.contributor),
        body=streamfield(
            [
                ("paragraph", rich_text("<p>Air naik <b>sejak malam</b>.</p>")),
                ("heading", "Muatan"),
                ("quote", {"text": "Kami menunggu", "speaker": "Nelayan"}),
                ("photo", {"photo": str(photo.pk), "caption": "", "credit": "", "alt": ""}),
                ("embed", {"address": "https://video.example/1", "title": ""}),
            ]
        ),
    )
    assert answer.status_code == 302, answer.context["form"].errors
    article = only()
    assert (article.live, article.zone, article.initials) == (True, "Asia/Makassar", "dzk")
    assert article.latest_revision.user == reporter
    assert article.lead_photo == photo
    assert [line.contributor.name for line in article.bylines.all()] == ["Laras Wiragama"]
    assert [block.block_type for block in article.body] == ["paragraph", "heading", "quote", "photo", "embed"]
    assert Dispatch.objects.filter(kind="article", object_id=article.pk).count() == 1


def test_a_draft_is_kept_and_seen_by_nobody(desk):
    assert write(desk, action="draft").status_code == 302
    assert not only().live
    assert reading.article(only().pk) is None


def test_a_change_that_is_published_is_live_and_dated(desk):
    write(desk)
    before = only()
    assert write(desk, url=edit_url(before), headline="Sungai Surut", bylines=inline_formset([])).status_code == 302
    after = only()
    assert (after.headline, after.first_published_at) == ("Sungai Surut", before.first_published_at)
    assert after.updated_at is not None


def test_a_change_that_is_saved_only_is_not_live(desk):
    write(desk)
    write(desk, url=edit_url(only()), action="draft", headline="Belum Selesai", bylines=inline_formset([]))
    assert only().headline == "Sungai Meluap di Demak"
    assert only().get_latest_revision_as_object().headline == "Belum Selesai"


@pytest.mark.parametrize("action", ["publish", "draft"])
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"headline": "x" * 10_000}, "headline"),
        ({"headline": "x" * 301}, "headline"),
        ({"standfirst": "x" * 601}, "standfirst"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"embargo": "1899-12-31 23:00"}, "embargo"),
        ({"embargo": "2199-05-03 06:39"}, "embargo"),
        ({"embargo": "0001-01-01 00:00"}, "embargo"),
        ({"embargo": "besok pagi"}, "embargo"),
        ({"go_live_at": "0001-01-01 00:00"}, "go_live_at"),
        ({"go_live_at": "2199-05-03 06:39"}, "go_live_at"),
        ({"expire_at": "9999-12-31 23:59"}, "expire_at"),
        ({"channel": "999999"}, "channel"),
        ({"language": "xx"}, "language"),
        ({"lead_photo": "999999"}, "lead_photo"),
        ({"initials": "terlalu panjang"}, "initials"),
        ({"body": streamfield([("embed", {"address": "javascript:alert(1)", "title": ""})])}, "body"),
        ({"body": streamfield([("heading", "x" * 201)])}, "body"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_is_kept(desk, values, field, action):
    answer = write(desk, action=action, **values)
    assert field in errors(answer)
    assert "Sungai Meluap di Demak" in answer.content.decode() or field == "headline"
    assert not Article.objects.exists()


def test_an_empty_headline_cannot_be_published(desk):
    assert "headline" in errors(write(desk, headline=""))


def test_scripts_in_a_body_come_out_clean(desk):
    write(desk, body=streamfield([("paragraph", SCRIPTED), ("heading", "<script>alert(4)</script>")]))
    source = only().body[0].value.source
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in source
    for bad in ("<script", "javascript:", "<img"):
        assert bad not in source


def test_an_embargo_is_explained_at_its_field(desk):
    answer = write(desk, embargo=in_days(1))
    assert "WIB" in errors(answer)["embargo"][0]
    assert not Article.objects.exists()


def test_under_embargo_a_draft_can_be_kept(desk):
    assert write(desk, action="draft", embargo=in_days(1)).status_code == 302


def test_a_schedule_after_the_embargo_is_taken_and_appears(desk):
    assert write(desk, embargo=in_days(1), go_live_at=in_days(2)).status_code == 302
    assert not only().live
    assert reading.article(only().pk) is not None
    assert schedule.Runner().step(timezone.now()) == 0


def test_what_is_unscheduled_leaves_the_paper(desk):
    write(desk, go_live_at=in_days(2))
    Dispatch.objects.all().delete()
    article = only()
    url = reverse(
        "wagtailsnippets_newsroom_article:revisions_unschedule", args=[article.pk, article.scheduled_revision.pk]
    )
    assert desk.post(url).status_code == 302
    assert only().scheduled_revision is None
    assert reading.article(article.pk) is None
    assert [str(row) for row in Dispatch.objects.all()] == [f"article:{article.pk}"]


def test_what_is_unpublished_leaves_the_paper(desk):
    write(desk)
    Dispatch.objects.all().delete()
    assert desk.post(reverse("wagtailsnippets_newsroom_article:unpublish", args=[only().pk])).status_code == 302
    assert not only().live
    assert Dispatch.objects.filter(object_id=only().pk).exists()


def test_many_that_an_editor_deletes_leave_the_paper(editors_desk):
    made = [builders.article(number, status="draft") for number in (1, 2)]
    Dispatch.objects.all().delete()
    url = reverse("wagtail_bulk_action", args=["newsroom", "article", "delete"])
    answer = editors_desk.post(f"{url}?{'&'.join(f'id={article.pk}' for article in made)}")
    assert answer.status_code == 302
    assert not Article.objects.exists()
    assert sorted(Dispatch.objects.values_list("object_id", flat=True)) == [article.pk for article in made]


def test_two_with_one_headline_in_one_minute_are_both_live_at_their_own_addresses(desk):
    assert write(desk).status_code == 302
    hinted = write(desk)
    assert "hampir sama isinya" in hinted.content.decode()
    assert write(desk, passed=hinted.context["passed"]).status_code == 302
    first, second = Article.objects.order_by("pk")
    assert first.live
    assert second.live
    assert first.slug == second.slug
    assert first.pk != second.pk


def test_the_list_costs_the_same_queries_once_its_page_is_full(desk):
    url = reverse("wagtailsnippets_newsroom_article:list")
    desk.get(url)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(url).status_code == 200
        return len(captured)

    for number in range(1, 52):
        builders.article(number, rubric=f"Rubrik {number}")
    few = queries()
    for number in range(52, 62):
        builders.article(number, rubric=f"Rubrik {number}", status="draft")
    assert queries() == few


def test_a_name_with_markup_is_shown_as_text(desk):
    Contributor.objects.create(name="<script>alert(1)</script>")
    write(desk, headline="<script>alert(1)</script> & <b>Judul</b>")
    for url in (reverse("wagtailsnippets_newsroom_article:list"), edit_url(only()), reverse("wagtailadmin_home")):
        assert "<script>alert(1)" not in desk.get(url).content.decode()

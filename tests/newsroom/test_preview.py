"""The preview: a draft in the reader's own template, before and after its first save."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text, streamfield

from tests.conftest import DATABASES
from tests.newsroom import builders
from tests.newsroom.screens import ADD, edit_url, served_form, typed, uploaded, write
from warta.newsroom.models import Article, Rubric

pytestmark = pytest.mark.django_db(databases=DATABASES)

NEW = "wagtailsnippets_newsroom_article:preview_on_add"
OLD = "wagtailsnippets_newsroom_article:preview_on_edit"


@pytest.fixture
def rubric():
    return Rubric.objects.create(name="Nusantara")


def preview(client, form_url: str, preview_url: str, desk_rubric, /, **values):
    """Send the form to the preview, as the editor does, and open it."""
    form = served_form(client, form_url)
    for key, value in typed(desk_rubric, **values).items():
        form[key] = value
    sent = client.post(preview_url, form.urlencode(), content_type="application/x-www-form-urlencoded")
    assert sent.status_code == 200, sent.content
    return client.get(preview_url), sent.json()


def assert_is_readers_page(answer) -> str:
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<h1" in page
    assert 'href="/indeks">Indeks semua berita' in page
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy
    assert "no-store" in answer["Cache-Control"]
    return page


def test_an_article_that_was_never_saved_is_shown_as_readers_would_see_it(desk, rubric):
    answer, said = preview(desk, reverse(ADD), reverse(NEW), rubric)
    assert said["is_valid"]
    page = assert_is_readers_page(answer)
    assert "Sungai Meluap di Demak" in page
    assert "Air naik sejak malam." in page
    assert not Article.objects.exists()


def test_an_article_without_a_headline_yet_is_shown_too(desk, rubric):
    answer, _ = preview(desk, reverse(ADD), reverse(NEW), rubric, headline="")
    assert answer.status_code == 200


def test_an_article_without_a_rubric_yet_breaks_nothing(desk, rubric):
    answer, _ = preview(desk, reverse(ADD), reverse(NEW), rubric, rubric="")
    assert answer.status_code == 200


def test_a_change_that_is_not_saved_is_shown_and_stays_unsaved(desk, rubric):
    write(desk, action="draft")
    article = Article.objects.get()
    photo = uploaded(desk, caption="Dermaga pagi hari")
    answer, said = preview(
        desk,
        edit_url(article),
        reverse(OLD, args=[article.pk]),
        rubric,
        headline="Sungai Surut",
        lead_photo=str(photo.pk),
        body=streamfield(
            [("paragraph", rich_text("<p>Lumpur tersisa.</p>")), ("read_also", str(builders.article().pk))]
        ),
    )
    assert said["is_valid"]
    page = assert_is_readers_page(answer)
    assert "Sungai Surut" in page
    assert "Dermaga pagi hari" in page
    assert "Sungai Surut" not in Article.objects.get(pk=article.pk).get_latest_revision_as_object().headline


def test_a_version_of_the_past_is_shown(desk):
    write(desk, action="draft")
    article = Article.objects.get()
    url = reverse("wagtailsnippets_newsroom_article:revisions_view", args=[article.pk, article.latest_revision.pk])
    assert_is_readers_page(desk.get(url))


def test_a_withdrawn_article_can_be_looked_at(desk, rubric, reporter):
    article = builders.article(status="withdrawn")
    Article.objects.filter(pk=article.pk).update(made_by=reporter)
    answer, _ = preview(desk, edit_url(article), reverse(OLD, args=[article.pk]), rubric)
    assert_is_readers_page(answer)


def test_nobody_else_sees_a_preview(desk, rubric, client):
    write(desk, action="draft")
    for url in (reverse(NEW), reverse(OLD, args=[Article.objects.get().pk])):
        answer = client.get(url)
        assert (answer.status_code, "/redaksi/login/" in answer.get("Location", "")) == (302, True)

"""Fills the newsroom's forms as a browser would: from the page that was served."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html, rich_text, streamfield

from tests.newsroom.builders import photo_bytes
from warta.newsroom.models import Article, Contributor, Photo, Rubric

ADD = "wagtailsnippets_newsroom_article:add"
EDIT = "wagtailsnippets_newsroom_article:edit"
FORM = "w-editor-form"


def served_form(client: Client, url: str) -> QueryDict:
    """Return what a browser would send if nothing were typed into the form of a page."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.content
    return querydict_from_html(answer.content.decode(), form_id=FORM)


def typed(under: Rubric, /, **values: Any) -> dict[str, Any]:
    """Return what a reporter types into the editor."""
    return nested_form_data(
        {
            "headline": "Sungai Meluap di Demak",
            "rubric": str(under.pk),
            "place": "Demak",
            "initials": "dzk",
            "body": streamfield([("paragraph", rich_text("<p>Air naik sejak malam.</p>"))]),
            **values,
        }
    )


def write(client: Client, *, action: str = "publish", url: str = "", **values: Any) -> HttpResponse:
    """Open the editor, type and press a button; `url` is that of an article that exists."""
    rubric, _ = Rubric.objects.get_or_create(slug="nusantara", defaults={"name": "Nusantara"})
    url = url or reverse(ADD)
    form = served_form(client, url)
    for key, value in typed(rubric, **values).items():
        form[key] = value
    if action != "draft":
        form[f"action-{action}"] = action
    return client.post(url, form.urlencode(), content_type="application/x-www-form-urlencoded")


def edit_url(article: Article) -> str:
    """Return the address of an article's editor."""
    return reverse(EDIT, args=[article.pk])


def bylines(*people: Contributor) -> dict[str, Any]:
    """Return the rows of the byline panel."""
    return inline_formset([{"contributor": str(person.pk), "role": "reporter"} for person in people])


def upload(client: Client, data: bytes | None = None, name: str = "foto.jpg", **values: Any) -> HttpResponse:
    """Upload a photo through its screen."""
    file = SimpleUploadedFile(name, photo_bytes() if data is None else data, content_type="image/jpeg")
    return client.post(reverse("wagtailimages:add"), {"title": "Foto", "file": file, **values})


def uploaded(client: Client, data: bytes | None = None, **values: Any) -> Photo:
    """Upload a photo and return what was kept."""
    answer = upload(client, data, **values)
    assert answer.status_code == 302, answer.content.decode()
    return Photo.objects.latest("pk")

"""Hidden fields that no browser sends are answered with 400 or with the form, never with an error of ours."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.newsroom import builders, screens
from warta.newsroom.models import Article, Rubric

pytestmark = pytest.mark.django_db

LIES = [
    {"body-count": "x"},
    {"body-count": "-1"},
    {"body-count": "999999999"},
    {"body-0-type": "nothing"},
    {"body-0-order": "x"},
    {"lead_photo": "x"},
    {"lead_photo": "999999999"},
    {"lead_photo": "-1"},
    {"channel": "x"},
    {"channel": "99999999999999999999999"},
    {"rubric": "'; DROP TABLE newsroom_article; --"},
    {"topics": "x"},
    {"bylines-TOTAL_FORMS": "x"},
    {"bylines-0-contributor": "x"},
    {"language": "tlh"},
    {"headline": "\0"},
]


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_a_form_that_lies_breaks_nothing(desk, lie):
    desk.raise_request_exception = False
    url = reverse(screens.ADD)
    form = screens.served_form(desk, url)
    rubric, _ = Rubric.objects.get_or_create(slug="nusantara", defaults={"name": "Nusantara"})
    for key, value in {**screens.typed(rubric), **lie}.items():
        form[key] = value
    form["action-publish"] = "publish"
    answer = desk.post(url, form.urlencode(), content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {200, 302, 400}, answer.content[:300]
    assert Article.objects.exists() == (answer.status_code == 302)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_an_editor_is_read_and_sent_and_nothing_else(desk, method):
    for url in (reverse(screens.ADD), screens.edit_url(builders.article())):
        assert getattr(desk, method)(url).status_code == 405


def test_an_anonymous_lie_goes_to_the_sign_in(client: Client):
    answer = client.post(reverse(screens.ADD), {"body-count": "x"})
    assert answer.status_code == 302

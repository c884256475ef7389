"""The screens of rubrics, channels, topics and contributors: they lead to articles and count none."""

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ReferenceIndex

from tests.newsroom import builders
from warta.lexicon import addresses
from warta.newsroom.models import Article, Contributor, Rubric, Topic
from warta.paper import store
from warta.press import run as press

KINDS = ("rubric", "channel", "topic", "contributor")
FILTERS = {"rubric": "rubric", "channel": "channel", "topic": "topic", "contributor": "person"}


@pytest.fixture
def admin(newsroom):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("wening"))
    return client


@pytest.fixture
def filed(newsroom):
    """An article under one heading of each kind, and one under others."""
    article = builders.article(1, rubric="Dunia", topics=("Banjir",), by=(("Laras Wiragama", "reporter"),))
    builders.article(2, rubric="Hukum", status="draft")
    return article


def under(article: Article) -> dict[str, Rubric | Topic | Contributor]:
    """Return the headings of an article."""
    return {
        "rubric": article.rubric,
        "channel": article.channel,
        "topic": article.topics.get(),
        "contributor": article.bylines.get().contributor,
    }


def url(kind: str, view: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_newsroom_{kind}:{view}", args=args)


@pytest.mark.parametrize("kind", KINDS)
def test_a_heading_leads_to_its_articles(admin, filed, kind):
    heading = under(filed)[kind]
    page = admin.get(url(kind, "edit", heading.pk)).content.decode()
    address = f"{reverse('wagtailsnippets_newsroom_article:list')}?{FILTERS[kind]}={heading.pk}"
    assert f'href="{address}"' in page
    assert admin.get(url(kind, "usage", heading.pk)).headers["Location"] == address
    listed = {article.headline for article in admin.get(address).context["object_list"]}
    assert filed.headline in listed
    assert len(listed) == (2 if kind == "channel" else 1)


@pytest.mark.parametrize("kind", ["rubric", "channel", "contributor"])
def test_what_articles_are_filed_under_cannot_be_deleted_and_says_so(admin, filed, kind):
    heading = under(filed)[kind]
    asked = admin.get(url(kind, "delete", heading.pk)).content.decode()
    assert "Masih ada artikel" in asked
    assert 'method="POST"' not in asked
    answer = admin.post(url(kind, "delete", heading.pk))
    assert (answer.status_code, "Masih ada artikel" in answer.content.decode()) == (409, True)
    assert type(heading).objects.filter(pk=heading.pk).exists()


def test_what_nothing_is_filed_under_is_deleted(admin, filed):
    rubric, topic = Rubric.objects.create(name="Kuliner"), under(filed)["topic"]
    assert admin.post(url("rubric", "delete", rubric.pk)).status_code == 302
    assert admin.post(url("topic", "delete", topic.pk)).status_code == 302
    assert not Rubric.objects.filter(pk=rubric.pk).exists()
    assert list(Article.objects.get(pk=filed.pk).topics.all()) == []


def test_no_page_leads_to_a_topic_that_was_deleted(filed):
    press.press_all()
    topic = under(filed)["topic"]
    key = f"topic:{topic.pk}"
    assert store.stored(key) is not None
    assert addresses.front("topic", topic.slug) in str(store.stored(f"article:{filed.pk}").page.topics)
    topic.delete()
    press.press_all()
    assert store.stored(key) is None
    assert store.stored(f"article:{filed.pk}").page.topics == ()


def test_of_many_those_that_are_needed_stay(admin, filed):
    empty = Rubric.objects.create(name="Kuliner")
    address = (
        f"{reverse('wagtail_bulk_action', args=('newsroom', 'rubric', 'delete'))}?id={empty.pk}&id={filed.rubric.pk}"
    )
    page = admin.get(address).content.decode()
    assert page.index("Kuliner") < page.index("Dilewati") < page.index("Dunia", page.index("Dilewati"))
    assert admin.post(address).status_code == 302
    assert set(Rubric.objects.values_list("name", flat=True)) & {"Kuliner", "Dunia"} == {"Dunia"}


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_no_screen_costs_more_for_more_articles(admin, filed, view):
    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(url("rubric", view, filed.rubric.pk)).status_code == 200
        return [query["sql"] for query in queries if "newsroom_article" in query["sql"]]

    before = asked()
    for number in range(3, 9):
        builders.article(number, rubric="Dunia")
    assert len(asked()) == len(before)
    assert all("COUNT(" not in sql and "LIMIT 1" in sql for sql in before)


def test_wagtail_keeps_no_row_for_each_article_of_a_heading(filed):
    kinds = ContentType.objects.get_for_models(*(type(heading) for heading in under(filed).values())).values()
    assert not ReferenceIndex.objects.filter(to_content_type__in=kinds).exists()

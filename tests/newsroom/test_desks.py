"""Two desks, each with its rubrics: a text is published by the desk of the rubric under which it files its article."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html

from tests.newsroom import builders
from tests.newsroom.screens import edit_url, write
from warta.newsroom.models import Article, Correction, Desk, Outcome, Rubric, Submission
from warta.newsroom.permissions import Role, Verb, articles_for, may

SPACE = "wagtailsnippets_newsroom_article"


class Editor:
    """An editor at a desk, with a browser."""

    def __init__(self, name: str, desk: str, *rubrics: str) -> None:
        self.user = User.objects.create_user(name, first_name=name.capitalize())
        self.user.groups.add(Group.objects.get(name=Role.EDITOR))
        held = Desk.objects.create(name=desk)
        held.members.add(self.user)
        held.rubrics.set([Rubric.objects.get_or_create(name=each, slug=each.lower())[0] for each in rubrics])
        self.browser = Client(raise_request_exception=False)
        self.browser.force_login(self.user)

    def moves(self, article: Article, rubric: str, *, action: str = "draft", **values: Any) -> HttpResponse:
        """File an article under another rubric in the editor and press a button."""
        under = str(Rubric.objects.get(name=rubric).pk)
        return write(self.browser, action=action, url=edit_url(article), rubric=under, **values)

    def many(self, action: str, *articles: Article, send: bool = True) -> HttpResponse:
        """Ask for a bulk action, or do it."""
        asked = "&".join(f"id={article.pk}" for article in articles)
        url = f"{reverse('wagtail_bulk_action', args=['newsroom', 'article', action])}?{asked}"
        return self.browser.post(url) if send else self.browser.get(url)


@pytest.fixture
def politics(newsroom):
    return Editor("edp", "Desk Politik", "Nusantara", "Politik")


@pytest.fixture
def law(newsroom):
    return Editor("edh", "Desk Hukum", "Hukum")


@pytest.fixture
def article(politics, law):
    """A live article of the politics desk."""
    return builders.article(rubric="Politik")


def listed(answer: HttpResponse) -> tuple[list[str], list[str]]:
    """Return the headlines that a bulk action asks about, and those that it leaves out."""
    page = html.fromstring(answer.content)
    return page.xpath("//main//ul/li/a/text()"), page.xpath("//main//ul/li[not(*)]/text()")


def rubric_of(article: Article) -> str:
    return Article.objects.get(pk=article.pk).rubric.name


def test_no_editor_publishes_into_the_rubric_of_another_desk_by_the_bulk(politics, article):
    own = builders.article(2, rubric="Politik", status="draft")
    assert politics.moves(article, "Hukum", headline="Tersangka Baru").status_code == 302
    assert listed(politics.many("publish", article, own, send=False)) == ([own.headline], ["Tersangka Baru"])
    assert politics.many("publish", article, own).status_code == 302
    assert rubric_of(article) == "Politik"
    assert Article.objects.get(pk=own.pk).live


def test_the_bulk_names_what_it_is_about_to_publish(politics, article):
    politics.moves(article, "Nusantara", headline="Judul yang Baru")
    assert listed(politics.many("publish", article, send=False)) == (["Judul yang Baru"], [])
    politics.many("publish", article)
    assert rubric_of(article) == "Nusantara"


def test_no_editor_publishes_into_the_rubric_of_another_desk_by_a_correction(politics, article):
    assert politics.moves(article, "Hukum").status_code == 302
    text = Article.objects.get().latest_revision_id
    url = reverse(f"{SPACE}:correct", args=[article.pk])
    given = {"wrong": "Satu", "right": "Dua", "kind": "erratum", "seriousness": "minor", "text": str(text)}
    answer = politics.browser.post(url, {**given, "with_text": "on"})
    assert answer.status_code == 422
    assert "“Hukum”" in answer.content.decode()
    assert (rubric_of(article), Correction.objects.count()) == ("Politik", 0)
    assert politics.browser.post(url, given).status_code == 302
    assert (rubric_of(article), Correction.objects.count()) == ("Politik", 1)


def test_the_editors_screen_refuses_it_as_well(politics, article):
    answer = politics.moves(article, "Hukum", action="publish")
    assert answer.status_code == 200
    assert "“Hukum”" in answer.context["form"].errors["rubric"][0]
    assert rubric_of(article) == "Politik"


def waiting(editor: Editor) -> list[str]:
    """Return the headlines that wait on an editor's first screen."""
    page = html.fromstring(editor.browser.get("/redaksi/").content)
    return page.xpath("//section[@aria-labelledby='part-waiting']//li/a/text()")


def test_a_live_article_goes_to_the_desk_that_is_to_have_it(politics, law, article):
    assert law.browser.get(edit_url(article)).status_code == 404
    assert politics.moves(article, "Hukum", action="submit", headline="Tersangka Baru").status_code == 302
    assert (rubric_of(article), Submission.objects.get().rubric.name) == ("Politik", "Hukum")
    assert waiting(law) == [article.headline]
    assert "untuk pindah ke rubrik “Hukum”" in law.browser.get("/redaksi/").content.decode()
    assert article in articles_for(law.user)
    page = law.browser.get(edit_url(article)).content.decode()
    assert 'name="action-publish"' in page
    assert law.moves(article, "Hukum", action="publish", headline="Tersangka Baru").status_code == 302
    row = Article.objects.get(pk=article.pk)
    assert (row.rubric.name, row.headline, Submission.objects.get().outcome) == (
        "Hukum",
        "Tersangka Baru",
        Outcome.APPROVED,
    )
    assert politics.browser.get(edit_url(article)).status_code == 404


def test_the_desk_that_is_to_have_it_publishes_it_among_many_or_sends_it_back(politics, law, article):
    other = builders.article(2, rubric="Politik")
    for each in (article, other):
        politics.moves(each, "Hukum", action="submit", headline=f"Pindah {each.pk}")
    assert law.many("publish", article).status_code == 302
    assert rubric_of(article) == "Hukum"
    url = reverse(f"{SPACE}:send_back", args=[other.pk])
    assert law.browser.post(url, {"note": "Tetap di Politik."}).status_code == 302
    assert (rubric_of(other), other in articles_for(law.user)) == ("Politik", False)
    assert law.browser.get(edit_url(other)).status_code == 404


def test_what_was_handed_over_is_published_under_the_rubric_of_the_desk_that_has_it_now(politics, law, article):
    politics.moves(article, "Hukum", action="submit")
    answer = law.moves(article, "Politik", action="publish")
    assert (answer.status_code, "rubric" in answer.context["form"].errors) == (200, True)
    assert not may(law.user, Verb.CORRECT, article)
    assert not may(law.user, Verb.WITHDRAW, article)


def test_a_text_that_is_submitted_once_more_waits_where_it_belongs_now(politics, law, article):
    politics.moves(article, "Hukum", action="submit")
    politics.moves(article, "Nusantara", action="submit")
    assert Submission.objects.get().rubric.name == "Nusantara"
    assert (waiting(law), article in articles_for(law.user)) == ([], False)


def test_what_was_submitted_before_rubrics_were_kept_waits_for_the_desk_of_its_article(politics, law):
    draft = builders.article(2, rubric="Hukum", status="draft")
    Submission.objects.create(article=draft, at=builders.NOW)
    assert (waiting(law), waiting(politics)) == ([draft.headline], [])

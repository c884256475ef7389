"""The list of articles: what each filter finds, what many at once do, and that its cost is bounded."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.search.backends import get_search_backend

from tests.newsroom import builders
from warta.lexicon.copy import PhotoCopy
from warta.newsroom.actions.keep_photo import keep_photo
from warta.newsroom.actions.submit import submit
from warta.newsroom.desk import listing
from warta.newsroom.models import Article, Contributor, Desk, Rubric
from warta.newsroom.permissions import Role
from warta.newsroom.states import State

LIST = "wagtailsnippets_newsroom_article:list"


@pytest.fixture
def chief(newsroom):
    user = User.objects.create_user("wening")
    user.groups.add(Group.objects.get(name=Role.MANAGING_EDITOR))
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


@pytest.fixture
def three(newsroom):
    """A published article of Dunia, a submitted one of Nusantara, a draft of Hukum by a named reporter."""
    published = builders.article(1, rubric="Dunia")
    submitted = builders.article(2, status="draft", headline="Pasar Terapung Ramai Lagi")
    submit(submitted, by=None, now=timezone.now())
    draft = builders.article(3, rubric="Hukum", status="draft", by=(("Laras Wiragama", "reporter"),))
    return [published, submitted, draft]


def found(client: Client, **asked: object) -> set[str]:
    page = client.get(reverse(LIST), asked)
    assert page.status_code == 200
    return {article.headline for article in page.context["object_list"]}


def test_each_filter_finds_its_articles(chief, three):
    published, submitted, draft = (article.headline for article in three)
    desk = Desk.objects.create(name="Daerah")
    desk.rubrics.add(Rubric.objects.get(name="Nusantara"))
    assert found(chief, state=State.SUBMITTED) == {submitted}
    assert found(chief, state=State.PUBLISHED) == {published}
    assert found(chief, desk=desk.pk) == {submitted}
    assert found(chief, rubric=Rubric.objects.get(name="Hukum").pk) == {draft}
    today = timezone.localdate()
    assert found(chief, made_at_from=today, made_at_to=today) == {published, submitted, draft}
    assert found(chief, made_at_to="2001-01-01") == set()
    assert found(chief, q="Terapung") == {submitted}
    person = Contributor.objects.get(name="Laras Wiragama")
    assert found(chief, person=person.pk) == {draft}


def test_who_wrote_and_edited_an_article_has_it_once(chief, three):
    both = builders.article(4, by=(("Laras Wiragama", "reporter"), ("Laras Wiragama", "editor")))
    person = Contributor.objects.get(name="Laras Wiragama")
    with CaptureQueriesContext(connection) as captured:
        page = chief.get(reverse(LIST), {"person": person.pk})
    assert [article.headline for article in page.context["object_list"]].count(both.headline) == 1
    assert not [query["sql"] for query in captured if "DISTINCT" in query["sql"] and "newsroom_article" in query["sql"]]


def test_the_list_says_the_state_in_the_newsrooms_words(chief, three):
    page = chief.get(reverse(LIST)).content.decode()
    assert {"terbit", "diajukan", "konsep"} <= {words.strip() for words in page.replace("<", ">").split(">")}


def test_no_more_is_counted_than_one_leafs_through(chief, three, monkeypatch):
    monkeypatch.setattr(listing, "MOST", 2)
    with CaptureQueriesContext(connection) as captured:
        page = chief.get(reverse(LIST))
    assert "2 pertama: saring atau cari" in page.content.decode()
    counts = [query["sql"] for query in captured if "COUNT(" in query["sql"] and "newsroom_article" in query["sql"]]
    assert counts
    assert all("LIMIT 2" in sql for sql in counts)


def bulk(action: str, *articles: Article) -> str:
    chosen = "&".join(f"id={article.pk}" for article in articles)
    return f"{reverse('wagtail_bulk_action', args=['newsroom', 'article', action])}?{chosen}&next=/redaksi/"


def test_many_are_published_and_what_has_an_error_is_left_out(chief):
    good, bad = builders.article(1, status="draft"), builders.article(2, status="draft")
    bad.headline = " "
    bad.save_revision(clean=False)
    page = chief.get(bulk("publish", good, bad)).content.decode()
    assert "Dilewati" in page
    assert chief.post(bulk("publish", good, bad)).status_code == 302
    assert [Article.objects.get(pk=one.pk).live for one in (good, bad)] == [True, False]


def test_a_reporter_submits_many_of_their_own_and_publishes_none(reporters_desk, reporter):
    mine = [builders.article(number, status="draft") for number in (1, 2)]
    other = builders.article(3, status="draft")
    Article.objects.filter(pk__in=[one.pk for one in mine]).update(made_by=reporter)
    assert reporters_desk.post(bulk("submit", *mine)).status_code == 302
    assert set(Article.objects.filter(state=State.SUBMITTED)) == set(mine)
    assert reporters_desk.post(bulk("submit", other)).status_code == 404
    assert reporters_desk.post(bulk("publish", *mine)).status_code == 403
    assert not Article.objects.filter(live=True).exists()


@pytest.mark.parametrize("words", ['"', 'kapal" OR "', "'", "100%", "%s", "\\", "a\0b", '"><script>', "*", "(", "AND"])
def test_whatever_is_looked_for_the_list_answers(editors_desk, words):
    builders.article(1, headline="Kapal Tiba")
    for name in ("wagtailsnippets_newsroom_article:list", "wagtailimages:index"):
        assert editors_desk.get(reverse(name), {"q": words}).status_code == 200


def test_no_save_reads_the_whole_index():
    made = builders.article(1)
    with CaptureQueriesContext(connection) as seen:
        made.headline = "Judul yang lain"
        made.save()
    written = [query["sql"] for query in seen if "indexentry" in query["sql"]]
    assert any(sql.strip().startswith(("INSERT", "UPDATE")) for sql in written)
    assert not [sql for sql in written if "AVG(" in sql.upper()]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL alone: its rows are written by us")
def test_what_is_looked_through_is_what_the_library_writes(three, tmp_path):
    from modelsearch.backends.database.postgres.postgres import PostgresIndex
    from wagtail.search.models import IndexEntry

    def rows() -> list[tuple[object, ...]]:
        return list(IndexEntry.objects.order_by("content_type_id", "object_id").values_list(*fields))

    fields = ("content_type_id", "object_id", "title", "body", "autocomplete", "title_norm", "title_text", "body_text")
    photo = keep_photo(PhotoCopy(path=builders.photo_file(tmp_path)), by=None)
    photo.title, photo.caption = "Pelabuhan 'Lama' 100%", "Kapal berlabuh."
    photo.save()
    photo.tags.add("dermaga", "kapal")
    index = get_search_backend().get_index_for_model(Article)
    for model, objects in ((Article, three), (type(photo), [photo])):
        index.add_items(model, objects)
    ours = rows()
    for model, objects in ((Article, three), (type(photo), [photo])):
        PostgresIndex.add_items(index, model, objects)
    assert ours == rows()
    assert len(ours) >= len(three) + 1

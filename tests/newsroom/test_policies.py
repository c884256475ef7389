"""Every address of the newsroom has a rule, and a role may do with an article exactly what the table says."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.newsroom.builders import NOW, article
from warta.lexicon.press_rules import Ground
from warta.newsroom import policies
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, Desk, Rubric
from warta.newsroom.permissions import Role, Verb, articles_for, may

OBJECTS: Final = ("own draft", "own live", "desk's draft", "desk's live", "other draft", "other live", "withdrawn")
PEOPLE: Final = ("reporter", "editor", "free editor", "managing editor", "photo editor", "administrator", "no role")
OWN: Final = {"own draft", "own live"}
OF_DESK: Final = {"desk's draft", "desk's live"}
EVERYTHING: Final = set(OBJECTS)
REACH: Final[dict[str, set[str]]] = {
    "reporter": OWN,
    "editor": OWN | OF_DESK,
    "free editor": EVERYTHING,
    "managing editor": EVERYTHING,
    "photo editor": set(),
    "administrator": EVERYTHING,
    "no role": set(),
}
VIEWS: Final = ("edit", "history", "usage", "delete")


def names(resolver: URLResolver, space: tuple[str, ...] = ()) -> Iterator[str]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from names(found, (*space, found.namespace) if found.namespace else space)
        elif isinstance(found, URLPattern):
            yield ":".join((*space, found.name or ""))


def test_every_address_of_the_newsroom_has_a_rule() -> None:
    found = set(names(get_resolver("warta.config.urls.newsroom")))
    assert len(found) > 200
    assert sorted(name for name in found if policies.rule(name) is None) == []


def test_what_nobody_thought_of_has_none() -> None:
    assert policies.rule("wagtailforms:index") is None
    assert policies.rule("wagtailsnippets_newsroom_article:new_view") is None


@pytest.fixture
def desk() -> Desk:
    made = Desk.objects.create(name="Daerah")
    made.rubrics.add(Rubric.objects.create(name="Nusantara", slug="nusantara"))
    return made


@pytest.fixture
def people(desk: Desk) -> dict[str, User]:
    made = {name: User.objects.create_user(name.replace(" ", "-")) for name in PEOPLE}
    for name, role in (
        ("reporter", Role.REPORTER),
        ("editor", Role.EDITOR),
        ("free editor", Role.EDITOR),
        ("managing editor", Role.MANAGING_EDITOR),
        ("photo editor", Role.PHOTO_EDITOR),
    ):
        made[name].groups.add(Group.objects.get(name=role))
    User.objects.filter(username="administrator").update(is_superuser=True)
    made["administrator"].refresh_from_db()
    desk.members.add(made["editor"])
    return made


@pytest.fixture
def articles(people: dict[str, User]) -> dict[str, Article]:
    made = {}
    for number, name in enumerate(OBJECTS, start=1):
        rubric = "Nusantara" if name in OF_DESK else "Dunia"
        status = "published" if "live" in name else "draft"
        made[name] = article(number, rubric=rubric, status=status, first_published_at=NOW if "live" in name else None)
    withdraw(made["withdrawn"], by=None, now=NOW, ground=Ground.COUNCIL, reason="Keliru.")
    return made


def own_it(articles: dict[str, Article], person: User) -> None:
    for name in OWN:
        Article.objects.filter(pk=articles[name].pk).update(made_by=person)
        articles[name].refresh_from_db()


@pytest.mark.parametrize("name", PEOPLE)
def test_a_role_reaches_what_it_may_and_nothing_else(
    name: str, people: dict[str, User], articles: dict[str, Article]
) -> None:
    person = people[name]
    own_it(articles, person)
    reached = {what for what, one in articles.items() if may(person, Verb.EDIT, one)}
    listed = set(articles_for(person))
    assert reached == REACH[name]
    assert listed == {articles[what] for what in REACH[name]}


@pytest.mark.parametrize("name", PEOPLE)
def test_every_view_shows_what_the_role_reaches_and_hides_that_there_is_more(
    name: str, people: dict[str, User], articles: dict[str, Article]
) -> None:
    own_it(articles, people[name])
    client = Client(raise_request_exception=False)
    client.force_login(people[name])
    for view in VIEWS[: 3 if name == "reporter" else 4]:  # a reporter deletes nothing
        reach = REACH[name] - (OWN if (view, name) == ("delete", "editor") else set())  # of another desk's rubric
        for what, one in articles.items():
            answer = client.get(reverse(f"wagtailsnippets_newsroom_article:{view}", args=[one.pk]))
            assert (answer.status_code == 200) == (what in reach), (view, what, answer.status_code)
            assert one.headline.encode() not in answer.content or what in REACH[name], (view, what)
            absent = client.get(reverse(f"wagtailsnippets_newsroom_article:{view}", args=[10**9]))
            if what not in REACH[name]:
                assert answer.status_code == absent.status_code, "not yours looks like not there"


def test_the_list_holds_what_the_role_reaches(people: dict[str, User], articles: dict[str, Article]) -> None:
    for name in ("reporter", "editor", "managing editor"):
        own_it(articles, people[name])
        client = Client()
        client.force_login(people[name])
        page = client.get(reverse("wagtailsnippets_newsroom_article:list")).content.decode()
        assert {what for what, one in articles.items() if one.headline in page} == REACH[name], name


def test_the_chooser_offers_what_readers_see_and_what_is_ones_own(
    people: dict[str, User], articles: dict[str, Article]
) -> None:
    own_it(articles, people["reporter"])
    client = Client()
    client.force_login(people["reporter"])
    page = client.get(reverse("wagtailsnippetchoosers_newsroom_article:choose")).content.decode()
    offered = {what for what, one in articles.items() if one.headline in page}
    assert offered == {"own draft", "own live", "desk's live", "other live"}
    hidden = reverse("wagtailsnippetchoosers_newsroom_article:chosen", args=[articles["other draft"].pk])
    assert client.get(hidden).status_code == 404


def test_many_at_once_need_the_right_on_each(people: dict[str, User], articles: dict[str, Article]) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(people["editor"])
    bulk = reverse("wagtail_bulk_action", args=["newsroom", "article", "delete"])

    def status(*chosen: Any) -> int:
        return client.post(f"{bulk}?{'&'.join(f'id={one}' for one in chosen)}").status_code

    assert status(articles["desk's draft"].pk, articles["other draft"].pk) == 404
    assert status("all") != 200
    assert Article.objects.count() == len(OBJECTS)


def test_parts_of_wagtail_that_the_paper_does_not_use_are_closed(people: dict[str, User]) -> None:
    client = Client(raise_request_exception=False)
    for name in ("reporter", "editor", "managing editor"):
        client.force_login(people[name])
        for address in ("/redaksi/pages/", "/redaksi/documents/", "/redaksi/users/", "/redaksi/groups/"):
            answer = client.get(address)
            assert answer.status_code in {302, 403, 404}, (name, address, answer.status_code)
            assert answer.status_code != 302 or answer["Location"] == "/redaksi/", address
    client.force_login(people["reporter"])
    assert client.get("/redaksi/reports/site-history/").status_code in {302, 403}


def test_nobody_may_do_anything_without_signing_in(articles: dict[str, Article]) -> None:
    assert not any(may(AnonymousUser(), verb, one) for verb in Verb for one in (None, *articles.values()))
    client = Client()
    for one in articles.values():
        answer = client.get(reverse("wagtailsnippets_newsroom_article:edit", args=[one.pk]))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/redaksi/login/")


def test_somebody_who_left_may_do_nothing(people: dict[str, User]) -> None:
    people["managing editor"].is_active = False
    assert not may(people["managing editor"], Verb.SEE)


def test_whose_an_article_is_outlives_the_publication_of_an_old_text(people: dict[str, User]) -> None:
    one = article(1, status="draft")
    old = one.save_revision()
    Article.objects.filter(pk=one.pk).update(made_by=people["reporter"])
    one.refresh_from_db()
    one.publish(old, skip_permission_checks=True)
    one.refresh_from_db()
    assert one.made_by == people["reporter"]

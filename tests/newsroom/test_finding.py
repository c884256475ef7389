"""Every list and chooser of the newsroom is searched by every role, beside each of its filters and in each order."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from typing import Any, Final

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.chooser import BaseChooseView

from tests.newsroom import builders
from warta.lexicon.copy import PhotoCopy
from warta.newsroom import policies
from warta.newsroom.actions.keep_photo import keep_photo
from warta.newsroom.models import Article, Channel, Contributor, Desk, HouseWord, Rubric, Topic
from warta.newsroom.permissions import Role
from warta.newsroom.states import State

LISTS: Final = ("wagtailsnippets_newsroom_article:list", "wagtailsnippets_newsroom_article:list_results")
CHOOSERS: Final = (
    "wagtailsnippetchoosers_newsroom_article:choose",
    "wagtailsnippetchoosers_newsroom_article:choose_results",
)
ORDERS: Final = ("rubric", "-state")
OWN, OF_DESK, LIVE, OTHER = "Sidang Pertama", "Sidang Kedua", "Sidang Ketiga", "Sidang Keempat"
REACH: Final = {
    "reporter": {OWN},
    "editor": {OWN, OF_DESK},
    "free editor": {OWN, OF_DESK, LIVE, OTHER},
    "managing editor": {OWN, OF_DESK, LIVE, OTHER},
    "administrator": {OWN, OF_DESK, LIVE, OTHER},
}
"""What each may see of what has the word; none has more than the others of what readers have."""


def entered(name: str, role: Role) -> Client:
    person = User.objects.create_user(name.replace(" ", "-"), is_superuser=role == Role.ADMINISTRATOR)
    if role != Role.ADMINISTRATOR:
        person.groups.add(Group.objects.get(name=role))
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


@pytest.fixture
def clients(newsroom) -> dict[str, Client]:
    roles = {
        "reporter": Role.REPORTER,
        "editor": Role.EDITOR,
        "free editor": Role.EDITOR,
        "managing editor": Role.MANAGING_EDITOR,
        "administrator": Role.ADMINISTRATOR,
    }
    return {name: entered(name, role) for name, role in roles.items()}


@pytest.fixture
def archive(clients) -> dict[str, Article]:
    """Four articles of which each role may see others, one that has no such word, and a desk for one of the editors."""
    desk = Desk.objects.create(name="Daerah")
    desk.members.add(User.objects.get(username="editor"))
    made = {
        OWN: builders.article(1, headline=OWN, rubric="Hukum", status="draft", by=(("Laras Wiragama", "reporter"),)),
        OF_DESK: builders.article(2, headline=OF_DESK, rubric="Nusantara", status="draft"),
        LIVE: builders.article(3, headline=LIVE, rubric="Dunia"),
        OTHER: builders.article(4, headline=OTHER, rubric="Dunia", status="draft"),
        "Pasar": builders.article(5, headline="Pasar Ramai", rubric="Nusantara"),
    }
    desk.rubrics.add(Rubric.objects.get(name="Nusantara"))
    made[OWN].topics.add(Topic.objects.create(name="Gempa", slug="gempa"))
    made[OWN].save()
    return made


def own(archive: dict[str, Article], name: str) -> None:
    Article.objects.filter(pk=archive[OWN].pk).update(made_by=User.objects.get(username=name.replace(" ", "-")))


def filters() -> list[dict[str, Any]]:
    return [
        {},
        {"state": State.DRAFT},
        {"desk": Desk.objects.get().pk},
        {"rubric": Rubric.objects.get(name="Dunia").pk},
        {"channel": Channel.objects.first().pk},
        {"person": Contributor.objects.get(name="Laras Wiragama").pk},
        {"topic": Topic.objects.get(name="Gempa").pk},
        {"made_at_from": "2001-01-01"},
        {"made_at_to": "2001-01-01"},
        {"language": "id"},
        {"state": State.DRAFT, "language": "id", "rubric": Rubric.objects.get(name="Dunia").pk},
    ]


def listed(client: Client, address: str, **asked: Any) -> list[str]:
    answer = client.get(reverse(address), asked)
    assert answer.status_code == 200, (address, asked)
    return [str(one) for one in answer.context["articles"]]


def chosen(client: Client, address: str, **asked: Any) -> list[str]:
    answer = client.get(reverse(address), asked)
    assert answer.status_code == 200, (address, asked)
    return [str(one) for one in answer.context["results"]]


@pytest.mark.parametrize("name", REACH)
def test_a_list_is_searched_within_what_one_may_see_and_has_filtered(name, clients, archive) -> None:
    own(archive, name)
    assert set(listed(clients[name], LISTS[0], q="sidang")) == REACH[name]
    for asked in filters():
        without = [one for one in listed(clients[name], LISTS[1], **asked) if "Sidang" in one]
        assert listed(clients[name], LISTS[1], **asked, q="sida") == without, "newest first, as without words"
        for order in ORDERS:
            found = listed(clients[name], LISTS[1], **asked, ordering=order, q="sida")
            assert sorted(found) == sorted(without), (asked, order)
    assert listed(clients[name], LISTS[0], q="sidang", ordering="headline") == sorted(REACH[name])


@pytest.mark.parametrize("name", REACH)
def test_the_chooser_is_searched_within_what_it_offers(name, clients, archive) -> None:
    own(archive, name)
    for address in CHOOSERS:
        assert set(chosen(clients[name], address, q="sidang")) == REACH[name] | {LIVE}
        assert chosen(clients[name], address, q="sidang kedu") == [OF_DESK] * (OF_DESK in REACH[name])
        assert chosen(clients[name], address, q="tiada") == []


def test_a_chooser_of_photos_and_a_list_of_them_are_searched_by_who_keeps_them(clients, tmp_path) -> None:
    photo = keep_photo(PhotoCopy(path=builders.photo_file(tmp_path)), by=None)
    photo.title = "Pelabuhan Lama"
    photo.save()
    clients["photo editor"] = entered("photo editor", Role.PHOTO_EDITOR)
    asked = [{}, {"collection_id": photo.collection_id}, *({"ordering": one} for one in ("title", "-file_size"))]
    for (name, client), more in product(clients.items(), asked):
        for address in ("wagtailimages:index_results", "wagtailimages_chooser:choose_results"):
            told = client.get(reverse(address), more).content.decode()
            answer = client.get(reverse(address), {"q": "pelab", **more})
            assert answer.status_code == 200, (name, address, more)
            assert ("Pelabuhan Lama" in answer.content.decode()) == ("Pelabuhan Lama" in told), (name, address, more)
            assert "Pelabuhan Lama" in told or (
                name in {"reporter", "editor", "free editor"} and "chooser" not in address
            )
            assert "Pelabuhan Lama" not in client.get(reverse(address), {"q": "tiada", **more}).content.decode()


def views(resolver: URLResolver, space: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from views(found, (*space, found.namespace) if found.namespace else space)
        elif isinstance(found, URLPattern):
            yield ":".join((*space, found.name or "")), getattr(found.callback, "view_class", None)


def screens() -> list[str]:
    """Return the lists and choosers that the paper uses, as far as no row's number stands in their address."""
    found = []
    for name, view in views(get_resolver("warta.config.urls.newsroom")):
        is_screen = isinstance(view, type) and issubclass(view, BaseListingView | BaseChooseView)
        if is_screen and policies.rule(name) is not policies.Plain.NOBODY:
            with suppress(NoReverseMatch):
                found.append(reverse(name))
    return sorted(set(found))


def orders(answer: Any) -> list[str]:
    """Return the orders that a list offers."""
    view = answer.context.get("view")
    return list(view.get_valid_orderings()) if isinstance(view, BaseListingView) else []


def test_whatever_is_listed_may_be_searched_in_each_order_by_all_who_may_see_it(clients, archive) -> None:
    clients["photo editor"] = entered("photo editor", Role.PHOTO_EDITOR)
    addresses = screens()
    assert len(addresses) > 30
    wrong, seen = [], set()
    for address, (name, client) in product(addresses, clients.items()):
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        seen.add(address)
        for order in ("", *(orders(answer) if name == "administrator" else ())):
            found = client.get(address, {"q": "nusa", **({"ordering": order} if order else {})})
            if found.status_code != 200:
                wrong.append((name, address, order, found.status_code))
    assert wrong == []
    assert set(addresses) - seen == {reverse("wagtailsnippets:index")}, "which leads on, as it lists but one kind"


@pytest.mark.parametrize(
    ("kind", "name"),
    [("rubric", "Hukum"), ("topic", "Gempa"), ("contributor", "Laras Wiragama"), ("houseword", "apotik → apotek")],
)
def test_what_has_a_name_is_found_by_its_beginning(kind, name, clients, archive) -> None:
    HouseWord.objects.get_or_create(wrong="apotik", right="apotek")
    client = clients["administrator"]
    for address in (f"wagtailsnippets_newsroom_{kind}:list", f"wagtailsnippets_newsroom_{kind}:list_results"):
        assert [*map(str, client.get(reverse(address), {"q": name[:4]}).context["object_list"])] == [name]
        assert not client.get(reverse(address), {"q": "tiada"}).context["object_list"]

"""S3: every address × every role × every state of an article: what the table refuses shows nothing at all."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from django.utils import timezone

from tests.conftest import DATABASES
from tests.newsroom.builders import NOW, article
from warta.lexicon.press_rules import Ground
from warta.newsroom import policies
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, Desk, Rubric
from warta.newsroom.permissions import Role, Verb, may

pytestmark = pytest.mark.django_db(databases=DATABASES)

SECRET: Final = "Kelapa Muda Beracun"
STATES: Final = ("draft", "embargoed", "live", "withdrawn")
WHOSE: Final = ("own", "other")
ROLES: Final[dict[str, Role | None]] = {
    "nobody": None,
    "no role": None,
    "reporter": Role.REPORTER,
    "editor": Role.EDITOR,
    "photo editor": Role.PHOTO_EDITOR,
    "managing editor": Role.MANAGING_EDITOR,
    "administrator": None,
}
OTHERS: Final = [name for name in ROLES if name not in {"reporter", "editor"}]
NOT_ASKED: Final = {"account_logout", "wagtailadmin_logout", "wagtailadmin_sprite", "newsroom_media", "shared_preview"}
"""They show no article, or have tests of their own; asking for a logout would end the walk."""


def addresses(resolver: URLResolver, space: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Return each named address with the names of what stands in it."""
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from addresses(found, (*space, found.namespace) if found.namespace else space)
        elif isinstance(found, URLPattern) and found.name and "_results" not in found.name:
            yield ":".join((*space, found.name)), re.findall(r"<(?:\w+:)?(\w+)>", str(found.pattern))


def filled(name: str, words: list[str], pk: int) -> str | None:
    """Return an address with an article's number wherever one fits."""
    other = {"app_label": "newsroom", "model_name": "article", "object_id": str(pk), "action": "publish"}
    values: dict[str, Any] = {word: other.get(word, str(pk)) for word in words}
    try:
        return reverse(name, kwargs=values)
    except NoReverseMatch:
        return None


@pytest.fixture
def articles() -> dict[tuple[str, str], Article]:
    desk = Desk.objects.create(name="Daerah")
    desk.rubrics.add(Rubric.objects.create(name="Nusantara", slug="nusantara"))
    made: dict[tuple[str, str], Article] = {}
    for whose in WHOSE:
        for state in STATES:
            number = len(made) + 1
            is_live = state in {"live", "withdrawn"}
            one = article(
                number,
                headline=f"{SECRET} {number}",
                status="published" if is_live else "draft",
                first_published_at=NOW if is_live else None,
                rubric="Nusantara" if whose == "own" else "Dunia",
            )
            if state == "embargoed":
                Article.objects.filter(pk=one.pk).update(embargo=timezone.now() + timedelta(days=2))
            if state == "withdrawn":
                withdraw(one, by=None, now=NOW, ground=Ground.COUNCIL, reason="Keliru.")
            one.refresh_from_db()
            made[whose, state] = one
    return made


def person(name: str, articles: dict[tuple[str, str], Article]) -> User | None:
    if name == "nobody":
        return None
    user = User.objects.create_user(name.replace(" ", "-"), is_superuser=name == "administrator")
    if (role := ROLES[name]) is not None:
        user.groups.add(Group.objects.get(name=role))
    if role is Role.EDITOR:
        Desk.objects.get().members.add(user)
    if role is Role.REPORTER:
        Article.objects.filter(pk__in=[one.pk for (whose, _), one in articles.items() if whose == "own"]).update(
            made_by=user
        )
    return user


def is_refused(user: User | None, rule: policies.Rule | None, one: Article) -> bool:
    """Tell whether the table refuses this person this address of this article."""
    if user is None:
        return rule is not policies.Plain.OPEN
    if rule is None or rule is policies.Plain.NOBODY:
        return True
    if isinstance(rule, Verb):
        return not may(user, rule)
    if isinstance(rule, policies.OnArticle):
        return not (may(user, Verb.SEE, one) and may(user, rule.verb, one))
    return False


@pytest.mark.parametrize(
    "name", ["reporter", "editor", *(pytest.param(name, marks=pytest.mark.thorough) for name in OTHERS)]
)
def test_what_is_refused_shows_nothing_and_what_is_not_seen_is_not_told(
    name: str, articles: dict[tuple[str, str], Article]
) -> None:
    user = person(name, articles)
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    for one in articles.values():
        one.refresh_from_db()
    found = [(address, words) for address, words in addresses(get_resolver()) if address not in NOT_ASKED]
    assert len(found) > 180
    asked, leaks = 0, []
    for address, words in found:
        rule = policies.rule(address)
        most = len(articles) if isinstance(rule, policies.OnArticle) else 2 if words else 1
        for key, one in list(articles.items())[:most]:  # other addresses lead to other things, whatever the article
            path = filled(address, words, one.pk)
            if path is None:
                continue
            answer = client.get(path)
            asked += 1
            told = (address, key, answer.status_code)
            if is_refused(user, rule, one) and answer.status_code not in {302, 403, 404}:
                leaks.append(("not refused", *told))
            shown = set(re.findall(rf"{SECRET} (\d)", b"".join(answer).decode(errors="replace")))
            if unseen := {str(number) for number in shown if not _sees(user, articles, number)}:
                leaks.append(("shown", *told, sorted(unseen)))
    assert leaks == []
    assert asked > 200


def _sees(user: User | None, articles: dict[tuple[str, str], Article], number: str) -> bool:
    """Tell whether somebody may see an article: it is theirs to see, or any reader sees it."""
    one = next(found for found in articles.values() if found.headline.endswith(f" {number}"))
    return one.live or (user is not None and may(user, Verb.SEE, one))

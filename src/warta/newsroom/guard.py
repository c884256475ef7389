"""Asks for the right that an address of the newsroom needs (`policies.py`) before any view runs."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from warta.newsroom.models import Article
from warta.newsroom.permissions import Verb, may, need, roles
from warta.newsroom.policies import OnArticle, Plain, rule

_MOST_AT_ONCE: Final = 1_000


class PolicyMiddleware:
    """Refuses what has no rule, and what its rule does not allow; Wagtail's own checks come on top."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]) -> None:
        """Check the rule of the address.

        Raises: PermissionDenied; Http404 for an article that this person may not see, as for one that is not there.
        """
        match = request.resolver_match
        asked = rule(match.view_name if match is not None else "")
        if asked in {Plain.OPEN, Plain.ACCOUNT} or not request.user.is_authenticated:
            return  # Wagtail leads who is not signed in to the sign-in page
        if asked is None or asked is Plain.NOBODY or not roles(request.user):
            raise PermissionDenied
        if isinstance(asked, Verb):
            need(request.user, asked)
        elif isinstance(asked, OnArticle):
            _need_on(request.user, asked.verb, str(kwargs.get("pk", "")))
        elif match is not None and match.view_name == "wagtail_bulk_action":
            _need_on_many(request, kwargs)
        elif match is not None and match.view_name.startswith("wagtailadmin_editing_sessions:ping"):
            _need_session(request.user, kwargs)


def _need_on(user: Any, verb: Verb, number: str) -> None:
    article = Article.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    if article is None or not may(user, Verb.SEE, article):
        raise Http404("no such article, or not yours to see")
    need(user, verb, article)


def _need_on_many(request: HttpRequest, kwargs: Mapping[str, Any]) -> None:
    """Many articles at once: each must be theirs to submit or publish; all at once only for who may withdraw."""
    if kwargs.get("model_name") != "article":
        return
    chosen = request.GET.getlist("id")
    if "all" in chosen or len(chosen) > _MOST_AT_ONCE:
        need(request.user, Verb.WITHDRAW)
    for number in chosen:
        if number != "all":
            _need_on(request.user, Verb.SUBMIT if kwargs.get("action") == "submit" else Verb.PUBLISH, number)


def _need_session(user: Any, kwargs: Mapping[str, Any]) -> None:
    if kwargs.get("model_name") == "article":
        _need_on(user, Verb.EDIT, str(kwargs.get("object_id", "")))

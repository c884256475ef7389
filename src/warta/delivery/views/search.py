"""The search: a form, results with the words marked, and links that sort them out. Whatever is asked is hostile."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from babel.numbers import format_decimal
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import npgettext, pgettext_lazy

from warta.delivery import cursors, headers, shell
from warta.delivery.render import page_html
from warta.delivery.views import errors
from warta.lexicon import addresses
from warta.lexicon.addresses import SLUG
from warta.search import query, results
from warta.search.results import Asked, Choice, Results

PATH: Final = "/cari"
_BEST: Final = "sesuai"
_FACETS: Final = {"rubrik": "rubric", "kanal": "channel", "penulis": "person", "tahun": "year"}
_SLUG: Final = re.compile(SLUG, re.ASCII)
_NAMES: Final[dict[str, str | Promise]] = {
    "rubrik": pgettext_lazy("reader", "Rubric"),
    "kanal": pgettext_lazy("reader", "Channel"),
    "tahun": pgettext_lazy("reader", "Year"),
    "penulis": pgettext_lazy("reader", "Authors"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One link that sorts results out, or takes that back when it is chosen."""

    name: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The links of one kind."""

    name: str | Promise
    options: tuple[Option, ...]


@errors.reading
def search(request: HttpRequest) -> HttpResponse:
    """Answer what was asked, or the empty form."""
    now = timezone.now()
    asked = _asked(request)
    try:
        found = results.find(asked, now=now)
    except ValueError:
        return errors.absent(errors.NO_SUCH_PLACE)
    frame = shell.current(now=now)
    html = page_html(
        "search",
        shell=frame,
        now=now,
        path=PATH,
        typed=asked.typed,
        total="" if found.total is None else format_decimal(found.total, locale=frame.lang),
        counted=npgettext("reader", "article", "articles", found.total or 0),
        longest=query.LONGEST,
        results=found,
        groups=_groups(asked, found),
        is_best=asked.order == "best",
        newest_address=address(asked, urut=""),
        best_address=address(asked, urut=_BEST),
        older=address(asked, sebelum=found.older) if found.older else "",
        feed_address=feed_address(asked),
        suggestion_address=f"{PATH}?{urlencode({'q': found.suggestion})}",
        is_further=bool(asked.behind),
    )
    return headers.searched(HttpResponse(html))


def address(asked: Asked, **changed: str) -> str:
    """Write the address of a query with some of its choices changed; without `sebelum` it is the first page."""
    chosen = {name: getattr(asked, field) for name, field in _FACETS.items()}
    parts = {"q": asked.typed, **chosen, "urut": _BEST if asked.order == "best" else "", **changed}
    return f"{PATH}?{urlencode({name: value for name, value in parts.items() if value})}"


def feed_address(asked: Asked, form: str = "") -> str:
    """Write the address of the feed of a query."""
    newest = address(replace(asked, order="newest"))
    return addresses.feed(PATH, form) + newest.removeprefix(PATH)


def newest_of(request: HttpRequest) -> Asked:
    """Read the query of a feed: the newest of what is asked for, from the first on."""
    return replace(_asked(request), order="newest", behind="")


def _asked(request: HttpRequest) -> Asked:
    """Read the query; what is not understood is passed over."""
    given = request.GET
    facets = {field: value for name, field in _FACETS.items() if _SLUG.fullmatch(value := given.get(name, "")[:80])}
    return Asked(
        typed=query.bounded(given.get("q", "")),
        order="best" if given.get("urut") == _BEST else "newest",
        behind=given.get(cursors.PARAMETER, ""),
        **facets,
    )


def _groups(asked: Asked, found: Results) -> list[Group]:
    kinds: dict[str, Sequence[Choice]] = {
        "rubrik": found.rubrics,
        "kanal": found.channels,
        "tahun": found.years,
        "penulis": found.people,
    }
    made = [Group(_NAMES[name], _options(asked, name, choices)) for name, choices in kinds.items()]
    return [group for group in made if group.options]


def _options(asked: Asked, name: str, choices: Sequence[Choice]) -> tuple[Option, ...]:
    """Return the links of a kind: those that leave something out, and the one that was chosen."""
    chosen = getattr(asked, _FACETS[name])
    if not chosen and len(choices) < 2:
        return ()
    shown = [choice for choice in choices if not chosen or choice.value == chosen]
    if chosen and not shown:
        shown = [Choice(chosen, chosen, 0)]
    return tuple(
        Option(choice.name, choice.count, address(asked, **{name: "" if chosen else choice.value}), bool(chosen))
        for choice in shown
    )

"""`warta check --addresses`: asks this paper for every address of a list, by the code that answers readers.

No server runs; addresses are looked up by the hundred, and hardly a page is made.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import click
from django.http import HttpRequest, QueryDict
from django.urls import ResolverMatch, resolve
from django.utils import timezone
from django.utils.encoding import escape_uri_path, iri_to_uri

from warta.config.listed import BrokenListError, Listed
from warta.config.showing import progress
from warta.delivery import cursors
from warta.delivery.share import showing
from warta.delivery.views import (
    article,
    corrections,
    front,
    fronts,
    history,
    index,
    old,
    pictures,
    share,
    static,
)
from warta.delivery.views.days import possible
from warta.lexicon import addresses
from warta.paper import leads, store
from warta.paper.leads import Lead
from warta.paper.pictures import path_of

BATCH: Final = 500
EXAMPLES: Final = 20
_SHOWN: Final = 200
_ROUTES: Final = "warta.delivery.urls"
_FRONTS: Final = frozenset({"rubric", "channel", "topic", "person"})
_WITH_CURSOR: Final = frozenset({fronts.front_of, index.index, index.day, corrections.all_days, corrections.one_day})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader who asks for an address is answered: 200, 301 to `target`, 410 or 404.

    `kind` is that of the page at the end: article, gone, static, rubric, channel, topic, person, or another page.
    `is_lost` if it leads nowhere: 404, or the front page (200) because nothing is known under its query (`/?p=77`).
    """

    address: str
    status: int
    kind: str = ""
    target: str = ""
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    address: str
    path: str
    query: str
    route: ResolverMatch
    forms: tuple[str, ...]
    bare: str
    bare_route: ResolverMatch | None


@dataclass(frozen=True, slots=True)
class _Known:
    keys: dict[str, Lead]
    paths: dict[str, Lead]
    old: dict[str, Lead | None]
    versions: set[tuple[int, int]]
    shares: dict[int, str]
    """The right address of the picture for sharing, by the article's number."""


class Report:
    """Counts answers as they come; its size does not grow with the list."""

    def __init__(self) -> None:
        self._statuses: Counter[int] = Counter()
        self._ends: Counter[str] = Counter()
        self._moved: list[Answer] = []
        self._lost: list[str] = []
        self._fronts = 0
        self.lost = 0

    def note(self, answer: Answer) -> None:
        """Count one answer."""
        self._statuses[answer.status] += 1
        if answer.is_lost:
            self.lost += 1
            self._fronts += answer.status == 200
            if len(self._lost) < EXAMPLES:
                self._lost.append(answer.address)
        elif answer.status == 301:
            self._ends[answer.kind] += 1
            if len(self._moved) < EXAMPLES // 4:
                self._moved.append(answer)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as one JSON object."""
        return {
            "addresses": self._statuses.total(),
            "page": self._statuses[200] - self._fronts,
            "moved": self._statuses[301],
            "moved_to": dict(self._ends.most_common()),
            "gone": self._statuses[410],
            "nowhere": self.lost,
        }

    def lines(self) -> Iterator[str]:
        """Return the report in words, line by line."""
        told = self.as_dict()
        yield f"{told['addresses']:,} addresses."
        yield f"{told['page']:,} are pages at once (200)."
        ends = ", ".join(f"{kind} {count:,}" for kind, count in self._ends.most_common())
        yield f"{told['moved']:,} move on (301){f': {ends}' if ends else ''}."
        yield from (f"    {_shown(answer.address)} -> {_shown(answer.target)}" for answer in self._moved)
        yield f"{told['gone']:,} are gone, with a reason (410)."
        if not self.lost:
            yield "None leads nowhere."
            return
        fronts = f"; {self._fronts:,} of them to the front page, by a query that is not known" if self._fronts else ""
        more = "; --json lists all" if self.lost > len(self._lost) else ""
        yield f"{self.lost:,} lead nowhere (404){fronts}{more}:"
        yield from (f"    {_shown(address)}" for address in self._lost)


def _shown(address: str) -> str:
    """Return the beginning of an address for a terminal, which a list of others' must not tell what to do."""
    whole = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in address[:_SHOWN])
    return whole[:_SHOWN] + ("…" if len(address) > _SHOWN or len(whole) > _SHOWN else "")


def run(path: Path, *, as_json: bool) -> int:
    """Replay a list, tell what became of it, and return the exit status: 1 when an address leads nowhere.

    Raises: click.ClickException when the list cannot be read.
    """
    listed, report = Listed(path), Report()
    try:
        with progress(length=listed.size, label="Addresses", hidden=as_json) as bar:
            for answer in replay(listed, now=timezone.now()):
                report.note(answer)
                if as_json and answer.is_lost:
                    click.echo(json.dumps({"address": answer.address, "status": answer.status}, ensure_ascii=False))
                bar.length = listed.size
                if listed.read > bar.pos:
                    bar.update(listed.read - bar.pos)
    except BrokenListError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps({"report": report.as_dict()}))
    else:
        for line in report.lines():
            click.echo(line)
    return 1 if report.lost else 0


def replay(listed: Iterable[str], *, now: datetime) -> Iterator[Answer]:
    """Return what readers are answered at each of these addresses (whole ones or paths) at `now`, in order.

    A few queries for every 500; no more than these are held.
    """
    source = iter(listed)
    while batch := list(islice(source, BATCH)):
        yield from answers(batch, now=now)


def answers(batch: Sequence[str], *, now: datetime) -> list[Answer]:
    """Return what readers are answered at these addresses, few enough to be looked up together."""
    asked = [_asked(address) for address in batch]
    known = _known([one for one in asked if one], now)
    return [_lost(address) if one is None else _answer(one, known) for address, one in zip(batch, asked, strict=True)]


def _asked(address: str) -> _Asked | None:
    """Read an address as a server would; None for what is none."""
    try:
        parts = urlsplit(address.strip())
        path = "/" + unquote(parts.path).removeprefix("/")
        query = iri_to_uri(parts.query) or ""
        whole = escape_uri_path(path) + (f"?{query}" if query else "")
        is_sane = len(whole) <= old.LONGEST and "\0" not in path
        forms = addresses.old_forms(whole) if is_sane else ()
    except ValueError:
        return None
    bare, _, rest = path.rpartition("/")
    bare = "" if rest or len(bare) > old.LONGEST else bare
    route = resolve(path, _ROUTES)
    return _Asked(address, path, query, route, forms, bare, resolve(bare, _ROUTES) if bare else None)


def _known(asked: Sequence[_Asked], now: datetime) -> _Known:
    """Look up all that answers may depend on; six queries at most."""
    ids = {number for one in asked if (number := _article_id(one)) is not None}
    told = {int(one.route.kwargs["number"]) for one in asked if _is_history(one)}
    shared = {int(one.route.kwargs["number"]) for one in asked if one.route.func is share.picture}
    paths = {old.page_of(one.path, one.route) for one in asked if one.route.url_name == "stored"}
    paths |= {
        old.page_of(one.bare, one.bare_route) for one in asked if one.bare_route and one.bare_route.url_name == "stored"
    }
    forms = {form: None for one in asked for form in one.forms}
    return _Known(
        keys=leads.by_key([store.article_key(number) for number in ids], now=now),
        paths=leads.by_path(paths, now=now),
        old=leads.by_old_address(forms.keys(), now=now),
        versions=leads.versions(told),
        shares={page.id: showing.address(page) for page in store.shown_articles(sorted(shared), now=now).values()},
    )


def _article_id(asked: _Asked) -> int | None:
    if _is_history(asked) or asked.route.func is share.picture:
        return int(asked.route.kwargs["number"])
    return addresses.article_id(asked.path) if asked.route.func is article.article else None


def _is_history(asked: _Asked) -> bool:
    return asked.route.func in {history.history, history.comparison}


def _answer(asked: _Asked, known: _Known) -> Answer:
    """Answer as the view of the address's route does."""
    view = asked.route.func
    if view in _WITH_CURSOR and not _has_sound_cursor(asked.query) and _stands(asked, known):
        return _lost(asked.address)
    if view is front.front:
        moved = _old(asked, known) if asked.query else None
        return moved or Answer(asked.address, 200, "front", is_lost=bool(addresses.naming(asked.query)))
    if view in {article.article, share.picture} or _is_history(asked):
        return _of_article(asked, known)
    if view is pictures.picture and path_of(asked.route.kwargs["name"]):
        return Answer(asked.address, 200, "picture")
    if kind := _stands(asked, known):
        return Answer(asked.address, 200, kind)
    if asked.route.url_name == "fixed":
        return _lost(asked.address)
    if asked.route.url_name != "stored" and view not in {old.last_route, pictures.picture}:
        return _of_itself(asked)
    return _otherwise(asked, known)


def _of_itself(asked: _Asked) -> Answer:
    """Have the answer made: for the few addresses that are neither of the paper's pages nor old ones."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", asked.path, asked.path
    request.META.update(QUERY_STRING=asked.query, REMOTE_ADDR="127.0.0.1")
    request.GET = QueryDict(asked.query)
    answered = asked.route.func(request, *asked.route.args, **asked.route.kwargs)
    if answered.status_code == HTTPStatus.NOT_FOUND:
        return _lost(asked.address)
    return Answer(asked.address, answered.status_code, "page", answered.headers.get("Location", ""))


def _lost(address: str) -> Answer:
    return Answer(address, 404, is_lost=True)


def _stands(asked: _Asked, known: _Known) -> str:
    """Return the kind of page that stands at a fixed address, or at that of a front or static page; "" for none."""
    view = asked.route.func
    if asked.route.url_name == "fixed":
        return "page" if view not in {index.day, corrections.one_day} or _is_day(asked.route.kwargs) else ""
    lead = known.paths.get(old.page_of(asked.path, asked.route))
    if lead is None or not (lead.kind == "static" if view is static.static_page else lead.kind in _FRONTS):
        return ""
    return lead.kind


def _of_article(asked: _Asked, known: _Known) -> Answer:
    number = _article_id(asked)
    lead = None if number is None else known.keys.get(store.article_key(number))
    if number is None or lead is None:
        return _otherwise(asked, known)
    if asked.route.func is share.picture:
        return _of_share(asked, known.shares.get(number, ""), lead)
    if not _is_history(asked):
        if asked.path != lead.path:
            return Answer(asked.address, 301, lead.kind, lead.path)
        return Answer(asked.address, 410 if lead.kind == "gone" else 200, lead.kind)
    if lead.kind == "gone":
        return Answer(asked.address, 301, lead.kind, lead.path)
    return Answer(asked.address, 200, "history") if _has_versions(asked, known) else _otherwise(asked, known)


def _of_share(asked: _Asked, right: str, lead: Lead) -> Answer:
    if lead.kind == "gone":
        return Answer(asked.address, 410, lead.kind)
    return (
        Answer(asked.address, 200, "picture") if asked.path == right else Answer(asked.address, 301, "picture", right)
    )


def _has_versions(asked: _Asked, known: _Known) -> bool:
    told = {name: int(number) for name, number in asked.route.kwargs.items()}
    if "first" not in told:
        return any(article_id == told["number"] for article_id, _ in known.versions)
    pair = {(told["number"], told["first"]), (told["number"], told["second"])}
    return told["first"] < told["second"] and pair <= known.versions


def _otherwise(asked: _Asked, known: _Known) -> Answer:
    """Answer as `delivery.views.old` does: an old address, one with a slash too many, or nothing."""
    if moved := _old(asked, known):
        return moved
    route = asked.bare_route
    lead = known.paths.get(old.page_of(asked.bare, route)) if route else None
    if route is None or not (route.url_name == "fixed" or (route.url_name == "stored" and lead)):
        return _lost(asked.address)
    target = f"{asked.bare}?{asked.query}" if asked.query else asked.bare
    return Answer(asked.address, 301, lead.kind if lead else "page", target)


def _old(asked: _Asked, known: _Known) -> Answer | None:
    first = next((form for form in asked.forms if form in known.old), None)
    lead = None if first is None else known.old[first]
    if lead is None or lead.path == asked.path:
        return None
    return Answer(asked.address, 301, lead.kind, lead.path)


def _is_day(told: dict[str, Any]) -> bool:
    try:
        possible(date(int(told["year"]), int(told["month"]), int(told["number"])))
    except ValueError:
        return False
    return True


def _has_sound_cursor(query: str) -> bool:
    text = QueryDict(query).get(cursors.PARAMETER) if query else None
    try:
        return text is None or bool(cursors.read(text))
    except ValueError:
        return False

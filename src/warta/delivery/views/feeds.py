"""The feeds: of the whole paper, of every front, of a search; each as RSS, Atom and JSON Feed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from warta.delivery import headers, shell, surrogates, syndication
from warta.delivery.views import errors, old
from warta.delivery.views import search as searching
from warta.feeds import atom, jsonfeed, rss
from warta.feeds.feed import Feed
from warta.lexicon import addresses
from warta.paper import store
from warta.paper.pages import FrontPage
from warta.search import results


@dataclass(frozen=True, slots=True)
class _Form:
    write: Callable[[Feed], str]
    media_type: str


_FORMS: Final = {
    "": _Form(rss.write, rss.MEDIA_TYPE),
    "atom": _Form(atom.write, atom.MEDIA_TYPE),
    "json": _Form(jsonfeed.write, jsonfeed.MEDIA_TYPE),
}


@errors.reading
def paper(request: HttpRequest, form: str = "") -> HttpResponse:
    """Answer the feed of the whole paper."""
    now = timezone.now()
    made = syndication.of_list(None, form, shell=shell.current(now=now), now=now)
    return headers.live(_written(made, form))


@errors.reading
def front(request: HttpRequest, page: str, form: str = "") -> HttpResponse:
    """Answer the feed of a rubric, channel, topic or person."""
    now = timezone.now()
    found = store.at(f"/{page}", now=now)
    if not isinstance(found, FrontPage):
        return old.answer(request)
    made = syndication.of_list(found, form, shell=shell.current(now=now), now=now)
    return headers.live(_written(made, form), surrogates.of(found))


@errors.reading
def search(request: HttpRequest, form: str = "") -> HttpResponse:
    """Answer the feed of a search: what is newest of what has these words."""
    now = timezone.now()
    asked = searching.newest_of(request)
    frame = shell.current(now=now)
    made = syndication.of_articles(
        [found.teaser.id for found in results.find(asked, now=now).found],
        title=f"{asked.typed} – {frame.name}",
        home=searching.address(asked),
        address=searching.feed_address(asked, form),
        shell=frame,
        now=now,
    )
    return headers.searched(_written(made, form))


@errors.reading
def usual(request: HttpRequest) -> HttpResponse:
    """Send those on who guess where the feed is."""
    return headers.moved(HttpResponsePermanentRedirect(addresses.feed("/")))


def _written(feed: Feed, form: str) -> HttpResponse:
    return HttpResponse(_FORMS[form].write(feed), content_type=f"{_FORMS[form].media_type}; charset=utf-8")

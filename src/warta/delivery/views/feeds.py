"""The feeds: of the whole paper, of every front, of a search; each as RSS, Atom and JSON Feed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from warta.delivery import headers, shell, surrogates, syndication
from warta.delivery.api.composing import ROOT
from warta.delivery.render import page_html
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
    name: str
    write: Callable[[Feed], str]
    media_type: str


_FORMS: Final = {
    "": _Form("RSS", rss.write, rss.MEDIA_TYPE),
    "atom": _Form("Atom", atom.write, atom.MEDIA_TYPE),
    "json": _Form("JSON Feed", jsonfeed.write, jsonfeed.MEDIA_TYPE),
}

_HELD: Final = pgettext_lazy(
    "reader", "Each holds the {newest} newest articles, and tells for {days} days of what was corrected or withdrawn."
)


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
    found = results.find(asked, now=now)
    if not found.query.terms:
        return errors.absent(errors.NO_SUCH_PLACE)
    frame = shell.current(now=now)
    made = syndication.of_articles(
        [one.teaser.id for one in found.found],
        title=f"{asked.typed} – {frame.name}",
        home=searching.address(asked),
        address=searching.feed_address(asked, form),
        shell=frame,
        now=now,
    )
    return headers.searched(_written(made, form))


@errors.reading
def named(request: HttpRequest) -> HttpResponse:
    """Answer the page that tells people what feeds there are, and how to follow a topic, a person or a search."""
    now = timezone.now()
    frame = shell.current(now=now)
    html = page_html(
        "feeds",
        shell=frame,
        now=now,
        path=addresses.feeds(),
        forms=[(form.name, addresses.feed("/", key)) for key, form in _FORMS.items()],
        held=format_lazy(_HELD, newest=syndication.NEWEST, days=syndication.TOLD_FOR.days),
        description=f"{ROOT}/openapi.json",
        licence=settings.WARTA_REPUBLISH,
    )
    return headers.live(HttpResponse(html))


@errors.reading
def usual(request: HttpRequest) -> HttpResponse:
    """Send those on who guess where the feed is."""
    return headers.moved(HttpResponsePermanentRedirect(addresses.feed("/")))


def _written(feed: Feed, form: str) -> HttpResponse:
    return HttpResponse(_FORMS[form].write(feed), content_type=f"{_FORMS[form].media_type}; charset=utf-8")

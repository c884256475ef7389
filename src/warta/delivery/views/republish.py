"""Articles for other sites: a page with copy-ready markup, and the mark below their copies, which counts and tells.

The mark is a picture: whoever shows it shows what was corrected or withdrawn since, without doing anything.
"""

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import pgettext_lazy

from warta.delivery import headers, republished, shell, surrogates, syndication
from warta.delivery.markup import trusted
from warta.delivery.render import page_html
from warta.delivery.views import old
from warta.delivery.views.errors import reading
from warta.lexicon import addresses
from warta.lexicon.zones import zone
from warta.paper import store
from warta.paper.pages import ArticlePage, GonePage

MARK: Final = (360, 24)
"""Width and height of the mark in pixels."""
_FIRST: Final = pgettext_lazy("reader", "First published by")
_CORRECTED: Final = pgettext_lazy("reader", "Corrected by")
_WITHDRAWN: Final = pgettext_lazy("reader", "Withdrawn by")
_ENDED: Final = pgettext_lazy("reader", "No longer published by")


@reading
def republish(request: HttpRequest, number: str) -> HttpResponse:
    """Answer an article as markup to be copied, with the terms; 404 where the paper does not allow it."""
    now = timezone.now()
    page = _page(number) if settings.WARTA_REPUBLISH else None
    if isinstance(page, GonePage):
        return old.moved(page.path)
    if not isinstance(page, ArticlePage):
        return old.answer(request)
    frame = shell.current(now=now)
    html = page_html(
        "republish",
        shell=frame,
        now=now,
        lang=page.lang,
        page=page,
        path=addresses.republish(page.id),
        licence=settings.WARTA_REPUBLISH,
        markup=_markup(page, frame),
        canonical=f'<link rel="canonical" href="{frame.site_url}{page.path}">',
    )
    return headers.live(HttpResponse(html), surrogates.of(page))


@reading
def mark(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the mark below an article on another site, and count that it was shown there."""
    if not settings.WARTA_REPUBLISH:
        return old.answer(request)
    page = _page(number)
    host = _host(request.headers.get("Referer", ""))
    if isinstance(page, ArticlePage) and host and request.headers.get("Sec-Fetch-Dest", "image") == "image":
        republished.PROCESS.note(page.id, host, timezone.now())
    return headers.for_others(HttpResponse(_mark(page), content_type="image/svg+xml"))


def _page(number: str) -> object:
    return store.find(store.article_key(int(number)), now=timezone.now())


def _markup(page: ArticlePage, frame: shell.Shell) -> str:
    """Return the article without its photos, whose rights are others', with credit, address and mark."""
    content = {
        "page": page,
        "body": trusted(syndication.html(page, frame, has_photos=False)),
        "address": frame.site_url + page.path,
        "paper": frame.name,
        "licence": settings.WARTA_REPUBLISH,
        "zone": zone(page.zone),
        "mark": frame.site_url + addresses.republish_mark(page.id),
        "width": MARK[0],
        "height": MARK[1],
    }
    with translation.override(page.lang):
        return render_to_string("delivery/republish_markup.html", content).strip()


def _mark(page: object) -> str:
    words, date, lang = _ENDED, "", settings.LANGUAGE_CODE
    if isinstance(page, ArticlePage):
        lang = page.lang
        words = _CORRECTED if page.corrections else _FIRST
        at = max((correction.at for correction in page.corrections), default=page.published_at)
        date = f"{at.astimezone(zone(page.zone)):%d.%m.%Y}"
    elif isinstance(page, GonePage):
        lang, words, date = page.lang, _WITHDRAWN, f"{page.withdrawn_at.astimezone(zone(settings.WARTA_ZONE)):%d.%m.%Y}"
    with translation.override(lang):
        told = {"words": str(words), "paper": settings.WARTA_NAME, "date": date}
        return render_to_string("delivery/republish_mark.svg", {**told, "width": MARK[0], "height": MARK[1]})


def _host(referer: str) -> str:
    """Return the host of the page that shows the mark; empty for our own, and for what is none."""
    try:
        host = (urlsplit(referer[:2000]).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    own = (urlsplit(settings.WARTA_SITE_URL).hostname or "").removeprefix("www.")
    return host if host != own and republished.HOST.fullmatch(host) else ""

"""The article page: one published piece at its only right address, with the lists of now."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from warta.delivery import headers, lite, shell, surrogates
from warta.delivery.render import LATEST, MOST_READ, Lists, article_html, page_html
from warta.delivery.views import old
from warta.delivery.views.errors import reading
from warta.lexicon import addresses
from warta.lexicon.press_rules import Ground
from warta.paper import lists, store
from warta.paper.pages import ArticlePage, GonePage
from warta.reads.lists import most_read

GROUNDS: Final = {
    Ground.SARA: pgettext_lazy("reader", "Hatred by ethnicity, religion, race or group"),
    Ground.DECENCY: pgettext_lazy("reader", "Decency"),
    Ground.CHILD: pgettext_lazy("reader", "The future of a child"),
    Ground.TRAUMA: pgettext_lazy("reader", "What a victim has been through"),
    Ground.COUNCIL: pgettext_lazy("reader", "A special consideration laid down by the Press Council"),
    Ground.ORIGIN: pgettext_lazy("reader", "The source has withdrawn it"),
}
"""The grounds of a withdrawal, as readers are told."""


@reading
def article(request: HttpRequest) -> HttpResponse:
    """Answer the address of an article: the page, 301 to its right address, 410 with the reason, or 404."""
    now = timezone.now()
    address = addresses.read_article(request.path_info)
    page = store.find(store.article_key(address.id), now=now) if address else None
    if not isinstance(page, ArticlePage | GonePage):
        return old.answer(request)
    if request.path_info != page.path:
        return old.moved(page.path)
    newest = lists.latest(now=now, limit=LATEST)
    if isinstance(page, GonePage):
        html = page_html(
            "gone",
            shell=shell.current(now=now),
            now=now,
            lang=page.lang,
            page=page,
            ground=GROUNDS[page.ground] if page.ground else "",
            latest=newest[: LATEST // 2],
        )
        return headers.absent(HttpResponse(html, status=410), surrogates.of(page))
    live = Lists(most_read=most_read(now=now, limit=MOST_READ), latest=newest)
    written = lite.article_html if lite.is_asked(request) else article_html
    html = written(page, lists=live, shell=shell.current(now=now), now=now)
    return headers.live(HttpResponse(html), surrogates.of(page))

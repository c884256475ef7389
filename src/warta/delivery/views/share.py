"""The picture that stands for an article where a link to it is shared."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from warta.delivery import headers, surrogates
from warta.delivery.share import keeping, showing
from warta.delivery.views import old
from warta.delivery.views.errors import reading
from warta.paper import store
from warta.paper.pages import ArticlePage, GonePage, Page


@reading
def picture(request: HttpRequest, number: str, digest: str) -> HttpResponse:
    """Answer the picture at its right address, 301 to that from another of its article; 410 for a withdrawn one.

    When it cannot be drawn now, whoever asks is sent to the photo for this time.
    """
    page = _page(int(number))
    if isinstance(page, GonePage):
        return headers.absent(HttpResponse(status=410), surrogates.of(page))
    if not isinstance(page, ArticlePage):
        return old.answer(request)
    if request.path_info != showing.address(page):
        return old.moved(showing.address(page))
    drawn = keeping.kept().picture(page, lambda: _is_still(page))
    if drawn is not None:
        return headers.drawn(HttpResponse(drawn, content_type="image/jpeg"), surrogates.own(page.id))
    if page.lead is not None and _is_still(page):
        return HttpResponseRedirect(page.lead.jpeg[-1].address)
    return HttpResponse(status=503, headers={"Retry-After": "60"})


def _page(article_id: int) -> Page | None:
    return store.find(store.article_key(article_id), now=timezone.now())


def _is_still(page: ArticlePage) -> bool:
    now = _page(page.id)
    return isinstance(now, ArticlePage) and showing.address(now) == showing.address(page)

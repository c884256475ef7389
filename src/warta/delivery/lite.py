"""The pages that save data: `?lite` behind an address gives the words alone, and each photo when it is tapped."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest

from warta.delivery.inline import LITE_STYLE
from warta.delivery.markup import trusted
from warta.delivery.render import Lists, beacon_address, page_html
from warta.delivery.shell import Shell
from warta.delivery.shortpath import LITE
from warta.lexicon.zones import zone
from warta.paper.pages import ArticlePage, Block, Figure, File, FrontPage, Picture, Teaser

LISTED: Final = 30
"""How many articles a front has; there is no second page, for who saves data looks for the newest."""


def is_asked(request: HttpRequest) -> bool:
    """Tell whether a reader wants the page that saves data: by the address alone, so that caches can share it."""
    return bool(request.META.get("QUERY_STRING") == LITE)


def article_html(page: ArticlePage, *, lists: Lists, shell: Shell, now: datetime) -> str:
    """Render an article; it is counted as a read like the whole page."""
    return _page(
        "article",
        shell=shell,
        now=now,
        path=page.path,
        lang=page.lang,
        page=page,
        zone=zone(page.zone),
        lead=_smallest(page.lead) if page.lead else None,
        blocks=plain_blocks(page, _smallest),
        read_address=beacon_address(page.id, now.timestamp()),
        most_read=lists.most_read,
        latest=lists.latest,
    )


def front_html(
    front: FrontPage | None, teasers: Sequence[Teaser], *, most_read: Sequence[Teaser], shell: Shell, now: datetime
) -> str:
    """Render a front, or that of the whole paper."""
    path = front.path if front else "/"
    return _page("list", shell=shell, now=now, path=path, front=front, teasers=teasers, most_read=most_read)


def plain_blocks(page: ArticlePage, size: Callable[[Picture], File]) -> list[tuple[Block, File | None]]:
    """Return the blocks of an article, a figure with the file of its photo that `size` chooses."""
    return [(block, size(block.picture) if isinstance(block, Figure) else None) for block in page.body]


def _page(template: str, **content: Any) -> str:
    return page_html(f"lite/{template}", lite_style=trusted(LITE_STYLE), **content)


def _smallest(picture: Picture) -> File:
    """Return the smallest file of a photo, in the format that every browser shows."""
    return picture.jpeg[0]

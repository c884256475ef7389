"""Turns typed pages and lists into HTML. Nothing here needs a request or asks the database."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.text import Truncator

from warta.delivery.inline import LISTS_STYLE, LOOK, SCRIPT, STYLE
from warta.delivery.markup import trusted
from warta.delivery.share import showing
from warta.delivery.shell import Shell
from warta.feeds import jsonld
from warta.feeds.jsonld import Publisher
from warta.lexicon import addresses
from warta.paper.pages import ArticlePage, Block, Paragraph, Teaser
from warta.reads import tokens

MOST_READ: Final = 7
LATEST: Final = 10


@dataclass(frozen=True, slots=True)
class Lists:
    """Blocks 8 and 9 of an article page, of the moment it is read."""

    most_read: Sequence[Teaser] = field(default=())
    latest: Sequence[Teaser] = field(default=())


def page_html(template: str, *, shell: Shell, now: datetime, path: str = "", lang: str = "", **content: Any) -> str:
    """Render a page in its language (the site's when none is named); `path` is its own address, if it has one."""
    language = lang or shell.lang
    context = {
        "shell": shell,
        "lang": language,
        "now": now,
        "path": path,
        "style": trusted(STYLE),
        "lists_style": trusted(LISTS_STYLE),
        "look": trusted(LOOK),
        "script": trusted(SCRIPT),
        **content,
    }
    with translation.override(language):
        return render_to_string(f"delivery/{template}.html", context)


def article_html(
    page: ArticlePage, *, lists: Lists, shell: Shell, now: datetime, is_preview: bool = False, cut_mark: str = ""
) -> str:
    """Render an article with the lists of now; a preview is neither counted as a read nor indexed by robots.

    In pieces (with a `cut_mark`) it lacks the address to which it tells that it was read, which is laid between them.
    """
    first = opening(page.body)
    described = page.standfirst or (Truncator(text_of(first.html)).chars(160) if first else "")
    read_address = "" if is_preview or cut_mark else beacon_address(page.id, now.timestamp())
    return page_html(
        "article",
        shell=shell,
        now=now,
        path=page.path,
        lang=page.lang,
        page=page,
        lists=lists,
        is_counted=not is_preview,
        read_address=read_address,
        share_picture="" if is_preview else showing.address(page),
        opening=first,
        described=described,
        linked=trusted(_linked(page, described, shell, now)),
        closing=page.body[-1] if page.body and _is_text(page.body[-1]) else None,
        cut_mark=cut_mark,
    )


def beacon_address(article_id: int, now_s: float) -> str:
    """Return where the page of an article that is given now tells that it was read, with its token."""
    return addresses.read(article_id, tokens.write(article_id, now_s))


def beacon_html(article_id: int, now_s: float) -> str:
    """Return the piece of an article's page that changes with the hour: where it tells that it was read."""
    return f'<data value="{beacon_address(article_id, now_s)}"></data>\n'


def lists_html(lists: Lists, *, shell: Shell, lang: str) -> str:
    """Render blocks 8 to 10 alone: the piece `lists` of any article's page in a language."""
    context = {"shell": shell, "lang": lang, "most_read": lists.most_read, "latest": lists.latest}
    with translation.override(lang):
        return render_to_string("delivery/parts/lists.html", context)


@dataclass(frozen=True, slots=True)
class Pieces:
    """An article page in five: `head` and `body` are the article's own, the others are the same for all of a moment."""

    head: str
    top: str
    body: str
    lists: str
    foot: str


def article_pieces(page: ArticlePage, *, lists: Lists, shell: Shell, now: datetime) -> Pieces:
    """Render an article in pieces which, laid one behind the other, are the page rendered whole."""
    mark = f"<!--{secrets.token_hex(16)}-->"
    return Pieces(*article_html(page, lists=lists, shell=shell, now=now, cut_mark=mark).split(mark))


def _linked(page: ArticlePage, described: str, shell: Shell, now: datetime) -> str:
    """Return what an article says of itself to search engines."""
    publisher = Publisher(shell.name, shell.site_url, addresses.corrections(), shell.zone)
    return jsonld.article(page, publisher, described, now=now)


def text_of(html: str) -> str:
    """Return the words of a paragraph without its marks, in one line."""
    return " ".join(unescape(strip_tags(html.replace("<br", " <br"))).split())


def _is_text(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.html.lstrip().startswith(("<ul", "<ol"))


def opening(body: Sequence[Block]) -> Paragraph | None:
    """Return the first paragraph that is running text."""
    return next((block for block in body if isinstance(block, Paragraph) and _is_text(block)), None)

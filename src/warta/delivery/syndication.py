"""Makes feeds of the paper: the newest articles of a list, those corrected lately, and those that were withdrawn."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import pgettext_lazy
from lxml import html as markup

from warta.delivery.lite import plain_blocks
from warta.delivery.render import opening, text_of
from warta.delivery.shell import Shell
from warta.feeds.feed import Author, Feed, Image, Item, Withdrawn, stable_id
from warta.lexicon import addresses
from warta.lexicon.zones import zone
from warta.paper import corrections, lists, store, withdrawn
from warta.paper.pages import ArticlePage, File, FrontPage, GonePage, Picture
from warta.paper.store import ALL

NEWEST: Final = 30
_CORRECTED: Final = 10
_WITHDRAWN: Final = 20
TOLD_FOR: Final = timedelta(days=30)
"""How long a feed tells of a correction or a withdrawal: longer than programs that read feeds stay away."""
_TITLE_OF_WITHDRAWN: Final = pgettext_lazy("reader", "This article was withdrawn")
_KINDS: Final = {"erratum": pgettext_lazy("reader", "Erratum"), "correction": pgettext_lazy("reader", "Correction")}
_SUMMARY: Final = 300
_SHOWN_AT: Final = 1200
"""The width in pixels of the photo that a program is given, or the next one above it."""


def of_list(front: FrontPage | None, form: str, *, shell: Shell, now: datetime) -> Feed:
    """Make the feed of a front, or of the whole paper: four queries at any size of the archive."""
    name = front.list if front else ALL
    since = now - TOLD_FOR
    newest = [teaser.id for teaser in lists.latest(name, now=now, limit=NEWEST)]
    told = corrections.latest(now=now, limit=_CORRECTED, since=since, name=name)
    gone = withdrawn.latest(now=now, limit=_WITHDRAWN, since=since)
    is_here = f"{front.path}/" if front and front.kind == "rubric" else "/" if front is None else ""
    path = front.path if front else "/"
    return _feed(
        [*newest, *(correction.article.id for correction in told)],
        title=f"{front.name} – {shell.name}" if front else shell.name,
        description=(front.description or front.role) if front else shell.tagline,
        home=path,
        address=addresses.feed(path, form),
        withdrawn=[_withdrawn(page, shell, is_here=bool(is_here) and page.path.startswith(is_here)) for page in gone],
        shell=shell,
        now=now,
    )


def of_articles(
    article_ids: Sequence[int], *, title: str, home: str, address: str, shell: Shell, now: datetime
) -> Feed:
    """Make a feed of these articles, such as what was found."""
    return _feed(article_ids, title=title, description="", home=home, address=address, shell=shell, now=now)


def _feed(
    article_ids: Sequence[int],
    *,
    title: str,
    description: str,
    home: str,
    address: str,
    shell: Shell,
    now: datetime,
    withdrawn: Sequence[Withdrawn] = (),
) -> Feed:
    pages = store.shown_articles(list(dict.fromkeys(article_ids)), now=now)
    items = [_item(page, shell) for page in pages.values()]
    return Feed(
        id=stable_id(shell.site_url, f"feed{home}"),
        title=title,
        description=description or title,
        publisher=shell.name,
        lang=shell.lang,
        home=shell.site_url + home,
        address=shell.site_url + address,
        hub=settings.WARTA_WEBSUB_HUB,
        items=tuple(sorted(items, key=lambda item: (item.changed_at, item.id), reverse=True)),
        withdrawn=tuple(withdrawn),
    )


def _item(page: ArticlePage, shell: Shell) -> Item:
    is_whole = settings.WARTA_FEEDS == "full"
    told = [max(correction.at, page.published_at) for correction in page.corrections]
    return Item(
        id=stable_id(shell.site_url, store.article_key(page.id)),
        address=shell.site_url + page.path,
        title=page.headline,
        summary=summary(page),
        html=html(page, shell) if is_whole else "",
        lang=page.lang,
        published_at=page.published_at,
        changed_at=max([page.updated_at or page.published_at, *told]),
        authors=tuple(Author(person.name, shell.site_url + person.path) for person in page.reporters),
        categories=tuple(dict.fromkeys(link.name for link in (page.rubric, *page.topics))),
        image=_image(page, shell.site_url),
    )


def summary(page: ArticlePage) -> str:
    """Return what an article says in short, behind what was corrected in it."""
    first = opening(page.body)
    words = page.standfirst or (Truncator(text_of(first.html)).chars(_SUMMARY) if first else "")
    with translation.override(page.lang):
        told = [f"{_KINDS[correction.kind]}: {correction.right}" for correction in page.corrections]
    return " ".join((*told, words)).strip()


def html(page: ArticlePage, shell: Shell, *, has_photos: bool = True) -> str:
    """Return the whole text for other people's programs and pages: plain markup, whole addresses."""
    blocks = plain_blocks(page, shown_file)
    content = {
        "page": page,
        "lang": page.lang,
        "zone": zone(page.zone),
        "lead": shown_lead(page) if has_photos else None,
        "blocks": blocks if has_photos else [(block, file) for block, file in blocks if file is None],
    }
    with translation.override(page.lang):
        written = render_to_string("delivery/feed_item.html", content)
    body = markup.fragment_fromstring(written, create_parent="div")
    body.make_links_absolute(shell.site_url + page.path)
    return "".join(markup.tostring(part, encoding="unicode") for part in body).strip()


def shown_file(picture: Picture) -> File:
    """Return the file of a photo that a program is given."""
    return next((file for file in picture.jpeg if file.width >= _SHOWN_AT), picture.jpeg[-1])


def shown_lead(page: ArticlePage) -> File | None:
    """Return the file of an article's photo that a program is given: the crop for machines, where that is larger."""
    if page.lead is None:
        return None
    return max([shown_file(page.lead), *page.ratios[:1]], key=lambda file: file.width)


def _image(page: ArticlePage, site_url: str) -> Image | None:
    picture, file = page.lead, shown_lead(page)
    if picture is None or file is None:
        return None
    return Image(
        address=site_url + file.address,
        width=file.width,
        height=file.height,
        media_type="image/jpeg",
        alt=picture.alt,
        credit=picture.credit,
    )


def _withdrawn(page: GonePage, shell: Shell, *, is_here: bool) -> Withdrawn:
    with translation.override(page.lang):
        title = str(_TITLE_OF_WITHDRAWN)
    return Withdrawn(
        id=stable_id(shell.site_url, store.article_key(page.id)),
        address=shell.site_url + page.path.rpartition("/")[0],  # without the words of its headline
        title=title,
        reason=page.reason,
        at=page.withdrawn_at,
        is_here=is_here,
    )

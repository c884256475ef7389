"""Looks at an article as the rules of `prepublish` do, and words what they find: what, where, and how to mend it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from warta.lexicon import addresses
from warta.newsroom import live, texts
from warta.newsroom.desk.moments import moment, update_of
from warta.newsroom.desk.places import Labels
from warta.newsroom.likeness import bands
from warta.newsroom.models import Article, HouseWord, Photo, StoryBand
from warta.newsroom.models.style import story
from warta.newsroom.prepublish import Block, Draft, Finding, Level, PhotoWords, Twin, findings

_HREF: Final = re.compile(r'<a[^>]*\bhref="([^"]+)"')
_SURE: Final = 3
"""So many bands in common are a twin; fewer need a like headline too."""
_LIKE_HEADLINE: Final = 0.75
_SHOWN_TWINS: Final = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words."""

    level: str
    where: str
    what: str

    @property
    def is_error(self) -> bool:
        """Tell whether it stops a publication."""
        return self.level == Level.ERROR


def check(article: Article) -> list[Finding]:
    """Return what is to be mended in an article as it stands in the editor: four queries, whatever its length."""
    photos = _photos(article)
    now = timezone.now()
    blocks = [_block(article, number, raw, photos) for number, raw in enumerate(article.body.raw_data, start=1)]
    lead = article.lead_photo
    return findings(
        Draft(
            headline=article.headline,
            rubric=str(article.rubric_id or ""),
            standfirst=article.standfirst,
            lead=_words_of(article, lead, credit=article.lead_credit, alt="") if lead else None,
            blocks=blocks,
            dead_links=list(_dead_links(article)),
            twins=_twins(article),
            appears_at=max(article.go_live_at or now, now),
            replaced=_replaced(article),
            house_words=list(HouseWord.objects.values_list("wrong", "right")),
        )
    )


def told(article: Article, found: list[Finding]) -> list[Told]:
    """Return findings in the language of the person who reads them."""
    words = _words()
    return [Told(one.level, _where(article, one.place), words[one.code] % one.values) for one in found]


class ChecksPanel(BaseSidePanel):
    """What is to be mended before readers see it, beside the editor; made anew with each autosave."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        icon_name = "tasks"
        aria_label = None

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """Return how many findings there are."""
            self.aria_label = _("Checks before publishing")
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["count"] = len(self.panel.told)
            return context

    name = "prepublish"
    template_name = "newsroom/checks_panel.html"
    order = 310

    def __init__(self, article: Article, request: Any) -> None:
        super().__init__(article, request)
        self.title = _("Checks before publishing")
        self.told = told(article, check(article))

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the findings in words."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        return {**context, "told": self.told}


def _words() -> dict[str, str]:
    return {
        "no-headline": _("There is no headline. Write one of up to 110 characters."),
        "long-headline": _(
            "The headline has %(length)s characters; phones and search engines cut after 110. Shorten it."
        ),
        "no-rubric": _("No rubric is chosen. Choose one under “About it”."),
        "replaces-update": _(
            "An update of this article is scheduled for %(at)s. Publishing takes its place: it will not appear by"
            " itself."
        ),
        "no-credit": _("The photo “%(photo)s” names no source. Write its credit here or with the photo."),
        "no-alt": _(
            "The photo “%(photo)s” has no alternative text for those who cannot see it. Say in one sentence what it"
            " shows, or mark it as decorative."
        ),
        "rights-ended": _(
            "The rights over the photo “%(photo)s” end on %(until)s. Choose another one, or extend them with the photo."
        ),
        "rights-ending": _("The rights over the photo “%(photo)s” end soon: on %(until)s."),
        "no-speaker": _("Nobody is named for the quote “%(words)s”. Write who said it."),
        "entry-ahead": _("The moment of this development lies ahead of its publication. Put it right."),
        "dead-link": _("The link %(address)s leads to an article that readers cannot see. Take it out or change it."),
        "twin": _(
            "“%(headline)s” (%(address)s) says nearly the same. Is this an update of it rather than a new article?"
        ),
        "house-word": _("This paper writes “%(right)s”, not “%(wrong)s”."),
    }


def _where(article: Article, place: str) -> str:
    name, _colon, number = place.partition(":")
    if name == texts.BODY and number:
        return f"{Labels(article).label(name, article.body.raw_data[int(number) - 1])} ({number})"
    return Labels(article).label(name)


def _replaced(article: Article) -> str:
    update = update_of(article)
    is_put_off = article.go_live_at is not None and article.go_live_at > timezone.now()
    return "" if update is None or is_put_off else moment(update.approved_go_live_at, article)


def _photos(article: Article) -> dict[int, Photo]:
    ids = [raw["value"].get("photo") for raw in article.body.raw_data if raw["type"] == "photo"]
    return dict(Photo.objects.in_bulk([pk for pk in ids if pk])) if ids else {}


def _words_of(article: Article, photo: Photo, *, credit: str, alt: str, is_decorative: bool = False) -> PhotoWords:
    return PhotoWords(
        photo.title,
        credit or photo.credit,
        alt or photo.description,
        is_decorative=is_decorative,
        rights_until=photo.rights_until,
        until=moment(photo.rights_until, article) if photo.rights_until else "",
    )


def _block(article: Article, number: int, raw: Any, photos: dict[int, Photo]) -> Block:
    kind, value = raw["type"], raw["value"]
    match kind:
        case "quote":
            return Block(number, kind, value.get("text", ""), speaker=value.get("speaker") or "")
        case "photo" if photo := photos.get(value.get("photo")):
            words = _words_of(
                article,
                photo,
                credit=value.get("credit") or "",
                alt=value.get("alt") or "",
                is_decorative=bool(value.get("decorative")),
            )
            return Block(number, kind, value.get("caption") or "", photo=words)
        case live.ENTRY:
            return Block(number, kind, live.said(raw), at=live.moment(raw))
        case "paragraph" | "heading":
            return Block(number, kind, texts.words(value))
    return Block(number, kind, "")


def _dead_links(article: Article) -> Iterator[tuple[str, str]]:
    linked: list[tuple[str, str, int]] = []
    for number, raw in enumerate(article.body.raw_data, start=1):
        rich = raw["value"].get("text") if raw["type"] == live.ENTRY else raw["value"]
        if raw["type"] == "read_also" and raw["value"]:
            linked.append((f"body:{number}", f"Baca juga: {raw['value']}", int(raw["value"])))
        elif raw["type"] in {"paragraph", live.ENTRY}:
            hrefs = [(href, _own_article(href)) for href in _HREF.findall(str(rich))]
            linked += [(f"body:{number}", href, pk) for href, pk in hrefs if pk is not None]
    seen = Article.objects.filter(pk__in=[pk for _, _, pk in linked], live=True, withdrawn_at=None) if linked else None
    alive = set(seen.values_list("pk", flat=True)) if seen is not None else set()
    yield from ((place, address) for place, address, pk in linked if pk not in alive)


def _own_article(href: str) -> int | None:
    parts, own = urlsplit(href), urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if parts.netloc not in {"", own.netloc}:
        return None
    address = addresses.read_article(parts.path)
    return address.id if address else None


def _twins(article: Article) -> list[Twin]:
    mine = bands(story(article))
    alike = StoryBand.objects.filter(band__in=mine, article__live=True).exclude(article=article.pk)
    rows = (
        alike.values("article").annotate(shared=Count("pk")).order_by("-shared")
        .values_list("article", "shared", "article__headline")[:_SHOWN_TWINS]
    )  # fmt: skip
    return [
        Twin(headline, f"#{pk}")
        for pk, shared, headline in (rows if mine else [])
        if shared >= _SURE or SequenceMatcher(None, headline, article.headline).ratio() >= _LIKE_HEADLINE
    ]

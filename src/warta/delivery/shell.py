"""What every page of the paper shares: its name, breaking news and rubrics above, channels and static pages below."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from warta.lexicon.zones import zone
from warta.paper import store
from warta.paper.pages import BreakingPage, FrontPage, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The frame around a page; `lang` and `zone` are the site's, not those of the article within."""

    name: str
    tagline: str
    site_url: str
    lang: str
    zone: ZoneInfo
    rubrics: tuple[FrontPage, ...] = ()
    channels: tuple[FrontPage, ...] = ()
    pages: tuple[Link, ...] = ()
    breaking: BreakingPage | None = None
    may_republish: bool = False


def bare() -> Shell:
    """Return the frame as far as the settings know it, for a page that must not ask the database."""
    return Shell(
        name=settings.WARTA_NAME,
        tagline=settings.WARTA_TAGLINE,
        site_url=settings.WARTA_SITE_URL,
        lang=settings.LANGUAGE_CODE,
        zone=zone(settings.WARTA_ZONE),
        may_republish=bool(settings.WARTA_REPUBLISH),
    )


def current(*, now: datetime) -> Shell:
    """Return the frame with the rubrics, channels, static pages and breaking news of `now`: one query."""
    frame = store.frame(now=now)
    return Shell(
        name=settings.WARTA_NAME,
        tagline=settings.WARTA_TAGLINE,
        site_url=settings.WARTA_SITE_URL,
        lang=settings.LANGUAGE_CODE,
        zone=zone(settings.WARTA_ZONE),
        may_republish=bool(settings.WARTA_REPUBLISH),
        rubrics=frame.rubrics,
        channels=frame.channels,
        pages=tuple(Link(name=page.title, path=page.path) for page in frame.statics),
        breaking=frame.breaking,
    )

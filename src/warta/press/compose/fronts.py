"""Compose the fronts of rubrics, channels, topics and people, and the static pages."""

from typing import Final

from django.conf import settings

from warta.lexicon import addresses
from warta.newsroom.reading import Channel, Contributor, Rubric, StaticPage, Topic
from warta.paper.pages import FrontKind, FrontPage
from warta.paper.pages import StaticPage as PressedStatic
from warta.press import pictures
from warta.press.compose.blocks import blocks

_KINDS: Final[dict[type, FrontKind]] = {
    Rubric: "rubric",
    Channel: "channel",
    Topic: "topic",
    Contributor: "person",
}


def front(source: Rubric | Channel | Topic | Contributor) -> FrontPage:
    """Return the front of a rubric, channel, topic or person."""
    kind = _KINDS[type(source)]
    is_person = isinstance(source, Contributor)
    return FrontPage(
        kind=kind,
        list=f"{kind}:{source.pk}",
        slug=source.slug,
        name=source.name,
        path=addresses.front(kind, source.slug),
        description=source.about if isinstance(source, Contributor) else source.description,
        role=source.role if is_person else "",
        order=source.order if isinstance(source, Rubric | Channel) else 0,
        portrait=pictures.picture(source.portrait, pictures.SQUARE, alt=source.name)
        if isinstance(source, Contributor) and source.portrait
        else None,
    )


def static(source: StaticPage) -> PressedStatic:
    """Return a static page."""
    return PressedStatic(
        slug=source.slug,
        path=addresses.static_page(source.slug),
        lang=source.language or settings.LANGUAGE_CODE,
        title=source.title,
        order=source.order,
        body=blocks(source.body),
        updated_at=source.updated_at,
    )

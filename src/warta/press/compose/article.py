"""Compose the page of an article."""

from warta.lexicon import zones
from warta.lexicon.press_rules import Ground
from warta.newsroom import reading
from warta.newsroom.reading import Article, Byline, Rules
from warta.paper.pages import ArticlePage, GonePage, Link, Teaser
from warta.press import pictures
from warta.press.compose import rules
from warta.press.compose.blocks import blocks
from warta.press.compose.links import link


def article(source: Article, said: Rules | None = None) -> ArticlePage:
    """Return the page of an article as its fields are now, live or draft (the preview composes drafts).

    `said` is what the press rules say of it, where that is known already.
    """
    reporters = _people(source, Byline.REPORTER)
    said = said or reading.rules(source)
    lead = _lead(source)
    teaser = Teaser(
        id=source.pk or 0,
        headline=source.headline,
        path=source.path,
        lang=source.language,
        published_at=source.published_at,
        rubric=link(source.rubric),
        channel=link(source.channel),
        standfirst=source.standfirst,
        by=reporters,
        wide=lead.wide,
        square=lead.square,
    )
    return ArticlePage(
        id=teaser.id,
        path=source.path,
        lang=source.language,
        channel=teaser.channel,
        rubric=teaser.rubric,
        headline=source.headline,
        standfirst=source.standfirst,
        lead=teaser.wide,
        ratios=lead.ratios,
        place=source.place,
        zone=zones.zone(source.zone).key,
        published_at=teaser.published_at,
        updated_at=source.updated_at,
        reporters=reporters,
        editors=_people(source, Byline.EDITOR),
        initials=source.initials,
        topics=tuple(link(topic) for topic in source.topics.all()),
        body=blocks(source.body),
        unverified=said.notice.words if said.notice else "",
        corrections=rules.corrections(said),
        ties=rules.ties(said),
        translations=rules.translations(said),
        versions=said.versions,
        teaser=teaser,
    )


def gone(source: Article) -> GonePage:
    """Return what stands at the address of a withdrawn article."""
    if source.withdrawn_at is None:
        raise ValueError(f"article {source.pk} is not withdrawn")
    return GonePage(
        id=source.pk,
        path=source.path,
        lang=source.language,
        headline=source.headline,
        ground=Ground(source.withdrawal_ground) if source.withdrawal_ground else None,
        reason=source.withdrawal_reason,
        withdrawn_at=source.withdrawn_at,
    )


def lists(source: Article) -> list[str]:
    """Return the lists in which an article stands, besides the list of everything."""
    people = dict.fromkeys(byline.contributor_id for byline in source.bylines.all())
    return [
        f"rubric:{source.rubric_id}",
        f"channel:{source.channel_id}",
        *(f"topic:{topic.pk}" for topic in source.topics.all()),
        *(f"person:{contributor_id}" for contributor_id in people),
    ]


def _people(source: Article, role: str) -> tuple[Link, ...]:
    return tuple(link(byline.contributor) for byline in source.bylines.all() if byline.role == role)


def _lead(source: Article) -> pictures.Lead:
    photo = source.lead_photo
    if photo is None:
        return pictures.Lead(None, None, ())
    return pictures.lead(
        photo,
        alt=photo.description,
        caption=source.lead_caption or photo.caption,
        credit=source.lead_credit or photo.credit,
    )

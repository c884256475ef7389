"""Compose what the press rules put on an article's page: corrections, and the articles tied to it; translations too."""

from collections.abc import Iterator
from datetime import datetime

from warta.lexicon.press_rules import Seriousness
from warta.newsroom.reading import Article, Rules
from warta.paper.pages import Correction, Link, Tie, TieKind, Translation


def corrections(rules: Rules) -> tuple[Correction, ...]:
    """Return what readers were told of errors in an article, the newest last."""
    return tuple(
        Correction(
            id=row.pk,
            kind="erratum" if row.kind == "erratum" else "correction",
            is_serious=row.seriousness == Seriousness.SERIOUS,
            wrong=row.wrong,
            right=row.right,
            at=row.told_at,
            mends=row.corrects.published_at if row.corrects else None,
            stands_in=_link(row.stands_in),
        )
        for row in rules.corrections
    )


def ties(rules: Rules) -> tuple[Tie, ...]:
    """Return the published articles that a rule ties to an article; what this article does to others comes first."""
    return tuple(_ties(rules))


def translations(rules: Rules) -> tuple[Translation, ...]:
    """Return where readers find an article in other languages."""
    return tuple(Translation(lang=row.language, headline=row.headline, path=row.path) for row in rules.translations)


def _ties(rules: Rules) -> Iterator[Tie]:
    seen = set()
    for brought in rules.brought:
        if brought.article_id not in seen:
            seen.add(brought.article_id)
            yield from _tie("corrects", brought.article, brought.published_at)
    for reply in rules.carried:
        yield from _tie("replies-to", reply.article, reply.answered_at, reply.party)
    for followed in rules.followed:
        yield from _tie("verifies", followed.article, followed.noted_at)
    if rules.notice is not None:
        yield from _tie("verified", rules.notice.follow_up, rules.notice.followed_up_at)
    for reply in rules.answered:
        yield from _tie("reply", reply.answer, reply.answered_at, reply.party)


def _tie(kind: TieKind, other: Article | None, at: datetime | None, party: str = "") -> Iterator[Tie]:
    if other is not None and other.live and at is not None:
        yield Tie(kind=kind, headline=other.headline, path=other.path, lang=other.language, at=at, party=party)


def _link(other: Article | None) -> Link | None:
    return Link(name=other.headline, path=other.path) if other is not None and other.live else None

"""Names and where they lead."""

from datetime import datetime

from warta.lexicon import addresses, zones
from warta.newsroom.reading import Article, Channel, Contributor, Rubric, Topic
from warta.paper.pages import Link

_KINDS = {Rubric: "rubric", Channel: "channel", Topic: "topic", Contributor: "person"}


def link(subject: Rubric | Channel | Topic | Contributor) -> Link:
    """Return the name of a subject or person and the address of their front."""
    return Link(name=subject.name, path=addresses.front(_KINDS[type(subject)], subject.slug))


def published_at(article: Article) -> datetime:
    """Return the instant of the dateline: first published, or when it is going to be."""
    return article.first_published_at or article.go_live_at or article.made_at


def article_path(article: Article) -> str:
    """Return the address of an article; its day is that of its dateline, in its own zone."""
    day = published_at(article).astimezone(zones.zone(article.zone)).date()
    return addresses.article(article.rubric.slug, day, article.pk, article.slug)

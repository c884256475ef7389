"""Names and where they lead."""

from warta.lexicon import addresses
from warta.newsroom.reading import Channel, Contributor, Rubric, Topic
from warta.paper.pages import Link

_KINDS = {Rubric: "rubric", Channel: "channel", Topic: "topic", Contributor: "person"}


def link(subject: Rubric | Channel | Topic | Contributor) -> Link:
    """Return the name of a subject or person and the address of their front."""
    return Link(name=subject.name, path=addresses.front(_KINDS[type(subject)], subject.slug))

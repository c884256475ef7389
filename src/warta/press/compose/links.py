"""Names and where they lead, and links of an archive that lead to where its articles are now."""

import html
import re
from collections.abc import Mapping
from typing import Any, Final

from warta.lexicon import addresses
from warta.newsroom.reading import Channel, Contributor, Rubric, Topic
from warta.paper.pages import Link

_HREF: Final = re.compile(r'href="(/[^"]*)"')
_KINDS = {Rubric: "rubric", Channel: "channel", Topic: "topic", Contributor: "person"}


def link(subject: Rubric | Channel | Topic | Contributor) -> Link:
    """Return the name of a subject or person and the address of their front."""
    return Link(name=subject.name, path=addresses.front(_KINDS[type(subject)], subject.slug))


def within(stream: Any) -> set[str]:
    """Return the links within the site that the rich text of a body holds and that are no addresses of articles."""
    raw = (
        block["value"] if block["type"] == "paragraph" else block["value"].get("text")
        for block in stream.raw_data
        if block["type"] in {"paragraph", "entry"}
    )
    said = {html.unescape(href) for value in raw if isinstance(value, str) for href in _HREF.findall(value)}
    return {link for link in said if addresses.article_id(link) is None}


def led_on(markup: str, led: Mapping[str, str]) -> str:
    """Return markup whose links lead on."""
    if not led:
        return markup

    def _now(found: re.Match[str]) -> str:
        target = led.get(html.unescape(found[1]))
        return f'href="{html.escape(target)}"' if target else found[0]

    return _HREF.sub(_now, markup)

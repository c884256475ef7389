"""Corrections, requests to reply and an unverified report of the invented paper, made as an editor makes them."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from warta.newsroom.actions.correct import correct
from warta.newsroom.actions.mark_unverified import mark_unverified
from warta.newsroom.actions.receive_reply import receive_reply
from warta.newsroom.reading import Article, Correction

_FILE: Final = Path(__file__).with_name("rules.toml")


def rules(articles: list[Article], *, by: Any, now: datetime) -> None:
    """Make what `rules.toml` says of those of the articles that were made."""
    made = {article.uri: article for article in articles}
    said = tomllib.loads(_FILE.read_text("utf-8"))
    for entry in said["correction"]:
        if article := made.get(f"demo:{entry.pop('article')}"):
            correct(Correction(article=article, **entry), by=by, now=now)
    for entry in said["reply"]:
        if article := made.get(f"demo:{entry.pop('article')}"):
            receive_reply(article, by=by, now=now, received_at=article.published_at, **entry)
    for entry in said["unverified"]:
        if article := made.get(f"demo:{entry.pop('article')}"):
            mark_unverified(article, by=by, now=now, words=entry["words"])

"""`warta demo`: an invented paper, with people who can sign in and a week of reads."""

import math
import random
import secrets
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, TypedDict

import click
from django.contrib.auth.models import User
from django.utils import timezone

from warta.config import users
from warta.config.helping import helping_worker
from warta.ingest.demo import content, load, rules
from warta.newsroom import reading
from warta.newsroom.reading import Article
from warta.press import run as press
from warta.reads import buckets, lists

_LOGINS: Final = (("reporter", "reporter", "Laras Wiragama"), ("editor", "editor", "Danu Zulkarnaen Kertapati"))
_WEEK: Final = timedelta(days=7)


class Made(TypedDict):
    """What was made: how many articles, in how many seconds, and the logins that were new."""

    articles: int
    seconds: float
    logins: list[dict[str, str]]


def make(*, limit: int | None = None, is_quiet: bool = False) -> Made:
    """Fill the paper and return what was made; articles that are there already are brought up to date."""
    start, now = time.monotonic(), timezone.now()
    if not is_quiet:
        click.echo("Making an invented paper; its photos are drawn now, which takes a few minutes.")
    load.people()
    logins = [login for role, name, full_name in _LOGINS if (login := _login(role, name, full_name))]
    editor = User.objects.filter(username="editor").first()
    is_new = not has_articles()
    stories = _some(content.stories(now), limit)
    made: list[Article] = []
    with (
        helping_worker(),
        click.progressbar(length=len(stories), label="Articles", show_pos=True, hidden=is_quiet) as bar,
    ):
        for article in load.articles(stories, by=editor, now=now):
            made.append(article)
            bar.update(1)
        if is_new:
            rules.rules(made, by=editor, now=timezone.now())
        press.press_all()
    if is_new:
        buckets.backfill(week_of_reads(made, now))
    lists.refresh(now)
    return Made(articles=len(made), seconds=time.monotonic() - start, logins=logins)


def _some(stories: list[content.Story], limit: int | None) -> list[content.Story]:
    """Return at most `limit` stories: half of them the newest, the others evenly from the first one on."""
    if limit is None or limit >= len(stories):
        return stories
    old = limit // 2
    past = len(stories) - (limit - old)
    return [stories[place * past // old] for place in range(old)] + stories[past:]


def has_articles() -> bool:
    """Tell whether the paper, whose tables exist, has any article."""
    return reading.has_articles()


def in_words(made: Made) -> str:
    """Return what was made for people; passwords are told here and never again."""
    lines = [f"{made['articles']} articles in {made['seconds']:.0f} s."]
    if made["logins"]:
        lines.append(
            "Sign in under /redaksi/ (these passwords are shown once; `warta user password NAME` makes new ones):"
        )
        lines += [f"  {login['role']:9} {login['user']} / {login['password']}" for login in made["logins"]]
    return "\n".join(lines)


def week_of_reads(articles: list[Article], now: datetime) -> Iterator[tuple[int, datetime, int]]:
    """Return invented readers (article, hour, how many) of the last seven days: more for the new, none by night."""
    for article in articles:
        chance = random.Random(article.pk)
        age_days = (now - (article.first_published_at or now)) / timedelta(days=1)
        appeal = chance.paretovariate(1.3) * (12 if age_days < 7 else 0.6)
        hour = max(now - _WEEK + timedelta(hours=1), article.first_published_at or now)
        while hour <= now:
            since_days = (hour - (article.first_published_at or now)) / timedelta(days=1)
            daytime = 0.15 + max(0.0, math.sin((hour.hour - 22) % 24 / 24 * math.pi))
            readers = int(appeal * daytime * math.exp(-min(since_days, 3)) + chance.random() * 0.4)
            if readers:
                yield article.pk, hour, readers
            hour += timedelta(hours=1)


def _login(role: str, name: str, full_name: str) -> dict[str, str] | None:
    if User.objects.filter(username=name).exists():
        return None
    password = secrets.token_urlsafe(12)
    users.add(name, role=role, password=password, full_name=full_name)
    return {"role": role, "user": name, "password": password}

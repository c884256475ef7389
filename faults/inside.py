"""What runs in the settings of a paper, in a process of its own: `python -m faults.inside paths`, or what is below.

`desk` reads one word a line: `publish` publishes the next draft, `withdraw ADDRESS` an article; it answers with the
headline and the instant of the commit on the monotonic clock, which all processes of a machine share.
"""

import json
import os
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "warta.config.settings.newsroom")
django.setup()

from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from warta.lexicon import addresses
from warta.lexicon.press_rules import Ground
from warta.newsroom.actions.publish import publish
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article
from warta.paper import lists


def paths() -> None:
    """Print the addresses of all articles that can be seen, newest first."""
    now = timezone.now()
    print(json.dumps([teaser.path for teaser in lists.latest(now=now, limit=1_000_000)]))


def desk() -> None:
    """Publish and withdraw at a word, until there are no more words."""
    drafts = iter(list(Article.objects.filter(live=False, withdrawn_at=None).order_by("pk")))
    print("ready", flush=True)
    for line in sys.stdin:
        word, _, path = line.strip().partition(" ")
        if word == "publish":
            article = next(drafts)
            article.first_published_at = None
            publish(article, by=None, now=timezone.now())
        else:
            address = addresses.read_article(path)
            if address is None:
                raise ValueError(f"{path} is no article's address")
            article = Article.objects.get(pk=address.id)
            withdraw(article, by=None, now=timezone.now(), ground=Ground.COUNCIL, reason="Diuji.")
        print(json.dumps({"headline": article.headline, "at": time.monotonic()}), flush=True)


def schedule() -> None:
    """Schedule all drafts: the first so many seconds from now, the others over a span; print id, path, instant."""
    first, span = (float(word) for word in sys.argv[2:4])
    drafts = list(Article.objects.filter(live=False, withdrawn_at=None).order_by("pk"))
    begin, rows = timezone.now() + timedelta(seconds=first), []
    for number, article in enumerate(drafts):
        article.first_published_at = None
        article.go_live_at = begin + timedelta(seconds=span * number / len(drafts))
        publish(article, by=None, now=timezone.now())
        rows.append({"id": article.pk, "path": article.path, "at": article.go_live_at.timestamp()})
    print(json.dumps(rows))


def poison() -> None:
    """Let the database refuse that one article goes live."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TRIGGER poisoned BEFORE UPDATE ON newsroom_article WHEN NEW.id = {int(sys.argv[2])} AND NEW.live"
            " BEGIN SELECT RAISE(ABORT, 'poisoned'); END"
        )


def logged() -> None:
    """Print of each article whether it is live, and when its schedule was said to take effect."""
    entries: dict[int, list[float]] = {}
    for entry in ModelLogEntry.objects.filter(action="wagtail.publish.scheduled"):
        entries.setdefault(int(entry.object_id), []).append(entry.timestamp.timestamp())
    rows = Article.objects.values_list("pk", "live")
    print(json.dumps([{"id": pk, "live": is_live, "at": entries.get(pk, [])} for pk, is_live in rows]))


if __name__ == "__main__":
    {f.__name__: f for f in (paths, desk, schedule, poison, logged)}[sys.argv[1]]()

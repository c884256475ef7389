"""What runs in the settings of a paper, in a process of its own: `python -m faults.inside paths|desk`.

`desk` reads one word a line: `publish` publishes the next draft, `withdraw ADDRESS` an article; it answers with the
headline and the instant of the commit on the monotonic clock, which all processes of a machine share.
"""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "warta.config.settings.newsroom")
django.setup()

from django.utils import timezone

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


if __name__ == "__main__":
    {"paths": paths, "desk": desk}[sys.argv[1]]()

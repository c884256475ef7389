"""What runs in the settings of a paper, in a process of its own: `python -m faults.inside paths`, or what is below.

`desk` reads one word a line: `publish` publishes the next draft, `withdraw ADDRESS` an article; it answers with the
headline and the instant of the commit on the monotonic clock, which all processes of a machine share.
"""

import contextlib
import json
import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from operator import sub

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "warta.config.settings.newsroom")
django.setup()

from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Sum
from django.utils import timezone
from wagtail.models import ModelLogEntry

from warta.lexicon import addresses
from warta.lexicon.press_rules import Ground
from warta.newsroom.actions.publish import publish
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, SignIn
from warta.newsroom.signin import throttle
from warta.paper import lists
from warta.reads.models import ReadHour, Seen, Sieved


def paths() -> None:
    """Print the addresses of all articles that can be seen, newest first."""
    now = timezone.now()
    print(json.dumps([teaser.path for teaser in lists.latest(now=now, limit=1_000_000)]))


def counted() -> None:
    """Print what became of all beacons, how many reads stand in the hours, and how many hours of readers were seen."""
    seen = sum((hours & 0xFFFFFF).bit_count() for hours in Seen.objects.values_list("hours", flat=True).iterator())
    reads = ReadHour.objects.aggregate(sum=Sum("reads"))["sum"] or 0
    fates = Sieved.objects.filter(signal="read").values_list("rule").annotate(sum=Sum("count"))
    print(json.dumps({"fates": dict(fates), "reads": reads, "seen": seen}))


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


def guess() -> None:
    """Refuse passwords of one who exists and of one who does not, in turn; time the limiter with a full table."""
    tries, rows, timed = (int(word) for word in sys.argv[2:5])
    User.objects.create_user("ada", password="kata-sandi-uji-4471")
    took: dict[str, list[float]] = {"ada": [], "tiada": []}
    for _ in range(tries):
        for name, times in took.items():
            start = time.perf_counter()
            authenticate(None, username=name, password="kata-sandi-salah-9")
            times.append(time.perf_counter() - start)
    now = timezone.now()
    SignIn.objects.bulk_create(
        [
            SignIn(account=f"{number % 997:032}", network=f"10.{number % 251}.0.0/24", address="10.0.0.1", at=now)
            for number in range(rows)
        ],
        batch_size=5_000,
    )
    cost = []
    for number in range(timed):
        start = time.perf_counter()
        with contextlib.suppress(throttle.TooManyTriesError):
            throttle.begin(f"nama{number % 50}", address=f"192.0.2.{number % 250}", agent="", now=now)
        cost.append((time.perf_counter() - start) * 1000)
    print(json.dumps({**_told(took, cost), "looked_at": _looked_at(now)}))


def _told(took: dict[str, list[float]], cost: list[float]) -> dict[str, float]:
    medians = {name: round(statistics.median(times) * 1000, 3) for name, times in took.items()}
    return {
        "known_ms": medians["ada"],
        "unknown_ms": medians["tiada"],
        "differ_ms": round(statistics.median(map(sub, took["ada"], took["tiada"])) * 1000, 3),
        "limiter_p50_ms": round(statistics.median(cost), 3),
        "limiter_p99_ms": round(sorted(cost)[int(len(cost) * 0.99)], 3),
    }


def _looked_at(now: datetime) -> int:
    """Return how many of 1,000 guesses of one account, from as many networks and at one instant, pass the limiter."""

    def one(number: int) -> bool:
        try:
            throttle.begin("korban", address=f"10.{number // 250}.{number % 250}.9", agent="", now=now)
        except throttle.TooManyTriesError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(16) as pool:
        return sum(pool.map(one, range(1_000)))


if __name__ == "__main__":
    {f.__name__: f for f in (paths, counted, desk, schedule, poison, logged, guess)}[sys.argv[1]]()

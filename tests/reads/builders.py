"""Builds articles in the paper and reads of them, and tells what was counted."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count

from django.db.models import Sum

from warta.lexicon import addresses
from warta.paper import store
from warta.paper.pages import ArticlePage, Link, Teaser
from warta.reads import buckets
from warta.reads.buckets import Batch, Mark, Read
from warta.reads.models import ReadHour, Sieved
from warta.reads.reader import origin, seed
from warta.reads.sieve import Rule, Signal

NOON = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_numbers = count(1)


def put(article_id: int, *, visible_until: datetime | None = None, rubric: str = "dunia", lang: str = "id") -> None:
    """Put an article into the paper, to be seen since 2020."""
    published_at = datetime(2020, 1, 1, tzinfo=UTC)
    path = addresses.article(rubric, published_at.date(), article_id, "judul")
    in_rubric, channel = Link(name=rubric.title(), path=f"/{rubric}"), Link(name="Berita", path="/kanal/berita")
    headline = f"Judul {article_id}"
    page = ArticlePage(
        id=article_id,
        path=path,
        lang=lang,
        channel=channel,
        rubric=in_rubric,
        headline=headline,
        zone="Asia/Jakarta",
        published_at=published_at,
        teaser=Teaser(
            id=article_id,
            headline=headline,
            path=path,
            lang=lang,
            published_at=published_at,
            rubric=in_rubric,
            channel=channel,
        ),
    )
    store.put(
        store.article_key(article_id),
        page,
        visible_from=published_at,
        visible_until=visible_until,
        lists=[store.ALL, f"rubric:{rubric}"],
    )


def read(
    article_id: int = 1, who: str = "203.0.113.7", at: datetime = NOON, *, agent: str = BROWSER
) -> tuple[Read, Mark]:
    """Make a read as the tally hands it on; each `who` that is no address has one of its own."""
    place = who if "." in who or ":" in who else f"10.{sum(map(ord, who)) % 250}.{len(who)}.{ord(who[0])}"
    from_where = origin(place, "", trusted=())
    second = int(at.timestamp())
    mark = Mark(*from_where, second // 60, "direct", "desktop")
    return Read(article_id, second // 3600, seed(from_where.address, agent + who)), mark


def apart(number: int) -> str:
    """Return an address that shares its network with no other number's."""
    return f"{11 + number // 65536}.{number // 256 % 256}.{number % 256}.7"


def add(reads: Iterable[tuple[Read, Mark]], *, now: datetime = NOON, process: str = "test") -> int:
    """Write reads as a flush of their own, and return how many were counted."""
    return buckets.add(Batch(next(_numbers), dict(reads)), process=process, now=now)


def counted(article_id: int = 1) -> tuple[int, int]:
    """Return the (reads, readers) of an article, all hours together."""
    sums = ReadHour.objects.filter(article_id=article_id).aggregate(reads=Sum("reads"), readers=Sum("readers"))
    return sums["reads"] or 0, sums["readers"] or 0


def fates(signal: Signal = Signal.READ) -> dict[Rule, int]:
    """Return what became of all beacons of a kind, as it is written down."""
    rows = Sieved.objects.filter(signal=signal).values_list("rule").annotate(sum=Sum("count"))
    return {Rule(rule): total for rule, total in rows}


def later(**span: int) -> datetime:
    """Return an instant after noon."""
    return NOON + timedelta(**span)

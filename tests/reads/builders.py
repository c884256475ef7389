"""Builds articles in the paper and reads of them, and tells what was counted."""

from datetime import UTC, datetime, timedelta

from django.db.models import Sum

from warta.lexicon import addresses
from warta.paper import store
from warta.paper.pages import ArticlePage, Link, Teaser
from warta.reads.buckets import Read, hour_of
from warta.reads.models import ReadHour
from warta.reads.reader import seed

NOON = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def put(article_id: int, *, visible_until: datetime | None = None) -> None:
    """Put an article into the paper, to be seen since 2020."""
    published_at = datetime(2020, 1, 1, tzinfo=UTC)
    path = addresses.article("dunia", published_at.date(), article_id, "judul")
    rubric, channel = Link(name="Dunia", path="/dunia"), Link(name="Berita", path="/kanal/berita")
    headline = f"Judul {article_id}"
    page = ArticlePage(
        id=article_id,
        path=path,
        lang="id",
        channel=channel,
        rubric=rubric,
        headline=headline,
        zone="Asia/Jakarta",
        published_at=published_at,
        teaser=Teaser(
            id=article_id,
            headline=headline,
            path=path,
            lang="id",
            published_at=published_at,
            rubric=rubric,
            channel=channel,
        ),
    )
    store.put(
        store.article_key(article_id),
        page,
        visible_from=published_at,
        visible_until=visible_until,
        lists=[store.ALL],
    )


def read(article_id: int = 1, who: str = "203.0.113.7", at: datetime = NOON) -> Read:
    """Make a read as the tally hands it on."""
    return Read(article_id, hour_of(at), seed(who, BROWSER))


def counted(article_id: int = 1) -> tuple[int, int]:
    """Return the (reads, readers) of an article, all hours together."""
    sums = ReadHour.objects.filter(article_id=article_id).aggregate(reads=Sum("reads"), readers=Sum("readers"))
    return sums["reads"] or 0, sums["readers"] or 0


def later(**span: int) -> datetime:
    """Return an instant after noon."""
    return NOON + timedelta(**span)

"""Builds articles, fronts and lists for the tests of this room, and puts them into the real paper."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from warta.lexicon import addresses
from warta.paper import store
from warta.paper.pages import (
    ArticlePage,
    BreakingPage,
    Embed,
    File,
    FrontKind,
    FrontPage,
    GonePage,
    Heading,
    Link,
    Paragraph,
    Picture,
    PinPage,
    Quote,
    ReadAlso,
    StaticPage,
    Table,
    Teaser,
)

NOW = datetime(2024, 5, 3, 2, 0, tzinfo=UTC)
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
RUBRICS = (("dunia", "Dunia"), ("politik", "Politik"), ("bisnis", "Bisnis"))
CHANNELS = (("berita", "Berita"), ("opini", "Opini"), ("foto", "Foto"))
DUNIA = Link(name="Dunia", path="/dunia")
BERITA = Link(name="Berita", path="/kanal/berita")
SARI = Link(name="Sari Wiradjaja", path="/penulis/sari-wiradjaja")
BIMA = Link(name="Bima Antara", path="/penulis/bima-antara")


def picture(**values: Any) -> Picture:
    def files(suffix: str) -> tuple[File, ...]:
        return tuple(
            File(address=f"/gambar/{'0' * 32}-{width}x{width * 2 // 3}.{suffix}", width=width, height=width * 2 // 3)
            for width in (480, 960)
        )

    given: dict[str, Any] = {
        "alt": "Dermaga pada pagi hari",
        "caption": "Warga memadati dermaga, Jumat, 3 Mei 2024",
        "credit": "Antara Demo",
        "avif": files("avif"),
        "webp": files("webp"),
        "jpeg": files("jpg"),
    }
    return Picture(**{**given, **values})


def ratios() -> tuple[File, ...]:
    """Return a photo in the three ratios for machines; there are no such files."""
    return tuple(
        File(address=f"/gambar/{'0' * 32}-1200x{height}.jpg", width=1200, height=height) for height in (675, 900, 1200)
    )


def article(article_id: int, published_at: datetime = NOW - timedelta(hours=1), **values: Any) -> ArticlePage:
    headline = values.pop("headline", f"Kapal Nomor {article_id} Berlayar")
    zone = values.setdefault("zone", "Asia/Jakarta")
    rubric, channel = values.setdefault("rubric", DUNIA), values.setdefault("channel", BERITA)
    lang, standfirst = values.setdefault("lang", "id"), values.setdefault("standfirst", "")
    lead = values.setdefault("lead", None)
    reporters = values.setdefault("reporters", ())
    day = published_at.astimezone(ZoneInfo(zone)).date()
    path = addresses.article(rubric.path.strip("/"), day, article_id, addresses.slug(headline))
    teaser = Teaser(
        id=article_id,
        headline=headline,
        path=path,
        lang=lang,
        published_at=published_at,
        rubric=rubric,
        channel=channel,
        standfirst=standfirst,
        by=reporters,
        wide=lead,
        square=lead,
    )
    return ArticlePage(id=article_id, path=path, headline=headline, published_at=published_at, teaser=teaser, **values)


def full_article(article_id: int, lang: str, zone: str) -> ArticlePage:
    """Build an article with something in every block."""
    return article(
        article_id,
        datetime(2024, 5, 2, 23, 39, tzinfo=UTC),
        headline="Kapal Perintis Tiba di Senen" if lang == "id" else "Pioneer Ship Reaches Senen",
        lang=lang,
        zone=zone,
        standfirst="Muatannya 3 < 4 & lengkap.",
        lead=picture(),
        ratios=ratios(),
        place="Demak",
        reporters=(SARI, BIMA),
        initials="dzk",
        topics=(Link(name="Laut", path="/topik/laut"),),
        updated_at=datetime(2024, 5, 3, 0, 5, tzinfo=UTC),
        body=(
            Paragraph(html="Kapal itu <b>tiba</b> pagi &amp; siang."),
            Heading(text="Muatan"),
            Quote(text="Kami menunggu lama", speaker="Nelayan"),
            Paragraph(html="<ul><li>Beras</li><li>Kain</li></ul>"),
            Table(caption="Muatan kapal", head=("Barang", "Ton"), rows=(("Beras", "12"), ("Kain", "3"))),
            Embed(address="https://video.example/kapal", provider="video.example", title="Kapal tiba"),
            ReadAlso(headline="Jadwal Kapal", path="/dunia/read/2024/05/01/9/jadwal-kapal"),
            Paragraph(html="Kapal berangkat lagi besok."),
        ),
    )


def put(page: ArticlePage, *, until: datetime | None = None, **values: Any) -> ArticlePage:
    """Put an article where the press would put it."""
    rubric, channel = page.rubric.path.strip("/"), page.channel.path.rpartition("/")[2]
    store.put(
        store.article_key(page.id),
        page,
        visible_from=values.pop("visible_from", page.published_at),
        visible_until=until,
        lists=["all", f"rubric:{rubric}", f"channel:{channel}"],
        **values,
    )
    return page


def put_gone(article_id: int, **values: Any) -> GonePage:
    given: dict[str, Any] = {
        "id": article_id,
        "path": f"/dunia/read/2024/05/01/{article_id}/dicabut",
        "lang": "id",
        "headline": "Berita yang Dicabut",
        "reason": "Keterangan narasumber tidak terbukti.",
        "withdrawn_at": NOW - timedelta(hours=2),
    }
    page = GonePage(**{**given, **values})
    store.put(store.article_key(article_id), page, visible_from=LONG_AGO)
    return page


def put_front(kind: FrontKind, slug: str, name: str, **values: Any) -> FrontPage:
    page = FrontPage(kind=kind, slug=slug, name=name, list=f"{kind}:{slug}", path=addresses.front(kind, slug), **values)
    store.put(f"{kind}:{slug}", page, visible_from=LONG_AGO)
    return page


def put_pin(name: str, slot: str, article_id: int, *, until: datetime | None = None) -> None:
    """Put an article at a place of a front."""
    store.put(store.pin_key(name, slot), PinPage(article_id=article_id), visible_from=LONG_AGO, visible_until=until)


def put_breaking(text: str = "Gempa di Laut Selatan", target: str = "/indeks", **values: Any) -> None:
    """Put breaking news above every page for half an hour."""
    given = {"visible_from": NOW - timedelta(minutes=5), "visible_until": NOW + timedelta(minutes=30), **values}
    store.put(store.BREAKING, BreakingPage(text=text, target=target, at=NOW - timedelta(minutes=5)), **given)


def put_frame() -> None:
    """Put the rubrics, channels and one static page that stand around every page."""
    for order, (slug, name) in enumerate(RUBRICS):
        put_front("rubric", slug, name, order=order)
    for order, (slug, name) in enumerate(CHANNELS):
        put_front("channel", slug, name, order=order)
    about = StaticPage(
        slug="tentang",
        path="/laman/tentang",
        lang="id",
        title="Tentang Kami",
        body=(Paragraph(html="Koran ini <i>contoh</i>."),),
        updated_at=LONG_AGO,
    )
    store.put("static:tentang", about, visible_from=LONG_AGO)


def put_archive(count: int, *, first_id: int = 1, every: timedelta = timedelta(hours=7)) -> list[ArticlePage]:
    """Put varied articles, newest last: rubrics, channels, zones, languages, with and without a photo."""
    pages = []
    for number in range(count):
        slug, name = RUBRICS[number % 3]
        channel_slug, channel_name = CHANNELS[(number // 5) % 3]
        pages.append(
            put(
                article(
                    first_id + number,
                    NOW - every * (count - number) - timedelta(microseconds=number),
                    lang="en" if number % 4 == 3 else "id",
                    zone=ZONES[number % 3],
                    lead=picture() if number % 3 else None,
                    rubric=Link(name=name, path=f"/{slug}"),
                    channel=Link(name=channel_name, path=f"/kanal/{channel_slug}"),
                    reporters=(SARI,) if number % 2 else (),
                    body=(Paragraph(html=f"Alinea {number}."),),
                )
            )
        )
    return pages

"""An archive of any size for the benchmarks: invented articles of some 400 words, the same ones on every machine."""

import hashlib
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from tests.paper.bulk import put_pages
from warta.lexicon import addresses
from warta.paper import store
from warta.paper.pages import ArticlePage, File, FrontPage, Heading, Link, Paragraph, Picture, Quote, ReadAlso, Teaser
from warta.reads import buckets, lists

VERSION: Final = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
"""Changes with these words: an archive of another version is made anew."""
FIRST_AT: Final = datetime(2021, 1, 4, 0, 30, tzinfo=UTC)
SPAN: Final = timedelta(days=4 * 365)
_ZONE: Final = "Asia/Jakarta"
_PARAGRAPHS: Final = 9
_SENTENCES: Final = 4
_CHUNK: Final = 500
_PROCESSES: Final = 2
_WORDS_OF: Final = {
    "who": "Warga|Petani|Nelayan|Pedagang|Guru|Bupati|Peneliti|Pengelola pasar|Dinas pekerjaan umum|Pelatih|Mahasiswa",
    "does": "memperbaiki|menghitung ulang|menunda|membuka kembali|meninjau|mempercepat|menanyakan|menyiapkan|merawat",
    "what": "tanggul sungai|jadwal tanam|anggaran sekolah|jalur kereta|gudang beras|jembatan gantung|pasokan air",
    "where": "Demak|Ternate|Bitung|Karawang|Sorong|Kupang|Palu|Garut|Belitung|Jember|Banjarbaru|Merauke|Sibolga",
    "when": "sejak awal bulan|pada pekan kedua|setelah musim hujan|sebelum panen raya|dalam tiga hari|seusai rapat",
    "why": "karena biaya naik separuh|agar warga tidak menunggu lagi|walau hasilnya belum pasti|meski alatnya terbatas",
}
_CHOICES: Final = {name: words.split("|") for name, words in _WORDS_OF.items()}
_RUBRICS: Final = ("Nusantara", "Politik", "Hukum", "Bisnis", "Dunia", "Sains", "Olahraga", "Budaya")
_REPORTERS: Final = ("Sari Wiradjaja", "Bima Antara", "Komang Lestari", "Theo Lawarata", "Nurul Hasnaini")


def articles(count: int, *, step: int = 1) -> Iterator[ArticlePage]:
    """Return the articles of an archive of `count`, each one or each so many, oldest first, evenly over four years."""
    for number in range(0, count, step):
        yield _article(number + 1, FIRST_AT + SPAN * (number / count))


def fill(count: int) -> None:
    """Put the archive into the paper, whose tables exist and are empty, with its rubrics."""
    for order, name in enumerate(_RUBRICS):
        slug = addresses.slug(name)
        front = FrontPage(
            kind="rubric",
            list=f"rubric:{slug}",
            slug=slug,
            name=name,
            path=addresses.front("rubric", slug),
            order=order,
        )
        store.put(front.list, front, visible_from=FIRST_AT)
    pages = articles(count)
    while chunk := list(islice(pages, _CHUNK)):
        with transaction.atomic():
            put_pages(chunk, lambda page: (store.ALL, f"rubric:{page.rubric.path.strip('/')}", "channel:1"))


def warm(count: int) -> None:
    """Make the parts of all articles, as the worker does little by little: what is measured is a warm paper."""
    step = -(-count // _PROCESSES)
    command = [sys.executable, "-m", "bench.warming"]
    running = [
        subprocess.Popen([*command, str(first), str(min(first + step, count + 1))])
        for first in range(1, count + 1, step)
    ]
    if any(process.wait() for process in running):
        raise RuntimeError("the parts could not be made")


def be_read(count: int) -> None:
    """Let a hundred articles have readers in this hour, so that `Populer` is full."""
    now = timezone.now()
    buckets.backfill(((number, now, 200 - number) for number in range(1, min(count, 100) + 1)), now=now)
    lists.refresh(now)


def _article(article_id: int, at: datetime) -> ArticlePage:
    chance = random.Random(article_id)
    rubric = Link(name=(name := chance.choice(_RUBRICS)), path=addresses.front("rubric", addresses.slug(name)))
    channel = Link(name="Berita", path=addresses.front("channel", "berita"))
    headline = _headline(chance)
    day = at.astimezone(ZoneInfo(_ZONE)).date()
    path = addresses.article(rubric.path.strip("/"), day, article_id, addresses.slug(headline))
    place, standfirst = chance.choice(_CHOICES["where"]), _sentence(chance)
    teaser = Teaser(
        id=article_id,
        headline=headline,
        path=path,
        lang="id",
        published_at=at,
        rubric=rubric,
        channel=channel,
        standfirst=standfirst,
        wide=_picture(chance, (480, 800, 1280), 2 / 3),
        square=_picture(chance, (160, 320), 1.0),
    )
    reporters = chance.sample(_REPORTERS, 2)
    return ArticlePage(
        id=article_id,
        path=path,
        lang="id",
        channel=channel,
        rubric=rubric,
        headline=headline,
        standfirst=standfirst,
        lead=_picture(chance, (480, 800, 1280), 2 / 3),
        place=place,
        zone=_ZONE,
        published_at=at,
        reporters=tuple(Link(name=name, path=addresses.front("person", addresses.slug(name))) for name in reporters),
        initials="dzk",
        topics=(Link(name=place, path=addresses.front("topic", addresses.slug(place))),),
        body=_body(chance, path),
        teaser=teaser,
    )


def _body(chance: random.Random, path: str) -> tuple[Paragraph | Heading | Quote | ReadAlso, ...]:
    texts = [" ".join(_sentence(chance) for _ in range(_SENTENCES)) for _ in range(_PARAGRAPHS)]
    first, second, third, *rest = (Paragraph(html=text) for text in texts)
    also = ReadAlso(headline=_headline(chance), path=path)
    quote = Quote(text=_sentence(chance), speaker=chance.choice(_CHOICES["who"]))
    return (first, second, also, third, Heading(text=_headline(chance)), quote, *rest)


def _headline(chance: random.Random) -> str:
    who, does, what, where = (chance.choice(_CHOICES[name]) for name in ("who", "does", "what", "where"))
    return f"{who} {where} {does.capitalize()} {what.title()}"


def _sentence(chance: random.Random) -> str:
    said = {name: chance.choice(words) for name, words in _CHOICES.items()}
    return "{who} di {where} {does} {what} {when}, {why}.".format_map(said)


def _picture(chance: random.Random, widths: tuple[int, ...], ratio: float) -> Picture:
    def files(suffix: str, of: tuple[int, ...]) -> tuple[File, ...]:
        sizes = ((width, round(width * ratio)) for width in of)
        return tuple(
            File(address=f"/gambar/{chance.randbytes(16).hex()}-{width}x{height}.{suffix}", width=width, height=height)
            for width, height in sizes
        )

    words = {"alt": _sentence(chance), "caption": _sentence(chance).rstrip("."), "credit": "Nusa Foto"}
    return Picture(**words, avif=files("avif", widths), webp=files("webp", widths), jpeg=files("jpg", widths[-2:-1]))

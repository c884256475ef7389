"""Weighs one page of every kind of a paper of fixed words: what a reader's first view costs."""

import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.test import Client
from lxml import html

from tests.delivery import builders
from warta.delivery import edition, making, render, segments
from warta.paper import store
from warta.paper.pages import ArticlePage, Heading, Link, Paragraph, Quote
from warta.reads import buckets
from warta.reads import lists as reads

ARTICLE = 900
SARI = "sari-wiradjaja"
WORDS = Path(__file__).with_name("budget-words.txt").read_text().split()


def weighed(reader: Client) -> dict[str, dict[str, int]]:
    """Put a paper of fixed words into the store, and return the weights of one page of every kind."""
    article = _put_paper()
    gone = builders.put_gone(901).path
    kinds = {
        "article": (article, 200),
        "front": ("/", 200),
        "rubric": ("/dunia", 200),
        "index": ("/indeks", 200),
        "person": (f"/penulis/{SARI}", 200),
        "static": ("/laman/tentang", 200),
        "missing": ("/tidak-ada", 404),
        "gone": (gone, 410),
    }
    weights = {kind: _weights(reader, path, status) for kind, (path, status) in kinds.items()}
    weights["article"]["gzip_bytes"] = len(joined())
    return weights


def joined() -> bytes:
    """Return the article as the short path gives it: joined of pieces that were compressed apart."""
    part, frame = making.make(ARTICLE, now=builders.NOW), edition.make(builders.NOW).frames["id"]
    assert part is not None
    token = segments.laid(render.beacon_html(ARTICLE, builders.NOW.timestamp()))
    return segments.gzip([part.head, frame.top, part.body, token, frame.lists, frame.foot])


def _put_paper() -> str:
    """Put everything, and return the path of an article of 600 words with a photo."""
    chance = random.Random(600)
    builders.put_frame()
    builders.put_front("person", SARI, "Sari Wiradjaja", role="Reporter")
    for number in range(60):
        slug, name = builders.RUBRICS[number % 3]
        page = builders.article(
            1 + number,
            builders.NOW - timedelta(hours=5 * (60 - number)),
            headline=_sentence(chance, 8).title(),
            standfirst=_sentence(chance, 16),
            lead=builders.picture(caption=_sentence(chance, 10)),
            rubric=Link(name=name, path=f"/{slug}"),
            reporters=(builders.SARI,),
        )
        _place(page)
    reads.refresh(builders.NOW)  # makes the windows
    week = ((number, buckets.hour_of(builders.NOW), number + 10) for number in range(1, 10))
    buckets.backfill(week, now=builders.NOW)
    reads.refresh(builders.NOW)
    body = [Paragraph(html=_sentence(chance, 40)) for _ in range(14)]
    body.insert(4, Heading(text=_sentence(chance, 4)))
    body.insert(9, Quote(text=_sentence(chance, 30), speaker="Ketua nelayan"))
    page = builders.article(
        ARTICLE,
        datetime(2024, 5, 2, 23, 39, tzinfo=UTC),
        headline="Pelabuhan Lama Dibuka Lagi untuk Perahu Nelayan Kecil",
        standfirst=_sentence(chance, 18),
        lead=builders.picture(),
        ratios=builders.ratios(),
        place="Demak",
        reporters=(builders.SARI, builders.BIMA),
        initials="dzk",
        topics=(Link(name="Laut", path="/topik/laut"), Link(name="Nelayan", path="/topik/nelayan")),
        body=tuple(body),
    )
    _place(page)
    return page.path


def _place(page: ArticlePage) -> None:
    """Put an article where the press would put it, and into the list of its first reporter."""
    names = (f"rubric:{page.rubric.path.strip('/')}", "channel:berita", f"person:{SARI}")
    store.put(store.article_key(page.id), page, visible_from=page.published_at, lists=[store.ALL, *names])


def _sentence(chance: random.Random, words: int) -> str:
    return f"{' '.join(chance.choices(WORDS, k=words))}.".capitalize()


def _weights(reader: Client, path: str, status: int) -> dict[str, int]:
    """Weigh what a browser gets at a path; `requests` are those of a first view, without pictures below the fold."""
    answer = reader.get(path)
    assert answer.status_code == status, f"{path} answered {answer.status_code}"
    document = html.document_fromstring(answer.content.decode())
    eager = document.xpath("//img[not(@loading='lazy')] | //script[@src] | //link[@rel='stylesheet'] | //iframe")
    return {
        "bytes": len(answer.content),
        "gzip_bytes": len(segments.gzip([segments.pack(answer.content.decode())])),
        "header_bytes": sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items()),
        "requests": 1 + len(eager),
        "style_bytes": sum(len(text) for text in document.xpath("//style/text()")),
        "script_bytes": sum(len(text) for text in document.xpath("//script[not(@src or @type)]/text()")),
        "nodes": len(document.xpath("//*")),
    }


def words(document: bytes) -> int:
    """Count the words of an article's body."""
    body = html.document_fromstring(document.decode()).xpath("//div[@class='body']")[0]
    return len(re.findall(r"\w+", body.text_content()))

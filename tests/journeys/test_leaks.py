"""What is not for readers is at no address of theirs: drafts, and what is scheduled, embargoed, expired or withdrawn.

Each state has a secret word of its own, in headline, text, topic, author, photo and old address. A reader then follows
every link from the front page on, guesses the addresses that a number or a date gives away, and reads all it gets.
"""

import re
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.conftest import DATABASES
from tests.newsroom import builders
from warta.config.settings import delivery
from warta.delivery.api import limits
from warta.lexicon.copy import ParagraphCopy, PhotoCopy
from warta.lexicon.press_rules import Ground
from warta.newsroom import schedule
from warta.newsroom.actions.correct import correct
from warta.newsroom.actions.mark_unverified import mark_unverified
from warta.newsroom.actions.note import write_note
from warta.newsroom.actions.receive_reply import receive_reply
from warta.newsroom.actions.submit import submit
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, Correction, Version
from warta.press import run
from warta.search import follow as search

pytestmark = pytest.mark.django_db(databases=DATABASES)

NOW = builders.NOW
OPEN = "terangbenderang"
"""The word of an article that everybody may read: the reader must find it, or the search proves nothing."""

UNWRITTEN = "qwxyzkosong"
API = (
    *(f"{path}?limit=50{form}" for path in ("articles", "changes") for form in ("", "&form=ninjs")),
    *("corrections", "most-read", "openapi.json", "rubrics", "channels", "topics", "people"),
    *(f"{path}/articles?form=ninjs" for path in ("rubrics/nusantara", "channels/berita")),
)


def put(word: str, folder: Any, number: int, **values: Any) -> Article:
    """File an article that has a word wherever words can stand."""
    photo = builders.photo_file(folder, f"{word}.jpg", builders.photo_bytes(colour=f"#{number:06x}"))
    given = {
        "headline": f"Kabar {word} dari Demak",
        "standfirst": f"Ringkasan {word}.",
        "body": (ParagraphCopy(f"<p>Isi {word}.</p>"),),
        "topics": (f"Topik {word}",),
        "by": ((f"Wartawan {word}", "reporter"),),
        "place": f"Desa {word}",
        "lead": PhotoCopy(path=photo, caption=f"Foto {word}", credit=f"Kantor {word}", alt=f"Gambar {word}"),
        "old_addresses": (f"/lama/{word}",),
    }
    return builders.article(number, **{**given, **values})


def rewrite(article: Article, word: str) -> Any:
    """Save a new text of an article, unpublished."""
    row = Article.objects.get(pk=article.pk)
    row.headline, row.standfirst = f"Kabar {word}", f"Ringkasan {word}."
    return row.save_revision()


@pytest.fixture
def secrets(tmp_path, reporter) -> dict[str, Article]:
    """The articles by their words; all but the first are for nobody yet, or no longer.

    Of the withdrawn one the headline stays public, with ground and reason, and nothing else.
    """
    later = NOW + timedelta(hours=3)
    made = {
        OPEN: put(OPEN, tmp_path, 1),
        "naskahgelap": put("naskahgelap", tmp_path, 2, status="draft"),
        "diajukangelap": put("diajukangelap", tmp_path, 3, status="draft"),
        "terjadwalgelap": put("terjadwalgelap", tmp_path, 4, first_published_at=later),
        "embargogelap": put("embargogelap", tmp_path, 5, embargo=later),
        "usanggelap": put("usanggelap", tmp_path, 6),
        "dicabutgelap": put("dicabutgelap", tmp_path, 7, headline="Kabar yang Dicabut", old_addresses=("/lama/7",)),
        "ditarikgelap": put("ditarikgelap", tmp_path, 8),
    }
    submit(made["diajukangelap"], by=reporter, now=NOW)
    over = Article.objects.get(pk=made["usanggelap"].pk)
    over.expire_at = NOW + timedelta(minutes=30)
    over.save_revision().publish(user=reporter)
    run.press_all()
    for word, number in (("perubahangelap", 9), ("susulangelap", 10), ("catatangelap", 11)):
        made[word] = builders.article(number)
    rewrite(made["perubahangelap"], "perubahangelap")
    update = Article.objects.get(pk=made["susulangelap"].pk)
    update.go_live_at = later
    update.standfirst = "Ringkasan susulangelap."
    update.save_revision().publish(user=reporter)
    noted = made["catatangelap"]
    write_note(noted, "Periksa catatangelap.", by=reporter, now=NOW)
    receive_reply(noted, by=reporter, now=NOW, party="Kuasa catatangelap", words="Kata catatangelap.")
    mark_unverified(noted, by=reporter, now=NOW, words="Belum dapat dihubungi.")
    mended = made["terjadwalgelap"]
    correction = Correction(
        article=mended, kind="erratum", wrong="Salah terjadwalgelap.", right="Betul terjadwalgelap."
    )
    correct(correction, by=reporter, now=NOW)
    Correction.objects.create(article=noted, kind="erratum", wrong="Draf catatangelap.", right="Draf.", made_at=NOW)
    run.press_all()
    Article.objects.get(pk=made["ditarikgelap"].pk).unpublish(user=reporter)
    gone = Article.objects.get(pk=made["dicabutgelap"].pk)
    withdraw(gone, by=reporter, now=NOW, ground=Ground.CHILD, reason="Melindungi seorang anak.")
    run.press_all()
    return made


def guesses(articles: dict[str, Article]) -> Iterator[str]:
    """Return the addresses that somebody tries who knows numbers, dates, and how the paper writes its addresses."""
    for word, article in articles.items():
        row = Article.objects.get(pk=article.pk)
        for day in {row.made_at.date(), NOW.date(), (NOW + timedelta(days=1)).date()}:
            start = f"/nusantara/read/{day:%Y/%m/%d}/{row.pk}"
            yield from (start, f"{start}/", f"{start}/x", f"{start}/kabar-{word}-dari-demak", f"{start}?preview=true")
        yield from (f"/riwayat/{row.pk}", f"/baca/{row.pk}", f"/lama/{word}", f"/lama/{word}/")
        last = Version.objects.filter(article_id=row.pk).count() + 2
        yield from (f"/riwayat/{row.pk}/{one}/{two}" for one in range(last) for two in range(last))
        yield from (f"/topik/topik-{word}", f"/penulis/wartawan-{word}", f"/cari?q={word}", f"/?q={word}")
        photo = row.lead_photo
        if photo is not None:
            yield from (f"/redaksi/media/{photo.file.name}", f"/media/{photo.file.name}", f"/gambar/{photo.file.name}")
    for ahead in range(-2, 3):
        day = (NOW + timedelta(days=ahead)).date()
        yield from (f"/indeks/{day:%Y/%m/%d}", f"/ralat/{day:%Y/%m/%d}")
    yield from ("/ralat", "/indeks", "/robots.txt", "/favicon.svg", "/kanal/berita", "/nusantara", "/tidak/ada")
    yield from (
        *(f"{page}/feed{form}" for page in ("", "/nusantara", "/kanal/berita") for form in ("", "/atom", "/json")),
    )
    yield from (f"/sitemap/{part}.xml" for part in ("news", "fronts", "2024-04-21", "2024-05-01", "2024-05-11"))
    yield from (f"/api/v1/{path}" for path in API)
    for word, article in articles.items():
        yield from (f"/api/v1/articles/{article.pk}{form}" for form in ("", "?form=ninjs"))
        yield from (f"/api/v1/topics/topik-{word}/articles", f"/api/v1/people/wartawan-{word}/articles")
        yield f"/api/v1/search?q={word}"
    yield from ("/rss", "/sitemap.xml", "/api/articles", "/api/v2/pages/", "/api/v2/images/", "/documents/1/")


def answers(reader: Client, first: list[str]) -> Iterator[tuple[str, str]]:
    """Return what a reader gets, headers and body: from these addresses and all to which they lead."""
    waiting, known = deque(first), set(first)
    while waiting:
        path = waiting.popleft()
        limits.PROCESS.forget()
        answer = reader.get(path, follow=False)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode("utf-8", "replace")
        yield path, "\n".join([*(f"{name}: {value}" for name, value in answer.headers.items()), text])
        if path.startswith("/api/"):
            continue  # its addresses are those of pages, and are all guessed
        found = re.findall(r'(?:href|src|action|content|data-[a-z]+)="([^"]+)"', text)
        found += [part.split()[0] for words in re.findall(r'srcset="([^"]+)"', text) for part in words.split(",")]
        found += [answer.headers["Location"]] if "Location" in answer.headers else []
        for link in found:
            where = urlsplit(urljoin(f"http://testserver{path}", unescape(link)))
            target = where.path + (f"?{where.query}" if where.query else "")
            if where.netloc in {"testserver", "127.0.0.1:8000", "localhost"} and target not in known:
                known.add(target)
                waiting.append(target)


def leaks(reader: Client, articles: dict[str, Article], words: list[str]) -> tuple[list[str], dict[str, str]]:
    """Return where secret words stand, and all that was read.

    A search says again what it was asked: as often as it says a word that nobody ever wrote.
    """
    asking = ("/cari?q=", "/cari/feed?q=", "/api/v1/search?q=")
    read = dict(answers(reader, ["/", *guesses(articles), *(f"{start}{UNWRITTEN}" for start in asking)]))
    echoes = {start: read[f"{start}{UNWRITTEN}"].lower().count(UNWRITTEN) for start in asking}
    found = [
        f"{word} at {path}"
        for path, text in read.items()
        for word in words
        if text.lower().count(word) > echoes.get(path.removesuffix(word), 0)
    ]
    return found, read


def outside(settings: Any) -> Client:
    """Return a reader's browser; from now on the readers' process answers."""
    settings.ROOT_URLCONF, settings.MIDDLEWARE = delivery.ROOT_URLCONF, delivery.MIDDLEWARE
    settings.ALLOWED_HOSTS = ["*"]
    return Client(raise_request_exception=False)


def test_what_is_not_for_readers_is_nowhere(settings, secrets) -> None:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        schedule.Runner().step(timezone.now())
        run.press_all()
        search.catch_up(timezone.now())
        found, read = leaks(outside(settings), secrets, [word for word in secrets if word != OPEN])
        seen = [path for path, text in read.items() if OPEN in text.lower()]
    assert found == [], "\n".join(found)
    assert f"/cari?q={OPEN}" in seen
    assert read[f"/cari?q={OPEN}"].lower().count(OPEN) > read[f"/cari?q={UNWRITTEN}"].count(UNWRITTEN)
    assert len(seen) > 6, seen
    assert len(read) > 100

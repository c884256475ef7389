"""A paper whose every word is a payload: what comes in by each door, and the pages that show it."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.test import Client
from django.urls import reverse

from tests.newsroom import builders
from tests.newsroom.photo_words import app13, iim, plain, xmp
from tests.newsroom.screens import uploaded
from tests.payloads import PAYLOADS, fitting
from warta.lexicon.copy import EmbedCopy, HeadingCopy, ParagraphCopy, PhotoCopy, PictureCopy, QuoteCopy, TableCopy
from warta.lexicon.press_rules import Ground
from warta.newsroom.actions.correct import correct
from warta.newsroom.actions.mark_unverified import mark_unverified
from warta.newsroom.actions.note import write_note
from warta.newsroom.actions.receive_reply import receive_reply
from warta.newsroom.actions.send_back import send_back
from warta.newsroom.actions.submit import submit
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, Contributor, Correction, HouseWord, Photo, Rubric, Topic
from warta.press import run

NOW = builders.NOW
ARTICLES = 8
"""Their bodies hold every payload once."""
_ARTICLE = "wagtailsnippets_newsroom_article"


def photo(folder: Path, number: int) -> Path:
    """Write a photo that says payloads in IIM and XMP."""
    words = iim(n120=fitting(300, skip=number * 90), n80=fitting(60, skip=7), n110=fitting(90, skip=number))
    packet = xmp(
        xmpRights_UsageTerms=fitting(200, skip=number * 31), dc_rights=fitting(150), photoshop_City=fitting(90, skip=3)
    )
    return builders.photo_file(folder, f"{number}.jpg", plain(extra=app13(words), xmp=packet, colour=f"#{number:06x}"))


def _file(folder: Path, number: int) -> Article:
    mine = PAYLOADS[number::ARTICLES]
    skip = number * 137
    pictured = PhotoCopy(path=photo(folder, number), caption=fitting(390, skip=skip), alt=fitting(250, skip=skip + 9))
    return builders.article(
        number + 1,
        headline=fitting(290, skip=skip),
        standfirst=fitting(590, skip=skip + 20),
        rubric=fitting(78, skip=skip + 40),
        channel="Berita",
        topics=(fitting(78, skip=skip + 60),),
        by=((fitting(118, skip=skip + 80), "reporter"),),
        place=fitting(118, skip=skip + 100),
        initials="<b>x",
        old_addresses=(f"/lama/{number}{PAYLOADS[number]}"[:400],),
        first_published_at=NOW - timedelta(hours=number),
        lead=pictured,
        body=(
            *(ParagraphCopy(payload) for payload in mine),
            *(ParagraphCopy(f'<p><a href="{payload}">x</a><b {payload}>x</b></p>') for payload in mine[:120]),
            HeadingCopy(fitting(200, skip=skip)),
            QuoteCopy(fitting(400, skip=skip + 5), fitting(150, skip=skip + 15)),
            TableCopy(((fitting(200, skip=skip), fitting(200, skip=skip + 3)),), head=(fitting(90), fitting(80))),
            *(EmbedCopy(payload, fitting(150, skip=skip)) for payload in mine[:20]),
            PictureCopy(pictured),
        ),
    )


def fill(desk: Client, by: Any, folder: Path) -> list[Article]:
    """Bring payloads in by every door, and press what that leaves."""
    made = [_file(folder, number) for number in range(ARTICLES)]
    first, second, third = made[:3]
    for model in (Rubric, Topic):
        model.objects.update(description=fitting(390))
    Contributor.objects.update(role=fitting(110), about=fitting(900))
    HouseWord.objects.create(wrong=fitting(79), right=fitting(78, skip=50))
    run.press_all()
    for number in range(3):
        words = {"wrong": fitting(990, skip=number * 300), "right": fitting(990, skip=number * 300 + 150)}
        correct(Correction(article=first, kind="erratum", **words), by=by, now=_after(number + 1))
    receive_reply(first, by=by, now=NOW, party=fitting(190), words=fitting(3900))
    mark_unverified(second, by=by, now=NOW, words=fitting(590))
    write_note(first, fitting(1900, skip=200), by=by, now=NOW)
    third = Article.objects.get(pk=third.pk)
    third.headline = fitting(280, skip=900)
    third.save_revision(user=by).publish(user=by)
    draft = builders.article(50, status="draft", headline=fitting(290, skip=600))
    submit(draft, by=by, now=NOW)
    send_back(draft, by=by, now=NOW, note=fitting(900, skip=70))
    withdraw(Article.objects.get(pk=made[3].pk), by=by, now=NOW, ground=Ground.CHILD, reason=fitting(400, skip=11))
    uploaded(desk, photo(folder, 99).read_bytes(), name="x.jpg", title=fitting(200), description=fitting(200, skip=4))
    run.press_all()
    return made


def _after(hours: int) -> datetime:
    return NOW + timedelta(hours=hours)


def readers_pages(reader: Client, made: list[Article]) -> Iterator[tuple[str, str]]:
    """Return the reader's pages that show what was brought in, by their addresses."""
    rows = list(Article.objects.filter(pk__in=[one.pk for one in made]).select_related("rubric"))
    paths = ["/", "/indeks", "/ralat", f"/indeks/{NOW:%Y/%m/%d}", f"/?q={PAYLOADS[0]}", f"/{PAYLOADS[0]}"]
    for row in rows:
        paths += [row.path, f"/riwayat/{row.pk}", f"/{row.rubric.slug}"]
    paths += [f"/riwayat/{rows[2].pk}/1/2", f"/riwayat/{rows[2].pk}?a=1&b=2"]
    paths += [f"/topik/{slug}" for slug in Topic.objects.values_list("slug", flat=True)[:4]]
    paths += [f"/penulis/{slug}" for slug in Contributor.objects.values_list("slug", flat=True)[:4]]
    for path in dict.fromkeys(paths):
        answer = reader.get(path)
        if answer.status_code == 301:
            answer = reader.get(answer["Location"])
        yield path, answer.content.decode()


def newsroom_pages(desk: Client, made: list[Article], *, editors: int) -> Iterator[tuple[str, str]]:
    """Return the newsroom's screens that show what was brought in, those within JSON too, by their addresses.

    `editors` is how many articles are opened in the editor, which is slow in a browser at such a length.
    """
    listed = reverse(f"{_ARTICLE}:list")
    paths = [reverse("wagtailadmin_home"), listed, reverse("press_rules")]
    paths += [f"{listed}?q={_quoted(fitting(1500, skip=skip))}" for skip in range(0, len(PAYLOADS), 900)]
    last = Article.objects.order_by("-pk")[0]
    for article in (*made[:3], last):
        names = (
            "history",
            "usage",
            "rules",
            "correct",
            "receive",
            *(["edit"] if article in (*made[:editors], last) else []),
        )
        paths += [reverse(f"{_ARTICLE}:{name}", args=[article.pk]) for name in names]
    paths.append(reverse(f"{_ARTICLE}:revisions_compare", args=[made[2].pk, "earliest", "latest"]))
    for model in ("rubric", "topic", "contributor", "houseword"):
        paths.append(reverse(f"wagtailsnippets_newsroom_{model}:list"))
    paths += [reverse("wagtailimages:index"), reverse("wagtailimages:index") + f"?q={_quoted(fitting(300))}"]
    for photo_id in Photo.objects.order_by("-pk").values_list("pk", flat=True)[:3]:
        paths.append(reverse("wagtailimages:edit", args=[photo_id]))
    paths += [reverse("wagtailimages_chooser:choose"), reverse("wagtailsnippetchoosers_newsroom_article:choose")]
    for path in paths:
        answer = desk.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        text = answer.content.decode()
        if answer["Content-Type"].startswith("application/json"):
            text = "".join(value for value in json.loads(text).values() if isinstance(value, str))
        yield path, text


def _quoted(words: str) -> str:
    return quote(words)

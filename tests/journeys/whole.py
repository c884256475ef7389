"""Builds a small paper that has everything a paper can have, and tells what is in one."""

import hashlib
import json
from datetime import timedelta
from io import BytesIO

from django.apps import apps
from django.contrib.auth.models import User
from django.utils import timezone
from PIL import Image

from tests.newsroom import builders
from warta.ingest.models import Taken
from warta.lexicon.copy import (
    EmbedCopy,
    EntryCopy,
    HeadingCopy,
    ParagraphCopy,
    PhotoCopy,
    PictureCopy,
    QuoteCopy,
    ReadAlsoCopy,
    TableCopy,
)
from warta.lexicon.press_rules import Ground
from warta.newsroom.actions.answer_reply import answer_reply, decline_reply
from warta.newsroom.actions.arrange import arrange
from warta.newsroom.actions.break_news import break_news
from warta.newsroom.actions.correct import correct
from warta.newsroom.actions.file_page import file_page
from warta.newsroom.actions.follow_up import follow_up
from warta.newsroom.actions.mark_unverified import mark_unverified
from warta.newsroom.actions.publish import publish
from warta.newsroom.actions.receive_reply import receive_reply
from warta.newsroom.actions.submit import submit
from warta.newsroom.actions.unrank import unrank
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, Contributor, Correction, HouseWord, Photo, Pin, Rubric
from warta.newsroom.reading import rubric_slugs
from warta.newsroom.whole.records import Text
from warta.press import run
from warta.reads import buckets

ROWS = [
    "newsroom.Rubric",
    "newsroom.Channel",
    "newsroom.Topic",
    "newsroom.Contributor",
    "newsroom.HouseWord",
    "newsroom.Photo",
    "newsroom.PhotoBand",
    "newsroom.StaticPage",
    "newsroom.Article",
    "newsroom.Byline",
    "newsroom.ArticleOldAddress",
    "newsroom.StoryBand",
    "newsroom.Version",
    "newsroom.Correction",
    "newsroom.RightOfReply",
    "newsroom.Verification",
    "newsroom.Unranked",
    "newsroom.Submission",
    "newsroom.Front",
    "newsroom.Arrangement",
    "newsroom.Breaking",
    "ingest.Taken",
    "reads.ReadHour",
    "paper.StoredPage",
    "paper.Placement",
    "paper.Told",
    "paper.OldAddress",
    "paper.Kept",
    "wagtailcore.ReferenceIndex",
]
_PEOPLE = {"made_by", "published_by", "started_by", "ended_by", "by", "decided_by", "user", "uploaded_by_user"}
_NUMBERS_OF_NO_MATTER = {
    *("newsroom.PhotoBand", "newsroom.Byline", "newsroom.ArticleOldAddress", "newsroom.StoryBand", "newsroom.Version"),
    *(
        "newsroom.Unranked",
        "newsroom.Submission",
        "newsroom.Front",
        "newsroom.Arrangement",
        "reads.ReadHour",
        "paper.Placement",
    ),
    *("paper.Told", "paper.Kept", "wagtailcore.ReferenceIndex"),
}
_FLEETING = {
    "paper.StoredPage": {"number"},
    "newsroom.Article": {"latest_revision", "live_revision", "latest_revision_created_at"},
    "newsroom.Photo": {"collection"},
    "newsroom.Arrangement": {"front"},
    "newsroom.StoryBand": {"band"},  # PostgreSQL gives the parts of a block back in another order than they came
    "wagtailcore.ReferenceIndex": {"content_path", "content_path_hash"},  # it has the rows' own numbers
}


def photo(folder, name, colour, number):
    """Draw a photo that no other is like."""
    image = Image.new("RGB", (1200, 800), colour)
    image.paste("white", (100 * number, 100, 100 * number + 300, 600))
    out = BytesIO()
    image.save(out, "JPEG")
    path = folder / name
    path.write_bytes(out.getvalue())
    return path


def build(folder):
    """Make the paper, press it, and return its articles by what they are."""
    now = timezone.now()
    chief = User.objects.create_superuser("kepala", password="kata sandi kepala")
    made = _articles(folder, now, chief)
    _rules(made, now, chief)
    _drafts(made, now, chief)
    arrange(None, [Pin("lead", made["plain"].pk)], by=chief, now=now, after=0)
    pins = [Pin("lead", made["linked"].pk), Pin("second-1", made["plain"].pk, now + timedelta(hours=3))]
    arrange(None, pins, by=chief, now=now, after=1)
    arrange(made["plain"].rubric, pins[1:], by=chief, now=now, after=0)
    first = break_news(by=chief, now=now, text="Air surut.", ends_at=now + timedelta(hours=1), path="/indeks")
    last = now + timedelta(minutes=1)
    breaking = {"by": chief, "now": last, "text": "Jembatan dibuka.", "ends_at": last + timedelta(hours=20)}
    break_news(**breaking, article=made["plain"], after=first.pk)
    run.press_all()
    rubric = Rubric.objects.get(slug="olahraga")
    rubric.slug = "olah-raga"  # its old address lies in the paper alone
    rubric.save()
    run.press_all()
    Taken.objects.create(uri=made["plain"].uri, digest="ab" * 16, waits=False)
    hours = [(made["plain"].pk, now - timedelta(hours=n), n + 1) for n in range(30)]
    buckets.backfill([*hours, (made["linked"].pk, now, 7)], now=now)
    assert "olah-raga" in rubric_slugs()
    return made


def _articles(folder, now, chief):
    ago = now - timedelta(days=500)
    lead = PhotoCopy(path=photo(folder, "pasar.jpg", "steelblue", 1), caption="Pasar", credit="Nusa", creator="Theo")
    inside = PhotoCopy(path=photo(folder, "pompa besar.jpg", "darkred", 3), alt="Sebuah pompa")
    body = (
        ParagraphCopy('<p>Petani memanen <b>padi</b> lebih&nbsp;awal,<br> kata <a href="/2019/lama/">warga</a>.</p>'),
        HeadingCopy("Air & lumpur <surut>"),
        QuoteCopy("Kami menunggu sejak pagi.", "Wiragama"),
        PictureCopy(inside),
        TableCopy((("Beras", "12.000"), ("Jagung", "6.000")), ("Barang", "Harga"), "Harga"),
        EmbedCopy("https://video.example/banjir", "Video"),
    )
    made = {
        "plain": builders.article(
            *(1,),
            lead=lead,
            body=body,
            topics=("Banjir", "Demak"),
            by=(("Laras Wiragama", "reporter"), ("Danu Kertapati", "editor")),
            place="Demak",
            initials="dzk",
            standfirst="Dua pekan lebih awal.",
            first_published_at=ago,
            old_addresses=("https://lama.example/2019/lama/", "/?p=1"),
        ),
        "english": builders.article(2, lang="en", zone="WIT", rubric="Olahraga", first_published_at=ago),
        "withdrawn": builders.article(3, first_published_at=ago, old_addresses=("/?p=3",)),
        "planned": builders.article(4, first_published_at=now + timedelta(days=2)),
        "draft": builders.article(5, status="draft"),
        "answer": builders.article(6, first_published_at=ago + timedelta(days=1)),
    }
    live = (
        EntryCopy(ago, "<p>Air <b>naik</b>.</p>", is_last=True),
        EntryCopy(now - timedelta(hours=1), "<p>Air surut.</p><ul><li>Demak</li></ul>", "Pintu <dibuka>"),
    )
    made["linked"] = builders.article(7, body=(*body, *live, ReadAlsoCopy(builders.copy(1).uri)), lead=inside)
    person = Contributor.objects.get(name="Laras Wiragama")
    person.portrait, person.about, person.user = Photo.objects.last(), "Menulis tentang sawah.", chief
    person.save()
    HouseWord.objects.create(wrong="merubah", right="mengubah")
    first = Photo.objects.first()
    first.focal_point_x, first.focal_point_y, first.focal_point_width, first.focal_point_height = 600, 300, 200, 100
    first.rights_until, first.is_eye_guessed = now + timedelta(days=900), False
    first.tags.add("pasar", "pagi")
    first.collection = first.collection.add_child(name="Pasar")
    first.save()
    file_page(builders.copy(9, is_page=True, headline="Redaksi Lama", old_addresses=("/tentang.html",)), by=chief)
    builders.article(8, first_published_at=ago).delete()  # its history stays, and its number is not given again
    return made


def _rules(made, now, chief):
    """Update twice, correct, translate, withdraw, answer, verify."""
    for standfirst in ("Sepekan lebih awal.", "Sepuluh hari lebih awal."):
        row = Article.objects.get(pk=made["plain"].pk)
        row.standfirst, row.lead_caption = standfirst, "Pasar pagi"
        publish(row, by=chief, now=now)
    english = Article.objects.get(pk=made["english"].pk)
    english.translation_of = made["linked"]  # a later number than its own
    publish(english, by=chief, now=now)
    row = Article.objects.get(pk=made["plain"].pk)
    row.standfirst = "Dua belas hari lebih awal."
    first = correct(
        Correction(article=row, kind="erratum", seriousness="serious", wrong="Sepuluh.", right="Dua belas."),
        by=chief,
        now=now,
        text=row.save_revision(),
    )
    correct(
        Correction(
            article=row, kind="correction", wrong="Dua belas.", right="13.", stands_in=made["answer"], corrects=first
        ),
        by=chief,
        now=now,
    )
    Correction.objects.create(article=made["english"], wrong="A.", right="B.", made_at=now, made_by=chief)
    withdraw(made["withdrawn"], by=chief, now=now, ground=Ground.CHILD, reason="Demi masa depan anak.")
    told = {"by": chief, "now": now}
    answer_reply(receive_reply(made["plain"], party="Dinas", words="Keliru.", **told), answer=made["answer"], **told)
    decline_reply(receive_reply(made["english"], party="Klub", words="Tidak.", **told), reason="Bukan fakta.", **told)
    receive_reply(made["linked"], party="Warga", words="Saya ingin menjawab.", **told)
    unrank(made["answer"], reason="Dibaca ramai-ramai oleh satu sekolah.", **told)
    follow_up(mark_unverified(made["plain"], words="Belum diverifikasi.", **told), article=made["linked"], **told)


def _drafts(made, now, chief):
    """Leave a changed text of a live article, an update that comes by itself, and a text that waits for the desk."""
    row = Article.objects.get(pk=made["english"].pk)
    row.headline = "A Change That Nobody Has Seen"
    row.save_revision(user=chief)
    row = Article.objects.get(pk=made["answer"].pk)
    row.headline, row.go_live_at = "Kabar Berikutnya", now + timedelta(days=1)
    row.publish(row.save_revision(user=chief), user=chief)
    row = Article.objects.get(pk=made["draft"].pk)
    row.headline = "Naskah yang Menunggu"
    row.save_revision(user=chief)
    submit(row, by=chief, now=now)


def rows():
    """Return every row of a paper, table by table: who did it left out, and what is only a row's own number."""
    return {label: sorted(_rows(apps.get_model(label), label), key=str) for label in ROWS}


def differences(before, after):
    """Return in words where two papers differ."""
    told = [label for label in ROWS if not before[label] or len(before[label]) != len(after[label])]
    for label in ROWS:
        for first, second in zip(before[label], after[label], strict=False):
            told += [f"{label}.{name}: {first[name]} → {second[name]}" for name in first if first[name] != second[name]]
    return told


def _rows(model, label):
    left_out = {*_PEOPLE, *_FLEETING.get(label, ())}
    if label in _NUMBERS_OF_NO_MATTER:
        left_out.add("id")
    fields = [field for field in model._meta.concrete_fields if field.name not in left_out]
    for row in model._default_manager.exclude(kind="removed") if label == "paper.StoredPage" else model.objects.all():
        said = {field.name: _plain(getattr(row, field.attname)) for field in fields}
        if label == "paper.StoredPage" and row.kind in {"rubric", "channel", "topic", "person"}:
            said["visible_from"] = "when it was pressed"
        if label == "wagtailcore.ReferenceIndex" and row.base_content_type.model != "article":
            continue
        if label == "newsroom.StoryBand" and not row.article.live:
            continue  # never asked for
        yield said | _around(row, label)


def _around(row, label):
    """Return what hangs on a row elsewhere."""
    if label == "newsroom.Article":
        newest, coming = row.get_latest_revision().as_object(), row.get_scheduled_revision_as_object()
        return {
            "topics": sorted(row.topics.values_list("pk", flat=True)),
            "is newest live": row.latest_revision_id == row.live_revision_id,
            "newest": _text(newest),
            "coming": coming and [_text(coming), coming.go_live_at],
        }
    if label == "newsroom.Photo":
        with row.file.open("rb") as file:
            return {
                "bytes": hashlib.sha1(file.read()).hexdigest(),
                "tags": sorted(row.tags.names()),
                "in": row.collection.name,
            }
    return {"rubric": row.front.rubric_id} if label == "newsroom.Arrangement" else {}


def _text(article):
    """Return what an editor writes of an article, and its address."""
    content = article.serializable_data()
    told = {name: value for name, value in content.items() if name in Text.__struct_fields__}
    told["bylines"] = [(line["contributor"], line["role"], line["sort_order"]) for line in content["bylines"]]
    return told | {"body": json.loads(content["body"]), "path": article.path}


def _plain(value):
    return [dict(block) for block in value.raw_data] if hasattr(value, "raw_data") else str(value)

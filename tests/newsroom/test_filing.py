"""Copy from outside becomes articles: identity by uri, status, what is lost, what is refused."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from tests.newsroom.builders import NOW, article, filed, photo_bytes, photo_file
from warta.lexicon.copy import (
    EmbedCopy,
    HeadingCopy,
    ParagraphCopy,
    PhotoCopy,
    PictureCopy,
    QuoteCopy,
    ReadAlsoCopy,
    TableCopy,
)
from warta.lexicon.press_rules import Ground
from warta.newsroom import reading
from warta.newsroom.actions.headings import UnfitCopyError
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, ArticleOldAddress, Channel, Contributor, Photo, Rubric, Topic

HOUR = timedelta(hours=1)
THEN = datetime(2022, 5, 3, 6, 39, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_new_copy_becomes_a_live_article_with_all_that_it_says(tmp_path):
    path = photo_file(tmp_path)
    made = filed(
        standfirst="Lumbung penuh.",
        channel="Opini",
        topics=("Padi", "Cuaca"),
        by=(("Laras Wiragama", "reporter"), ("Danu Kertapati", "editor")),
        initials="dzk",
        place="Demak",
        zone="WITA",
        lang="en",
        first_published_at=THEN,
        updated_at=THEN + HOUR,
        lead=PhotoCopy(path=path, caption="Petani di sawah", credit="Antara", creator="Sari", alt="Sawah"),
    )
    found = Article.objects.get(pk=made.article.pk)
    assert (made.is_new, made.lost, found.live) == (True, [], True)
    assert (found.zone, found.language, found.place, found.initials) == ("Asia/Makassar", "en", "Demak", "dzk")
    assert (found.first_published_at, found.updated_at) == (THEN, THEN + HOUR)
    assert (found.channel.name, found.rubric.name) == ("Opini", "Nusantara")
    assert [topic.name for topic in found.topics.order_by("pk")] == ["Padi", "Cuaca"]
    assert [(line.contributor.name, line.role) for line in found.bylines.all()] == [
        ("Laras Wiragama", "reporter"),
        ("Danu Kertapati", "editor"),
    ]
    photo = found.lead_photo
    assert (photo.caption, photo.credit, photo.creator, photo.description) == (
        "Petani di sawah",
        "Antara",
        "Sari",
        "Sawah",
    )
    assert (photo.width, photo.height) == (1200, 800)


def test_every_kind_of_block_is_carried(tmp_path):
    other = article(9)
    made = filed(
        body=(
            ParagraphCopy("<p>Satu <script>alert(1)</script><b>tebal</b></p>"),
            HeadingCopy("Muatan"),
            QuoteCopy("Kami menunggu", "Nelayan"),
            PictureCopy(PhotoCopy(path=photo_file(tmp_path), caption="Dermaga")),
            EmbedCopy("https://video.example/1", "Kapal"),
            TableCopy(rows=(("Beras", "12"), ("Kain",)), head=("Barang", "Ton"), caption="Muatan"),
            ReadAlsoCopy(other.uri),
        )
    )
    body = made.article.body
    assert [block.block_type for block in body] == [
        "paragraph",
        "heading",
        "quote",
        "photo",
        "embed",
        "table",
        "read_also",
    ]
    assert body[0].value.source == "<p>Satu <b>tebal</b></p>"
    assert body[3].value["photo"].caption == "Dermaga"
    assert [[cell.value for cell in row] for row in body[5].value.rows] == [["Beras", "12"], ["Kain", ""]]
    assert body[6].value.pk == other.pk
    assert made.lost == []


def test_the_same_uri_updates_and_never_duplicates(tmp_path):
    path = photo_file(tmp_path)
    lead = PhotoCopy(path=path, caption="Sawah")
    first = filed(lead=lead, topics=("Padi",), by=(("Laras Wiragama", "reporter"),), old_addresses=("/lama/1",))
    again = filed(
        headline="Panen Ditunda",
        lead=lead,
        topics=("padi", "Hujan"),
        by=(("LARAS WIRAGAMA", "reporter"),),
        old_addresses=("https://lama.example/lama/1/", "/lama/2"),
    )
    assert (first.is_new, again.is_new) == (True, False)
    assert first.article.pk == again.article.pk
    found = Article.objects.get()
    assert found.headline == "Panen Ditunda"
    assert [Photo.objects.count(), Contributor.objects.count(), Topic.objects.count()] == [1, 1, 2]
    assert sorted(ArticleOldAddress.objects.values_list("address", flat=True)) == ["/lama/1", "/lama/2"]
    assert found.bylines.count() == 1


def test_an_update_without_a_date_keeps_the_first(clock):
    filed(first_published_at=THEN)
    assert article(headline="Lain").first_published_at == THEN


def test_an_update_can_mend_the_first_date():
    filed(first_published_at=THEN)
    assert article(first_published_at=THEN - HOUR).first_published_at == THEN - HOUR


def test_a_draft_is_no_live_article():
    made = article(status="draft")
    assert not made.live
    assert reading.article(made.pk) is None


def test_what_is_withheld_later_goes_back_to_a_draft():
    article()
    made = article(status="draft", headline="Ditahan")
    assert not made.live
    assert reading.article(made.pk) is None
    assert made.get_latest_revision_as_object().headline == "Ditahan"


def test_what_is_withdrawn_says_why():
    article()
    made = article(status="withdrawn", withdrawal_reason="Narasumber keliru.")
    assert (made.live, made.withdrawal_reason, made.withdrawn_at) == (False, "Narasumber keliru.", NOW)


def test_a_withdrawal_without_reason_gets_one():
    assert article(status="withdrawn").withdrawal_reason


def test_an_embargo_is_scheduled_for_its_end():
    made = article(embargo=NOW + HOUR)
    assert not made.live
    assert made.scheduled_revision.approved_go_live_at == NOW + HOUR
    shown = reading.article(made.pk)
    assert shown is not None
    assert (shown.embargo, shown.go_live_at) == (NOW + HOUR, NOW + HOUR)


def test_an_embargo_that_is_over_holds_nothing_back():
    made = article(embargo=NOW - HOUR, first_published_at=NOW - 2 * HOUR)
    assert (made.live, made.first_published_at) == (True, NOW - 2 * HOUR)


def test_what_is_scheduled_and_then_withheld_is_scheduled_no_more():
    article(embargo=NOW + HOUR)
    made = article(embargo=NOW + HOUR, status="draft")
    assert made.scheduled_revision is None
    assert reading.article(made.pk) is None


def test_a_date_ahead_is_scheduled_too():
    made = article(first_published_at=NOW + HOUR)
    assert (made.live, made.scheduled_revision.approved_go_live_at) == (False, NOW + HOUR)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"headline": "x" * 301}, "the headline has 301 characters: at most 300"),
        ({"headline": "kata " * 2000}, "the headline has 10,000 characters"),
        ({"headline": " \n"}, "the headline is empty"),
        ({"zone": "WXYZ"}, "'WXYZ' is not a time zone: write WIB"),
        ({"first_published_at": datetime(1899, 1, 1, tzinfo=UTC)}, "outside the years 1900 to 2099"),
        ({"updated_at": datetime(2199, 1, 1, tzinfo=UTC)}, "outside the years 1900 to 2099"),
        ({"embargo": datetime(2199, 1, 1, tzinfo=UTC)}, "outside the years 1900 to 2099"),
        ({"embargo": datetime(2026, 12, 1)}, "has no time zone"),
        ({"rubric": "Baru"}, "there is no rubric 'Baru': create it, or import without --no-create"),
        ({"rubric": ""}, "there is no rubric 'Umum'"),
    ],
)
def test_what_cannot_become_an_article_is_refused_whole(values, message):
    with pytest.raises(UnfitCopyError, match=message):
        filed(topics=("Padi",), may_create="rubric" not in values, **values)
    assert [Article.objects.count(), Topic.objects.count(), Rubric.objects.count()] == [0, 0, 0]


def test_a_refused_update_leaves_the_article_as_it_was():
    made = article(topics=("Padi",))
    with pytest.raises(UnfitCopyError):
        filed(zone="WXYZ", headline="Lain")
    found = Article.objects.get(pk=made.pk)
    assert (found.headline, found.topics.count(), found.live) == (made.headline, 1, True)


def test_with_no_create_a_known_rubric_is_found():
    article(1)
    assert filed(2, rubric="NUSANTARA", may_create=False).article.rubric.name == "Nusantara"


@pytest.mark.parametrize(("rubric", "slug"), [("Indeks", "rubrik-indeks"), ("", "umum"), ("Hukum & HAM", "hukum-ham")])
def test_a_rubric_takes_no_address_of_the_paper_itself(rubric, slug):
    assert article(rubric=rubric).rubric.slug == slug


def test_without_channels_it_says_what_to_do():
    Channel.objects.all().delete()
    with pytest.raises(UnfitCopyError, match="run `warta init`"):
        filed()


def test_what_is_lost_is_named(tmp_path):
    broken = photo_file(tmp_path, "rusak.jpg", photo_bytes()[:500])
    made = filed(
        channel="Puisi",
        place="d" * 121,
        initials="panjang sekali",
        standfirst="s" * 601,
        lead=PhotoCopy(path=broken),
        body=(
            ParagraphCopy("<p>a</p>"),
            ReadAlsoCopy("tag:tidak.ada:1"),
            PictureCopy(PhotoCopy(path=tmp_path / "hilang.jpg")),
        ),
        old_addresses=("http://[::1", f"/{'a' * 600}", "/baik"),
    )
    assert len(made.lost) == 9, made.lost
    lost = "\n".join(made.lost)
    for words in (
        "genre: Puisi",
        "located: cut to 120 of 121 characters",
        "initials: cut to 8 of 14",
        "standfirst: cut to 600 of 601",
        "picture rusak.jpg: ",
        "link to tag:tidak.ada:1: that article is not here",
        "picture hilang.jpg: No such file",
        "old address 'http://[::1'",
        "old address '/aaa",
    ):
        assert words in lost
    assert (made.article.live, made.article.lead_photo) == (True, None)
    assert reading.old_addresses([made.article]) == {made.article.pk: ["/baik"]}


def test_words_too_long_for_their_block_are_named_as_lost():
    made = filed(
        body=(HeadingCopy("j" * 201), QuoteCopy("k" * 2001, "p" * 201), EmbedCopy(f"https://a.example/{'b' * 500}"))
    )
    assert len(made.lost) == 4, made.lost
    assert [block.block_type for block in made.article.body] == ["heading", "quote"]


def test_a_caption_too_long_for_a_photo_is_named_as_lost(tmp_path):
    made = filed(lead=PhotoCopy(path=photo_file(tmp_path), caption="k" * 401, credit="Antara"))
    assert made.lost == ["caption of picture foto.jpg: cut to 400 of 401 characters"]


def test_a_very_long_name_of_rubric_topic_or_person_is_cut():
    made = article(rubric="kata " * 60, topics=("topik " * 60,), by=(("nama " * 60, "reporter"),))
    assert len(made.rubric.name) <= 80
    assert made.topics.count() == made.bylines.count() == 1
    assert (
        article(2, rubric="kata " * 60, topics=("topik " * 60,), by=(("nama " * 60, "reporter"),)).rubric == made.rubric
    )
    assert Contributor.objects.count() == 1


def test_photos_that_differ_in_words_are_two_and_names_of_files_do_not_matter(tmp_path):
    one, other = photo_file(tmp_path, "a.jpg"), photo_file(tmp_path, f"{'n' * 180}.jpg")
    filed(1, lead=PhotoCopy(path=one, caption="Sawah"))
    filed(2, lead=PhotoCopy(path=other, caption="Sawah"))
    filed(3, lead=PhotoCopy(path=other, caption="Ladang"))
    assert Photo.objects.count() == 2
    assert all(Path(photo.file.path).is_file() for photo in Photo.objects.all())


def test_what_its_source_withdrew_and_sends_again_is_back():
    gone = article(status="withdrawn")
    assert gone.withdrawal_ground == "origin"
    back = article(status="published", headline="Panen Raya Diperbarui")
    assert (back.live, back.withdrawn_at, back.headline) == (True, None, "Panen Raya Diperbarui")


@pytest.mark.parametrize("status", ["published", "draft", "withdrawn"])
def test_what_the_newsroom_withdrew_stays_so_whatever_its_source_sends(status):
    withdraw(article(), by=None, now=NOW, ground=Ground.CHILD, reason="Melindungi anak.")
    again = filed(status=status, headline="Dikirim Lagi")
    found = Article.objects.get()
    assert (found.live, found.withdrawal_reason, found.withdrawal_ground) == (False, "Melindungi anak.", "child")
    assert any("stays withdrawn" in word for word in again.lost)

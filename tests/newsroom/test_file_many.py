"""Many pieces filed at once leave the rows that filing them one by one leaves."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from tests.newsroom.builders import NOW, copy
from warta.lexicon.copy import HeadingCopy, ParagraphCopy, QuoteCopy, ReadAlsoCopy
from warta.newsroom.actions.bookkeeping import content
from warta.newsroom.actions.file import Filed, file
from warta.newsroom.actions.file_many import file_many
from warta.newsroom.actions.headings import Headings, UnfitCopyError
from warta.newsroom.models import Article, Rubric, Version
from warta.newsroom.versions import broken

pytestmark = pytest.mark.django_db

_FLEETING = {
    "id",
    "uuid",
    "made_at",
    "last_published_at",
    "timestamp",
    "created_at",
    "left_at",
    "due_at",
    "latest_revision_created_at",
}
_BODY = (
    ParagraphCopy('<p>Warga <b>Pasar</b> <a href="/2019/05/lama/">mengungsi</a>.</p>'),
    HeadingCopy("Air surut"),
    QuoteCopy("Kami menunggu.", "Wiragama"),
)


def lot():
    ago = timedelta(days=900)
    return [
        copy(
            1,
            body=_BODY,
            topics=("Banjir", "Demak"),
            by=(("Laras Wiragama", "reporter"), ("Danu", "editor")),
            first_published_at=NOW - ago,
        ),
        copy(
            2,
            body=_BODY,
            topics=("banjir",),
            old_addresses=("/?p=2", "https://lama.example/dua/"),
            first_published_at=NOW - ago,
            updated_at=NOW - ago / 2,
        ),
        copy(7, zone="WIT", lang="en", standfirst="Ringkas.", place="Ambon", initials="dzk", first_published_at=NOW),
        copy(3, status="draft", first_published_at=NOW - ago),
        copy(4, first_published_at=NOW + timedelta(days=2)),
        copy(5, status="withdrawn", first_published_at=NOW - ago),
        copy(6, body=(ReadAlsoCopy(copy(1).uri),), first_published_at=NOW - ago),
    ]


def rows():
    """Return every row of every table but for what chance and the clock put there, ids named by their order."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in {"reads", "search"} or not model._meta.managed:
            continue
        fields = [field for field in model._meta.concrete_fields if field.name not in _FLEETING]
        found[model._meta.label] = sorted(
            str([_plain(field, getattr(row, field.attname)) for field in fields])
            for row in model._default_manager.all()
        )
    return found


def _plain(field, value):
    if isinstance(field, models.JSONField) and field.name == "content":
        return sorted(
            (key, str(part))
            for key, part in value.items()
            if key not in {*_FLEETING, "pk", "body", "bylines", "topics", "channel", "rubric"}
        )
    if field.name in {"body", "content", "hash", "content_path", "content_path_hash", "data"}:
        return None
    is_number_of_a_row = field.is_relation or field.name in {"object_id", "article_id", "to_object_id"}
    return value is not None if is_number_of_a_row else str(value)


class _BackError(Exception):
    pass


def test_the_rows_are_those_of_one_by_one():
    alone = {}
    with pytest.raises(_BackError), transaction.atomic():
        for piece in lot():
            file(piece, by=None, now=NOW)
        alone = rows()
        raise _BackError
    filed = file_many(lot(), by=None, now=NOW, headings=Headings(may_create=True))
    together = rows()
    for name, found in together.items():
        assert found == alone[name], name
    assert (len(together["newsroom.Article"]), len(together["newsroom.Version"])) == (7, 5)
    assert [one.is_new for one in filed] == [True] * 7
    assert [one.article.uri for one in filed] == [piece.uri for piece in lot()]
    assert all(broken([link]) is None for link in Version.links() if link.number == 1)


def test_a_revision_keeps_what_the_library_would():
    filed = file_many(lot(), by=None, now=NOW, headings=Headings(may_create=True))
    for one in filed:
        for article in (one.article, Article.objects.get(pk=one.article.pk)):
            assert content(article) == article.serializable_data()
            assert list(content(article)) == list(article.serializable_data())


def test_what_is_refused_is_told_and_the_rest_is_filed():
    pieces = [copy(1, first_published_at=NOW), copy(2, headline=" "), copy(3, rubric="Tidak Ada"), copy(4, zone="WXYZ")]
    Rubric.objects.create(name="Nusantara")
    outcomes = file_many(pieces, by=None, now=NOW, headings=Headings(may_create=False))
    assert [type(outcome) for outcome in outcomes] == [Filed, UnfitCopyError, UnfitCopyError, UnfitCopyError]
    assert [str(outcome) for outcome in outcomes[1:3]] == [
        "the headline is empty",
        "there is no rubric 'Tidak Ada': create it, or import without --no-create",
    ]
    assert Article.objects.count() == 1


def test_the_same_piece_again_brings_it_up_to_date():
    headings = Headings(may_create=True)
    file_many([copy(1, first_published_at=NOW)], by=None, now=NOW, headings=headings)
    [again] = file_many([copy(1, headline="Judul Baru", first_published_at=NOW)], by=None, now=NOW, headings=headings)
    assert (again.is_new, again.article.headline) == (False, "Judul Baru")
    assert list(Version.objects.order_by("number").values_list("number", "kind")) == [(1, "published"), (2, "updated")]


def test_an_old_address_belongs_to_who_says_so_last():
    pieces = [copy(number, old_addresses=("/?p=1",), first_published_at=NOW) for number in (1, 2)]
    first, second = file_many(pieces, by=None, now=NOW, headings=Headings(may_create=True))
    assert first.article.old_addresses.count() == 0
    assert [old.address for old in second.article.old_addresses.all()] == ["/?p=1"]


def test_a_hundred_cost_little_more_than_ten():
    headings = Headings(may_create=True)
    file_many([copy(0, first_published_at=NOW)], by=None, now=NOW, headings=headings)
    with CaptureQueriesContext(connection) as ten:
        file_many([copy(n, first_published_at=NOW) for n in range(1, 11)], by=None, now=NOW, headings=headings)
    with CaptureQueriesContext(connection) as hundred:
        file_many([copy(n, first_published_at=NOW) for n in range(11, 111)], by=None, now=NOW, headings=headings)
    assert len(hundred) <= len(ten) * 2

"""Thousands of instants in six zones: typed, kept, shown again, printed and addressed as the same instant."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st
from modelcluster.models import get_serializable_data_for_fields

from warta.lexicon import dateline
from warta.newsroom.desk.instants import InstantField
from warta.newsroom.desk.moments import moment
from warta.newsroom.models import Article, Rubric, SignIn

INSTANTS = ("embargo", "go_live_at", "expire_at")
ZONES = [
    ZoneInfo(name)
    for name in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "UTC", "Europe/Amsterdam", "America/St_Johns")
]
TURNS = [datetime(2031, 3, 30, 2), datetime(2031, 10, 26, 2), datetime(2031, 3, 9, 2), datetime(2031, 11, 2, 1)]
"""The hours that Amsterdam, then Saint John's, skip and have twice in 2031."""
_ANY = st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 30))
_NEAR = st.builds(lambda turn, s: turn + timedelta(seconds=s), st.sampled_from(TURNS), st.integers(-4000, 8000))
LOCAL = st.one_of(_ANY, _NEAR)
ZONE = st.sampled_from(ZONES)


@pytest.fixture(scope="module")
def form_class():
    """The three fields as the article's editor has them, without the rest of it."""
    fields = Article.snippet_viewset._edit_handler.get_form_class().base_fields
    assert all(isinstance(fields[name], InstantField) for name in INSTANTS)
    return type("Three", (forms.Form,), {name: fields[name] for name in INSTANTS})


def kept(article: Article) -> dict[str, datetime]:
    """Return the instants as a revision keeps them."""
    content = json.loads(json.dumps(get_serializable_data_for_fields(article), cls=DjangoJSONEncoder))
    assert all(content[name].endswith("Z") for name in INSTANTS), "in UTC"
    return {name: Article._meta.get_field(name).to_python(content[name]) for name in INSTANTS}


@settings(max_examples=300)
@given(local=LOCAL, zone=ZONE, own=ZONE)
def test_what_is_typed_is_what_is_kept_shown_printed_and_addressed(form_class, local, zone, own):
    local = local.replace(microsecond=0)
    text = f"{local:%Y-%m-%d %H:%M:%S}"
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    with timezone.override(zone), translation.override("id"):
        form = form_class(dict.fromkeys(INSTANTS, text))
        if first.utcoffset() != second.utcoffset():
            assert form.errors.keys() == {*INSTANTS}
            [said] = form.errors["embargo"]
            is_skipped = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local
            assert ("melompati" if is_skipped else "dua kali") in said
            for at in () if is_skipped else (first, second):
                assert str(at) in said
                chosen = form_class(dict.fromkeys(INSTANTS, str(at)))
                assert chosen.is_valid()
                assert chosen.cleaned_data["embargo"].astimezone(UTC) == at.astimezone(UTC)
            return
        assert form.is_valid(), form.errors
        article = Article(id=7, rubric=Rubric(slug="dunia"), headline="Kabar", zone=own.key, **form.cleaned_data)
        article.settle()
        assert kept(article) == dict.fromkeys(INSTANTS, first.astimezone(UTC))
        shown = form_class(initial=kept(article))
        assert {shown[name].field.widget.format_value(shown[name].value()) for name in INSTANTS} == {text}
        article.first_published_at = article.go_live_at
        there = first.astimezone(own)
        assert article.path == f"/dunia/read/{there:%Y/%m/%d}/7/kabar"
        assert dateline.dateline(article.published_at, own, "id").endswith(f"| {there:%H:%M} {there.tzname()}")
        words = moment(article.embargo, article)
        assert f"{local:%H:%M:%S} {first.tzname()}" in words
        assert f"{there:%H:%M:%S} {there.tzname()}" in words


@settings(max_examples=300)
@given(at=LOCAL.map(lambda at: at.replace(tzinfo=UTC)), zone=ZONE)
def test_an_instant_that_is_shown_and_sent_back_as_it_is_stays_to_the_microsecond(form_class, at, zone):
    with timezone.override(zone):
        shown = form_class(initial=dict.fromkeys(INSTANTS, at))
        sent = {name: shown[name].field.widget.format_value(shown[name].value()) for name in INSTANTS}
        form = form_class(sent, initial=dict.fromkeys(INSTANTS, at))
        assert form.is_valid(), form.errors
        assert form.cleaned_data == dict.fromkeys(INSTANTS, at)


def test_the_database_keeps_them_in_utc(db):
    begin = datetime(1971, 1, 1, 0, 0, 1, tzinfo=UTC)
    instants = [
        (begin + number * timedelta(days=23, hours=5, seconds=7)).astimezone(ZONES[number % len(ZONES)])
        for number in range(2000)
    ]
    SignIn.objects.bulk_create(SignIn(account="x", network="x", address="192.0.2.1", at=at) for at in instants)
    rows = SignIn.objects.order_by("pk")
    assert [row.at for row in rows] == instants
    assert {row.at.utcoffset() for row in rows} == {timedelta(0)}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT at FROM newsroom_signin ORDER BY id")
            assert [str(text)[:19] for (text,) in cursor] == [f"{at.astimezone(UTC):%F %T}" for at in instants]

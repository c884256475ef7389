"""How dates are written: golden sentences, and what holds for any instant."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.lexicon import dateline, zones

INSTANT = datetime(2024, 5, 2, 23, 39, tzinfo=UTC)
SHORT = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
YEARS = st.datetimes(datetime(1900, 1, 2), datetime(2099, 12, 30), timezones=st.just(UTC))
ZONES = st.sampled_from(sorted(SHORT)).map(zones.zone)
LANGS = st.sampled_from(("id", "en"))


@pytest.mark.parametrize(
    ("zone", "lang", "written"),
    [
        ("WIB", "id", "Jumat, 03 Mei 2024 | 06:39 WIB"),
        ("WITA", "id", "Jumat, 03 Mei 2024 | 07:39 WITA"),
        ("WIT", "id", "Jumat, 03 Mei 2024 | 08:39 WIT"),
        ("WIB", "en", "Friday, 03 May 2024 | 06:39 WIB"),
        ("WITA", "en", "Friday, 03 May 2024 | 07:39 WITA"),
        ("WIT", "en", "Friday, 03 May 2024 | 08:39 WIT"),
    ],
)
def test_a_dateline_is_written_in_the_articles_own_zone(zone, lang, written):
    assert dateline.dateline(INSTANT, zones.zone(zone), lang) == written


@pytest.mark.parametrize(
    ("lang", "written"), [("id", "Jumat, 03 Mei 2024 | 06:39"), ("en", "Friday, 03 May 2024 | 06:39")]
)
def test_the_line_of_a_list_names_no_zone(lang, written):
    assert dateline.list_line(INSTANT, zones.zone("WIB"), lang) == written


def test_the_day_is_that_of_the_zone_and_not_of_utc():
    just_before = datetime(2024, 5, 2, 14, 59, 59, 999999, tzinfo=UTC)
    midnight = datetime(2024, 5, 2, 15, 0, tzinfo=UTC)
    jayapura = zones.zone("WIT")
    assert dateline.dateline(just_before, jayapura, "id") == "Kamis, 02 Mei 2024 | 23:59 WIT"
    assert dateline.dateline(midnight, jayapura, "id") == "Jumat, 03 Mei 2024 | 00:00 WIT"
    assert dateline.dateline(midnight, zones.zone("WIB"), "id") == "Kamis, 02 Mei 2024 | 22:00 WIB"


@pytest.mark.parametrize(
    ("day", "indonesian", "english"),
    [
        (date(2024, 2, 29), "Kamis, 29 Februari 2024", "Thursday, 29 February 2024"),
        (date(2026, 8, 17), "Senin, 17 Agustus 2026", "Monday, 17 August 2026"),
        (date(1945, 8, 17), "Jumat, 17 Agustus 1945", "Friday, 17 August 1945"),
        (date(2099, 12, 31), "Kamis, 31 Desember 2099", "Thursday, 31 December 2099"),
    ],
)
def test_a_day_has_the_names_of_its_language(day, indonesian, english):
    assert (dateline.day(day, "id"), dateline.day(day, "en")) == (indonesian, english)


def test_a_year_has_twelve_months_and_seven_weekdays_in_each_language():
    days = [date(2024, month, day) for month in range(1, 13) for day in range(1, 8)]
    for lang in ("id", "en"):
        words = [re.fullmatch(r"(\S+), \d\d (\S+) 2024", dateline.day(day, lang)) for day in days]
        assert len({found[1] for found in words if found}) == 7
        assert len({found[2] for found in words if found}) == 12


@given(at=YEARS, zone=ZONES, lang=LANGS)
def test_any_dateline_has_two_digit_day_four_digit_year_and_24_hour_time(at, zone, lang):
    written = dateline.dateline(at, zone, lang)
    found = re.fullmatch(r"\w+, (\d\d) \w+ (\d{4}) \| (\d\d):(\d\d) (\S+)", written)
    assert found, written
    local = at.astimezone(zone)
    assert (int(found[1]), int(found[2]), int(found[3]), int(found[4])) == (
        local.day,
        local.year,
        local.hour,
        local.minute,
    )
    assert dateline.list_line(at, zone, lang) == written.removesuffix(f" {found[5]}")


@given(at=YEARS, lang=LANGS, zone=ZONES)
def test_since_1964_a_dateline_ends_with_the_zones_own_name(at, lang, zone):
    at = at.replace(year=1964 + at.year % 136, day=min(at.day, 28))
    assert dateline.dateline(at, zone, lang).endswith(f" {SHORT[zone.key]}")


@given(at=YEARS, zone=ZONES)
def test_an_instant_is_written_alike_from_whatever_zone_it_comes(at, zone):
    there = at.astimezone(zones.zone("America/New_York"))
    assert dateline.dateline(there, zone, "id") == dateline.dateline(at, zone, "id")


@pytest.mark.parametrize(
    ("length", "indonesian", "english"),
    [
        (timedelta(seconds=5), "1 menit", "1 minute"),
        (timedelta(minutes=61), "1 jam 1 menit", "1 hour 1 minute"),
        (timedelta(hours=3), "3 jam", "3 hours"),
        (timedelta(days=2, hours=3, minutes=59), "2 hari 3 jam", "2 days 3 hours"),
        (timedelta(days=1, minutes=59), "1 hari", "1 day"),
    ],
)
def test_a_length_of_time_is_told_by_its_two_largest_units(length, indonesian, english):
    assert (dateline.span(length, "id"), dateline.span(length, "en")) == (indonesian, english)


@pytest.mark.parametrize(
    ("names", "written"),
    [
        (["WIB"], "Jumat, 03 Mei 2024 | 06:39:00 WIB"),
        (["WIB", "WIB"], "Jumat, 03 Mei 2024 | 06:39:00 WIB"),
        (["WIB", "WIT"], "Jumat, 03 Mei 2024 | 06:39:00 WIB = 08:39:00 WIT"),
        (["America/New_York", "WIT"], "Kamis, 02 Mei 2024 | 19:39:00 EDT = Jumat, 03 Mei 2024 | 08:39:00 WIT"),
    ],
)
def test_a_moment_is_written_in_each_zone_that_shows_another_clock(names, written):
    assert dateline.moment(INSTANT, [zones.zone(name) for name in names], "id") == written


@given(YEARS, st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Asia/Jayapura", "UTC"]).map(zones.zone))
def test_a_moment_names_the_very_second_even_in_an_hour_that_comes_twice(at, zone):
    clock = dateline.moment(at, [zone], "en").split(" | ")[1]
    local = at.astimezone(zone)
    assert clock == f"{local:%H:%M:%S} {local.tzname()}"

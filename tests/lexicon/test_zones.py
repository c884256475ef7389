"""Zones by name, and instants a newspaper can mean."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.lexicon import zones


@pytest.mark.parametrize(
    ("name", "iana"),
    [
        ("WIB", "Asia/Jakarta"),
        ("wita", "Asia/Makassar"),
        (" Wit ", "Asia/Jayapura"),
        ("Asia/Jakarta", "Asia/Jakarta"),
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_short_or_its_iana_name(name, iana):
    assert zones.zone(name).key == iana


@pytest.mark.parametrize(
    "name", ["", " ", "WIBB", "asia/jakarta", "+07:00", "Asia", "../../etc/passwd", "/etc/localtime", "Mars\0", "é"]
)
def test_an_unknown_zone_is_refused_with_what_is_allowed(name):
    with pytest.raises(zones.UnknownZoneError, match="write WIB, WITA, WIT or an IANA name"):
        zones.zone(name)


@given(name=st.text(max_size=40))
def test_a_strange_name_is_refused_and_breaks_nothing(name):
    try:
        zone = zones.zone(name)
    except zones.UnknownZoneError:
        return
    assert zones.zone(zone.key) is zone


@pytest.mark.parametrize(
    "at",
    [
        datetime(1900, 1, 1, tzinfo=UTC),
        datetime(2099, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1900, 1, 1, 7, tzinfo=timezone(timedelta(hours=7))),
    ],
)
def test_an_instant_of_the_two_centuries_is_possible(at):
    possible = zones.possible(at)
    assert possible == at
    assert possible.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "at",
    [
        datetime(1899, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1900, 1, 1, 6, 59, tzinfo=timezone(timedelta(hours=7))),
        datetime(2100, 1, 1, tzinfo=UTC),
        datetime(2199, 5, 3, tzinfo=UTC),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=7))),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-7))),
    ],
)
def test_an_instant_outside_the_two_centuries_is_refused(at):
    with pytest.raises(zones.ImpossibleInstantError, match="outside the years 1900 to 2099"):
        zones.possible(at)


def test_a_naive_instant_is_refused_with_the_way_to_mend_it():
    with pytest.raises(zones.ImpossibleInstantError, match="has no time zone: add one, such as \\+07:00"):
        zones.possible(datetime(2024, 5, 3))

"""The deadline of a reply: two working days, at the same hour."""

from datetime import UTC, datetime

import pytest

from warta.lexicon import zones
from warta.lexicon.press_rules import reply_deadline

WIB, WIT = zones.zone("WIB"), zones.zone("WIT")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2026, 11, 23, 9, 30, tzinfo=WIB), datetime(2026, 11, 25, 9, 30, tzinfo=WIB)),
        (datetime(2026, 11, 26, 17, 0, tzinfo=WIB), datetime(2026, 11, 30, 17, 0, tzinfo=WIB)),
        (datetime(2026, 11, 27, 9, 0, tzinfo=WIB), datetime(2026, 12, 1, 9, 0, tzinfo=WIB)),
        (datetime(2026, 11, 28, 9, 0, tzinfo=WIB), datetime(2026, 12, 1, 9, 0, tzinfo=WIB)),
    ],
)
def test_saturdays_and_sundays_do_not_count(received, due):
    assert reply_deadline(received, WIB) == due


def test_the_day_is_that_of_the_articles_zone():
    late_on_thursday = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)  # Friday, 01:00 in Jayapura
    assert reply_deadline(late_on_thursday, WIT) == datetime(2026, 12, 1, 1, 0, tzinfo=WIT)
    assert reply_deadline(late_on_thursday, WIB) == datetime(2026, 11, 30, 23, 0, tzinfo=WIB)

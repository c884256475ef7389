"""From when until when: the embargo and the time test, to the microsecond."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.lexicon import embargo

END = datetime(2024, 5, 3, 6, 39, tzinfo=UTC)
TICK = timedelta(microseconds=1)
INSTANTS = st.datetimes(timezones=st.just(UTC))


def test_what_is_seen_before_the_embargo_ends_is_refused():
    with pytest.raises(embargo.UnderEmbargoError, match="2024-05-03T06:39:00") as refused:
        embargo.check(END - TICK, END)
    assert refused.value.embargo == END


@pytest.mark.parametrize(("visible_from", "end"), [(END, END), (END + TICK, END), (END, None)])
def test_what_is_seen_from_the_end_of_the_embargo_on_passes(visible_from, end):
    embargo.check(visible_from, end)


@pytest.mark.parametrize(
    ("now", "is_visible"),
    [(END - TICK, False), (END, True), (END + timedelta(hours=1) - TICK, True), (END + timedelta(hours=1), False)],
)
def test_the_first_instant_counts_and_the_last_does_not(now, is_visible):
    assert embargo.is_visible(END, END + timedelta(hours=1), now) is is_visible


@given(start=INSTANTS, now=INSTANTS)
def test_without_an_end_it_stays_visible(start, now):
    assert embargo.is_visible(start, None, now) is (now >= start)


@given(start=INSTANTS, end=INSTANTS, now=INSTANTS)
def test_what_ends_before_it_begins_is_never_visible(start, end, now):
    if end <= start:
        assert not embargo.is_visible(start, end, now)

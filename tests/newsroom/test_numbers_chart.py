"""Charts are plain geometry: round levels, curves within their frame, flags that do not hide one another."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.newsroom.desk.numbers import chart, exports, periods
from warta.newsroom.desk.numbers.article import share
from warta.newsroom.desk.numbers.periods import Kind, Period
from warta.newsroom.numbers import OfArticle, Point

COUNTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=400)


@given(st.integers(0, 10**12))
def test_levels_are_few_round_and_reach_the_top(most: int) -> None:
    found = chart.levels(most)
    step = found[1]
    assert found[0] == 0
    assert found[-1] >= most
    assert found[-1] - most < step or most == 0
    assert 2 <= len(found) <= 6
    assert re.fullmatch("[125]0*", str(step))


@given(COUNTS, COUNTS, st.booleans())
def test_a_curve_stays_in_its_frame_and_writes_no_comma(values: list[int], before: list[int], is_running: bool) -> None:
    labels = [str(place) for place in range(len(values))]
    made = chart.curve(values, labels, before=before, is_running=is_running)
    for path in (made.line, made.area, made.before):
        numbers = re.findall(r"[ML]([\d.]+) ([\d.]+)", path)
        assert re.fullmatch(r"(M[\d. ]+(L[\d. ]+)*Z?)?", path)
        assert all(0 <= float(x) <= chart.WIDTH and 0 <= float(y) <= chart.PLOT for x, y in numbers)
    assert 1 <= len(made.ticks) <= 6
    assert made.ticks[0].label == "0"
    assert bool(made.running_y) == is_running


def test_a_curve_is_drawn_from_the_left_below_to_the_right_above() -> None:
    made = chart.curve([0, 50, 100], ["a", "b", "c"])
    assert made.line == "M0 180L500 90L1000 0"
    assert made.area == "M0 180L500 90L1000 0L1000 180L0 180Z"
    assert [(level.value, level.y) for level in made.levels] == [
        (0, "198"),
        (20, "162"),
        (40, "126"),
        (60, "90"),
        (80, "54"),
        (100, "18"),
    ]
    assert [(tick.at, tick.anchor) for tick in made.ticks] == [("0", "start"), ("50", "middle"), ("100", "end")]
    assert chart.curve([7], ["a"]).line == "M0 22.5L1000 22.5", "one value is a level line"


def test_what_runs_yet_is_a_dot_and_no_fall() -> None:
    made = chart.curve([100, 100, 1], ["a", "b", "c"], is_running=True)
    assert made.line == "M0 0L500 0"
    assert made.running_y == "196.2"


def test_flags_that_are_near_stand_in_lanes() -> None:
    made = chart.curve([1, 2], ["a", "b"], flags=[0.1, 0.11, 0.12, 0.13, 0.5])
    assert [flag.y for flag in made.flags] == ["11", "33", "55", "11", "11"]
    assert [flag.number for flag in made.flags] == [1, 2, 3, 4, 5]
    assert made.top == 18 + 3 * 22


@given(st.lists(st.floats(0, 1), max_size=30).map(sorted))
def test_every_flag_has_a_place(shares: list[float]) -> None:
    made = chart.curve([1, 2], ["a", "b"], flags=shares)
    assert len(made.flags) == len(shares)
    assert all(int(flag.y) < made.top for flag in made.flags)


def test_bars_are_shares_of_the_largest_and_of_all() -> None:
    rows = chart.bars([("a", 30), ("b", 10, "/b"), ("c", 0)])
    assert [(bar.width, bar.percent, bar.url) for bar in rows] == [("100", 75, ""), ("33.33", 25, "/b"), ("0", 0, "")]
    assert chart.bars([]) == ()
    assert chart.bars([("a", 0)])[0].width == "0"


def test_a_sparkline_leaves_out_what_runs_yet() -> None:
    assert chart.sparkline([0, 4, 2, 9]) == "M0 23L50 1L100 12"
    assert chart.sparkline([3]) == chart.sparkline([]) == ""


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([10, 10, 10, 20, 20, 20, 1], 100),
        ([20, 20, 20, 10, 10, 10, 99], -50),
        ([1, 1, 1, 9, 9, 9, 9], None),
        ([10, 20, 1], None),
        ([], None),
    ],
)
def test_a_trend_holds_three_whole_hours_against_the_three_before(hours: list[int], expected: int | None) -> None:
    assert chart.trend(hours) == expected


def test_a_moment_has_its_place_on_the_curve() -> None:
    hours = tuple(Point(datetime(2026, 5, 4, hour, tzinfo=UTC), 1) for hour in (6, 7, 8))
    found = OfArticle("hour", hours, 3)
    assert share(datetime(2026, 5, 4, 7, tzinfo=UTC), found) == 0.5
    assert share(datetime(2026, 5, 4, 5, tzinfo=UTC), found) == 0
    assert share(datetime(2026, 5, 4, 9, tzinfo=UTC), found) == 1
    assert share(datetime(2026, 5, 4, 6, 30, tzinfo=UTC), OfArticle("hour", hours[:1], 1)) == 0.5


@given(st.sampled_from(Kind), st.dates(date(2000, 2, 1), date(2099, 1, 1)))
def test_periods_follow_one_another_without_gap(kind: Kind, day: date) -> None:
    found = periods.around(kind, day)
    assert found.first <= day <= found.last
    assert found.after.before == found
    assert (found.after.first - found.last).days == 1
    assert found.days(day)[-1] == day
    assert periods.read(kind, found.first.isoformat(), day) == found


@pytest.mark.parametrize("text", ["", "kemarin", "2026-13-01", "1999-01-01", "2027-01-01", "2025-11-23", "²026-01-01"])
def test_what_names_no_known_week_is_the_last_one(text: str) -> None:
    today = date(2026, 11, 24)
    assert periods.read("week", text, today) == Period(Kind.WEEK, date(2026, 11, 16))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    text = exports.csv(["a"], [[cell], ["Panen - raya"], [-5]]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows == [["a"], [f"'{cell}"], ["Panen - raya"], ["-5"]]

"""Developments of a live report stand together, the newest first."""

from datetime import UTC, datetime, timedelta

from warta.lexicon.live import newest_first

AT = datetime(2024, 5, 3, 2, 0, tzinfo=UTC)


def order(*moments: int | None) -> list[int]:
    """Return the places that blocks had, in their new order; a moment is in minutes, None what is no development."""
    blocks = [
        (place, None if minutes is None else AT + timedelta(minutes=minutes)) for place, minutes in enumerate(moments)
    ]
    return [place for place, _ in newest_first(blocks, lambda block: block[1])]


def test_the_newest_comes_first_below_all_else() -> None:
    assert order(None, None, 1, 3, 2, None) == [0, 1, 5, 3, 4, 2]
    assert order(None, 1, None, 2, None) == [0, 2, 4, 3, 1]


def test_of_one_moment_the_upper_stays_above() -> None:
    assert order(5, 5, 7, 5) == [2, 0, 1, 3]


def test_without_them_nothing_moves() -> None:
    assert order(None, None) == [0, 1]
    assert order() == []

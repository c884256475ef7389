"""The states of an article, in the newsroom's words, and the moves between them (drawn in `docs/states.md`).

A state belongs to the article's row. `PUBLISHED` and `CORRECTED` are what readers see, `WITHDRAWN` what they are told
is gone; the database holds to that too. A live article that is being changed keeps its state: the change waits as a
submission (`models/submission.py`).
"""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where an article stands."""

    DRAFT = "draft", pgettext_lazy("state", "draft")
    SUBMITTED = "submitted", pgettext_lazy("state", "submitted")
    EDITING = "editing", pgettext_lazy("state", "being edited")
    SCHEDULED = "scheduled", pgettext_lazy("state", "scheduled")
    PUBLISHED = "published", pgettext_lazy("state", "published")
    CORRECTED = "corrected", pgettext_lazy("state", "corrected")
    WITHDRAWN = "withdrawn", pgettext_lazy("state", "withdrawn")


LIVE: Final = frozenset({State.PUBLISHED, State.CORRECTED})
MOVES: Final[dict[State, frozenset[State]]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.SCHEDULED, *LIVE, State.WITHDRAWN}),
    State.SUBMITTED: frozenset({State.DRAFT, State.EDITING, State.SCHEDULED, *LIVE, State.WITHDRAWN}),
    State.EDITING: frozenset({State.DRAFT, State.SCHEDULED, *LIVE, State.WITHDRAWN}),
    State.SCHEDULED: frozenset({State.DRAFT, *LIVE, State.WITHDRAWN}),
    State.PUBLISHED: frozenset({State.DRAFT, State.CORRECTED, State.WITHDRAWN}),
    State.CORRECTED: frozenset({State.DRAFT, State.WITHDRAWN}),
    State.WITHDRAWN: LIVE,
}
"""From each state, those it can move to; to stay is no move."""


class ImpossibleMoveError(ValueError):
    """An article cannot go from one state to another."""


def check(before: str, after: State) -> None:
    """Make sure that an article may go from one state to another.

    Raises: ImpossibleMoveError, which names both.
    """
    if before != after and after not in MOVES[State(before)]:
        raise ImpossibleMoveError(f"an article that is {before} cannot become {after}")


def settled(state: str, *, is_live: bool, is_withdrawn: bool) -> State:
    """Return the state that agrees with what readers have: the nearest to the one it had."""
    if is_withdrawn:
        return State.WITHDRAWN
    if is_live:
        return State(state) if state in LIVE else State.PUBLISHED
    return State.DRAFT if state in LIVE or state == State.WITHDRAWN else State(state)

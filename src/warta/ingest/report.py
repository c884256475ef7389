"""What an import came to: how many of what, what was lost by kind with examples, pictures, old addresses."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from warta.ingest.load import Outcome

_EXAMPLES: Final = 3
_LONGEST: Final = 200
_KINDS: Final = 200
"""Kinds of loss that are told apart; what formats call a kind is theirs, and an archive could bring very many."""
_OTHERS: Final = "other"


class Report:
    """Counts outcomes as they come; its size does not grow with the archive."""

    def __init__(self) -> None:
        self._statuses: Counter[str] = Counter()
        self._verbs: Counter[str] = Counter()
        self._found = 0
        self._old_addresses = 0
        self._lost: Counter[str] = Counter()
        self._examples: dict[str, list[str]] = {}

    def note(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self._statuses[outcome.status] += 1
        self._verbs[outcome.verb or "broken"] += 1
        self._found += outcome.pictures
        self._old_addresses += outcome.old_addresses
        if outcome.error:
            self._lose("item", f"{outcome.where}: {outcome.error}")
        for loss in outcome.lost:
            self._lose(loss.partition(":")[0].partition(" ")[0], f"{outcome.where}: {loss}")

    @property
    def broken(self) -> int:
        """How many items could not be taken."""
        return self._statuses["broken"]

    @property
    def is_empty(self) -> bool:
        """Tell whether there was no item at all, not even a broken one."""
        return not self._statuses.total()

    def as_dict(self) -> dict[str, Any]:
        """Return the report as one JSON object."""
        return {
            "created": self._verbs["create"],
            "updated": self._verbs["update"],
            "skipped": self._verbs["skip"],
            "broken": self.broken,
            "statuses": dict(sorted(self._statuses.items())),
            "pictures": {"found": self._found, "missing": self._lost["picture"]},
            "old_addresses": self._old_addresses,
            "lost": {
                kind: {"count": count, "examples": self._examples[kind]} for kind, count in self._lost.most_common()
            },
        }

    def lines(self) -> Iterator[str]:
        """Return the report in words, line by line."""
        taken = ", ".join(f"{count:,} {status}" for status, count in self._statuses.most_common() if status != "broken")
        verbs = self._verbs
        yield f"{taken or 'nothing taken'}; {verbs['create']:,} of them new; {self.broken:,} broken."
        if verbs["update"] or verbs["skip"]:
            yield f"{verbs['update']:,} brought up to date, {verbs['skip']:,} skipped because they had not changed."
        if self._found or self._lost["picture"]:
            yield f"Pictures: {self._found:,} found, {self._lost['picture']:,} not."
        if self._old_addresses:
            yield f"Old addresses that lead on: {self._old_addresses:,}."
        for kind, count in self._lost.most_common():
            yield f"Not carried over, {kind}: {count:,} times."
            yield from (f"    {example}" for example in self._examples[kind])

    def _lose(self, kind: str, example: str) -> None:
        kind = kind if kind in self._examples or len(self._examples) < _KINDS else _OTHERS
        self._lost[kind] += 1
        examples = self._examples.setdefault(kind, [])
        if len(examples) < _EXAMPLES:
            examples.append(example[:_LONGEST])

"""Whoever was told of a change never finds the article as it was before, whatever else processes and threads do."""

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.delivery.test_parts import part
from warta.delivery.parts import Parts


class Telling(RuleBasedStateMachine):
    """Two processes that make, keep and follow; the store is a dictionary of the last change of each article."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="parts-"))
        self.processes = [Parts(self.folder / "parts", version="1") for _ in range(2)]
        self.memories = [0, 0]
        self.store: dict[int, int] = {}
        self.last = 0
        for process in self.processes:
            process.upto()

    @rule(article=st.integers(1, 3))
    def publish(self, article: int) -> None:
        self.last += 1
        self.store[article] = self.last

    @rule(which=st.integers(0, 1), article=st.integers(1, 3), age=st.integers(0, 3))
    def make_and_keep(self, which: int, article: int, age: int) -> None:
        """Keep what was read from the store a while ago, though not before this process followed last."""
        if article in self.store:
            self.processes[which].put(part(article, max(self.store[article] - age, self.memories[which], 1)))

    @rule(which=st.integers(0, 1), article=st.integers(1, 3))
    def read(self, which: int, article: int) -> None:
        self.processes[which].find(article)

    @rule(which=st.integers(0, 1))
    def follow(self, which: int) -> None:
        process = self.processes[which]
        low, _ = process.upto()
        changes = sorted((number, article) for article, number in self.store.items() if number > low)
        if changes:
            process.changed([(article, number) for number, article in changes], upto=changes[-1][0])
        self.memories[which] = self.last

    @invariant()
    def nothing_older_than_what_was_told_is_found(self) -> None:
        for process, told in zip(getattr(self, "processes", []), getattr(self, "memories", []), strict=True):
            for article, number in self.store.items():
                found = process.find(article)
                assert found is None or number > told or found.number >= number

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


TestTelling = Telling.TestCase
TestTelling.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)


def test_threads_that_read_and_write_never_bring_back_what_was_told(tmp_path: Path) -> None:
    parts = Parts(tmp_path / "parts", version="1")
    parts.upto()
    told = dict.fromkeys(range(1, 6), 0)
    wrong: list[str] = []
    is_over = False

    def forever(work: Callable[[int], None]) -> Thread:
        def run() -> None:
            turn = 0
            try:
                while not is_over:
                    turn += 1
                    work(turn % 5 + 1)
            except Exception as error:  # noqa: BLE001 — a thread's error must be seen by the test
                wrong.append(repr(error))

        return Thread(target=run)

    def keep(article: int) -> None:
        parts.put(part(article, max(told[article] - 1, 1)))  # made before the last change, kept after it
        parts.put(part(article, told[article] + 1))

    def read(article: int) -> None:
        known = told[article]
        found = parts.find(article)
        if found is not None and found.number < known:
            wrong.append(f"article {article}: {found.number} after {known} was told")

    threads = [forever(keep), forever(keep), forever(read), forever(read)]
    for thread in threads:
        thread.start()
    number, until = 0, time.monotonic() + 2.0
    while time.monotonic() < until:
        number += 1
        article = number % 5 + 1
        parts.changed([(article, number)], upto=number)
        told[article] = number
    is_over = True
    for thread in threads:
        thread.join(10)
    assert wrong == []
    assert number > 10

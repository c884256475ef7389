"""A worker beside a long command, so that what one core files the other presses."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.utils import timezone

from warta.newsroom import dispatches

_LOOKS_S: Final = 0.1


@contextmanager
def helping_worker() -> Iterator[None]:
    """Press on the other core while articles are filed here; at the end, wait until what waits is pressed.

    When this process is killed the worker ends too, for its input is closed; what is left is pressed by the next.
    """
    command = [sys.executable, "-m", "warta.config.cli", "worker", "--beside"]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 — our own command
    try:
        yield
        while dispatches.is_waiting(timezone.now()) and worker.poll() is None:
            time.sleep(_LOOKS_S)
    finally:
        worker.terminate()
        worker.wait()

"""A worker beside a long command, so that what one core files the other presses."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def helping_worker() -> Iterator[None]:
    """Press on the other core while articles are filed here; what it has begun is finished when the block ends.

    When this process is killed the worker ends too, for its input is closed; what is left is pressed by the next.
    """
    worker = subprocess.Popen([sys.executable, "-m", "warta.config.cli", "worker", "--beside"], stdin=subprocess.PIPE)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()

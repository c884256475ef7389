"""How long commands show how far they are, and say in words what stopped them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from django.db import Error, connection

from warta.config.databases import mend


def progress(*, hidden: bool, **options: Any) -> Any:
    """Return click's bar, which is shown on a terminal only: elsewhere it would leave its bare label in the output."""
    return click.progressbar(hidden=hidden or not sys.stdout.isatty(), **options)


@contextmanager
def stopped_in_words(then: str) -> Iterator[None]:
    """Say in words, and with what to do `then`, that a database or a disk stopped a command.

    Raises: click.ClickException.
    """
    try:
        yield
    except Error as error:
        raise click.ClickException(f"the database refuses: {_line(error)}. {mend(connection)}. {then}") from error
    except (BrokenPipeError, ChildProcessError):
        raise
    except OSError as error:
        raise click.ClickException(f"a file cannot be read or written: {_line(error)}. {then}") from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())

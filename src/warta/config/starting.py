"""What every command of `warta` begins and ends with."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from warta.config import environment

json_option: Final = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")


def set_up(*, may_make: bool = False) -> environment.Environment:
    """Check the settings and set Django up for the newsroom, the worker and the command line.

    Only commands that make a paper `may_make` its folder, which is then its owner's alone; others end where none is.
    """
    env = environment.current()
    os.environ["WARTA_HOME"] = str(env.home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "warta.config.settings.newsroom"
    try:
        if may_make:
            env.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        elif not _is_there(env):
            sys.exit(f"warta: there is no paper in {env.home}: WARTA_HOME names another, or `warta init` makes one.")
    except OSError as error:
        raise click.ClickException(
            f"WARTA_HOME {env.home} cannot be made: {error.strerror}. Choose another."
        ) from error
    import django

    django.setup()
    if may_make:
        _keep_databases_private()
    return env


def _is_there(env: environment.Environment) -> bool:
    """Tell whether the folder is a paper's: it has a key. One that may not be looked into is told of with the key."""
    try:
        env.secret_file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except PermissionError:
        return True
    return True


def _keep_databases_private() -> None:
    """Make the files of new databases before SQLite does, which would let others read them.

    What it lays beside them takes their mode. The folder's is not enough: a server in front may read pictures there.
    """
    from django.conf import settings

    for database in settings.DATABASES.values():
        if database["ENGINE"].endswith("sqlite3"):
            Path(database["NAME"]).touch(mode=0o600)


def say(data: Mapping[str, Any], words: str, *, as_json: bool) -> None:
    """Print what a command has to say, in words or as a line of JSON."""
    click.echo(json.dumps(data, ensure_ascii=False, default=str) if as_json else words)

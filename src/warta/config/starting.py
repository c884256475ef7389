"""What every command of `warta` begins and ends with."""

import json
import os
from collections.abc import Mapping
from typing import Any, Final

import click

from warta.config import environment

json_option: Final = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")


def set_up() -> environment.Environment:
    """Check the settings and set Django up for the newsroom, the worker and the command line."""
    env = environment.current()
    os.environ["WARTA_HOME"] = str(env.home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "warta.config.settings.newsroom"
    try:
        env.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(
            f"WARTA_HOME {env.home} cannot be made: {error.strerror}. Choose another."
        ) from error
    import django

    django.setup()
    return env


def say(data: Mapping[str, Any], words: str, *, as_json: bool) -> None:
    """Print what a command has to say, in words or as a line of JSON."""
    click.echo(json.dumps(data, ensure_ascii=False, default=str) if as_json else words)

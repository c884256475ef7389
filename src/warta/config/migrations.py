"""Fails when the tables of a room and its migrations say different things: `python -m warta.config.migrations`."""

import warta.config.sqlite  # noqa: F401 — must come before Django opens a database


def check() -> None:
    """End with status 1 when a migration is missing."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


if __name__ == "__main__":
    check()

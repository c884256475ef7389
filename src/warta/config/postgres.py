"""What each connection to PostgreSQL is told, and what a long command tells its own."""

from typing import Any, Final

from django.db import connection, connections
from django.db.backends.signals import connection_created
from django.dispatch import receiver

_FOR_MUCH: Final = {"gin_pending_list_limit": "16MB", "work_mem": "32MB"}
"""With 4 MB of each, as PostgreSQL comes, articles that arrive by the hundred cost their search twice the time."""


@receiver(connection_created)
def pack_with_lz4(connection: Any, **told: Any) -> None:
    """Choose LZ4 for packing long texts; where the server was built without it, do nothing.

    With PostgreSQL's own way of packing, an archive's articles cost the server a tenth more of processor time. Each
    value says how it was packed, so what is there stays readable, and is packed anew when it is next written.
    Source: PostgreSQL, default_toast_compression (14 or newer).
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(name, 'lz4', false) FROM pg_settings"
            " WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)"
        )


def expect_much() -> None:
    """Let the indexes of words keep more waiting before it is sorted in; for this process and helpers that it forks.

    Source: PostgreSQL, GIN Fast Update Technique.
    """
    connection_created.connect(_for_much)
    connections.close_all()


def _for_much(connection: Any, **told: Any) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name, value in _FOR_MUCH.items():
                cursor.execute("SELECT set_config(%s, %s, false)", [name, value])


def sort_in() -> None:
    """Sort in what waits before the indexes of words: every search reads all of that, one by one.

    Raises: django.db.Error.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT gin_clean_pending_list(kept.oid) FROM pg_class AS kept JOIN pg_am ON pg_am.oid = kept.relam"
                " WHERE amname = 'gin' AND relkind = 'i' AND relnamespace = current_schema()::regnamespace"
                " AND pg_has_role(relowner, 'USAGE')"
            )

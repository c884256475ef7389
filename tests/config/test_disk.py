"""What may be lost by a power cut is not waited for, and everything else is."""

import pytest
from django.db import connection, transaction

from warta import plain


def waits() -> bool:
    """Tell whether a commit would wait for the disk now."""
    if connection.vendor == "sqlite":
        return plain.ask("PRAGMA synchronous") == [(2,)]
    return plain.ask("SHOW synchronous_commit") == [("on",)]


@pytest.mark.django_db(transaction=True)
def test_the_one_write_within_does_not_wait_for_the_disk():
    assert waits()
    with plain.without_waiting_for_the_disk():
        assert not waits()
    assert waits()
    with pytest.raises(ZeroDivisionError), plain.without_waiting_for_the_disk():
        raise ZeroDivisionError
    assert waits()


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_it_changes_nothing():
    with transaction.atomic(), plain.without_waiting_for_the_disk():
        assert waits()

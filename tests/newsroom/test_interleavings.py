"""Two to five people write, save, publish, schedule and lock one article in any order: no word gets lost unseen.

`pytest tests/newsroom/test_interleavings.py --interleavings 10000` plays ten thousand orders.
"""

from collections import Counter

from django.db import connection

from tests.newsroom import builders
from tests.newsroom.editors import Tab, person
from tests.newsroom.interleaving import interleave

AT_ONCE = 20


def pytest_generate_tests(metafunc):
    count = metafunc.config.getoption("interleavings")
    few = count if connection.vendor == "sqlite" else count // 5
    metafunc.parametrize("first", range(0, few, AT_ONCE))


def test_no_word_gets_lost_unseen(first):
    clients = [person(name) for name in ("ada", "budi", "citra", "dewi", "eko")]
    served = Tab(clients[0], builders.article(status="draft")).form
    accounts = [interleave(seed + 1, clients, served) for seed in range(first, first + AT_ONCE)]
    answers = Counter(told.rsplit(" ", 1)[1] for account in accounts for told in account.told)
    assert answers["302"] > 30
    assert answers["409"] > 0  # some did meet

"""An invented day: of all that is sent, the people are counted, and nothing is unaccounted for."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tests.reads import invented
from tests.reads.builders import counted, fates, put
from warta.reads import beacon, tally
from warta.reads.models import ReadHour
from warta.reads.sieve import Rule
from warta.reads.tally import Tally

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize(
    ("count", "flush"), [(8_000, 100), pytest.param(200_000, 200, marks=pytest.mark.thorough)], ids=["slice", "whole"]
)
def test_counted_people_are_the_people(count: int, flush: int, process_tally: Tally) -> None:
    for article_id in range(1, invented.TARGET + 1):
        put(article_id)
    log = invented.log(count)
    for number, request in enumerate(log, start=1):
        assert beacon.take(request.path, "", request.headers, request.remote, request.now_s)
        if number % flush == 0 or number == len(log):
            tally.PROCESS.flush(datetime.fromtimestamp(request.now_s, UTC) + timedelta(seconds=1))
    labels, told = Counter(request.label for request in log), fates()
    people = len({request.who for request in log if request.label == "person"})
    readers = sum(ReadHour.objects.values_list("readers", flat=True)) - counted(invented.TARGET)[1]
    print(f"\n  {len(log)} beacons, {people} people of articles, {readers} counted ({readers / people:.2%}); {told}")
    assert abs(readers / people - 1) <= 0.03
    assert counted(invented.TARGET)[1] <= 20
    assert sum(told.values()) == len(log)
    assert told[Rule.ROBOT] + told[Rule.NAMELESS] == labels["robot"]
    assert (told[Rule.PREFETCH], told[Rule.REFUSED]) == (labels["prefetch"], labels["refused"])
    assert told[Rule.FORGED] + told.get(Rule.EXPIRED, 0) == labels["forged"]
    assert told[Rule.STORED] == sum(ReadHour.objects.values_list("reads", flat=True))

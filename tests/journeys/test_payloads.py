"""S7: no payload that comes in by any door runs, or leads to what runs, on any page of readers or newsroom."""

import pytest

from tests.conftest import DATABASES
from tests.journeys.poisoned import fill, newsroom_pages, readers_pages
from tests.payloads import MARK, PAYLOADS, running
from warta.newsroom.sieve import inline_html

pytestmark = [
    pytest.mark.django_db(databases=DATABASES),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_the_corpus_is_large_and_would_run_where_nothing_is_escaped() -> None:
    assert len(PAYLOADS) >= 1000
    assert sum(bool(running(f"<p>{payload}</p>")) for payload in PAYLOADS) > 400


@pytest.mark.parametrize("part", range(4))
def test_the_sieve_of_paragraphs_lets_none_run(part: int) -> None:
    for payload in PAYLOADS[part::4]:
        for written in (payload, f"<p>{payload}</p>", f'<a href="{payload}">x</a>', f"<b {payload}>x</b>"):
            assert running(f"<div>{inline_html(written)}</div>") == [], written


def test_no_page_lets_one_run(tmp_path, desk, reader, reporter) -> None:
    made = fill(desk, reporter, tmp_path)
    readers, newsroom = list(readers_pages(reader, made)), list(newsroom_pages(desk, made, editors=3))
    found = {path: bad for path, page in (*readers, *newsroom) if (bad := running(page))}
    assert found == {}
    assert sum(page.count(MARK) for _path, page in readers) > len(PAYLOADS), "they are there, as words"
    assert sum(page.count(MARK) for _path, page in newsroom) > len(PAYLOADS)

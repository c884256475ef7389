"""Parts are made as the article is stored, ahead of readers by the worker, and anew when the paper went back."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec import structs

from tests.delivery.builders import NOW, article, put, put_archive, put_frame, put_gone
from warta.delivery import making, partsfile
from warta.delivery.parts import Parts
from warta.paper import store

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def parts(cache: Path) -> Parts:
    return making.parts()


def test_a_part_says_when_and_where_its_article_is_to_be_seen(parts: Parts) -> None:
    page = put(article(7, NOW + timedelta(hours=1), lang="en"), until=NOW + timedelta(hours=2))
    made = making.make(7, now=NOW)
    assert made is not None
    assert (made.id, made.path, made.lang, made.number) == (7, page.path, "en", store.last_number())
    moments = [-1, 3599, 3600, 7199, 7200]
    assert [made.is_visible(NOW.timestamp() + moment) for moment in moments] == [False, False, True, True, False]
    assert page.headline.encode() in made.body.plain
    assert page.headline.encode() in made.head.plain


def test_what_is_no_article_has_no_part(parts: Parts) -> None:
    put_gone(8)
    store.remove(store.article_key(put(article(9)).id))
    for article_id in (7, 8, 9):
        assert making.make(article_id, now=NOW) is None
        making.fill(article_id)
        assert parts.find(article_id) is None


def test_a_part_is_the_same_whatever_else_is_in_the_paper(parts: Parts) -> None:
    put(article(7))
    before = making.make(7, now=NOW)
    put_frame()
    put_archive(12, first_id=100)
    after = making.make(7, now=NOW + timedelta(days=400))
    assert before is not None
    assert after is not None
    assert (before.head.plain, before.body.plain) == (after.head.plain, after.body.plain)


def test_the_worker_fills_what_is_missing_newest_first(parts: Parts) -> None:
    put_frame()
    pages = put_archive(45)
    making.catch_up(parts)
    warmer = making.Warmer()
    filled: list[set[int]] = [set()]
    while warmer.step(NOW):
        filled.append(parts.ids(page.id for page in pages))
    newest_first = [page.id for page in reversed(pages)]
    for present in filled:
        assert present == set(newest_first[: len(present)])
    assert filled[-1] == set(newest_first)
    assert max(len(after) - len(before) for before, after in pairwise(filled)) <= 10
    assert not warmer.step(NOW)


def test_the_worker_makes_what_changed_at_once(parts: Parts) -> None:
    pages = put_archive(3)
    warmer = making.Warmer()
    while warmer.step(NOW):
        pass
    put(structs.replace(pages[0], standfirst="Baru."))
    put(article(900, NOW + timedelta(days=1)))
    put_gone(pages[1].id, path=pages[1].path)
    making.catch_up(parts)
    assert warmer.step(NOW)
    assert b"Baru." in parts.find(pages[0].id).body.plain
    assert parts.find(900).number == store.last_number() - 1
    assert parts.find(pages[1].id) is None
    assert not warmer.step(NOW)


def test_the_worker_stops_where_the_file_is_full(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    put_archive(30)
    monkeypatch.setattr(partsfile, "LIMIT_BYTES", 1)
    warmer = making.Warmer()
    assert not warmer.step(NOW)
    assert not warmer.step(NOW)


def test_the_worker_fills_again_what_a_deleted_cache_had(parts: Parts, cache: Path) -> None:
    pages = put_archive(5)
    warmer = making.Warmer()
    while warmer.step(NOW):
        pass
    for path in cache.iterdir():
        path.unlink()
    making.parts.cache_clear()
    making.shelf.cache_clear()
    warmer = making.Warmer()
    while warmer.step(NOW):
        pass
    assert making.parts().ids(page.id for page in pages) == {page.id for page in pages}


def test_catching_up_tells_all_changes_since_the_last_time(parts: Parts) -> None:
    pages = put_archive(4)
    assert making.catch_up(parts) == store.last_number()
    for page in pages:
        making.fill(page.id)
    put(structs.replace(pages[0], standfirst="Baru."))
    put_gone(pages[1].id, path=pages[1].path)
    store.remove(store.article_key(pages[2].id))
    put_frame()
    assert making.catch_up(parts) == store.last_number()
    assert [parts.find(page.id) is not None for page in pages] == [False, False, False, True]
    assert parts.upto() == (store.last_number(), store.last_number())
    assert making.catch_up(parts) == store.last_number()


def test_catching_up_when_the_store_went_back_clears(parts: Parts) -> None:
    page = put(article(7))
    making.catch_up(parts)
    making.fill(7)
    parts.changed([], upto=store.last_number() + 5)
    assert making.catch_up(parts) == store.last_number()
    assert parts.find(page.id) is None
    making.fill(7)
    assert parts.find(page.id) is not None


def test_a_cache_that_is_new_costs_the_same_for_many_changes_as_for_few(
    tmp_path: Path, django_assert_max_num_queries
) -> None:
    put_archive(30)
    with django_assert_max_num_queries(2):
        making.catch_up(Parts(tmp_path / "parts", version="1"))

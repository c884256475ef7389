"""The lists of what is read most, by window and by rubric, and the page that says how it is counted."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.delivery.builders import NOW, RUBRICS, put_archive, put_frame, put_gone
from tests.delivery.reading import document, page_text
from warta.config import checks
from warta.delivery.counted import KEPT, RULES
from warta.paper import store
from warta.paper.pages import UnrankedPage
from warta.reads import buckets, lists, rolling
from warta.reads.sieve import Rule

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("clock")]


@pytest.fixture
def popular(reader: Client) -> Client:
    """A paper of thirty articles, the newer the more read."""
    put_frame()
    put_archive(30)
    lists.refresh(NOW)
    buckets.backfill(((number, NOW - timedelta(hours=number), 10 + number) for number in range(1, 31)), now=NOW)
    lists.refresh(NOW)
    return reader


def headlines(client: Client, path: str) -> dict[str, list[str]]:
    shown = document(client.get(path).content)
    return {
        section.findtext(".//h2") or section.findtext(".//h2/a"): [link.text for link in section.findall(".//li/a")]
        for section in shown.xpath("//section[contains(@class, 'popular')]")
    }


def test_each_window_has_its_list_and_no_query_more_for_more_of_them(popular: Client) -> None:
    shown = headlines(popular, "/populer")
    assert list(shown)[:3] == ["24 jam", "7 hari", "30 hari"]
    assert len(shown["24 jam"]) == len(shown["7 hari"]) == 9
    assert "23" in shown["24 jam"][0]
    assert "30" in shown["7 hari"][0]
    text = page_text(popular.get("/populer").content)
    assert "Jumat, 03 Mei 2024 | 09:00 WIB" in text
    store.put(store.unranked_key(30), UnrankedPage(article_id=30), visible_from=NOW)
    put_gone(29)
    again = headlines(popular, "/populer")
    assert ("29" in again["7 hari"][0], "28" in again["7 hari"][0]) == (False, True)


def test_block_8_leads_to_it_and_it_to_how_readers_are_counted(popular: Client) -> None:
    article = document(popular.get("/").content)
    assert article.xpath("//section[contains(@class, 'popular')]/h2/a/@href") == ["/populer"]
    assert "/hitungan" in document(popular.get("/populer").content).xpath("//main//a/@href")


def test_a_rubric_has_its_own_and_what_is_no_rubric_has_none(popular: Client) -> None:
    for slug, name in RUBRICS[:2]:
        shown = document(popular.get(f"/populer/{slug}").content)
        assert shown.xpath("//main//h1/text()") == [f"Populer: {name}"]
    for path in ("/populer/tidak-ada", "/populer/berita", "/populer/x/y", "/populer/Dunia"):
        assert popular.get(path).status_code == 404, path
    assert popular.get("/populer/").status_code == 301


def test_an_empty_paper_says_so(reader: Client) -> None:
    assert "Belum ada yang dibaca cukup banyak orang." in page_text(reader.get("/populer").content)


def test_how_we_count_has_a_word_for_every_rule_and_for_all_that_is_kept(reader: Client) -> None:
    assert set(RULES) == set(Rule) - {Rule.STORED}
    text = page_text(reader.get("/hitungan").content)
    assert all(str(words) in text for words in RULES.values())
    assert "selama 3 detik" in text
    assert "kurang dari 5 orang" in text
    assert (rolling.KEPT_DAYS, rolling.KEPT_AS_DAYS, rolling.KEPT_FACETS.days) == (8, 365, 31)
    assert len(KEPT) == 6


def test_an_old_list_raises_an_alarm(popular: Client) -> None:
    [found] = checks.old_lists(NOW + lists.OLDEST)
    assert (found["what"], found["ok"]) == ("most read", True)
    [found] = checks.old_lists(NOW + lists.OLDEST + timedelta(seconds=1))
    assert not found["ok"]
    assert "is the worker running?" in found["words"]
    lists.refresh(NOW + lists.OLDEST + timedelta(seconds=2))
    assert checks.old_lists(NOW + lists.OLDEST + timedelta(seconds=3))[0]["ok"]

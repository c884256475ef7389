"""What the samples for nginx and Varnish promise, in front of a paper that is really served."""

import gzip
import re
import sqlite3
import threading
import time
from contextlib import closing

import pytest

from tests.ops.conftest import Front
from tests.ops.running import OLD, Answer, ask, post_read, until

BUSY_WORDS = {"Cookie": "sid=1", "Authorization": "Basic eDp5", "X_Forwarded_Host": "evil.example"}


@pytest.fixture(params=["nginx", "varnish"], scope="module")
def front(request: pytest.FixtureRequest) -> Front:
    return request.getfixturevalue(request.param)


def plain(answer: Answer) -> bytes:
    return gzip.decompress(answer.body) if answer.headers.get("content-encoding") == "gzip" else answer.body


def test_a_page_is_the_same_behind_the_proxy_in_both_codings(front):
    path = OLD[1]
    for address in (path, "/", "/indeks", "/nusantara", "/robots.txt"):
        direct = ask(front.paper.port, address).body
        for coding in ("gzip", "identity", "gzip;q=0", "gzip, deflate, br, zstd", "", "gzip"):
            answer = ask(front.port, address, Accept_Encoding=coding)
            assert answer.status == 200
            assert plain(answer) == direct, (address, coding)
            takes_gzip = "gzip" in coding and "q=0" not in coding
            assert takes_gzip or answer.headers.get("content-encoding") is None, (address, coding)
            assert not takes_gzip or address == "/robots.txt" or answer.headers["content-encoding"] == "gzip"


def test_a_page_comes_from_the_cache_within_its_second_and_whatever_the_query_of_an_article(front):
    path = OLD[2]
    ask(front.port, path, Accept_Encoding="gzip")

    def is_kept() -> bool:
        answers = [ask(front.port, path, Accept_Encoding="gzip", **BUSY_WORDS) for _ in range(3)]
        answers.append(ask(front.port, f"{path}?utm_source=x", Accept_Encoding="gzip, br"))
        return (
            len({answer.headers["date"] for answer in answers}) == 1 and len({a.headers["etag"] for a in answers}) == 1
        )

    until(is_kept, 5, "answers are one copy")


def test_a_known_page_is_answered_with_304(front):
    path = OLD[2]
    answer = ask(front.port, path, Accept_Encoding="gzip")
    again = ask(front.port, path, Accept_Encoding="gzip", If_None_Match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_head_has_no_body(front):
    answer = ask(front.port, "/", "HEAD")
    assert (answer.status, answer.body) == (200, b"")


def test_what_readers_and_proxies_need_not_know_is_left_out(front):
    headers = ask(front.port, OLD[2]).headers
    assert not {"surrogate-key", "xkey", "set-cookie"} & set(headers)
    assert "s-maxage=1" in headers["cache-control"]


def test_a_publication_is_seen_on_an_old_article_within_two_seconds(front):
    path = OLD[3]
    number = 100 + front.port % 400
    headline = f"Kabar Nomor {number} dari Pesisir".encode()
    until(lambda: ask(front.port, path).status == 200, 5, "the old article is there")
    seen_s: list[float] = []

    def watch() -> None:
        until(lambda: headline in ask(front.paper.port, path).body, 30, "the paper itself shows it")
        seen_s.append(until(lambda: headline in ask(front.port, path).body, 5, "the proxy shows it"))

    watching = threading.Thread(target=watch)
    watching.start()
    front.paper.bring(number)
    watching.join()
    assert seen_s
    assert seen_s[0] < 2.0


def test_an_address_never_answers_for_another(front):
    assert ask(front.port, "/nusantara").status == 200
    for trick in ("/./nusantara", "//nusantara", "/x/../nusantara", "/nusantar%61", "/NUSANTARA", "/nusantara%2f"):
        direct, proxied = ask(front.paper.port, trick), ask(front.port, trick)
        assert proxied.status == direct.status, trick
    assert ask(front.port, "/nusantara").status == 200


def test_the_newsroom_is_never_kept(front):
    for address in ("/redaksi/", "/redaksi/login/", "/redaksi/login/?x=1"):
        answers = [ask(front.port, address) for _ in range(2)]
        for answer in answers:
            assert answer.status in {200, 302}
            assert not {"no-store", "private"}.isdisjoint(answer.headers["cache-control"].replace(",", "").split())
            assert int(answer.headers.get("age", 0)) == 0
    tokens = [answer.headers["set-cookie"] for answer in answers]
    assert len(set(tokens)) == 2


def test_photos_pass_to_the_newsroom_and_big_bodies_to_readers_do_not(front):
    photo = b"x" * (3 * 2**20)
    refused = ask(front.port, "/redaksi/login/", "POST", photo, Content_Type="application/octet-stream")
    assert refused.status == 403  # the newsroom read it, and missed its token
    assert ask(front.port, "/", "POST", b"x" * 2000).status == 405


def test_reads_are_counted_for_the_readers_behind_the_proxy(front):
    article = OLD[1].split("/")[-2]
    [beacon] = re.findall(rb'<data value="([^"]+)"', ask(front.port, OLD[1]).body)
    for origin in ("127.0.0.2", "127.0.0.3", "127.0.0.3", "127.0.0.4"):
        assert post_read(front.port, beacon.decode(), origin) == 204
    until(lambda: _readers(front, article) == 3, 5, "three readers are counted")


def _readers(front: Front, article: str) -> int:
    with closing(sqlite3.connect(front.paper.home / "reads.sqlite3")) as reads:
        return int(
            reads.execute("SELECT sum(readers) FROM reads_readhour WHERE article_id = ?", [article]).fetchone()[0] or 0
        )


@pytest.mark.parametrize("front", ["nginx", pytest.param("varnish", marks=pytest.mark.thorough)], indirect=True)
def test_what_is_withdrawn_is_gone_though_the_paper_stops_at_once(front):
    number = 40
    path = front.paper.bring(number)
    text = f"Kabar nomor {number} datang".encode()
    for coding in ("gzip", "identity"):
        until(lambda coding=coding: text in plain(ask(front.port, path, Accept_Encoding=coding)), 5, "it is there")
    front.paper.bring(number, pubstatus="canceled")
    time.sleep(1.5)
    front.paper.stop()
    try:
        for coding in ("gzip", "identity", "br"):
            answer = ask(front.port, path, Accept_Encoding=coding)
            assert text not in plain(answer)
            assert answer.status in {410, 503, 502}
    finally:
        front.paper.start()


@pytest.mark.thorough
def test_the_last_good_page_is_given_while_the_paper_does_not_answer(front):
    path = OLD[1]
    good = {address: plain(ask(front.port, address, Accept_Encoding="gzip")) for address in (path, "/", "/indeks")}
    front.paper.stop()
    try:
        for _ in range(4):
            for address, body in good.items():
                answer = ask(front.port, address, Accept_Encoding="gzip")
                assert (answer.status, plain(answer)) == (200, body)
            time.sleep(0.7)
        assert ask(front.port, "/redaksi/login/").status in {502, 503}
        assert ask(front.port, "/never-asked-for").status in {502, 503, 504}
    finally:
        front.paper.start()
    until(lambda: ask(front.port, "/redaksi/login/").status == 200, 10, "the newsroom is back")
    until(lambda: ask(front.port, "/never-asked-for").status == 404, 10, "readers get the paper itself again")


def test_a_partners_key_reaches_the_api_alone_and_what_it_is_answered_is_kept_for_nobody(front):
    path, key = f"/api/v1/rubrics?limit={1 + front.port % 50}", {"Authorization": "Bearer nonsense"}
    assert ask(front.port, path).status == 200
    assert ask(front.port, path, **key).status == 401
    assert ask(front.port, path).status == 200
    assert ask(front.port, "/indeks", **key).status == 200

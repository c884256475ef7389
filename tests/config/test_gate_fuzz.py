"""Whatever arrives: no error, no exception, no other article's text, and the answer that Django alone would give."""

import re

import pytest
from asgiref.sync import async_to_sync
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.config.gates import clock, follow, new, readers_process
from tests.config.rsgi import Headers, Protocol, Request, answer
from tests.delivery.builders import NOW, article, put, put_archive, put_frame, put_gone
from warta.config.gate import Gate
from warta.paper.pages import Paragraph

__all__ = ["clock", "readers_process"]
pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.usefixtures("readers_process", "clock"),
]
ARTICLES = {number: f"/dunia/read/2024/05/03/{number}/kapal-nomor-{number}-berlayar" for number in (7, 8, 9)}
_WORDS = (
    "dunia",
    "indeks",
    "kanal",
    "berita",
    "read",
    "2024",
    "05",
    "03",
    "7",
    "8",
    "laman",
    "tentang",
    "baca",
    "gambar",
)
_ODD = ("..", ".", "", ";x", "x.css", "\0", "\n", "\r\nX: y", "%2f", "�", "é", "💣", "\\", "a" * 500, "'--", "<script>")
_CHARACTERS = st.characters(exclude_categories=("Cs",))
TEXT = st.text(_CHARACTERS, max_size=40)
SEGMENTS = st.lists(st.one_of(st.sampled_from(_WORDS), st.sampled_from(_ODD), TEXT), max_size=8).map("/".join)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """Return an address that is right but for one place."""
    whole = draw(st.sampled_from([*ARTICLES.values(), "/", "/indeks", "/dunia", "/kanal/berita", "/indeks/2024/05/02"]))
    place = draw(st.integers(0, len(whole)))
    return whole[:place] + draw(st.one_of(st.sampled_from(_ODD), TEXT)) + whole[place + draw(st.integers(0, 2)) :]


PATHS = st.one_of(
    SEGMENTS.map(lambda rest: "/" + rest), spoilt(), st.sampled_from([*ARTICLES.values(), "/", "/indeks"])
)
VISIBLE = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60)
QUERIES = st.one_of(
    st.just(""),
    st.builds("sebelum={}-{}".format, st.integers(-(10**17), 10**17), st.integers(-5, 10**19)),
    st.builds("{}={}".format, st.sampled_from(["sebelum", "tanggal", "p", "utm_source", "_"]), VISIBLE),
    st.lists(st.sampled_from(["sebelum=1-1", "tanggal=2024-05-02", "a=1", "%00", "%ff=%fe", "&", "="])).map("&".join),
    VISIBLE,
)
NAMES = ("accept-encoding", "if-none-match", "cookie", "authorization", "host", "range", "x-forwarded-host", "accept")
VALUES = st.one_of(
    st.sampled_from(["gzip", "zstd", "*", "gzip;q=0", '"x"', "W/", "bytes=0-0", "evil.example", "text/css", ""]),
    VISIBLE,
)
HEADERS = st.lists(st.tuples(st.sampled_from((*NAMES, "content-type", "x-http-method-override")), VALUES), max_size=6)
METHODS = st.sampled_from(["GET"] * 6 + ["HEAD", "HEAD", "POST", "PUT", "OPTIONS", "get", "X"])


@pytest.fixture
def gates() -> tuple[Gate, Gate]:
    put_frame()
    put_archive(8, first_id=100)
    for number in ARTICLES:
        put(article(number, body=(Paragraph(html=f"Rahasia-{number}-saja."),)))
    put_gone(11)
    put(article(12, NOW.replace(year=2030), body=(Paragraph(html="Rahasia-12-saja."),)))
    return follow(new()), new()


def asked(gates: tuple[Gate, Gate], request: Request) -> tuple[Protocol, Protocol]:
    async def both() -> tuple[Protocol, Protocol]:
        return await answer(gates[0], request), await answer(gates[1], request)

    return async_to_sync(both)()


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PATHS, QUERIES, METHODS, HEADERS)
@example(ARTICLES[7], "", "GET", [("accept-encoding", "gzip"), ("accept-encoding", "identity")])
@example(ARTICLES[7], "", "GET", [("if-none-match", "*")])
@example("/", "p=" + "%00" * 40, "GET", [])
@example("/indeks", "sebelum=9999999999999999-1", "GET", [])
@example("/indeks", "sebelum=-9999999999999999-999999999999999999", "GET", [])
@example("/indeks/9999/12/31", "", "GET", [])
@example("/indeks/0001/01/01", "", "GET", [])
@example("\r\nLocation: //evil", "", "GET", [])
def test_whatever_arrives(
    gates: tuple[Gate, Gate], path: str, query: str, method: str, headers: list[tuple[str, str]]
) -> None:
    if path == "/redaksi" or path.startswith("/redaksi/"):
        return
    request = Request(path, method, query, Headers(headers))
    quick, alone = asked(gates, request)
    assert quick.status < 500
    if quick.status != 304:
        assert quick.seen() == alone.seen()
    location = quick.header("location")
    assert re.match(r"(?:/(?!/)|$)", location), location
    assert not {"set-cookie", "access-control-allow-origin"} & {name for name, _ in quick.headers}
    shown = set(re.findall(rb"Rahasia-(\d+)-saja", quick.text))
    own = {str(number).encode() for number, right in ARTICLES.items() if right == path}
    assert shown == (own if quick.status == 200 and method.upper() == "GET" else set())
    assert b"evil.example" not in quick.text

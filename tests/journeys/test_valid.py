"""Every kind of page, and 300 articles that came in by the importer's door, are valid: no error and no warning."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.conftest import DATABASES
from tests.journeys import checking, whole
from tests.payloads import PAYLOADS, fitting
from warta import newsroom
from warta.config.settings import delivery
from warta.delivery.inline import LISTS_STYLE, LITE_STYLE, STYLE
from warta.delivery.views import errors
from warta.ingest import load
from warta.ingest.demo import many
from warta.ingest.formats import feed, ghost, html, ninjs, warc, wordpress
from warta.ingest.item import BrokenItem, SourceItem, Told
from warta.ingest.plan import Mapped
from warta.lexicon.copy import Copy, EmbedCopy, HeadingCopy, ParagraphCopy, QuoteCopy, TableCopy
from warta.newsroom.models import Article, Channel, Contributor, Rubric, StaticPage, Topic
from warta.press import run
from warta.search import follow

pytestmark = pytest.mark.django_db(databases=DATABASES)
DATA = Path(__file__).parents[1] / "ingest" / "data"
ICON = Path(errors.__file__).parents[1] / "favicon.svg"
SHEETS = sorted((Path(newsroom.__file__).parent / "static").rglob("*.css"))
FORMATS = {"feed": feed, "ghost": ghost, "html": html, "ninjs": ninjs, "warc": warc, "wordpress": wordpress}
ARTICLES = 300
HOSTILE = 40
"""Articles that hold every payload once among them."""
WRONG = {
    "wrong.html": '<!doctype html><html lang="id"><head><title>x</title></head><body><img src="x"></body></html>',
    "wrong.css": "a { colour: red }",
    "wrong.svg": '<svg xmlns="http://www.w3.org/2000/svg"><kotak/></svg>',
}


def test_every_page_is_valid(tmp_path, settings):
    is_newsroom = settings.ROOT_URLCONF, settings.MIDDLEWARE
    reader = Client(raise_request_exception=False)
    _as_reader(settings)
    pages = {f"empty paper {path}": reader.get(path).content for path in ("/", "/indeks", "/ralat", "/nusantara")}
    settings.ROOT_URLCONF, settings.MIDDLEWARE = is_newsroom
    made = whole.build(_folder(tmp_path, "foto"))
    varied, invented = _imported()
    assert len(varied) + len(invented) >= ARTICLES
    _as_reader(settings)
    for settings.LANGUAGE_CODE in ("id", "en"):
        pages |= {f"{settings.LANGUAGE_CODE} {path}": page for path, page in _kinds(reader, made)}
    for path in (*varied, *invented, *(f"{path}?lite" for path in varied[::3])):
        pages[path] = _seen(reader, path)
    pages["what feeds hold"] = _fed(reader, settings)
    files = {f"{path}.html": _without_style(page) for path, page in pages.items()}
    files |= {"paper.css": LISTS_STYLE.encode(), "lite.css": LITE_STYLE.encode(), "favicon.svg": ICON.read_bytes()}
    files |= {sheet.name: sheet.read_bytes() for sheet in SHEETS}
    complaints = checking.complaints({**files, **WRONG}, _folder(tmp_path, "pages"))
    assert [words for words in complaints if not words.startswith("wrong")] == []
    for words in ("wrong.html: error", "wrong.html: wcag/h37", "wrong.css: error", "wrong.svg: error"):
        assert any(told.startswith(words) for told in complaints), f"{words}: the checkers did not look"


def _as_reader(settings):
    settings.ROOT_URLCONF, settings.MIDDLEWARE = delivery.ROOT_URLCONF, delivery.MIDDLEWARE
    settings.ALLOWED_HOSTS = ["*"]
    settings.WARTA_REPUBLISH = "CC BY-ND 4.0"


def _folder(tmp_path, name):
    (tmp_path / name).mkdir()
    return tmp_path / name


def _seen(reader, path, status=200):
    answer = reader.get(path)
    assert answer.status_code == status, path
    return answer.content


def _without_style(page):
    """Leave out the style sheet, which is checked once and would be read anew with each page."""
    for style in (LISTS_STYLE, STYLE, LITE_STYLE):
        page = page.replace(style.encode(), b"")
    return page


def _kinds(reader, made) -> Iterator[tuple[str, bytes]]:
    """Return the pages of every kind, by their addresses."""
    plain, withdrawn = (Article.objects.get(pk=made[name].pk) for name in ("plain", "withdrawn"))
    day = f"{timezone.localdate(plain.first_published_at):%Y/%m/%d}"
    fronts = [
        *(
            "/",
            "/?lite",
            "/olah-raga?lite",
            *(f"/{slug}" for slug in Rubric.objects.values_list("slug", flat=True)[:5]),
        ),
        *(f"/kanal/{slug}" for slug in Channel.objects.values_list("slug", flat=True)),
        *(f"/topik/{slug}" for slug in Topic.objects.values_list("slug", flat=True)[:3]),
        *(f"/penulis/{slug}" for slug in Contributor.objects.values_list("slug", flat=True)[:3]),
    ]
    lists = [
        *("/indeks", f"/indeks/{day}", "/indeks/2001/01/01", f"/indeks?sebelum={10**15}-1"),
        *("/ralat", f"/ralat/{timezone.localdate():%Y/%m/%d}", f"/ralat/{day}"),
        *(f"/riwayat/{plain.pk}", f"/riwayat/{plain.pk}/1/3"),
        *("/cari", "/cari?q=padi", "/cari?q=padi&urut=sesuai", "/cari?q=petanni", "/cari?q=%3Cxyzzy%3E", "/cari?q=-a"),
        *("/populer", f"/populer/{plain.rubric.slug}", "/hitungan", "/umpan", f"/terbit-ulang/{plain.pk}"),
    ]
    articles = [Article.objects.get(pk=made[name].pk).path for name in ("plain", "english", "linked", "answer")]
    for channel in Channel.objects.all():
        articles += [row.path for row in Article.objects.filter(live=True, channel=channel)[:1]]
    statics = [f"/laman/{slug}" for slug in StaticPage.objects.values_list("slug", flat=True)]
    for path in (*fronts, *lists, *articles, *(f"{path}?lite" for path in articles), *statics):
        yield path, _seen(reader, path)
    yield withdrawn.path, _seen(reader, withdrawn.path, 410)
    yield "/luring", _seen(reader, "/luring")
    yield "/tidak/ada", _seen(reader, "/tidak/ada", 404)
    asked = RequestFactory().get("/")
    yield "400", errors.bad_request(asked, ValueError()).content
    yield "405", reader.post("/").content
    yield "500", errors.server_error(asked).content


def _imported() -> tuple[list[str], list[str]]:
    """Import what the formats are tried with, payloads, and invented articles; return the addresses of each sort."""
    varied = _loaded(_given()) + _loaded(_hostile())
    count = ARTICLES - len(varied)
    invented = _loaded(SourceItem(copy, (), "invented") for copy in many.copies(1, count, timezone.now()))
    run.press_all()
    load.finish()
    run.press_all()
    follow.catch_up(timezone.now())
    return varied, invented


def _loaded(items: Iterator[SourceItem | BrokenItem]) -> list[str]:
    told = load.load(items, by=None, now=timezone.now(), wishes=load.Wishes(mapped=Mapped()))
    uris = [one.uri for one in told if one.status == "published"]
    return [row.path for row in Article.objects.filter(uri__in=uris, live=True).select_related("rubric")]


def _given() -> Iterator[SourceItem | BrokenItem]:
    for kind, format_ in FORMATS.items():
        for path in sorted(DATA.glob(f"{kind}-*")):
            if ".expected." not in path.name:
                yield from format_.parse(path, Told(pictures=DATA))


def _hostile() -> Iterator[SourceItem]:
    for number in range(HOSTILE):
        mine, skip = PAYLOADS[number::HOSTILE], number * 37
        body = (
            *(ParagraphCopy(payload) for payload in mine),
            *(ParagraphCopy(f'<p><a href="{payload}">x</a><b {payload}>x</b></p>') for payload in mine[::4]),
            *(EmbedCopy(payload, fitting(150, skip=skip)) for payload in mine[::8]),
            EmbedCopy(f"https://video.example/{mine[0]}"),
            HeadingCopy(fitting(200, skip=skip)),
            QuoteCopy(fitting(400, skip=skip + 5), fitting(150, skip=skip + 15)),
            TableCopy(((fitting(200, skip=skip), ""),), head=(fitting(90), ""), caption=fitting(90, skip=skip)),
        )
        copy = Copy(
            uri=f"urn:jahat:{number}",
            headline=fitting(290, skip=skip),
            standfirst=fitting(590, skip=skip + 20),
            rubric=fitting(78, skip=number % 3),
            channel=("berita", "opini", "foto", "video")[number % 4],
            topics=(fitting(78, skip=number % 7),),
            by=((fitting(118, skip=number % 5), "reporter"),),
            place=fitting(118, skip=skip + 100),
            initials="<b>x",
            first_published_at=timezone.now() - timedelta(days=number),
            body=body,
        )
        yield SourceItem(copy, (), f"hostile {number}")


def _fed(reader, settings) -> bytes:
    """Return the articles that a feed holds whole as one document."""
    settings.WARTA_FEEDS = "full"
    items = json.loads(_seen(reader, "/feed/json"))["items"]
    assert len(items) >= 30
    held = "".join(f"<article><h1>x</h1>{item['content_html']}</article>" for item in items if "content_html" in item)
    page = f'<!doctype html><html lang="id"><head><title>Feed</title></head><body>{held}</body></html>'
    return page.encode()

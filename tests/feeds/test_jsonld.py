"""What an article says of itself in schema.org's words."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.delivery.builders import BIMA, NOW, article, full_article, picture, ratios
from tests.delivery.test_corrections import correction
from tests.delivery.test_live import report
from tests.node import installed, program
from warta.feeds import jsonld
from warta.feeds.jsonld import Publisher
from warta.paper.pages import Link, LiveEntry, Paragraph

SITE = "https://koran.example"
_TYPES = Path(__file__).with_name("schema")
PAPER = Publisher("Koran Contoh", SITE, "/ralat", ZoneInfo("Asia/Jakarta"))


def told(page, description="Singkatnya.", *, now=NOW) -> tuple[dict, dict]:
    written = jsonld.article(page, PAPER, description, now=now)
    assert "<" not in written
    read = json.loads(written)
    assert read["@context"] == "https://schema.org"
    return tuple(read["@graph"])


def test_an_article_with_everything():
    page = full_article(1, "id", "Asia/Jakarta")
    said, way = told(page)
    address = SITE + page.path
    assert said == {
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "mainEntityOfPage": address,
        "url": address,
        "headline": "Kapal Perintis Tiba di Senen",
        "description": "Singkatnya.",
        "inLanguage": "id",
        "datePublished": "2024-05-03T06:39:00+07:00",
        "dateModified": "2024-05-03T07:05:00+07:00",
        "articleSection": "Dunia",
        "keywords": ["Laut"],
        "dateline": "Demak",
        "image": [
            {
                "@type": "ImageObject",
                "url": SITE + file.address,
                "width": "1200 px",
                "height": f"{height} px",
                "caption": "Warga memadati dermaga, Jumat, 3 Mei 2024",
                "creditText": "Antara Demo",
            }
            for file, height in zip(ratios(), (675, 900, 1200), strict=True)
        ],
        "author": [
            {"@type": "Person", "name": "Sari Wiradjaja", "url": f"{SITE}/penulis/sari-wiradjaja"},
            {"@type": "Person", "name": "Bima Antara", "url": f"{SITE}/penulis/bima-antara"},
        ],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "@id": f"{SITE}/#paper",
            "name": "Koran Contoh",
            "url": f"{SITE}/",
            "correctionsPolicy": f"{SITE}/ralat",
        },
        "isAccessibleForFree": True,
    }
    assert [(step["position"], step["name"], step["item"]) for step in way["itemListElement"]] == [
        (1, "Dunia", f"{SITE}/dunia"),
        (2, "Kapal Perintis Tiba di Senen", address),
    ]


def test_a_page_that_was_pressed_before_there_were_ratios_names_the_crops_it_has():
    said, _ = told(article(1, lead=picture(caption="", credit="")))
    file = picture().jpeg[-1]
    size = {"width": f"{file.width} px", "height": f"{file.height} px"}
    assert said["image"] == [{"@type": "ImageObject", "url": SITE + file.address, **size}]


def test_a_correction_is_a_comment_and_a_change():
    page = article(1, datetime(2024, 5, 1, tzinfo=UTC), corrections=(correction(7, at=NOW),))
    said, _ = told(page)
    assert said["correction"] == [
        {
            "@type": "CorrectionComment",
            "@id": f"{SITE}{page.path}#ralat-7",
            "text": "14 hektare",
            "datePublished": "2024-05-03T09:00:00+07:00",
        }
    ]
    assert said["dateModified"] == "2024-05-03T09:00:00+07:00"


def test_without_a_name_the_paper_is_the_author():
    said, _ = told(article(1, editors=(BIMA,)))
    assert said["author"] == {"@id": f"{SITE}/#paper"}
    assert said["editor"][0]["name"] == "Bima Antara"
    assert {"image", "keywords", "dateline", "correction"} & said.keys() == set()


def test_an_opinion_says_so():
    said, _ = told(article(1, channel=Link(name="Opini", path="/kanal/opini")))
    assert said["@type"] == "OpinionNewsArticle"


def test_no_headline_ends_the_script():
    said, _ = told(article(1, headline="</script><script>alert(1)</script>"))
    assert said["headline"] == "</script><script>alert(1)</script>"


def test_a_live_report_tells_of_each_development():
    page = report()
    said, _ = told(page)
    plain, _ = told(full_article(500, "id", "Asia/Jakarta"))
    own = ("@type", "contentLocation", "coverageStartTime", "liveBlogUpdate")
    assert {name: said.pop(name) for name in own} == {
        "@type": "LiveBlogPosting",
        "contentLocation": {"@type": "Place", "name": "Demak"},
        "coverageStartTime": "2024-05-03T08:00:00+07:00",
        "liveBlogUpdate": [
            {
                "@type": "BlogPosting",
                "headline": "Pintu air <dibuka>",
                "datePublished": "2024-05-03T08:50:00+07:00",
                "articleBody": "Air surut. Demak Kudus",
                "url": f"{SITE}{page.path}#perkembangan-2b",
            },
            {
                "@type": "BlogPosting",
                "headline": "Air & lumpur.",
                "datePublished": "2024-05-03T08:00:00+07:00",
                "articleBody": "Air & lumpur.",
                "url": f"{SITE}{page.path}#perkembangan-1a",
            },
        ],
    }
    assert said == {name: value for name, value in plain.items() if name not in {"@type", "dateline"}}


@pytest.mark.parametrize(
    ("page", "now", "end"),
    [
        (report(), NOW + timedelta(hours=11), None),
        (report(), NOW + timedelta(hours=12), "2024-05-03T08:50:00+07:00"),
        (report(is_last=True), NOW, "2024-05-03T08:50:00+07:00"),
    ],
)
def test_a_live_report_that_is_over_says_when_it_ended(page, now, end):
    assert told(page, now=now)[0].get("coverageEndTime") == end


def test_a_development_without_a_headline_has_its_first_words():
    entry = LiveEntry(anchor="perkembangan-1", at=NOW, text=(Paragraph(html="air naik " * 40),))
    [update] = told(article(1, body=(entry,)))[0]["liveBlogUpdate"]
    assert update["headline"] == "air naik " * 11 + "air naik…"


def test_schema_org_knows_every_word_of_it():
    pages = [
        full_article(1, "id", "Asia/Jakarta"),
        article(2, corrections=(correction(7),), editors=(BIMA,)),
        article(3, channel=Link(name="Opini", path="/kanal/opini")),
        report(4),
        report(5, is_last=True),
    ]
    written = [(page.id, jsonld.article(page, PAPER, "Singkatnya.", now=NOW)) for page in pages]
    lines = [f"export const article{number}: Graph = {said};" for number, said in written]
    assert _checked(lines) == ""
    assert "'\"dateChanged\"' does not exist" in _checked([lines[0].replace("dateModified", "dateChanged")])


def _checked(lines: list[str]) -> str:
    """Return what the compiler says against these, after the types of schema.org."""
    modules = installed(_TYPES)
    source = modules.parent / "articles.ts"
    source.write_text("\n".join(['import type { Graph } from "schema-dts";', *lines]))
    strict = ("--noEmit", "--strict", "--skipLibCheck", "--moduleResolution", "node")
    compiler = modules / "typescript" / "bin" / "tsc"
    command = [program("node"), compiler, *strict, source]
    return subprocess.run(command, capture_output=True, text=True, timeout=120).stdout

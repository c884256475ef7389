"""Articles as ninjs: held against what IPTC's schema says, and against a golden file."""

import json
from pathlib import Path

import jsonschema_rs
import msgspec
import pytest
from lxml import etree

from tests.delivery import builders
from tests.delivery.test_corrections import correction
from tests.delivery.test_live import report
from warta.feeds import ninjs
from warta.paper.pages import Figure, Heading, Paragraph

SITE = "https://koran.example"
HERE = Path(__file__).parent
RULES = jsonschema_rs.validator_for(json.loads((HERE / "ninjs-3.1.json").read_text()), validate_formats=True)


def written(item: ninjs.Item) -> dict:
    """Return an item as it is read by others, which obeys the rules."""
    told = json.loads(msgspec.json.encode(item))
    RULES.validate(told)
    return told


def body(item: ninjs.Item) -> etree._Element:
    return etree.fromstring(written(item)["bodies"][0]["value"])


def test_an_article_with_everything_is_written_as_ever():
    page = builders.full_article(7, "id", "Asia/Makassar")
    page = msgspec.structs.replace(
        page, versions=3, unverified="Belum dapat dihubungi.", corrections=(correction(), correction(2))
    )
    told = written(ninjs.item(page, site_url=SITE, has_text=True))
    assert told == json.loads((HERE / "golden" / "ninjs.json").read_text())


def test_a_live_report_has_its_developments_in_words():
    read = body(ninjs.item(report(), site_url=SITE, has_text=True))
    newest, oldest = read[1], read[2]
    assert (newest.get("id"), oldest.get("id")) == ("perkembangan-2b", "perkembangan-1a")
    assert ["".join(part.itertext()) for part in newest] == [
        *("Pintu air <dibuka>", "Jumat, 03 Mei 2024 | 08:50 WIB", "Air surut.", "DemakKudus"),
    ]
    assert ["".join(part.itertext()) for part in oldest] == ["Jumat, 03 Mei 2024 | 08:00 WIB", "Air & lumpur."]


def test_without_its_text_it_says_so():
    page = msgspec.structs.replace(
        builders.full_article(7, "id", "Asia/Makassar"), body=(Figure(picture=builders.picture()), Paragraph(html="x"))
    )
    told = written(ninjs.item(page, site_url=SITE, has_text=False))
    assert told["representationType"] == "partial"
    assert "bodies" not in told
    assert [one["name"] for one in told["associations"]] == ["lead"]
    whole = written(ninjs.item(page, site_url=SITE, has_text=True))
    assert [one["name"] for one in whole["associations"]] == ["lead", "body-1"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Satu<br>dua&nbsp;tiga &lt;b&gt;", "Satudua\xa0tiga <b>"),
        ('<a href="/dunia">Dunia</a>', "Dunia"),
        ("<ul><li>Beras<li>Kain</ul>", "BerasKain"),
        ("a\x0bb\x00c", "abc"),
    ],
)
def test_the_text_is_xhtml_whatever_stands_in_it(html, text):
    page = builders.article(1, body=(Paragraph(html=html), Heading(text='A & "B" <c>\x0c')))
    root = body(ninjs.item(page, site_url=SITE, has_text=True))
    assert "".join(root[0].itertext()) == text
    assert root[1].text == 'A & "B" <c>'
    assert all(link.startswith(SITE) for link in root.xpath("//@href"))


def test_of_what_is_gone_there_is_no_text():
    page = msgspec.structs.replace(put_gone(), headline="Berita yang Dicabut")
    told = written(ninjs.gone(7, page, site_url=SITE))
    assert (told["pubStatus"], told["edNote"]) == ("canceled", page.reason)
    assert "bodies" not in told
    assert written(ninjs.gone(7, None, site_url=SITE)) == {
        "uri": told["uri"],
        "standard": told["standard"],
        "type": "text",
        "pubStatus": "canceled",
    }


def put_gone():
    return ninjs.GonePage(
        id=7,
        path="/dunia/read/2024/05/01/7/dicabut",
        lang="id",
        headline="",
        reason="Keterangan narasumber tidak terbukti.",
        withdrawn_at=builders.NOW,
    )

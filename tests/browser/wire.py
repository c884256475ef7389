"""What an agency sends, as ninjs: articles of fixed words and dates."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from warta.ingest.demo.draw import draw
from warta.ingest.demo.draw.credit import jpeg_with_credit

PICTURE = "pasar.jpg"
CAPTION = "Warga memadati Pasar Senen, Jumat, 3 Mei 2024"
CREDIT = "Antara Demo"
ZONES = {"jakarta": 7, "makassar": 8, "jayapura": 9}
"""The three zones of the country, by their hours from UTC."""
_WORDS: dict[str, dict[str, Any]] = {
    "id": {
        "headline": "Pasar Senen Ramai Lagi",
        "description_text": "Pedagang beras menjual dua kali lipat dari hari biasa.",
        "paragraph": "Pembeli datang sejak <b>pukul lima</b>, kata pengelola.",
        "heading": "Beras dan kain",
        "items": ["Beras", "Kain"],
        "quote": "Kami kehabisan beras sebelum siang.",
        "last": "Pasar tutup pukul tiga sore. [dzk]",
    },
    "en": {
        "headline": "Senen Market Is Crowded Again",
        "description_text": "Rice sellers sold twice as much as on other days.",
        "paragraph": "Buyers came from <b>five o'clock</b> on, the manager said.",
        "heading": "Rice and cloth",
        "items": ["Rice", "Cloth"],
        "quote": "We ran out of rice before noon.",
        "last": "The market closes at three. [dzk]",
    },
}


def write(folder: Path, documents: list[dict[str, Any]]) -> Path:
    """Write documents and the picture that some of them show, and return the file."""
    folder.mkdir()
    photo = draw("pasar", "pagi", 7, (960, 640))
    made_at = datetime(2024, 5, 3, 5, 0, tzinfo=timezone(timedelta(hours=7)))
    (folder / PICTURE).write_bytes(
        jpeg_with_credit(photo, caption=CAPTION, creator="Sari Wiradjaja", credit=CREDIT, made_at=made_at)
    )
    path = folder / "items.json"
    path.write_text(json.dumps(documents, ensure_ascii=False))
    return path


def whole(lang: str, zone: str) -> dict[str, Any]:
    """Return an article that has something in every block, of 3 May 2024 at 06:39 in its zone."""
    words = _WORDS[lang]
    items = "".join(f"<li>{item}</li>" for item in words["items"])
    at = datetime(2024, 5, 3, 6, 39, tzinfo=timezone(timedelta(hours=ZONES[zone])))
    return {
        **_item(f"pasar-{lang}-{zone}", words["headline"], at),
        "language": lang,
        "description_text": words["description_text"],
        "body_html": (
            f"<p>{words['paragraph']}</p><h2>{words['heading']}</h2><blockquote><p>{words['quote']}</p></blockquote>"
            f"<ul>{items}</ul><p>{words['last']}</p>"
        ),
        "by": "Sari Wiradjaja dan Bima Antara" if lang == "id" else "Sari Wiradjaja and Bima Antara",
        "located": "Demak",
        "subject": [{"name": "Dunia"}, {"name": "Pangan"}],
        "associations": {"mainpic": {"type": "picture", "alttext": "Pasar", "renditions": {"main": {"href": PICTURE}}}},
    }


def brief(number: int, at: datetime, rubric: str = "Nusantara", **values: Any) -> dict[str, Any]:
    """Return a short article without a picture."""
    paragraphs = f"Kabar nomor {number} datang dari pesisir.\n\nKapal berangkat lagi besok."
    item = _item(f"kabar-{number}", f"Kabar Nomor {number} dari Pesisir", at)
    return {**item, "body_text": paragraphs, "subject": [{"name": rubric}], **values}


def withdrawn_later() -> dict[str, Any]:
    """Return a short article older than all others, which a test withdraws."""
    return brief(90, datetime(2024, 5, 1, 3, 0, tzinfo=UTC))


def _item(name: str, headline: str, at: datetime) -> dict[str, Any]:
    return {
        "uri": f"tag:agency.example,2024:{name}",
        "type": "text",
        "pubstatus": "usable",
        "headline": headline,
        "language": "id",
        "firstcreated": at.isoformat(),
        "genre": [{"name": "Berita"}],
    }

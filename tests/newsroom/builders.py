"""Builds what the tests of the newsroom start from: people, photos, copy and articles, through its own doors."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, User
from PIL import Image

from warta.lexicon.copy import Copy, ParagraphCopy
from warta.newsroom.actions.file import Filed, file
from warta.newsroom.actions.found import EDITORS, REPORTERS
from warta.newsroom.actions.headings import Headings
from warta.newsroom.actions.introduce import introduce
from warta.newsroom.models import Article, Dispatch

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def reporter() -> User:
    """Return a person of the reporters' group who is also a contributor."""
    person = User.objects.create_user("laras", password="kata sandi laras", first_name="Laras", last_name="Wiragama")
    person.groups.add(Group.objects.get(name=REPORTERS))
    introduce("Laras Wiragama", user=person)
    return person


def editor() -> User:
    """Return a person of the editors' group."""
    person = User.objects.create_user("danu", password="kata sandi danu")
    person.groups.add(Group.objects.get(name=EDITORS))
    return person


def copy(number: int = 1, **values: Any) -> Copy:
    """Return copy that can be filed as it is."""
    given: dict[str, Any] = {
        "uri": f"tag:kantor.example,2026:{number}",
        "headline": f"Panen Raya Hari Ke-{number}",
        "rubric": "Nusantara",
        "body": (ParagraphCopy("<p>Petani memanen padi lebih awal.</p>"),),
    }
    return Copy(**{**given, **values})


def filed(number: int = 1, *, now: datetime = NOW, may_create: bool = True, **values: Any) -> Filed:
    """File copy as a wire would."""
    return file(copy(number, **values), by=None, now=now, headings=Headings(may_create=may_create))


def article(number: int = 1, *, now: datetime = NOW, **values: Any) -> Article:
    """Return a filed article."""
    return filed(number, now=now, **values).article


def work() -> list[str]:
    """Return what waits for the press, and forget it."""
    waiting = [str(dispatch) for dispatch in Dispatch.objects.order_by("id")]
    Dispatch.objects.all().delete()
    return waiting


def photo_bytes(
    size: tuple[int, int] = (1200, 800), kind: str = "JPEG", colour: str = "steelblue", **options: Any
) -> bytes:
    """Return a picture of one colour in a format."""
    out = BytesIO()
    mode = options.pop("mode", "RGB")
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def photo_file(folder: Path, name: str = "foto.jpg", data: bytes | None = None) -> Path:
    """Write a photo into a folder and return its path."""
    path = folder / name
    path.write_bytes(photo_bytes() if data is None else data)
    return path

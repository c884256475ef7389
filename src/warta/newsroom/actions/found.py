"""Found a paper: what an empty newsroom needs before its first article."""

import tomllib
from html import escape
from pathlib import Path
from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.blocks import StreamValue
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.rich_text import RichText

from warta.newsroom.models import Channel, StaticPage

_STATICS: Final = Path(__file__).with_name("statics.toml")
_CHANNELS: Final = ("Berita", "Opini", "Foto", "Video")
_PAPER: Final = ("rubric", "channel", "topic", "contributor", "staticpage", "houseword")
EDITORS: Final = "Editor"
REPORTERS: Final = "Reporter"
MANAGING_EDITORS: Final = "Managing editor"
PHOTO_EDITORS: Final = "Photo editor"
_ARTICLE: Final = ("add", "change", "delete", "publish", "lock", "unlock")
_ALL: Final = ("add", "change", "delete")


@transaction.atomic
def found() -> None:
    """Make channels, groups and the static pages where they are missing; what exists is left as it is."""
    if not Channel.objects.exists():
        for order, name in enumerate(_CHANNELS, start=1):
            Channel(name=name, order=order).save()
    if not StaticPage.objects.exists():
        for order, page in enumerate(_statics(), start=1):
            StaticPage(slug=page["slug"], title=page["title"], order=order, body=_body(page["text"])).save()
    _group(REPORTERS, {"article": ("add", "change"), "topic": ("add",)}, photos=("add", "choose"))
    _group(EDITORS, {"article": _ARTICLE, **dict.fromkeys(_PAPER, _ALL)})
    _group(MANAGING_EDITORS, {"article": _ARTICLE, **dict.fromkeys((*_PAPER, "desk"), _ALL)})
    _group(PHOTO_EDITORS, {}, photos=("add", "change", "delete", "choose"))


def is_as_founded(page: StaticPage) -> bool:
    """Tell whether a static page still says what it did when the paper was founded."""
    return any(
        (page.slug, page.title, _said(page.body)) == (founded["slug"], founded["title"], _said(_body(founded["text"])))
        for founded in _statics()
    )


def _statics() -> list[dict[str, str]]:
    pages: list[dict[str, str]] = tomllib.loads(_STATICS.read_text("utf-8"))["page"]
    return pages


def _said(body: StreamValue) -> list[tuple[str, str]]:
    return [(block.block_type, str(getattr(block.value, "source", block.value))) for block in body]


def _group(
    name: str, rights: dict[str, tuple[str, ...]], *, photos: tuple[str, ...] = ("add", "change", "choose")
) -> None:
    group, _made = Group.objects.get_or_create(name=name)
    codes = [f"{right}_{model}" for model, wanted in rights.items() for right in wanted]
    group.permissions.add(*Permission.objects.filter(content_type__app_label="newsroom", codename__in=codes))
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    root = Collection.get_first_root_node()
    for right in photos:
        permission = Permission.objects.get(content_type__app_label="wagtailimages", codename=f"{right}_image")
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _body(text: str) -> StreamValue:
    parts = [part.replace("\n", " ").strip() for part in text.strip().split("\n\n")]
    blocks = [
        ("heading", part.removeprefix("## "))
        if part.startswith("## ")
        else ("paragraph", RichText(f"<p>{escape(part)}</p>"))
        for part in parts
    ]
    return StreamValue(StaticPage._meta.get_field("body").stream_block, blocks)

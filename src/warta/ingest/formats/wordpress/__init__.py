"""WordPress exports (WXR 1.0 to 1.2), whole or in parts. `docs/contracts/wordpress.md`."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from warta.ingest.formats.ninjs.fields import short
from warta.ingest.formats.wordpress.export import Part, parts
from warta.ingest.formats.wordpress.item import ARTICLES, LEFT_OUT, Items
from warta.ingest.formats.wordpress.known import Known
from warta.ingest.item import BrokenItem, SourceItem, Told
from warta.ingest.sources import tree
from warta.lexicon import zones

ENDINGS: Final = frozenset({".xml"})

__all__ = ["ENDINGS", "parse"]

_NEWS: Final = frozenset(
    {"news", "article", "articles", "story", "stories", "berita", "artikel", "opini", "kolom", "tajuk", "liputan",
     "feature", "video", "foto", "infografis", "advertorial"}
)  # fmt: skip
_TAXONOMIES: Final = frozenset({"category", "post_tag"})
_TECHNICAL: Final = frozenset(
    {"", "attachment", "revision", "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache", "user_request",
     "wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_family",
     "wp_font_face", "guest-author", "elementor_library", "wpcf7_contact_form", "acf-field", "acf-field-group",
     "shop_order", "shop_coupon", "product_variation"}
)  # fmt: skip


def parse(path: Path, told: Told) -> Iterator[SourceItem | BrokenItem]:
    """Return every article and page of a file or folder, after a first pass for what items say of each other.

    Pictures lie in the folder that was told, or in the one of the export. `read` counts the second pass.
    """
    folder = told.pictures or (path if path.is_dir() else path.parent)
    with closing(Known()) as known:
        for found in tree.files(path, ENDINGS):
            if not isinstance(found, BrokenItem):
                for part in parts(found.file):
                    known.note(part)
        items = Items(known, folder, zones.zone(told.zone))
        strange: set[str] = set()
        for found in tree.files(path, ENDINGS):
            if isinstance(found, BrokenItem):
                yield found
                continue
            for part in parts(found.file):
                item = _item(part, items, found.where, strange)
                if item is not None:
                    yield replace(item, read=found.before + part.read)


def _item(part: Part, items: Items, file: str, strange: set[str]) -> SourceItem | BrokenItem | None:
    """Return what a part brings, if it brings anything; `strange` are the types of items that were reported before."""
    where = f"{file}, {part.name.removeprefix('wp:')} {part.place}" if part.place else file
    if part.wrong:
        return BrokenItem("", where, part.wrong)
    if part.name != "item":
        return None
    kind, status = part.record.text("wp:post_type"), part.record.text("wp:status")
    if not kind and not part.record.text("wp:post_id"):
        return BrokenItem("", where, "is no item of a WordPress export: it has no wp:post_id and no wp:post_type")
    if status in LEFT_OUT or kind in _TECHNICAL:
        return None
    if kind in ARTICLES or _is_news(part, kind):
        return items.item_of(part, where)
    if kind in strange or not part.record.text("content:encoded"):
        return None
    strange.add(kind)
    return BrokenItem(
        "", where, f'items of type "{short(kind, 60)}" are left out: they have no categories or tags of articles'
    )


def _is_news(part: Part, kind: str) -> bool:
    """Tell whether a type that a plugin made is one of articles: by its name, or as it is filed like them."""
    has_body = bool(part.record.text("content:encoded"))
    return has_body and (kind in _NEWS or any(term.domain in _TAXONOMIES for term in part.record.terms))

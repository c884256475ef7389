"""Pictures among the associations of an item: which file, which words, which of them leads."""

from pathlib import Path
from typing import Final

from warta.ingest.formats.beside import NotBesideError, beside
from warta.ingest.formats.ninjs.fields import Fields, line, short, spelled
from warta.ingest.formats.ninjs.wordings import plain, tell_others, wordings
from warta.lexicon.copy import PhotoCopy

_TYPES: Final = frozenset({"picture", "photo", "image", "graphic"})
_FILES: Final = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".tif", ".tiff")
_LEADING: Final = ("featuremedia", "featured", "main", "lead", "hero", "utama")
_SILENT: Final = frozenset(
    {"uri", "guid", "id", "type", "mimetype", "contenttype", "representationtype", "profile", "version", "standard",
     "versioncreated", "firstcreated", "contentcreated", "contentdigitised", "pubstatus", "urgency", "priority",
     "language", "slugline", "title", "headline", "headlines", "name", "rel", "altids", "copyrightholder",
     "copyrightnotice", "usageterms", "charcount", "wordcount", "poi", "digitalsourcetype", "source", "href",
     "width", "height", "sizeinbytes"}
)  # fmt: skip


class Picture:
    """One association that is a picture; its words are read when it is used."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.name = fields.key or fields.text("name", "uri", "guid") or fields.at
        self.hrefs = _hrefs(fields)
        self.is_used = False

    @property
    def may_lead(self) -> bool:
        """Tell whether its name or relation calls it the main picture."""
        rel = self.fields.peek("rel", "role")
        called = (spelled(self.name), spelled(rel) if isinstance(rel, str) else "")
        return any(word.startswith(_LEADING) for word in called)

    def photo(self, folder: Path | None) -> PhotoCopy:
        """Return the file of the widest rendition that lies beside the document, with its words.

        Raises: NotBesideError.
        """
        reasons = []
        for href in self.hrefs:
            try:
                path = beside(folder, href)
            except NotBesideError as reason:
                reasons.append(reason)
            else:
                self.is_used = True
                return _photo(self.fields, path)
        raise reasons[0] if reasons else NotBesideError("no rendition has an address")


class Pictures:
    """All pictures of an item, and the notes on those that find no place."""

    def __init__(self, item: Fields, folder: Path | None) -> None:
        self._item = item
        self._folder = folder
        self._all: list[Picture] = []
        self._asked: dict[str, PhotoCopy | None] = {}
        self._told: set[str] = set()
        self.reasons: dict[str, str] = {}
        for fields in item.objects("associations", "association"):
            if _is_picture(fields):
                self._all.append(Picture(fields))
            elif not fields.key or fields.peek("type", "uri", "guid", "headline", "renditions", "href"):
                called = fields.peek("type")
                item.lost.add(f"{fields.at}: {short(called) if isinstance(called, str) else 'no picture'}")
        self._by_href = {href: picture for picture in reversed(self._all) for href in picture.hrefs}

    def lead(self) -> PhotoCopy | None:
        """Return the photo that leads: the one called so, else the first."""
        leading = next((picture for picture in self._all if picture.may_lead), next(iter(self._all), None))
        if leading is None:
            return None
        try:
            return leading.photo(self._folder)
        except NotBesideError as reason:
            self._told.add(leading.name)
            self._item.lost.add(f"picture: {reason}")
            return None

    def in_body(self, source: str) -> PhotoCopy | None:
        """Return the photo that an address in the body means: an association's, or a file beside the document."""
        address = line(source)
        if address not in self._asked:
            picture = self._by_href.get(address)
            try:
                self._asked[address] = (
                    picture.photo(self._folder) if picture else PhotoCopy(path=beside(self._folder, address))
                )
            except NotBesideError as reason:
                self._asked[address] = None
                self.reasons[f"picture: {source[:200]}"] = f"picture: {reason}"
                if picture:
                    self._told.add(picture.name)
        return self._asked[address]

    def tell_rest(self) -> None:
        """Note the pictures that were not used, and what the used ones hold besides."""
        for picture in self._all:
            if picture.is_used:
                picture.fields.tell_rest(_SILENT)
            elif picture.name not in self._told:
                self._item.lost.add(f"picture {short(picture.name)}: neither the lead nor in the body")


def _is_picture(fields: Fields) -> bool:
    called = fields.peek("type")
    kind = fields.peek("mimetype", "contenttype")
    if isinstance(called, str):
        return called.strip().lower() in _TYPES
    if isinstance(kind, str):
        return kind.lower().startswith("image/")
    return any(href.lower().split("?")[0].endswith(_FILES) for href in _hrefs(fields))


def _hrefs(fields: Fields) -> tuple[str, ...]:
    own = fields.peek("href")
    found = [(_width(fields), line(own))] if isinstance(own, str) else []
    raw = fields.peek("renditions", "rendition")
    for rendition in Fields({"renditions": raw}, fields.lost, fields.at).objects("renditions"):
        href, kind = rendition.peek("href", "url"), rendition.peek("mimetype", "contenttype")
        if isinstance(href, str) and not (isinstance(kind, str) and kind.lower().startswith(("video/", "audio/"))):
            found.append((_width(rendition), line(href)))
    fields.pass_over("renditions", "rendition")
    return tuple(dict.fromkeys(href for _, href in sorted(found, key=lambda pair: -pair[0])))


def _width(fields: Fields) -> float:
    width = fields.peek("width")
    if isinstance(width, str) and width.isascii() and width.isdigit() and len(width) < 10:
        return int(width)
    return width if isinstance(width, int | float) and 0 < width < 1e9 else 0


def _photo(fields: Fields, path: Path) -> PhotoCopy:
    alt = fields.text("alttext", "alt", "bodytext")  # some agencies keep the alternative text in body_text
    descriptions = wordings(fields, "description", "descriptions")
    headlines = wordings(fields, "headline", "headlines")
    caption = next((said for each in (*descriptions, *headlines) if (said := plain(each))), "") or fields.text("title")
    tell_others(fields, descriptions[1:], caption)
    by = _by(fields)
    credit = fields.text("creditline", "credit")
    if not credit:
        sources = fields.objects("infosources", "infosource")
        credit = (
            by
            or fields.text("copyrightholder", "source")
            or next((name for part in sources if (name := part.text("name"))), "")
        )
    return PhotoCopy(path=path, caption=caption, credit=credit, creator=by, alt=alt)


def _by(fields: Fields) -> str:
    return ", ".join(name for part in fields.objects("by", "byline") if (name := part.text("name", "value")))

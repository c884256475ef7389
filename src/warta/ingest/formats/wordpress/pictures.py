"""Finds the pictures of an item: the featured one, and those that its body shows."""

import dataclasses
import re
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote

from warta.ingest.formats.beside import NotBesideError, kept
from warta.ingest.formats.ninjs.fields import Lost, short
from warta.ingest.formats.wordpress.known import Attachment, Known, form
from warta.ingest.formats.wordpress.record import Record, number
from warta.lexicon.copy import BlockCopy, PhotoCopy, PictureCopy

_MOST: Final = 2_000
_IMAGE: Final = re.compile(r"<img\b[^<>]*>")
_SOURCE: Final = re.compile(r"""\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_NUMBER: Final = re.compile(r"""\bwp-image-(\d{1,18})\b|\sdata-id\s*=\s*["'](\d{1,18})["']""", re.ASCII)
_OURS: Final = re.compile(r"attachment:(\d{1,18})", re.ASCII)
_EDITED: Final = re.compile(r"-e\d{10,13}$", re.ASCII)


class Pictures:
    """The pictures of one item of one site; `folder` is where their files lie."""

    def __init__(self, known: Known, site: str, folder: Path, lost: Lost) -> None:
        self._known = known
        self._site = site
        self._folder = folder
        self._lost = lost
        self._numbers: dict[str, int] = {}
        self._said: dict[Path, Attachment] = {}
        self._found: dict[str, PhotoCopy | None] = {}
        self.reasons: dict[str, str] = {}

    def learn(self, source: str, attachment: int) -> None:
        """Take that the picture at `source` is said to be this attachment."""
        self._numbers.setdefault(unescape(source).strip(), attachment)

    def learn_from(self, markup: str) -> None:
        """Take what the pictures in HTML say of their attachments."""
        for image in _IMAGE.finditer(markup):
            source, said = _SOURCE.search(image[0]), _NUMBER.search(image[0])
            if source and said:
                self.learn(source[1] or source[2] or "", int(said[1] or said[2]))

    def lead(self, record: Record) -> PhotoCopy | None:
        """Return the featured picture with its words."""
        said, address = record.said("_thumbnail_id"), record.said("fifu_image_url")
        try:
            if featured := number(said):
                return self._filled(self._photo(self._attachment(featured), ""))
            return self._filled(PhotoCopy(path=kept(self._folder, address))) if address else None
        except NotBesideError as reason:
            self._lost.add(_loss(reason))
            return None

    def in_body(self, source: str) -> PhotoCopy | None:
        """Return the photo that an address in the body means, without the words that the body may have for it."""
        if source not in self._found:
            try:
                if len(self._found) >= _MOST:
                    self._lost.add(f"picture: more than {_MOST:,} in one item")
                    return None
                self._found[source] = self._sought(source)
            except NotBesideError as reason:
                self._found[source] = None
                self.reasons[f"picture: {source[:200]}"] = _loss(reason)
        return self._found[source]

    def filled(self, block: BlockCopy) -> BlockCopy:
        """Return a block whose picture has the words of the media library where the body had none."""
        return PictureCopy(self._filled(block.photo)) if isinstance(block, PictureCopy) else block

    def _sought(self, source: str) -> PhotoCopy:
        ours = _OURS.fullmatch(source)
        if ours:
            return self._photo(self._attachment(int(ours[1])), "")
        said = self._numbers.get(source)
        attachment = self._known.attachment(self._site, said) if said is not None else None
        if attachment is None or not _is_same(attachment, source):  # numbers are stale where a site was moved before
            attachment = self._known.attachment_at(self._site, source)
        return self._photo(attachment, source) if attachment else PhotoCopy(path=kept(self._folder, source))

    def _attachment(self, asked: int) -> Attachment:
        found = self._known.attachment(self._site, asked)
        if found is None:
            raise NotBesideError(f"attachment {asked} is not in the export")
        return found

    def _photo(self, attachment: Attachment, source: str) -> PhotoCopy:
        reasons = []
        tried = ""
        for address in (attachment.address, attachment.file, source):
            shape = form(address)
            if shape and not tried.endswith(shape):  # the same file, without what stands before it or in another size
                tried = tried or shape
                try:
                    path = kept(self._folder, address)
                except NotBesideError as reason:
                    reasons.append(reason)
                else:
                    self._said.setdefault(path, attachment)
                    return PhotoCopy(path=path, credit=attachment.credit)
        raise reasons[0] if reasons else NotBesideError(f"attachment {attachment.id} has no address")

    def _filled(self, photo: PhotoCopy) -> PhotoCopy:
        said = self._said.get(photo.path)
        if said is None:
            return photo
        return dataclasses.replace(photo, caption=photo.caption or said.caption, alt=photo.alt or said.alt)


def _loss(reason: NotBesideError) -> str:
    return f"picture: {short(str(reason), 190)}"


def _is_same(attachment: Attachment, source: str) -> bool:
    return _stem(source) in {_stem(attachment.address), _stem(unquote(attachment.file))}


def _stem(address: str) -> str:
    return _EDITED.sub("", PurePosixPath(form(address)).stem).casefold()

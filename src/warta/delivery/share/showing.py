"""What the share picture of an article shows, and its address: it names all that is seen, so that no cache is wrong."""

import hashlib
from typing import Final

import msgspec
from django.conf import settings
from django.utils import translation
from django.utils.translation import pgettext

from warta.lexicon import addresses
from warta.paper.pages import ArticlePage

VERSION: Final = 1
"""Number of the drawing: raise it when pictures look different, so that they get new addresses."""


class Shown(msgspec.Struct, frozen=True):
    """All that is seen in a share picture; `photo` is the address of a picture file, empty for none."""

    name: str
    rubric: str
    headline: str
    credit: str
    photo: str


def shown(page: ArticlePage) -> Shown:
    """Return what the picture of an article shows: its photo as a square, or as near to one as there is."""
    files = page.ratios or (page.lead and (page.lead.webp or page.lead.jpeg)) or ()
    return Shown(
        name=settings.WARTA_NAME,
        rubric=page.rubric.name,
        headline=page.headline,
        credit=_credit(page),
        photo=files[-1].address if files else "",
    )


def address(page: ArticlePage) -> str:
    """Return the address of an article's share picture."""
    words = msgspec.json.encode((VERSION, shown(page)))
    return addresses.share(page.id, hashlib.blake2b(words, digest_size=5).hexdigest())


def _credit(page: ArticlePage) -> str:
    if page.lead is None or not page.lead.credit:
        return ""
    with translation.override(page.lang):
        return f"{pgettext('reader', 'Photo')}: {page.lead.credit}"

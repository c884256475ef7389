"""File a static page from outside: make it, or bring the one of the same uri up to date."""

from typing import Any

from django.conf import settings
from django.db import transaction

from warta.lexicon import addresses
from warta.lexicon.copy import Copy
from warta.newsroom.actions.body import stream
from warta.newsroom.actions.file import Photos, old_addresses
from warta.newsroom.actions.found import is_as_founded
from warta.newsroom.actions.headings import UnfitCopyError
from warta.newsroom.models import StaticPage


@transaction.atomic
def file_page(copy: Copy, *, by: Any) -> tuple[StaticPage, list[str]]:
    """Make or update the static page of a piece of copy and return it with what could not be carried.

    It takes the address of a page with which the paper was founded and that nobody changed since. One that the
    newsroom wrote is left alone: the new one gets a number behind its name.
    Raises: UnfitCopyError for one that readers never had, and one without a title or with too long a title.
    """
    title = copy.headline.strip()
    limit = StaticPage._meta.get_field("title").max_length or 0
    if copy.status != "published":
        raise UnfitCopyError("a static page that was not published is left out")
    if not 0 < len(title) <= limit:
        raise UnfitCopyError(f"the title of a static page has {len(title)} characters: write 1 to {limit}")
    lost: list[str] = []
    page = StaticPage.objects.filter(uri=copy.uri).first() or _placed(title)
    page.uri = copy.uri
    page.title, page.language = title, copy.lang or settings.LANGUAGE_CODE
    page.body = stream(
        copy.body, photo=Photos(by=by, lost=lost).keep, lost=lost, field=StaticPage._meta.get_field("body")
    )
    page.old_addresses = "\n".join(old_addresses(copy, lost))
    page.save()
    return page, lost


def _placed(title: str) -> StaticPage:
    wanted = addresses.slug(title, fallback="laman")[:74].strip("-")
    founded = StaticPage.objects.filter(slug=wanted, uri=None).first()
    return founded if founded and is_as_founded(founded) else StaticPage(slug=_free(wanted))


def _free(wanted: str) -> str:
    taken = set(StaticPage.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    forms = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(form for form in forms if form not in taken)

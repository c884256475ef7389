"""Brings items from outside into the newsroom by the hundred; what cannot be taken is reported, the rest goes on.

What was filed is noted in the same transaction, so an import that was interrupted goes on where it stopped when it is
started again, and what did not change is skipped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import DataError, IntegrityError, transaction

from warta import plain
from warta.ingest.item import BrokenItem, SourceItem
from warta.ingest.models import Taken
from warta.ingest.plan import Mapped, Step, Verb, plan
from warta.lexicon import addresses
from warta.lexicon.copy import Copy
from warta.newsroom import dispatches, reading
from warta.newsroom.actions.file import Filed
from warta.newsroom.actions.file_many import file_many
from warta.newsroom.actions.file_page import file_page
from warta.newsroom.actions.headings import Headings, UnfitCopyError

LOT: Final = 200
"""How many items are filed in one transaction: enough to be quick, few enough that nobody else waits long."""
_Result = Filed | tuple[reading.StaticPage, list[str]] | Exception
_REFUSALS: Final = (ValueError, DataError, IntegrityError)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: `status` is published, scheduled, draft, withdrawn, page, unchanged or broken.

    Of a dry run it is what would become of it; `url` is None if readers cannot see it, `read` as of `SourceItem`.
    """

    uri: str
    where: str
    status: str
    url: str | None = None
    verb: Verb | None = None
    lost: tuple[str, ...] = ()
    error: str = ""
    pictures: int = 0
    old_addresses: int = 0
    read: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as a line of `--json`."""
        found: dict[str, Any] = {"uri": self.uri, "url": self.url, "status": self.status, "lost": list(self.lost)}
        if self.error:
            return {**found, "where": self.where, "error": self.error}
        return {**found, "new": self.verb == "create"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How an import is to go: names mapped, no rubric opened that does not exist, nothing written at all."""

    mapped: Mapped
    may_create: bool = True
    is_dry: bool = False


def load(source: Iterator[SourceItem | BrokenItem], *, by: Any, now: datetime, wishes: Wishes) -> Iterator[Outcome]:
    """File the items of a source in lots and tell of each what became of it, in order."""
    headings = Headings(may_create=wishes.may_create)
    for lot in _lots(source):
        items = [item for item in lot if isinstance(item, SourceItem)]
        steps = plan(items, _known(items), rubrics=reading.rubric_slugs(), mapped=wishes.mapped)
        if wishes.is_dry:
            outcomes = [_would(step) for step in steps]
        else:
            outcomes = _done(steps, by=by, now=now, headings=headings)
        told = iter(outcomes)
        for item in lot:
            yield _broken(item) if isinstance(item, BrokenItem) else next(told)


def finish() -> int:
    """Leave work for the articles whose links to the old site may lead somewhere by now; return how many."""
    count = 0
    while uris := list(Taken.objects.filter(waits=True).order_by("uri").values_list("uri", flat=True)[:1000]):
        with transaction.atomic():
            count += dispatches.leave("article", reading.ids_by_uri(uris).values())
            Taken.objects.filter(uri__in=uris).update(waits=False)
    return count


def _lots(source: Iterator[SourceItem | BrokenItem]) -> Iterator[list[SourceItem | BrokenItem]]:
    """Cut a source into lots in which no identity comes twice."""
    lot: list[SourceItem | BrokenItem] = []
    uris: set[str] = set()
    for item in source:
        uri = item.copy.uri if isinstance(item, SourceItem) else ""
        if len(lot) == LOT or (uri and uri in uris):
            yield lot
            lot, uris = [], set()
        lot.append(item)
        uris.add(uri)
    if lot:
        yield lot


def _known(items: Sequence[SourceItem]) -> dict[str, str]:
    uris = [item.copy.uri for item in items]
    is_asked, values = plain.among(uris)
    asked = f"SELECT uri, digest FROM ingest_taken WHERE uri {is_asked}"  # noqa: S608 — names of ours
    digests = dict(plain.ask(asked, *values)) if uris else {}
    here = {*reading.ids_by_uri(uris), *reading.pages_by_uri(uris)}
    return {uri: digests.get(uri, "") for uri in here}


def _done(steps: Sequence[Step], *, by: Any, now: datetime, headings: Headings) -> list[Outcome]:
    """Carry out the steps, all in one transaction if the database takes them, else each in its own."""
    wanted = [step for step in steps if step.verb != "skip"]
    try:
        filed = _filed(wanted, by=by, now=now, headings=headings)
    except _REFUSALS:
        filed = []
        for step in wanted:
            headings.forget()
            try:
                filed += _filed([step], by=by, now=now, headings=headings)
            except _REFUSALS as error:
                filed.append(error)
        headings.forget()
    results = iter(filed)
    paths = reading.paths_by_uri([step.copy.uri for step in steps if step.verb == "skip"])
    return [
        _outcome(step, "unchanged", url=paths.get(step.copy.uri)) if step.verb == "skip" else _told(step, next(results))
        for step in steps
    ]


@transaction.atomic
def _filed(steps: Sequence[Step], *, by: Any, now: datetime, headings: Headings) -> list[_Result]:
    """File articles and pages and note that they were taken, in one transaction; return what became of each."""
    articles = [step for step in steps if not step.copy.is_page]
    filed = iter(file_many([step.copy for step in articles], by=by, now=now, headings=headings))
    results: list[_Result] = [_page(step.copy, by=by) if step.copy.is_page else next(filed) for step in steps]
    plain.insert(
        "ingest_taken",
        ("uri", "digest", "waits"),
        (
            (step.copy.uri, step.digest, step.waits)
            for step, result in zip(steps, results, strict=True)
            if not isinstance(result, Exception)
        ),
        on_conflict="(uri) DO UPDATE SET digest = excluded.digest, waits = excluded.waits",
        types=("text", "text", "boolean"),
    )
    return results


def _page(copy: Copy, *, by: Any) -> _Result:
    try:
        return file_page(copy, by=by)
    except UnfitCopyError as error:
        return error


def _told(step: Step, result: _Result) -> Outcome:
    if isinstance(result, Exception):
        return Outcome(step.copy.uri, step.item.where, "broken", error=str(result), read=step.item.read)
    if isinstance(result, tuple):
        page, lost = result
        return _outcome(step, "page", url=addresses.static_page(page.slug), refused=lost)
    article, status = result.article, step.copy.status
    is_put_off = status == "published" and not article.live
    return _outcome(
        step,
        "scheduled" if is_put_off else status,
        url=None if status == "draft" else article.path,
        refused=result.lost,
    )


def _would(step: Step) -> Outcome:
    status = "page" if step.copy.is_page else step.copy.status
    return _outcome(step, "unchanged" if step.verb == "skip" else status)


def _outcome(step: Step, status: str, *, url: str | None = None, refused: Sequence[str] = ()) -> Outcome:
    """Return what became of a step; `refused` is what the newsroom did not take of it, some of it pictures."""
    is_skipped = step.verb == "skip"
    pictures = len({loss for loss in refused if loss.startswith("picture ")})
    return Outcome(
        uri=step.copy.uri,
        where=step.item.where,
        status=status,
        url=url,
        verb=step.verb,
        lost=() if is_skipped else (*step.item.lost, *refused),
        pictures=0 if is_skipped else max(len(step.pictures) - pictures, 0),
        old_addresses=0 if is_skipped else len(step.copy.old_addresses),
        read=step.item.read,
    )


def _broken(item: BrokenItem) -> Outcome:
    return Outcome(uri=item.uri, where=item.where, status="broken", error=item.reason, read=item.read)

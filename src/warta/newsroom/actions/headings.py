"""What stands over an article (channel, rubric, topics, people), found by name or opened for copy from outside."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from django.db.models.functions import Lower
from wagtail.search.backends import get_search_backend

from warta.lexicon import addresses
from warta.lexicon.copy import Copy
from warta.newsroom import dispatches
from warta.newsroom.models import Channel, Contributor, Rubric, Topic

_Named = TypeVar("_Named", Topic, Contributor)


class UnfitCopyError(ValueError):
    """The copy cannot become an article; the message says what would have to change."""


class Headings:
    """Finds headings by name and remembers what it found, until it must `forget` after a transaction was rolled back.

    Rubrics that do not exist are opened only if `may_create`; topics and contributors always are.
    """

    _MOST: Final = 50_000

    def __init__(self, *, may_create: bool) -> None:
        self._may_create = may_create
        self._channels: dict[str, Channel | None] = {}
        self._rubrics: dict[str, Rubric] = {}
        self._topics: dict[str, Topic] = {}
        self._people: dict[str, Contributor] = {}

    def forget(self) -> None:
        """Forget what was found: some of it may have been opened in a transaction that came to nothing."""
        for known in (self._channels, self._rubrics, self._topics, self._people):
            known.clear()

    def channel(self, name: str, lost: list[str]) -> Channel:
        """Return the channel of a name, or the paper's first, which is noted in `lost`.

        Raises: UnfitCopyError when the paper has none.
        """
        slug = addresses.slug(name, fallback="-") if name else ""
        if slug not in self._channels:
            self._channels[slug] = Channel.objects.filter(slug=slug).first() if slug else None
        found = self._channels[slug]
        if found is None and name:
            lost.append(f"genre: {name}")
        found = found or Channel.objects.order_by("order", "pk").first()
        if found is None:
            raise UnfitCopyError("the paper has no channel yet: run `warta init`")
        if not name:
            self._channels[slug] = found
        return found

    def rubric(self, name: str) -> Rubric:
        """Return the rubric of a name, opened when it does not exist; no name is `Umum`.

        Raises: UnfitCopyError when it does not exist and may not be opened.
        """
        slug = addresses.slug(name, fallback="umum")
        slug = f"rubrik-{slug}" if slug in addresses.RESERVED else slug
        if slug not in self._rubrics:
            found = Rubric.objects.filter(slug=slug).first()
            if found is None and not self._may_create:
                raise UnfitCopyError(f"there is no rubric {name or 'Umum'!r}: create it, or import without --no-create")
            self._rubrics[slug] = found or self._opened(slug, name or "Umum")
        return self._rubrics[slug]

    def topic(self, name: str) -> Topic:
        """Return the topic of a name."""
        slug = addresses.slug(name, fallback="topik")
        if slug not in self._topics:
            self._make_room(self._topics)
            self._topics[slug] = Topic.objects.get_or_create(slug=slug, defaults={"name": name[:80]})[0]
        return self._topics[slug]

    def contributor(self, name: str) -> Contributor:
        """Return the person of a name."""
        key = name.casefold()
        if key not in self._people:
            self._make_room(self._people)
            self._people[key] = Contributor.objects.filter(name__iexact=name).first() or self._introduced(name)
        return self._people[key]

    def meet(self, copies: Sequence[Copy]) -> None:
        """Find the topics and people of many pieces, and open those that do not exist, with a few statements.

        Raises: django.db.IntegrityError when another process opens one at the same time.
        """
        self._make_room(self._topics)
        self._make_room(self._people)
        topics = _by(lambda name: addresses.slug(name, fallback="topik"), (n for copy in copies for n in copy.topics))
        self._topics |= _met(Topic, {slug: name for slug, name in topics.items() if slug not in self._topics})
        people = _by(str.casefold, (name for copy in copies for name, _ in copy.by))
        unknown = [name.lower() for key, name in people.items() if key not in self._people]
        named = Contributor.objects.annotate(small=Lower("name")).filter(small__in=unknown)
        self._people |= {person.name.casefold(): person for person in named}
        strangers = (name for key, name in people.items() if key not in self._people)
        met = _met(Contributor, _by(lambda name: addresses.slug(name, fallback="penulis"), strangers))
        self._people |= {person.name.casefold(): person for person in met.values()}

    @staticmethod
    def _opened(slug: str, name: str) -> Rubric:
        return Rubric.objects.get_or_create(slug=slug, defaults={"name": name[:80]})[0]

    @staticmethod
    def _introduced(name: str) -> Contributor:
        slug = addresses.slug(name, fallback="penulis")
        return Contributor.objects.get_or_create(slug=slug, defaults={"name": name[:120]})[0]

    def _make_room(self, known: dict[str, Topic] | dict[str, Contributor]) -> None:
        if len(known) >= self._MOST:
            known.clear()


def _by(key: Callable[[str], str], names: Iterable[str]) -> dict[str, str]:
    """Return the first name of each key."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(key(name), name)
    return found


def _met(model: type[_Named], wanted: Mapping[str, str]) -> dict[str, _Named]:
    """Return what has the wanted slugs; what is missing is opened with the name, as `save` opens one."""
    found = {known.slug: known for known in model._default_manager.filter(slug__in=wanted)}
    longest = model._meta.get_field("name").max_length
    fresh = [model(slug=slug, name=name[:longest]) for slug, name in wanted.items() if slug not in found]
    if fresh:
        model._default_manager.bulk_create(fresh)
        get_search_backend().add_bulk(model, fresh)
        dispatches.leave(model.dispatch_kind, [opened.pk for opened in fresh])
    return {**found, **{opened.slug: opened for opened in fresh}}

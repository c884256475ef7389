"""The article: one published piece, in any channel."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.locks import ScheduledForPublishLock
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    ReferenceIndex,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from warta.lexicon import addresses, embargo, zones
from warta.lexicon.copy import HEADLINE_LENGTH
from warta.newsroom import states
from warta.newsroom.models.body import BodyField, article_blocks
from warta.newsroom.models.breaking import Breaking
from warta.newsroom.models.defaults import LANGUAGES, site_language, site_zone
from warta.newsroom.models.dispatch import Dispatch
from warta.newsroom.models.people import Contributor
from warta.newsroom.models.subjects import Channel, Rubric, Topic
from warta.newsroom.models.version import Version, VersionKind
from warta.newsroom.models.withdrawal import GROUNDS, WithdrawnError
from warta.newsroom.states import State

_FACTS: Final = (
    *("live", "live_revision", "latest_revision", "has_unpublished_changes", "last_published_at", "expired"),
    *("state", "updated_at", "withdrawn_at", "withdrawal_reason", "withdrawal_ground", "uri", "made_at", "made_by"),
)
"""What the row alone knows of an article; no revision, and no form that was opened before, says otherwise."""


def known_zone(value: str) -> None:
    """Refuse a zone that does not exist.

    Raises: ValidationError.
    """
    try:
        zones.zone(value)
    except zones.UnknownZoneError as error:
        raise ValidationError(
            _("“%(zone)s” is not a time zone: write WIB, WITA, WIT or a name such as Asia/Jakarta."),
            params={"zone": value},
        ) from error


def possible_instant(value: Any) -> None:
    """Refuse an instant that no newspaper can mean.

    Raises: ValidationError.
    """
    try:
        zones.possible(value)
    except zones.ImpossibleInstantError as error:
        raise ValidationError(_("This date is outside the years 1900 to 2099: check the year.")) from error


class Article(
    PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, index.Indexed, ClusterableModel
):
    """One piece. The row holds what is live, or was when it was withdrawn; drafts are revisions (DraftStateMixin).

    `first_published_at` is Wagtail's field and the instant of the dateline; `updated_at` is set when a live article is
    published again. `uri` is the identity of copy that came from outside. A withdrawn article keeps its
    `live_revision`, for it is put back as it was.
    """

    channel = models.ForeignKey(Channel, verbose_name=_("channel"), on_delete=models.PROTECT, related_name="+")
    rubric = models.ForeignKey(Rubric, verbose_name=_("rubric"), on_delete=models.PROTECT, related_name="+")
    # Wagtail would count and read all articles of a rubric to show its form.
    channel.wagtail_reference_index_ignore = True  # type: ignore[attr-defined] # what Wagtail asks a field for
    rubric.wagtail_reference_index_ignore = True  # type: ignore[attr-defined] # the same
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    headline = models.CharField(_("headline"), max_length=HEADLINE_LENGTH)
    slug = models.CharField(max_length=addresses.SLUG_LENGTH, editable=False)
    standfirst = models.TextField(
        _("standfirst"), blank=True, max_length=600, help_text=_("One sentence under the headline.")
    )
    body = BodyField(article_blocks(), verbose_name=_("body"), blank=True)
    lead_photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("lead photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_caption = models.CharField(
        _("caption"), max_length=400, blank=True, help_text=_("Left empty, the photo's own caption is used.")
    )
    lead_credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Left empty, the photo's own credit is used.")
    )
    place = models.CharField(_("place"), max_length=120, blank=True, help_text=_("Where it was reported: Semarang"))
    zone = models.CharField(_("time zone"), max_length=40, default=site_zone, validators=[known_zone])
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default=site_language)
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translations",
        help_text=_("The article in another language that this one translates. Readers are led from one to the other."),
    )
    initials = models.CharField(
        _("editor's initials"), max_length=8, blank=True, help_text=_("They close the article in brackets: dzk")
    )
    embargo = models.DateTimeField(
        _("embargo"), null=True, blank=True, validators=[possible_instant], help_text=_("Not before this instant.")
    )
    updated_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawal_reason = models.TextField(blank=True, editable=False)
    withdrawal_ground = models.CharField(max_length=8, choices=GROUNDS, blank=True, editable=False)
    uri = models.CharField(max_length=500, unique=True, null=True, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    search_fields: ClassVar = [
        index.SearchField("headline"),
        index.AutocompleteField("headline"),
        index.FilterField("rubric_id"),
        index.FilterField("channel_id"),
    ]
    preview_modes: ClassVar = [("", _("As readers see it"))]

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes: ClassVar = [
            models.Index(fields=["-made_at", "-id"], name="newsroom_article_newest"),
            models.Index(fields=["state", "-made_at", "-id"], name="newsroom_article_by_state"),
            models.Index(
                fields=["-first_published_at", "-id"], condition=models.Q(live=True), name="newsroom_article_live"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(live=True, state__in=["published", "corrected"])
                | (models.Q(live=False) & ~models.Q(state__in=["published", "corrected"])),
                name="newsroom_article_state_is_what_readers_have",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    withdrawn_at__isnull=True, state__in=[s.value for s in State if s != State.WITHDRAWN]
                )
                | models.Q(withdrawn_at__isnull=False, state="withdrawn"),
                name="newsroom_article_state_of_the_withdrawn",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawal_reason=""),
                name="newsroom_withdrawal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def clean(self) -> None:
        """Bring the zone to its IANA name and make the slug.

        Raises: ValidationError.
        """
        super().clean()
        known_zone(self.zone)
        self.settle()
        self._settle_translation()

    def _settle_translation(self) -> None:
        """Lead to the article that was first, if the one named is a translation itself.

        Raises: ValidationError when both have one language, or there is another translation into it.
        """
        if self.translation_of is None:
            return
        first = self.translation_of.translation_of or self.translation_of
        others = type(self).objects.filter(models.Q(pk=first.pk) | models.Q(translation_of=first)).exclude(pk=self.pk)
        if first.pk == self.pk or (self.pk and self.translations.exists()):
            wrong = _("This article has translations itself: name it in them instead.")
        elif others.filter(language=self.language).exists():
            wrong = _("There is this article in this language already: choose another language or another article.")
        else:
            self.translation_of = first
            return
        raise ValidationError({"translation_of": wrong})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with a settled slug, zone and state; what is live leaves its Dispatch in `publish`, not here."""
        self.settle()
        self.state = states.settled(self.state, is_live=self.live, is_withdrawn=self.withdrawn_at is not None)
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return a revision as an article; what the row alone knows does not change with an old text."""
        restored = super().with_content_json(content)
        for name in (self._meta.get_field(fact).attname for fact in _FACTS):
            setattr(restored, name, getattr(self, name))
        return restored

    def catch_up(self) -> None:
        """Lock the row until the transaction ends, and take over what it alone knows, but no text."""
        self.refresh_from_db(fields=_FACTS, from_queryset=type(self).objects.select_for_update())

    def get_lock(self) -> Any:
        """Return what keeps others from editing; a schedule does not, so that what waits can still be mended."""
        lock = super().get_lock()
        return LockableMixin.get_lock(self) if isinstance(lock, ScheduledForPublishLock) else lock

    def publish(self, revision: Any, user: Any = None, *, why: str = "", **kwargs: Any) -> Any:
        """Publish a revision: audit row, Dispatch, version and the article itself in one transaction.

        Every way to publish ends here: the admin and `newsroom.actions`. `why` is told to readers of the history.
        Raises: UnderEmbargoError when it would be seen before its embargo ends; WithdrawnError.
        """
        with transaction.atomic():
            row = revision.content_object  # of which `as_object` makes what goes live
            row.catch_up()
            if row.withdrawn_at is not None:
                raise WithdrawnError("a withdrawn article is not published again: a managing editor can put it back")
            article = revision.as_object()
            now = timezone.now()
            embargo.check(max(article.go_live_at or now, now), article.embargo)
            tied_before = self.tied_ids()
            self.keep_first_version()
            outcome = super().publish(revision, user=user, **kwargs)
            is_put_off = bool(article.go_live_at and article.go_live_at > now)
            if row.live and kwargs.get("changed", True) and not is_put_off:
                type(self).objects.filter(pk=self.pk).update(updated_at=now)
            self._approve(revision, user, now, is_put_off=is_put_off)
            if not is_put_off:
                last = Version.last_of(self.pk)
                at = now if last else min(article.published_at, now)  # an archive's first version is as old as it is
                Version.keep(article, kind=_kind(last, why), at=at, why=why)
            self.leave_dispatch(tied_before)
        return outcome

    def _approve(self, revision: Any, user: Any, now: datetime, *, is_put_off: bool) -> None:
        """Bring state and submission to what a publication means; what was submitted of a newer text waits on."""
        rows = type(self).objects.filter(pk=self.pk)
        if is_put_off:
            rows.filter(live=False).update(state=State.SCHEDULED)
        elif self.corrections.published().exists():
            rows.update(state=State.CORRECTED)
        waiting = self.submissions.filter(outcome="")
        newer = self.revisions.filter(pk__gt=revision.pk).order_by("pk").values_list("created_at", flat=True).first()
        waiting = waiting.filter(at__lt=newer) if newer else waiting
        waiting.update(outcome="approved", decided_by=user, decided_at=now)

    def keep_first_version(self) -> None:
        """Begin the history of an article that was published before there were histories."""
        live = type(self).objects.filter(pk=self.pk, live=True).first() if Version.last_of(self.pk) is None else None
        if live is not None:
            Version.keep(live, kind=VersionKind.PUBLISHED, at=live.published_at)

    def unpublish(self, *args: Any, is_version: bool = True, **kwargs: Any) -> None:
        """Take the article back to a draft: audit row, version and Dispatch in one transaction."""
        with transaction.atomic():
            self.keep_first_version()
            super().unpublish(*args, **kwargs)
            if is_version:
                Version.keep(self, kind=VersionKind.TAKEN_BACK, at=timezone.now())
            self.leave_dispatch()

    def unschedule(self) -> None:
        """Take back what was to go live later; it leaves the paper, where it waits for its second."""
        with transaction.atomic():
            self.revisions.update(approved_go_live_at=None)
            type(self).objects.filter(pk=self.pk, state=State.SCHEDULED).update(state=State.DRAFT)
            self.__dict__.pop("scheduled_revision", None)  # Wagtail caches it
            self.leave_dispatch()

    def leave_dispatch(self, before: Iterable[int] = ()) -> None:
        """Leave work for the press: this article, those whose `Baca juga` names it, those tied to it, breaking news.

        `before` are those that were tied to it.
        """
        readers = (
            ReferenceIndex.get_references_to(self)
            .filter(model_path__startswith="body")
            .values_list("object_id", flat=True)
        )
        ids = {self.pk, *(int(pk) for pk in readers[:500]), *self.tied_ids(), *before}
        Dispatch.objects.bulk_create(Dispatch(kind="article", object_id=pk) for pk in sorted(ids))
        if Breaking.leads_to(self.pk, timezone.now()):
            Breaking.leave_dispatch()

    def tied_ids(self) -> set[int]:
        """Return the ids of the articles that a rule of the press or a translation ties to this one: one query."""
        ties = (
            self.corrections.order_by().values_list("stands_in_id"),
            self.corrections_brought.order_by().values_list("article_id"),
            self.replies.order_by().values_list("answer_id"),
            self.answers_replies.order_by().values_list("article_id"),
            self.verifies.order_by().values_list("article_id"),
            type(self).objects.filter(pk=self.pk).order_by().values_list("verification__follow_up_id"),
            type(self).objects.filter(pk=self.pk).order_by().values_list("translation_of_id"),
            type(self).objects.filter(pk=self.pk).order_by().values_list("translation_of__translations"),
            self.translations.order_by().values_list("pk"),
        )
        return {pk for (pk,) in ties[0].union(*ties[1:]) if pk is not None}

    @property
    def published_at(self) -> datetime:
        """Return the instant of the dateline: first published, or when it is going to be."""
        return self.first_published_at or self.go_live_at or self.made_at or timezone.now()

    @property
    def path(self) -> str:
        """Return the address; its day is that of the dateline, in the article's own zone."""
        day = self.published_at.astimezone(zones.zone(self.zone)).date()
        return addresses.article(self.rubric.slug, day, self.pk or 0, addresses.slug(self.headline))

    def is_previewable(self) -> bool:
        """Tell that the newsroom may look at it as readers will."""
        return True

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """Answer with the page as readers will see it; who renders it is wired in the settings."""
        return import_string(settings.WARTA_PREVIEW)(self, request)

    def settle(self) -> None:
        """Bring slug and zone to what headline and zone say."""
        self.slug = addresses.slug(self.headline)
        self.zone = zones.zone(self.zone).key


@receiver(pre_delete, sender=Article)
def leave_when_deleted(instance: Article, **_: Any) -> None:
    """Leave a Dispatch in the transaction of a deletion: many at once, as Wagtail's lists do it, call no `delete()`."""
    instance.leave_dispatch()


def _kind(last: Version | None, why: str) -> VersionKind:
    """Return what a publication is, after the version before."""
    if last is None or last.kind == VersionKind.TAKEN_BACK:
        return VersionKind.PUBLISHED
    if last.kind == VersionKind.WITHDRAWN:
        return VersionKind.PUT_BACK
    return VersionKind.CORRECTED if why else VersionKind.UPDATED


@receiver(pre_delete, sender=Topic)
def _press_without(instance: Topic, **_: object) -> None:
    """Leave work for the articles of a topic that is deleted: their pages lead to its front."""
    articles = Article.topics.through._default_manager.filter(topic=instance).values_list("article_id", flat=True)
    Dispatch.objects.bulk_create((Dispatch(kind="article", object_id=pk) for pk in articles), batch_size=1000)


class Byline(Orderable):
    """Who reported and who edited an article, in the order in which they are named."""

    REPORTER = "reporter"
    EDITOR = "editor"

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="bylines")
    contributor = models.ForeignKey(
        Contributor, verbose_name=_("contributor"), on_delete=models.PROTECT, related_name="+"
    )
    contributor.wagtail_reference_index_ignore = True  # type: ignore[attr-defined] # as of a rubric
    role = models.CharField(
        _("role"), max_length=8, choices=[(REPORTER, _("Reporter")), (EDITOR, _("Editor"))], default=REPORTER
    )

    class Meta(Orderable.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(role__in=["reporter", "editor"]), name="newsroom_byline_role")
        ]


class ArticleOldAddress(models.Model):
    """An address at which the article stood in another system (`lexicon.addresses.old` form)."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="old_addresses")
    address = models.CharField(_("old address"), max_length=500, unique=True)

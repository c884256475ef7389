"""Who did what, when and from where, on articles, corrections, fronts, people and rights; filtered and exported."""

from typing import Any, ClassVar, Final

import django_filters
from allauth.core import context
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.urls import path, reverse_lazy
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from warta.newsroom.desk.entries import Entry
from warta.newsroom.desk.listing import FirstThousands
from warta.newsroom.permissions import Verb
from warta.newsroom.signin.adapters import AccountAdapter

FROM: Final = "from"
"""The key in an entry's data of the address from which it was done; none for what the worker did."""
_KINDS: Final = {"app_label__in": ("newsroom", "auth", "wagtailusers", "wagtailcore")}


@receiver(pre_save, sender=ModelLogEntry)
def note_from_where(instance: ModelLogEntry, **_: Any) -> None:
    """Add to a new entry the address of the request in which it is written."""
    request = getattr(context, "request", None)
    if instance.pk is None and request is not None:
        instance.data = {**instance.data, FROM: AccountAdapter(request).get_client_ip(request)}


class AuditFilters(WagtailFilterSet):
    """What one looks for afterwards."""

    user = django_filters.ModelChoiceFilter(label=_("Person"), queryset=User.objects.order_by("username"))
    action = django_filters.ChoiceFilter(label=_("Action"), choices=registry.get_choices)
    content_type = django_filters.ModelChoiceFilter(
        label=_("On what"), queryset=ContentType.objects.filter(**_KINDS).order_by("model")
    )
    object_id = django_filters.CharFilter(label=_("Number"))
    timestamp = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = ModelLogEntry
        fields: ClassVar[list[str]] = []


class Entries(FirstThousands):
    """The newest thousands of entries."""

    @property
    def model(self) -> Any:
        """Return the kind of row, for the words under the list."""
        return ModelLogEntry


class AuditView(ReportView):
    """The list, newest first; as CSV or XLSX it is whole."""

    model = ModelLogEntry
    page_title = _("Audit trail")
    header_icon = "history"
    index_url_name = "audit"
    index_results_url_name = "audit_results"
    filterset_class = AuditFilters
    paginator_class = Entries
    default_ordering = "-timestamp"
    export_headings: ClassVar = {
        "timestamp": _("When"),
        "user_display_name": _("Person"),
        "action": _("Action"),
        "object_verbose_name": _("On what"),
        "object_id": _("Number"),
        "label": _("Name"),
        "came_from": _("From"),
    }
    list_export: ClassVar = list(export_headings)
    columns: ClassVar = [
        DateColumn("timestamp", label=_("When"), width="14%"),
        Column("user_display_name", label=_("Person"), width="14%"),
        Column("message", label=_("Action"), accessor=lambda entry: entry.formatter.format_message(entry)),
        Column("kind", label=_("On what"), accessor=lambda entry: capfirst(str(entry.object_verbose_name))),
        Column("label", label=_("Name")),
        Column("came_from", label=_("From")),
    ]

    def get_base_queryset(self) -> QuerySet[ModelLogEntry]:
        """Return all entries with who, on what and from where."""
        entries: QuerySet[ModelLogEntry] = ModelLogEntry.objects.select_related("user", "content_type")
        return entries.annotate(came_from=KT(f"data__{FROM}")).order_by("-timestamp", "-pk")

    def get_filename(self) -> str:
        """Return the name of an exported file: the day on which it was made."""
        return f"audit-{timezone.localdate():%Y-%m-%d}"


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Add the list."""
    return [
        path("audit/", AuditView.as_view(), name="audit"),
        path("audit/results/", AuditView.as_view(results_only=True), name="audit_results"),
    ]


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """Lead to the list."""
    return Entry(Verb.AUDIT, _("Audit trail"), reverse_lazy("audit"), name="audit", icon_name="history", order=900)

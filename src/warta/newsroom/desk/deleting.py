"""Deletes only what nothing stands on: what readers had stays, and so does what another row names.

What must stay says why, in place of the question whether it should go; of many, it is left out.
"""

from typing import Any

from django.db.models import PROTECT, ManyToOneRel, Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.snippets import DeleteView
from wagtail.users.views.bulk_actions import DeleteBulkAction as DeleteUsers

from warta.newsroom.desk.asking import ARTICLE, EDIT
from warta.newsroom.models import Article, Version
from warta.newsroom.permissions import Verb, may


def is_needed(row: Model) -> bool:
    """Tell whether something must not be left without this row; at most one row of each table is read."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and relation.on_delete is PROTECT
    )


def had_readers(article: Article) -> bool:
    """Tell whether an article was ever published, be it that its second came and nothing has noted it yet."""
    now = timezone.now()
    return (
        (article.first_published_at is not None and article.first_published_at <= now)
        or Version.last_of(article.pk) is not None
        or article.revisions.filter(approved_go_live_at__lte=now).exists()
    )


def why_kept(article: Article) -> str:
    """Return in words why an article is not deleted; nothing when it may be."""
    if article.withdrawn_at is not None:
        return gettext("This article is withdrawn: its address tells readers why, so it cannot be deleted.")
    if had_readers(article):
        return gettext(
            "Readers had this article, so it cannot be deleted: its address and its history stay. A managing editor"
            " can withdraw it, on a listed ground and with a public reason."
        )
    if is_needed(article):
        return gettext("A correction, a right of reply or a follow-up names this article, so it cannot be deleted.")
    return ""


class DeleteArticleView(DeleteView):
    """Says why an article stays, and leads to its withdrawal."""

    @cached_property
    def refusal(self) -> str:
        """Return why it stays; nothing when it may go."""
        return why_kept(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put the reason, and what can be done instead, in place of the question."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if not self.refusal:
            return context
        may_withdraw = self.object.withdrawn_at is None and had_readers(self.object)
        ways = [(reverse(EDIT, args=[self.object.pk]), _("Back"))]
        if may_withdraw and may(self.request.user, Verb.WITHDRAW, self.object):
            ways.insert(0, (reverse(f"{ARTICLE}:withdraw", args=[self.object.pk]), _("Withdraw")))
        return {**context, "is_protected": True, "refusal": self.refusal, "ways": ways}

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete it, or say why it stays."""
        if self.refusal:
            return self.render_to_response(self.get_context_data(form=form), status=409)
        answer: HttpResponse = super().form_valid(form)
        return answer


class DeleteMany(DeleteBulkAction):
    """Deletes many, and leaves out those that must stay."""

    template_name = "newsroom/delete_many.html"
    left_out: Any

    def is_kept(self, row: Any) -> bool:
        """Tell whether one must stay."""
        return is_needed(row)

    def check_perm(self, snippet: Model) -> bool:
        """Tell whether one may and can be deleted."""
        return bool(super().check_perm(snippet)) and not self.is_kept(snippet)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say why some are left out."""
        return {**super().get_context_data(**kwargs), "left_out": self.left_out}


class DeleteArticles(DeleteMany):
    """Deletes drafts that readers never had."""

    models = (Article,)
    left_out = _(
        "Left out: readers had them (a managing editor can withdraw them), a correction, a reply or a follow-up names"
        " them, or they are not yours to delete:"
    )

    def is_kept(self, row: Article) -> bool:
        """Tell whether one must stay."""
        return bool(why_kept(row))


class DeletePeople(DeleteUsers):
    """Deletes many people who sign in, and leaves out those under whose name something is kept."""

    template_name = "newsroom/delete_people.html"

    def check_perm(self, obj: Any) -> bool:
        """Tell whether one may and can be deleted."""
        return bool(super().check_perm(obj)) and not is_needed(obj)


@hooks.register("before_delete_user")
def keep_whom_something_names(request: HttpRequest, user: Any) -> HttpResponse | None:
    """Say why a person stays, in place of the question."""
    if not is_needed(user):
        return None
    context = {
        "header_title": gettext("Delete user"),
        "page_title": gettext("Delete user"),
        "header_icon": "user",
        "object": user,
        "is_protected": True,
        "refusal": gettext(
            "Corrections, rights of reply or notices are kept under this person's name, so it cannot be deleted. To"
            " keep this person from signing in, untick “Active”."
        ),
        "ways": [(reverse("wagtailusers_users:edit", args=[user.pk]), gettext("Back"))],
    }
    return TemplateResponse(
        request, "newsroom/delete_refused.html", context, status=409 if request.method == "POST" else 200
    )


for action in (DeleteArticles, DeletePeople):
    hooks.register("register_bulk_action", action, order=1)  # after Wagtail's, in whose place it stands

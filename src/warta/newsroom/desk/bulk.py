"""Many articles at once: submit them, or publish them, each as if it stood alone in the editor."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from warta.lexicon.embargo import UnderEmbargoError
from warta.newsroom.actions.submit import submit
from warta.newsroom.desk.checks import check
from warta.newsroom.models import Article
from warta.newsroom.permissions import Verb, may, may_publish
from warta.newsroom.prepublish import Level
from warta.newsroom.states import State


class _Many(SnippetBulkAction):
    """Asks once, and leaves out what may not, or cannot, be done."""

    models = (Article,)
    template_name = "newsroom/many.html"
    verb: Verb
    question: Any
    button: Any

    def check_perm(self, obj: Article) -> bool:
        """Tell whether it may and can be done to one."""
        return may(self.request.user, self.verb, obj) and obj.state != State.WITHDRAWN and self.is_ready(obj)

    def is_ready(self, article: Article) -> bool:
        """Tell whether it can be done now."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its words."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "question": self.question, "button": self.button, "title": self.display_name}


@hooks.register("register_bulk_action")
class SubmitMany(_Many):
    """Submits many to their desks."""

    display_name = _("Submit to the desk")
    action_type = "submit"
    aria_label = _("Submit the chosen articles to their desks")
    action_priority = 10
    verb = Verb.SUBMIT
    question = _("Submit these articles to their desks?")
    button = _("Submit")

    @classmethod
    def execute_action(cls, objects: Sequence[Article], **kwargs: Any) -> tuple[int, int]:
        """Submit each."""
        for article in objects:
            submit(article, by=kwargs["self"].request.user, now=timezone.now())
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Say how many."""
        return ngettext("%(count)d article submitted.", "%(count)d articles submitted.", num_parent_objects) % {
            "count": num_parent_objects
        }


@hooks.register("register_bulk_action")
class PublishMany(_Many):
    """Publishes the newest text of many; one with an error, or under embargo, is left out."""

    display_name = _("Publish")
    action_type = "publish"
    aria_label = _("Publish the chosen articles")
    action_priority = 20
    verb = Verb.PUBLISH
    question = _("Publish the newest text of these articles now?")
    button = _("Publish")

    def is_ready(self, article: Article) -> bool:
        """Tell whether its newest text is theirs to publish, in its own rubric too, and has no error."""
        newest = article.get_latest_revision_as_object()
        if not may_publish(self.request.user, article, newest.rubric_id):
            return False
        return not any(one.level is Level.ERROR for one in check(newest))

    @classmethod
    def execute_action(cls, objects: Sequence[Article], **kwargs: Any) -> tuple[int, int]:
        """Publish each."""
        done, by = 0, kwargs["self"].request.user
        for article in objects:
            text = article.latest_revision or article.save_revision(user=by, clean=False)
            try:
                article.publish(text, user=by, skip_permission_checks=True)
            except UnderEmbargoError:
                continue
            done += 1
        return done, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """Say how many, and that others were left out."""
        left_out = len(self.actionable_objects) - num_parent_objects
        words = ngettext("%(count)d article published.", "%(count)d articles published.", num_parent_objects)
        told = words % {"count": num_parent_objects}
        return f"{told} {gettext('Left out, under embargo: %(count)d.') % {'count': left_out}}" if left_out else told

"""The newsroom's first screen."""

from typing import Any, Final

from wagtail.admin.ui.components import Component
from wagtail.models import Revision

from warta.newsroom.models import Article

_SHOWN: Final = 12


class MyArticles(Component):
    """A way to a new article, and the articles that this person worked on last."""

    name = "my-articles"
    template_name = "newsroom/home.html"
    order = 10

    def __init__(self, user: Any) -> None:
        self._user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the articles, the last touched first: two queries."""
        mine = (
            Revision.objects.filter(user=self._user, content_type__app_label="newsroom", content_type__model="article")
            .order_by("-created_at")
            .values_list("object_id", flat=True)[: _SHOWN * 5]
        )
        ids = list(dict.fromkeys(int(pk) for pk in mine))[:_SHOWN]
        found = Article.objects.select_related("rubric").in_bulk(ids)
        return {
            "articles": [found[pk] for pk in ids if pk in found],
            "may_write": self._user.has_perm("newsroom.add_article"),
        }

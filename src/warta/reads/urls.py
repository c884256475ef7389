"""The address of the beacon, as `lexicon.addresses.read` writes it."""

from django.urls import path, register_converter

from warta.reads import views


class ArticleIdConverter:
    """The number of an article: at most 18 digits, so that it fits into 64 bits."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the digits."""
        return str(value)


register_converter(ArticleIdConverter, "article_id")

urlpatterns = [path("baca/<article_id:article_id>", views.read, name="read")]

"""The only place that calls text safe: everything else in a page is escaped."""

from django.utils.safestring import SafeString, mark_safe


def trusted(text: str) -> SafeString:
    """Return text that goes into a page as it stands.

    Four kinds may pass: the HTML of a `Paragraph`, cleaned by the press down to `b i a[href] br ul ol li`; the style
    sheet and script of this room, which no one outside can change; the JSON-LD of an article, in which no `<` is left;
    and the mark at which a page is cut into pieces.
    """
    return mark_safe(text)  # noqa: S308 — see above

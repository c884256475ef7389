"""Entries of the main menu, each shown to who has the right that its screen asks for."""

from typing import Any

from wagtail.admin.menu import MenuItem

from warta.newsroom.permissions import Verb, may


class Entry(MenuItem):
    """An entry for those who may do `verb`."""

    def __init__(self, verb: Verb, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._verb = verb

    def is_shown(self, request: Any) -> bool:
        """Tell whether this person may."""
        return may(request.user, self._verb)

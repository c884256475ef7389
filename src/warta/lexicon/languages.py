"""The languages an article can be written in, and so the languages its page speaks."""

from typing import Final

LANGUAGES: Final = ("id", "en")
DEFAULT: Final = "id"

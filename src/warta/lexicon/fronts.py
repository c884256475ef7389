"""The places of a front that an editor may fill by hand, in the order in which readers meet them."""

from datetime import timedelta
from typing import Final

SLOTS: Final = ("lead", "second-1", "second-2", "second-3")
"""Of the front page: the lead and its seconds. Of a rubric: the first four of its list."""

BREAKING_LENGTH: Final = 120
"""Characters of the breaking news above every page, at most."""
BREAKING_SPAN: Final = timedelta(hours=24)
"""How long breaking news stands, at most."""

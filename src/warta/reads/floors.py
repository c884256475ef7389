"""How many readers make a ranking: three clicks at night make none."""

from typing import Final

FLOOR: Final = 5
"""How many readers an article needs in a window to stand in its list. The indexes of `Standing` hold no others."""

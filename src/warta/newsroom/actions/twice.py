"""What is sent twice: its answer was lost, or somebody went back and pressed again."""

from datetime import timedelta
from typing import Final

AGAIN_WITHIN: Final = timedelta(minutes=10)
"""So long the same words by the same person are taken for the same thing."""


class SentTwiceError(ValueError):
    """It was done already, by the same person and in the same words."""

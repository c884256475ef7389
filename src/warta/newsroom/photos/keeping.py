"""What is kept of an inspected photo, in the names of its fields."""

from typing import Any, Final

from warta.newsroom.models import Photo
from warta.newsroom.photos.inspection import WORDS, Inspected

EYE: Final = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


def said(found: Inspected) -> dict[str, Any]:
    """Return what a photo says of itself, cut to what can be kept."""
    return {**{name: fitting(name, getattr(found, name)) for name in WORDS}, "taken_at": found.taken_at}


def fitting(name: str, words: str) -> str:
    """Return words cut to the length of a field; of an address that is too long nothing is left."""
    longest = Photo._meta.get_field(name).max_length or len(words)
    return "" if name == "licence" and len(words) > longest else words[:longest]

"""What is kept of an inspected photo, in the names of its fields."""

from typing import Any, Final

from django.core.exceptions import ValidationError

from warta.newsroom.models import Photo
from warta.newsroom.photos.inspection import WORDS, Inspected

EYE: Final = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


def said(found: Inspected) -> dict[str, Any]:
    """Return what a photo says of itself, cut to what can be kept; of an address that is none, nothing is left."""
    words = {name: fitting(name, getattr(found, name)) for name in WORDS}
    try:
        if found.licence:
            Photo._meta.get_field("licence").run_validators(found.licence)
        words["licence"] = found.licence
    except ValidationError:
        words["licence"] = ""
    return {**words, "taken_at": found.taken_at}


def fitting(name: str, words: str) -> str:
    """Return words cut to the length of a field."""
    return words[: Photo._meta.get_field(name).max_length]

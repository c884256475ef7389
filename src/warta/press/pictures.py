"""Makes the pictures that readers see: crops about the focal point in three formats, which say whom to credit.

For search engines there are three more of an article's photo, in one format. Source: Google Search Central, Article
structured data (16:9, 4:3 and 1:1); Discover (at least 1,200 pixels wide).
"""

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

import msgspec
from PIL import Image, ImageCms, ImageOps
from wagtail.images.models import Filter

from warta.newsroom.reading import Photo
from warta.paper import pictures
from warta.paper.pages import Data, File, Picture
from warta.press.models import MadePicture
from warta.press.rights import packet


@dataclass(frozen=True, slots=True)
class Crop:
    """One crop: Wagtail filter specs, smallest first, and which of them is also made as JPEG (the fallback).

    Of a crop for machines alone, every spec is made as JPEG and as nothing else.
    """

    name: str
    specs: tuple[str, ...]
    fallback: int
    is_for_machines: bool = field(default=False, repr=False)  # files are known by what a crop prints


WIDE: Final = Crop("wide", ("fill-480x320", "fill-800x533", "fill-1280x853"), 1)
SQUARE: Final = Crop("square", ("fill-160x160", "fill-320x320"), 0)
WHOLE: Final = Crop("whole", ("width-480", "width-800", "width-1280"), 1)
RATIOS: Final = Crop("ratios", ("fill-1200x675", "fill-1200x900", "fill-1200x1200"), 0, is_for_machines=True)

_VERSION: Final = 2
_FORMATS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "avif": ("AVIF", {"quality": 55, "speed": 8}),
    "webp": ("WEBP", {"quality": 78, "method": 2}),
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
}
_PLAIN: Final[dict[str, Any]] = {"quality": 75}
"""How a JPEG is written that no reader waits for: in a fifth of the time."""


class Files(Data, frozen=True, kw_only=True):
    """The files of one photo in one crop."""

    avif: tuple[File, ...]
    webp: tuple[File, ...]
    jpeg: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """An article's photo in all its crops; `ratios` are 16:9, 4:3 and 1:1, for machines."""

    wide: Picture | None
    square: Picture | None
    ratios: tuple[File, ...]


def picture(photo: Photo, crop: Crop, *, alt: str, caption: str = "", credit: str = "") -> Picture | None:
    """Return a photo in one crop, its files made if they are not there; None when the original cannot be read."""
    return _picture(make(photo, crop).get(crop), alt, caption, credit)


def lead(photo: Photo, *, alt: str, caption: str = "", credit: str = "") -> Lead:
    """Return a photo as an article leads with it, its files made if they are not there."""
    files = make(photo, WIDE, SQUARE, RATIOS)
    wide, square = (_picture(files.get(crop), alt, caption, credit) for crop in (WIDE, SQUARE))
    return Lead(wide, square, files[RATIOS].jpeg if RATIOS in files else ())


def make(photo: Photo, *crops: Crop) -> dict[Crop, Files]:
    """Return the files of a photo in these crops; the original is opened at most once, for those not made yet.

    Those are left out when the original cannot be read.
    """
    recipes = {_recipe(photo, crop): crop for crop in crops}
    known = MadePicture.objects.filter(photo_id=photo.pk, recipe__in=list(recipes)).values_list("recipe", "files")
    found = {recipes[recipe]: msgspec.json.decode(files, type=Files) for recipe, files in known}
    if len(found) == len(crops):
        return found
    try:
        original = _open(photo)
    except (OSError, ValueError):
        return found
    for recipe, crop in recipes.items():
        if crop not in found:
            files = found[crop] = _make(photo, original, crop)
            MadePicture.objects.update_or_create(
                photo_id=photo.pk, recipe=recipe, defaults={"files": msgspec.json.encode(files).decode()}
            )
    return found


def _picture(files: Files | None, alt: str, caption: str, credit: str) -> Picture | None:
    if files is None:
        return None
    return Picture(alt=alt, caption=caption, credit=credit, avif=files.avif, webp=files.webp, jpeg=files.jpeg)


def _recipe(photo: Photo, crop: Crop) -> str:
    words = f"{_VERSION} {photo.get_file_hash()} {photo.get_focal_point()} {packet(photo)!r} {crop}"
    return f"{crop.name}-{hashlib.sha256(words.encode()).hexdigest()[:32]}"


def _open(photo: Photo) -> Image.Image:
    with photo.file.open("rb") as file:
        opened = Image.open(file)
        opened.load()
    profile = opened.info.get("icc_profile")
    image: Image.Image = ImageOps.exif_transpose(opened)
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would clip to white
        return image.convert("I").point(lambda level: level / 256).convert("L").convert("RGB")
    if image.mode in {"RGBA", "LA", "P"}:
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        return ground.convert("RGB")
    if profile and image.mode == "RGB":
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB")) or image
        except (ImageCms.PyCMSError, OSError, ValueError):  # a profile that is none
            return image
    return image.convert("RGB")


def _make(photo: Photo, original: Image.Image, crop: Crop) -> Files:
    made: dict[str, list[File]] = {"avif": [], "webp": [], "jpg": []}
    credit = packet(photo)
    for place, spec in enumerate(crop.specs):
        cut = _cut(
            photo, original, spec, Image.Resampling.HAMMING if crop.is_for_machines else Image.Resampling.LANCZOS
        )
        if crop.is_for_machines:
            made["jpg"].append(_write(cut, "jpg", credit, _PLAIN))
            continue
        if all((file.width, file.height) != cut.size for file in made["avif"]):  # a small original gives one size twice
            made["avif"].append(_write(cut, "avif", credit))
            made["webp"].append(_write(cut, "webp", credit))
        if place == crop.fallback:
            made["jpg"].append(_write(cut, "jpg", credit))
    return Files(avif=tuple(made["avif"]), webp=tuple(made["webp"]), jpeg=tuple(made["jpg"]))


def _cut(photo: Photo, original: Image.Image, spec: str, resampling: Image.Resampling) -> Image.Image:
    transform = Filter(spec).get_transform(photo, original.size)
    size = (round(transform.size[0]), round(transform.size[1]))
    cut = original.resize(size, resampling, box=_within(transform.get_rect(), original.size))
    cut.info = {}  # Pillow writes the original's comment and colour profile again
    return cut


def _within(rect: Any, size: tuple[int, int]) -> tuple[float, float, float, float]:
    return (max(rect.left, 0), max(rect.top, 0), min(rect.right, size[0]), min(rect.bottom, size[1]))


def _write(image: Image.Image, suffix: str, credit: bytes, options: dict[str, Any] | None = None) -> File:
    name, usual = _FORMATS[suffix]
    out = BytesIO()
    image.save(out, name, **({"xmp": credit} if credit else {}), **(options or usual))
    return pictures.put(out.getvalue(), width=image.width, height=image.height, suffix=suffix)

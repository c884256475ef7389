"""Makes the pictures that readers see: crops about the focal point in three formats, which say whom to credit."""

import hashlib
from dataclasses import dataclass
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
    """One crop: Wagtail filter specs, smallest first, and which of them is also made as JPEG (the fallback)."""

    name: str
    specs: tuple[str, ...]
    fallback: int


WIDE: Final = Crop("wide", ("fill-480x320", "fill-800x533", "fill-1280x853"), 1)
SQUARE: Final = Crop("square", ("fill-160x160", "fill-320x320"), 0)
WHOLE: Final = Crop("whole", ("width-480", "width-800", "width-1280"), 1)

_VERSION: Final = 2
_FORMATS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "avif": ("AVIF", {"quality": 55, "speed": 8}),
    "webp": ("WEBP", {"quality": 78, "method": 2}),
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
}


class Files(Data, frozen=True, kw_only=True):
    """The files of one photo in one crop."""

    avif: tuple[File, ...]
    webp: tuple[File, ...]
    jpeg: tuple[File, ...]


def picture(photo: Photo, crop: Crop, *, alt: str, caption: str = "", credit: str = "") -> Picture | None:
    """Return a photo in one crop, its files made if they are not there; None when the original cannot be read."""
    files = _made(photo, crop)
    if files is None:
        return None
    return Picture(alt=alt, caption=caption, credit=credit, avif=files.avif, webp=files.webp, jpeg=files.jpeg)


def _made(photo: Photo, crop: Crop) -> Files | None:
    recipe = _recipe(photo, crop)
    known = MadePicture.objects.filter(photo_id=photo.pk, recipe=recipe).values_list("files", flat=True).first()
    if known is not None:
        return msgspec.json.decode(known, type=Files)
    try:
        original = _open(photo)
    except (OSError, ValueError):
        return None
    files = _make(photo, original, crop)
    MadePicture.objects.update_or_create(
        photo_id=photo.pk, recipe=recipe, defaults={"files": msgspec.json.encode(files).decode()}
    )
    return files


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
        transform = Filter(spec).get_transform(photo, original.size)
        size = (round(transform.size[0]), round(transform.size[1]))
        box = _within(transform.get_rect(), original.size)
        cut = original.resize(size, Image.Resampling.LANCZOS, box=box)
        cut.info = {}  # Pillow writes the original's comment and colour profile again
        if all((file.width, file.height) != size for file in made["avif"]):  # a small original gives one size twice
            made["avif"].append(_write(cut, "avif", credit))
            made["webp"].append(_write(cut, "webp", credit))
        if place == crop.fallback:
            made["jpg"].append(_write(cut, "jpg", credit))
    return Files(avif=tuple(made["avif"]), webp=tuple(made["webp"]), jpeg=tuple(made["jpg"]))


def _within(rect: Any, size: tuple[int, int]) -> tuple[float, float, float, float]:
    return (max(rect.left, 0), max(rect.top, 0), min(rect.right, size[0]), min(rect.bottom, size[1]))


def _write(image: Image.Image, suffix: str, credit: bytes) -> File:
    name, options = _FORMATS[suffix]
    out = BytesIO()
    image.save(out, name, **({"xmp": credit} if credit else {}), **options)
    return pictures.put(out.getvalue(), width=image.width, height=image.height, suffix=suffix)

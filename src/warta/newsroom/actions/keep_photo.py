"""Keep a photo that came with copy from outside."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction

from warta.lexicon.copy import PhotoCopy
from warta.newsroom.models import Photo
from warta.newsroom.photos.inspection import inspect
from warta.newsroom.photos.keeping import EYE, fitting, said


def keep_photo(copy: PhotoCopy, *, by: Any) -> Photo:
    """Check a photo file and keep it with its words; the same bytes with the same words are kept once.

    Raises: RefusedPhotoError when it is no sound photo; OSError when the file cannot be read.
    """
    digest = hashlib.sha1(copy.path.read_bytes(), usedforsecurity=False).hexdigest()
    found = inspect(copy.path)
    words = {
        **said(found),
        **{
            name: fitting(name, value)
            for name, value in {"caption": copy.caption, "creator": copy.creator, "credit": copy.credit}.items()
            if value
        },
        "description": fitting("description", copy.alt),
    }
    same = {name: words[name] for name in ("caption", "creator", "credit", "description")}
    if known := Photo.objects.filter(file_hash=digest, **same).first():
        return known
    with transaction.atomic(), copy.path.open("rb") as file:
        photo = Photo(
            title=_title(words["caption"], copy.path),
            file_size=copy.path.stat().st_size,
            file_hash=digest,
            uploaded_by_user=by,
            likeness=found.likeness,
            is_eye_guessed=found.eye is not None,
            **words,
            **(dict(zip(EYE, found.eye, strict=True)) if found.eye else {}),
        )
        photo.file.save(copy.path.name[-80:], File(file), save=False)
        photo.shown_size = (found.width, found.height)
        photo.save()
    return photo


def _title(caption: str, path: Path) -> str:
    return (caption or path.stem)[:250]

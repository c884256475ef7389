"""The form through which a photo comes in from the newsroom's screens."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.forms import BaseImageForm

from warta.newsroom.photos.inspection import Inspected, RefusedPhotoError, inspect
from warta.newsroom.photos.keeping import EYE, said


class PhotoForm(BaseImageForm):
    """Checks the file in a child process and fills what was left empty from what the photo says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._found: Inspected | None = None
        if "file" in self.fields:
            # The last of the field's checks: Wagtail's own decodes the photo here, in the newsroom's process.
            self.fields["file"].check_image_pixel_size = self._inspect

    def clean(self) -> dict[str, Any]:
        """Fill what a new photo says of itself, keep what it looks like, and guess its eye where nobody marked it."""
        cleaned: dict[str, Any] = super().clean()
        if any(name in self.changed_data for name in EYE):
            self.instance.is_eye_guessed = False
        if self._found is None or "file" not in self.changed_data:
            return cleaned
        for name, value in said(self._found).items():
            if name in self.fields:
                cleaned[name] = cleaned.get(name) or value
            else:
                setattr(self.instance, name, getattr(self.instance, name) or value)
        self.instance.likeness = self._found.likeness
        self.instance.shown_size = (self._found.width, self._found.height)
        if self._found.eye and not any(cleaned.get(name) for name in EYE):
            self.instance.is_eye_guessed = True
            cleaned.update(zip(EYE, self._found.eye, strict=True))
        return cleaned

    def _inspect(self, upload: Any) -> None:
        with tempfile.NamedTemporaryFile(suffix=Path(upload.name).suffix) as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
            copy.flush()
            upload.seek(0)
            try:
                self._found = inspect(Path(copy.name))
            except RefusedPhotoError as error:
                raise ValidationError(str(error)) from error

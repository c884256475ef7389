"""The form through which a photo comes in from the newsroom's screens."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.forms import BaseImageForm

from warta.newsroom.photos.inspection import Inspected, RefusedPhotoError, inspect


class PhotoForm(BaseImageForm):
    """Checks the file in a child process and fills the words that were left empty from its IPTC/XMP."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._found: Inspected | None = None
        if "file" in self.fields:
            # The last of the field's checks: Wagtail's own decodes the photo here, in the newsroom's process.
            self.fields["file"].check_image_pixel_size = self._inspect

    def clean(self) -> dict[str, Any]:
        """Fill caption, credit and photographer from a new photo."""
        cleaned: dict[str, Any] = super().clean()
        if self._found is None or "file" not in self.changed_data:
            return cleaned
        for name in ("caption", "creator", "credit"):
            cut = getattr(self._found, name)[: self.instance._meta.get_field(name).max_length]
            if name in self.fields:
                cleaned[name] = cleaned.get(name) or cut
            else:
                setattr(self.instance, name, getattr(self.instance, name) or cut)
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

"""The form through which a photo comes in from the newsroom's screens."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.forms import BaseImageForm

from warta.newsroom.photos.inspection import RefusedPhotoError, inspect


class PhotoForm(BaseImageForm):
    """Checks the file in a child process and fills the words that were left empty from its IPTC/XMP."""

    def clean(self) -> dict[str, Any]:
        """Refuse what is no sound photo; fill caption, credit and photographer.

        Raises: ValidationError.
        """
        cleaned: dict[str, Any] = super().clean()
        upload = cleaned.get("file")
        if upload is None or "file" not in self.changed_data:
            return cleaned
        with tempfile.NamedTemporaryFile(suffix=Path(upload.name).suffix) as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
            copy.flush()
            upload.seek(0)
            try:
                found = inspect(Path(copy.name))
            except RefusedPhotoError as error:
                raise ValidationError({"file": str(error)}) from error
        for name in ("caption", "creator", "credit"):
            cut = getattr(found, name)[: self.instance._meta.get_field(name).max_length]
            if name in self.fields:
                cleaned[name] = cleaned.get(name) or cut
            else:
                setattr(self.instance, name, getattr(self.instance, name) or cut)
        return cleaned

"""What the press remembers."""

from typing import ClassVar

from django.db import models


class MadePicture(models.Model):
    """The files made of one photo in one crop: `recipe` names original, focal point and crop; `files` is JSON."""

    photo_id = models.BigIntegerField()
    recipe = models.CharField(max_length=80)
    files = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["photo_id", "recipe"], name="press_made_once"),
        ]

"""A paper that goes out into a folder and comes in again is the same paper."""

import json
from datetime import timedelta

import msgspec
import pytest
from click import ClickException
from django.conf import settings as configured
from django.db import transaction
from django.utils import timezone

from tests.journeys import whole
from warta.config import checks, exports, environment
from warta.ingest.formats import ninjs
from warta.ingest.item import SourceItem, Told
from warta.ingest.whole import manifest, taking
from warta.newsroom.models import Article, Version
from warta.newsroom.whole import articles

pytestmark = pytest.mark.django_db(databases="__all__")


class _BackError(Exception):
    pass


@pytest.fixture
def exported(tmp_path, settings):
    """Return the folder of an export and all rows of the paper, which is gone."""
    folder, rows = tmp_path / "ekspor", {}
    (tmp_path / "foto").mkdir()
    with pytest.raises(_BackError), transaction.atomic("default"), transaction.atomic(settings.WARTA_READS_DATABASE):
        whole.build(tmp_path / "foto")
        assert exports.give(environment.current(), folder, as_json=True) == 0
        rows = whole.rows()
        raise _BackError
    settings.WARTA_PICTURES = tmp_path / "pictures-2"
    settings.MEDIA_ROOT = tmp_path / "originals-2"
    return folder, rows


def test_the_same_paper_comes_in_again(exported, capsys):
    folder, before = exported
    assert not Article.objects.exists()
    assert exports.take(folder, is_dry=True, as_json=True) == 0
    assert not Article.objects.exists()
    assert exports.take(folder, is_dry=False, as_json=False) == 0
    assert whole.differences(before, whole.rows()) == []
    assert checks.history(is_quiet=True)[0]["ok"]
    assert "Restored: 7 articles" in capsys.readouterr().out

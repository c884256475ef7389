"""From a correction at the desk to the history that readers see."""

import pytest
from django.utils import timezone

from tests.newsroom import builders
from warta.lexicon.press_rules import Ground
from warta.newsroom.actions.correct import correct
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, Correction
from warta.press import run

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_correction_leads_to_a_history_with_both_texts_and_no_draft(reader):
    article = builders.article(1)
    run.press_all()
    assert b"/riwayat/" not in reader.get(article.path).content
    row = Article.objects.get(pk=article.pk)
    row.standfirst = "Panen dua pekan lebih awal."
    text = row.save_revision()
    correct(
        Correction(article=row, kind="erratum", wrong="Tiga.", right="Dua pekan."),
        by=None,
        now=timezone.now(),
        text=text,
    )
    row.standfirst = "Rahasia naskah."
    row.save_revision()
    run.press_all()
    assert f'href="/riwayat/{article.pk}"'.encode() in reader.get(article.path).content
    told = reader.get(f"/riwayat/{article.pk}").content.decode()
    assert "Dua pekan." in told
    compared = reader.get(f"/riwayat/{article.pk}/1/2").content.decode()
    assert "Panen dua pekan lebih awal." in compared
    assert "Rahasia" not in told + compared
    withdraw(Article.objects.get(pk=article.pk), by=None, now=timezone.now(), ground=Ground.CHILD, reason="Anak.")
    run.press_all()
    assert reader.get(f"/riwayat/{article.pk}/1/2").status_code == 301

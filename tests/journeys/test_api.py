"""A correction and a withdrawal on their way from the newsroom to a partner: by webhook, and in the API."""

import json

import pytest
import time_machine

from tests.conftest import DATABASES
from tests.delivery.hearing import Hearing
from tests.delivery.test_webhooks import is_signed, told
from tests.newsroom import builders
from warta.delivery import webhooks
from warta.delivery.api import limits, partners, scopes
from warta.delivery.asking import NotToldError
from warta.delivery.events import Recorder
from warta.delivery.webhooks import Sender
from warta.lexicon.press_rules import Ground
from warta.newsroom.actions.correct import correct
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, Correction
from warta.press import run
from warta.search import follow

pytestmark = pytest.mark.django_db(databases=DATABASES)

NOW = builders.NOW
SECRET_WORD = "terangbenderang"


@pytest.fixture
def hearing():
    with Hearing() as server:
        yield server


def test_a_correction_and_a_withdrawal_reach_a_partner(reader, reporter, hearing):
    limits.PROCESS.forget()
    key = partners.add("mitra", scopes=[scopes.FULL_TEXT, scopes.SEARCH], rate=1000, now=NOW)
    secret = webhooks.connect("mitra", hearing.url, is_local=True)
    recorder, sender = Recorder(), Sender(webhooks.addresses()[0])
    asked = {"headers": {"authorization": f"Bearer {key}"}}

    def happened() -> dict:
        """Let the worker do its work, and a partner who is told ask for the article."""
        run.press_all()
        follow.catch_up(NOW)
        recorder.step()
        while sender.step():
            pass
        event = json.loads(hearing.heard[-1].body)
        return json.loads(reader.get(event["data"]["api"].removeprefix("http://127.0.0.1:8000"), **asked).content)

    with time_machine.travel(NOW, tick=False):
        article = builders.article(1, headline=f"Kabar {SECRET_WORD}", standfirst=f"Ringkasan {SECRET_WORD}.")
        assert SECRET_WORD in happened()["body_html"]
        row = Article.objects.get(pk=article.pk)
        begun = json.loads(reader.get("/api/v1/changes", **asked).content)["last"]

        hearing.status = 500
        correct(
            Correction(article=row, kind="erratum", wrong="Empat puluh.", right="Empat belas."), by=reporter, now=NOW
        )
        with pytest.raises(NotToldError, match="answered 500"):
            happened()
        hearing.status = 200
        assert [one["right"] for one in happened()["corrections"]] == ["Empat belas."]

        row.refresh_from_db()
        withdraw(row, by=reporter, now=NOW, ground=Ground.CHILD, reason="Melindungi seorang anak.")
        row.refresh_from_db()
        gone = happened()
        assert (gone["status"], gone["withdrawn"]["reason"]) == (410, "Melindungi seorang anak.")

        changed = json.loads(reader.get(f"/api/v1/changes?since={begun}", **asked).content)["items"]
        assert [(one["id"], one["state"]) for one in changed if one["id"] == article.pk] == [(article.pk, "withdrawn")]
        for path in (
            "articles",
            "changes",
            "corrections",
            "most-read",
            f"search?q={SECRET_WORD}",
            "articles?form=ninjs",
        ):
            answer = reader.get(f"/api/v1/{path}", **asked).content.decode()
            assert "Ringkasan" not in answer, path
            assert f'"id":{article.pk},' not in answer or path == "changes", path
    kinds = ["published", "corrected", "corrected", "withdrawn"]
    assert told(hearing) == [(kind, article.pk) for kind in kinds]
    assert hearing.heard[1].headers["webhook-id"] == hearing.heard[2].headers["webhook-id"]
    assert all(is_signed(heard, secret) for heard in hearing.heard)
    assert SECRET_WORD not in hearing.heard[-1].body.decode().replace(gone["withdrawn"]["url"], "")

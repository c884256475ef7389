"""Preview links: for one text, for a day, taken back, over when it is published; in no cache and no log."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.conftest import DATABASES
from tests.newsroom import builders
from warta.lexicon.press_rules import Ground
from warta.newsroom.actions.publish import publish
from warta.newsroom.actions.share_preview import digest, share_preview, shared
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, PreviewLink

pytestmark = pytest.mark.django_db(databases=DATABASES)


@pytest.fixture
def draft(reporter: User) -> Article:
    made = builders.article(1, status="draft", first_published_at=None)
    Article.objects.filter(pk=made.pk).update(made_by=reporter)
    made.refresh_from_db()
    made.save_revision(user=reporter)
    made.refresh_from_db()
    return made


def made(client: Client, article: Article) -> str:
    """Make a link on the screen and return its path."""
    page = client.post(f"/redaksi/snippets/newsroom/article/share/{article.pk}/")
    assert page.status_code == 200
    return str(page.context["address"]).partition("testserver")[2]


def test_an_outsider_reads_what_was_saved_then_and_nothing_later(reporters_desk: Client, draft: Article) -> None:
    path = made(reporters_desk, draft)
    stranger = Client()
    answer = stranger.get(path)
    assert answer.status_code == 200
    assert draft.headline in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer.cookies == {}
    draft.headline = "Judul yang belum boleh dilihat"
    draft.save_revision()
    assert "belum boleh" not in stranger.get(path).content.decode()


def test_it_ends_after_a_day(draft: Article, reporter: User) -> None:
    now = timezone.now()
    _link, secret = share_preview(draft, by=reporter, now=now)
    assert shared(secret, now + timedelta(hours=23, minutes=59)) is not None
    assert shared(secret, now + timedelta(hours=24)) is None


def test_it_is_taken_back(reporters_desk: Client, draft: Article) -> None:
    path = made(reporters_desk, draft)
    link = PreviewLink.objects.get()
    reporters_desk.post(f"/redaksi/snippets/newsroom/article/share/{draft.pk}/", {"revoke": link.pk})
    over = Client().get(path)
    assert over.status_code == 410
    assert draft.headline not in over.content.decode()
    assert "no-store" in over["Cache-Control"]


def test_it_ends_when_the_article_is_published_or_withdrawn_or_deleted(draft: Article, reporter: User) -> None:
    secrets = [share_preview(draft, by=reporter, now=timezone.now())[1]]
    publish(draft, by=None, now=timezone.now())
    assert shared(secrets[0], timezone.now()) is None
    draft.refresh_from_db()
    secrets.append(share_preview(draft, by=reporter, now=timezone.now())[1])
    assert shared(secrets[1], timezone.now()) is not None, "a change that waits has its preview too"
    withdraw(draft, by=None, now=timezone.now(), ground=Ground.COUNCIL, reason="Keliru.")
    assert shared(secrets[1], timezone.now()) is None
    Article.objects.get(pk=draft.pk).delete()
    assert not PreviewLink.objects.exists()


def test_only_the_digest_is_kept_and_no_log_names_it(
    reporters_desk: Client, draft: Article, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = made(reporters_desk, draft)
    secret = path.strip("/").rpartition("/")[2]
    assert len(secret) >= 43
    assert PreviewLink.objects.get().digest == digest(secret)
    Client().get(path)
    PreviewLink.objects.update(revoked_at=timezone.now())
    Client(raise_request_exception=False).get(path)
    assert secret not in caplog.text
    page = reporters_desk.get(f"/redaksi/snippets/newsroom/article/share/{draft.pk}/").content.decode()
    assert secret not in page, "told once"


def test_who_may_not_see_the_article_makes_no_link(editors_desk: Client, client: Client, draft: Article) -> None:
    address = f"/redaksi/snippets/newsroom/article/share/{draft.pk}/"
    other: Any = Client(raise_request_exception=False)
    other.force_login(User.objects.create_user("tanpa-peran"))
    assert [who.post(address).status_code for who in (client, other)] == [302, 403]
    assert not PreviewLink.objects.exists()


def test_what_is_no_secret_leads_nowhere(client: Client) -> None:
    for word in ("x", "a" * 5000, "%00"):
        assert client.get(f"/redaksi/preview/{word}/").status_code in {404, 410}

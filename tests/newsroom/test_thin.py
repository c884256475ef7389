"""Autosaves do not pile up, and nothing that somebody needs is thinned."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from tests.newsroom import builders
from tests.newsroom.editors import Tab, person
from warta.newsroom.actions.edit import open_editor
from warta.newsroom.actions.publish import publish
from warta.newsroom.actions.thin import KEPT, OPEN_FOR, thin
from warta.newsroom.models import Article, OpenEditor


@pytest.fixture
def article():
    return builders.article(status="draft")


@pytest.fixture
def ada(newsroom):
    return builders.editor()


def autosaved(article: Article, by, times: int = 1) -> list[int]:
    return [article.save_revision(user=by, clean=False).pk for _ in range(times)]


def rows(article: Article) -> list[int]:
    return sorted(article.revisions.values_list("pk", flat=True))


def swept(days: float = 0) -> int:
    now = timezone.now()
    return thin(now + timedelta(days=days), since=now - timedelta(minutes=5))


def test_a_thousand_autosaves_leave_at_most_twenty_rows(article, ada):
    revisions = [
        Revision(
            content_type=article.get_content_type(),
            base_content_type=article.get_base_content_type(),
            object_id=str(article.pk),
            user=ada,
            created_at=timezone.now(),
            content=article.serializable_data(),
        )
        for _ in range(995)
    ]
    Revision.objects.bulk_create(revisions)
    tab = Tab(person("budi"), article)
    for number in range(5):
        assert tab.type(standfirst=f"Kalimat {number}").send(autosave=True).status_code == 200
    swept()
    assert len(rows(article)) <= 20
    assert Article.objects.get().get_latest_revision_as_object().standfirst == "Kalimat 4"


def test_what_people_did_is_kept(article, ada):
    saved = article.save_revision(user=ada, clean=False, log_action=True).pk
    autosaved(article, ada, 3)
    publish(article, by=ada, now=builders.NOW)
    live = article.live_revision_id
    autosaved(article, ada, 3)
    swept()
    assert {saved, live, article.latest_revision_id} <= set(rows(article))


def test_what_is_scheduled_is_kept(article, ada):
    article.go_live_at = timezone.now() + timedelta(days=1)
    publish(article, by=None, now=timezone.now())
    scheduled = Article.objects.get().scheduled_revision.pk
    autosaved(article, ada, 3)
    swept()
    assert scheduled in rows(article)


def test_the_base_of_an_open_editor_is_kept_until_it_is_closed(article, ada):
    (base,) = autosaved(article, ada)
    open_editor(article, by=ada, now=timezone.now())
    autosaved(article, ada, KEPT + 2)
    swept()
    assert base in rows(article)
    swept(days=OPEN_FOR.days + 1)
    assert base not in rows(article)
    assert not OpenEditor.objects.exists()


def test_a_refused_text_stays_with_its_base(article, ada):
    (base,) = autosaved(article, ada)
    editor = open_editor(article, by=ada, now=timezone.now())
    OpenEditor.objects.filter(pk=editor.pk).update(refused={"headline": "x"})
    autosaved(article, ada, 5)
    swept(days=OPEN_FOR.days + 1)
    assert base in rows(article)


def test_the_last_of_each_persons_stretch_is_kept_up_to_a_number(article, ada):
    budi = builders.reporter()
    ends = [autosaved(article, who, 3)[-1] for _ in range(KEPT) for who in (ada, budi)]
    swept()
    kept = rows(article)
    assert set(ends[-KEPT:]) <= set(kept)
    assert len(kept) <= KEPT + 3


def test_an_entry_of_the_history_keeps_its_revision(article, ada):
    (named,) = autosaved(article, ada)
    log(instance=article, action="wagtail.edit", user=ada, revision=Revision.objects.get(pk=named))
    autosaved(article, ada, 5)
    swept()
    assert named in rows(article)


def test_articles_that_nobody_touched_are_not_looked_at(article, ada, django_assert_max_num_queries):
    Revision.objects.update(created_at=timezone.now() - timedelta(days=1))
    with django_assert_max_num_queries(5):
        assert swept() == 0

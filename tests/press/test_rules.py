"""What the press rules put on pages: corrections, replies, notices and follow-ups, linked both ways, and withdrawal."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.newsroom.builders import NOW, article
from warta.lexicon.press_rules import Ground
from warta.newsroom.actions.answer_reply import answer_reply
from warta.newsroom.actions.correct import correct
from warta.newsroom.actions.follow_up import follow_up
from warta.newsroom.actions.mark_unverified import mark_unverified
from warta.newsroom.actions.put_back import put_back
from warta.newsroom.actions.receive_reply import receive_reply
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article
from warta.newsroom.models import Correction as Kept
from warta.paper import corrections, lists, store
from warta.paper.pages import ArticlePage, Correction, GonePage, Link, Tie
from warta.press import run
from warta.press.compose import article as compose

HOUR = timedelta(hours=1)


def page(of: Article) -> ArticlePage:
    run.press_all()
    found = store.find(store.article_key(of.pk), now=NOW + 9 * HOUR)
    assert isinstance(found, ArticlePage)
    return found


def corrected(of: Article, **values) -> Kept:
    at = values.pop("at", NOW + HOUR)
    return correct(Kept(article=of, wrong="40 hektare", right="14 hektare", **values), by=None, now=at)


def tie(kind: str, other: Article, **values) -> Tie:
    return Tie(kind=kind, headline=other.headline, path=other.path, lang=other.language, at=NOW + HOUR, **values)


def test_a_correction_is_composed_and_told_in_the_list_of_the_paper_at_once():
    made = article()
    before = compose.article(made)
    kept = corrected(made, seriousness="serious")
    told = Correction(
        id=kept.pk, kind="erratum", is_serious=True, wrong="40 hektare", right="14 hektare", at=NOW + HOUR
    )
    assert page(made).corrections == (told,)
    (entry,) = corrections.latest(now=NOW + HOUR, limit=9)
    assert (entry.correction, entry.article, entry.told_at) == (told, page(made).teaser, NOW + HOUR)
    assert entry.delay == HOUR
    assert (before.corrections, before.ties, before.unverified) == ((), (), "")


def test_one_that_mends_another_names_its_day_and_both_stand():
    made = article()
    first = corrected(made)
    corrected(made, corrects=first, at=NOW + 2 * HOUR)
    assert [told.mends for told in page(made).corrections] == [None, NOW + HOUR]


def test_a_correction_in_a_newer_article_is_linked_both_ways_while_that_is_published():
    old, new = article(1), article(2)
    corrected(old, stands_in=new)
    assert page(old).corrections[0].stands_in == Link(name=new.headline, path=new.path)
    assert page(new).ties == (tie("corrects", old),)
    withdraw(Article.objects.get(pk=new.pk), by=None, now=NOW + HOUR, ground=Ground.SARA, reason="Menghasut.")
    assert page(old).corrections[0].stands_in is None


def test_a_draft_is_told_nobody():
    made = article()
    Kept(article=made, wrong="40 hektare", right="14 hektare", made_at=NOW).save()
    assert page(made).corrections == ()
    assert corrections.latest(now=NOW + HOUR, limit=9) == []


def test_the_correction_of_a_scheduled_article_appears_with_it():
    made = article(first_published_at=NOW + 3 * HOUR)
    corrected(made)
    run.press_all()
    assert corrections.latest(now=NOW + 2 * HOUR, limit=9) == []
    (entry,) = corrections.latest(now=NOW + 3 * HOUR, limit=9)
    assert (entry.told_at, entry.delay) == (NOW + 3 * HOUR, timedelta())


def test_a_reply_and_what_it_answers_name_each_other():
    report, answer = article(1), article(2)
    reply = receive_reply(report, by=None, now=NOW, party="PT Tambak Makmur", words="Tidak benar.")
    assert page(report).ties == ()
    answer_reply(reply, by=None, now=NOW + HOUR, answer=answer)
    assert page(report).ties == (tie("reply", answer, party="PT Tambak Makmur"),)
    assert page(answer).ties == (tie("replies-to", report, party="PT Tambak Makmur"),)


def test_a_reply_that_is_not_published_yet_is_not_named_until_it_is():
    report = article(1)
    answer = article(2, status="draft")
    reply = receive_reply(report, by=None, now=NOW, party="PT Tambak Makmur", words="Tidak benar.")
    answer_reply(reply, by=None, now=NOW + HOUR, answer=answer)
    assert page(report).ties == ()
    article(2)
    assert [one.headline for one in page(report).ties] == [answer.headline]


def test_an_unverified_report_and_its_follow_up_name_each_other():
    report, later = article(1), article(2)
    notice = mark_unverified(report, by=None, now=NOW + HOUR, words="Belum dikonfirmasi.")
    assert (page(report).unverified, page(report).follow_up) == ("Belum dikonfirmasi.", None)
    follow_up(notice, by=None, now=NOW + HOUR, article=later)
    assert page(report).follow_up == tie("verified", later)
    assert page(later).ties == (tie("verifies", report),)


def test_a_withdrawn_article_leaves_its_ground_and_no_correction_behind_and_comes_back_whole():
    made = article()
    corrected(made)
    withdraw(Article.objects.get(pk=made.pk), by=None, now=NOW + HOUR, ground=Ground.CHILD, reason="Anak.")
    run.press_all()
    gone = store.find(store.article_key(made.pk), now=NOW + HOUR)
    assert isinstance(gone, GonePage)
    assert (gone.ground, gone.reason) == (Ground.CHILD, "Anak.")
    assert corrections.latest(now=NOW + HOUR, limit=9) == []
    assert lists.latest(now=NOW + HOUR, limit=9) == []
    put_back(Article.objects.get(pk=made.pk), by=None, now=NOW + HOUR, note="")
    assert len(page(made).corrections) == len(corrections.latest(now=NOW + HOUR, limit=9)) == 1


def test_rules_cost_an_article_as_many_queries_whatever_stands_on_it():
    report = article(1)
    silent = queries_of(report)
    speak_of(report, 2)
    few = queries_of(report)
    for number in range(3, 12):
        speak_of(report, number)
    assert silent < queries_of(report) == few


def speak_of(report: Article, number: int) -> None:
    other = article(number)
    corrected(report, stands_in=other, at=NOW + number * HOUR)
    reply = receive_reply(report, by=None, now=NOW, party=f"Pihak {number}", words="Tidak benar.")
    answer_reply(reply, by=None, now=NOW + HOUR, answer=other)


def queries_of(of: Article) -> int:

    with CaptureQueriesContext(connection) as captured:
        compose.article(Article.objects.select_related("channel", "rubric", "lead_photo").get(pk=of.pk))
    return len(captured)

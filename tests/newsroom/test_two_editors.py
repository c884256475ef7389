"""Two editors of one article, two people or two tabs of one: nothing is overwritten without a word."""

import json

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.newsroom import builders
from tests.newsroom.editors import Tab, person, said
from tests.newsroom.screens import ADD, served_form
from warta.lexicon.copy import HeadingCopy
from warta.newsroom.models import Article, Dispatch, OpenEditor

HTML = {"Accept": "text/html"}


@pytest.fixture
def article():
    words = [HeadingCopy(f"Bagian {number}") for number in (1, 2, 3)]
    return builders.article(body=tuple(words), status="draft")


@pytest.fixture
def ada(article):
    return Tab(person("ada"), article)


@pytest.fixture
def budi(article, ada):
    return Tab(person("budi"), article)


def newest(article) -> Article:
    return Article.objects.get(pk=article.pk).get_latest_revision_as_object()


def join_url(tab: Tab) -> str:
    return reverse("wagtailsnippets_newsroom_article:join", args=[tab.article.pk, tab.form["tab"]])


def test_one_editor_alone_saves_as_ever(ada, article):
    assert ada.write(0, "Bagian satu").send().status_code == 302
    assert said(article) == ["Bagian satu", "Bagian 2", "Bagian 3"]


def test_different_blocks_are_joined_and_the_second_is_told(ada, budi, article):
    ada.write(0, "Dari Ada").send()
    answer = budi.write(2, "Dari Budi").send()
    assert answer.status_code == 302
    assert said(article) == ["Dari Ada", "Bagian 2", "Dari Budi"]
    page = budi.client.get(answer.url).content.decode()
    assert "Ada menyimpan artikel ini" in page


@pytest.mark.parametrize("action", ["", "publish"])
def test_the_same_block_is_refused_and_both_texts_are_shown(ada, budi, article, action):
    ada.write(0, "Dari Ada").send()
    answer = budi.write(0, "Dari Budi").send(action)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Dari <mark>Ada</mark>" in page
    assert "<mark>Budi</mark>" in page
    assert said(article) == ["Dari Ada", "Bagian 2", "Bagian 3"]
    assert not Article.objects.get().live
    assert OpenEditor.objects.get(pk=budi.form["tab"]).refused is not None


@pytest.mark.parametrize(
    ("choice", "first"),
    [("theirs", ["Dari Ada"]), ("mine", ["Dari Budi"]), ("both", ["Dari Ada", "Dari Budi"])],
)
def test_a_clash_is_settled_as_chosen(ada, budi, article, choice, first):
    ada.write(0, "Dari Ada").write(1, "Juga Ada").send()
    page = budi.write(0, "Dari Budi").write(2, "Juga Budi").send().content.decode()
    place = page.split('name="choice-')[1].split('"')[0]
    seen = page.split('name="seen" value="')[1].split('"')[0]
    answer = budi.client.post(join_url(budi), {f"choice-{place}": choice, "seen": seen})
    assert answer.status_code == 302
    assert said(article) == [*first, "Juga Ada", "Juga Budi"]
    assert OpenEditor.objects.get(pk=budi.form["tab"]).refused is None
    assert ModelLogEntry.objects.filter(action="warta.join").count() == 1
    assert budi.client.get(join_url(budi)).status_code == 302


def test_nothing_is_joined_until_every_clash_is_settled_and_the_newest_was_seen(ada, budi, article):
    ada.write(0, "Dari Ada").send()
    page = budi.write(0, "Dari Budi").send().content.decode()
    place = page.split('name="choice-')[1].split('"')[0]
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert budi.client.post(join_url(budi), {"seen": seen}).status_code == 409
    ada.load()
    ada.write(0, "Ada lagi").send()
    answer = budi.client.post(join_url(budi), {f"choice-{place}": "mine", "seen": seen})
    assert answer.status_code == 409
    assert "lagi" in answer.content.decode()
    assert said(article)[0] == "Ada lagi"


def test_a_stale_publish_publishes_nothing_even_when_both_texts_fit(ada, budi, article):
    ada.write(0, "Dari Ada").send()
    assert budi.write(2, "Dari Budi").send("publish").status_code == 302
    assert not Article.objects.get().live
    assert said(article) == ["Dari Ada", "Bagian 2", "Dari Budi"]
    budi.load()
    assert budi.send("publish").status_code == 302
    assert Article.objects.get().live


def test_a_refused_autosave_is_kept_beside_its_editor_and_says_where(ada, budi, article):
    ada.write(0, "Dari Ada").send()
    answer = budi.write(0, "Dari Budi").send(autosave=True)
    assert answer.status_code == 409
    assert answer.json()["error_code"] == "invalid_revision"
    page = budi.client.get(answer.json()["join_url"])
    assert page.status_code == 200
    assert "<mark>Budi</mark>" in page.content.decode()


def test_two_tabs_of_one_person_are_two_editors(ada, article):
    other = Tab(ada.client, article)
    ada.write(0, "Tab satu").send()
    answer = other.write(0, "Tab dua").send()
    assert answer.status_code == 409
    assert "Anda sendiri" in answer.content.decode()


def test_an_editor_goes_on_from_its_own_autosaves_even_when_the_answer_was_lost(ada, article):
    for words in ("satu", "dua", "tiga"):
        assert ada.write(0, words).send(autosave=True).status_code == 200
    assert ada.write(0, "empat").send().status_code == 302
    assert said(article)[0] == "empat"


def test_what_arrives_late_from_the_same_tab_does_not_overwrite_what_it_sent_later(ada, article):
    late = ada.form.copy()
    ada.turn = 1
    ada.write(0, "Lengkap").send()
    late["turn"] = "1"
    answer = ada.client.post(
        ada.url,
        late.urlencode(),
        content_type="application/x-www-form-urlencoded",
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 409
    assert said(article)[0] == "Lengkap"


def test_a_form_with_errors_stays_as_old_as_it_was(ada, budi, article):
    ada.write(0, "Dari Ada").send()
    answer = budi.type(headline="x" * 400).write(0, "Dari Budi").send()
    assert answer.status_code == 200
    assert f'name="tab" value="{budi.form["tab"]}"' in answer.content.decode()
    assert budi.type(headline="Judul Budi").send().status_code == 409


def test_an_editor_that_is_not_known_any_more_is_asked_about_every_difference(ada, budi, article):
    OpenEditor.objects.filter(pk=budi.form["tab"]).delete()
    ada.type(headline="Judul Ada").send()
    answer = budi.write(0, "Dari Budi").send()
    assert answer.status_code == 409
    assert "Judul" in answer.content.decode()


def test_bylines_and_topics_are_joined_too(ada, budi, article):
    ada.type(place="Kudus").send()
    assert budi.type(standfirst="Kalimat kedua.").send().status_code == 302
    assert (newest(article).place, newest(article).standfirst) == ("Kudus", "Kalimat kedua.")


def test_the_text_of_somebody_else_is_not_shown(ada, budi):
    ada.write(0, "Dari Ada").send()
    budi.write(0, "Dari Budi").send()
    assert ada.client.get(join_url(budi)).status_code == 404
    assert ada.client.post(join_url(budi), {}).status_code == 404


def test_an_autosave_disturbs_neither_the_paper_nor_the_history(ada, article):
    ada.send("publish")
    Dispatch.objects.all().delete()
    entries = ModelLogEntry.objects.count()
    ada.load()
    ada.turn = 0
    assert ada.write(0, "Belum jadi").send(autosave=True).status_code == 200
    assert Article.objects.get().body[0].value == "Bagian 1"
    assert Dispatch.objects.count() == 0
    assert ModelLogEntry.objects.count() == entries


def test_a_new_article_is_autosaved_from_its_first_word(desk, reporter):
    builders.article()
    form = served_form(desk, reverse(ADD))
    form["headline"] = ""
    form["body-count"] = "0"
    form["standfirst"] = "Baru satu kalimat"
    answer = desk.post(
        reverse(ADD),
        form.urlencode(),
        content_type="application/x-www-form-urlencoded",
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 200, answer.content
    told = json.loads(answer.content)
    form["tab"] = told["field_updates"]["tab"]
    for name, value in told["field_updates"].items():
        form[name] = value
    form["standfirst"] = "Dua kalimat."
    answer = desk.post(told["url"], form.urlencode(), content_type="application/x-www-form-urlencoded", headers=HTML)
    assert answer.status_code == 302, answer.content.decode()
    assert Article.objects.latest("pk").standfirst == "Dua kalimat."

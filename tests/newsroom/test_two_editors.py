"""Two editors of one article, two people or two tabs of one: nothing is overwritten without a word."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html
from wagtail.models import ModelLogEntry

from tests.newsroom import builders
from tests.newsroom.editors import Tab, person, said
from tests.newsroom.screens import ADD, served_form
from warta.lexicon.copy import HeadingCopy
from warta.newsroom.desk.places import Labels
from warta.newsroom.models import Article, Contributor, Dispatch, OpenEditor, Photo, Rubric, Topic


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
    editor = OpenEditor.objects.get(key=tab.form["tab"])
    return reverse("wagtailsnippets_newsroom_article:join", args=[tab.article.pk, editor.pk])


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
    assert OpenEditor.objects.get(key=budi.form["tab"]).refused is not None


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
    assert OpenEditor.objects.get(key=budi.form["tab"]).refused is None
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
    OpenEditor.objects.filter(key=budi.form["tab"]).delete()
    ada.type(headline="Judul Ada").send()
    answer = budi.write(0, "Dari Budi").send()
    assert answer.status_code == 409
    assert "Judul" in answer.content.decode()


def test_bylines_and_topics_are_joined_too(ada, budi, article):
    ada.type(place="Kudus").send()
    assert budi.type(standfirst="Kalimat kedua.").send().status_code == 302
    assert (newest(article).place, newest(article).standfirst) == ("Kudus", "Kalimat kedua.")


def test_the_people_who_wrote_it_are_called_as_on_the_editors_screen(article):
    assert Labels(article).label("bylines:1") == "Laporan dan penyuntingan"


def test_a_field_that_both_changed_shows_both_values_and_one_is_chosen(ada, budi, article):
    """Headline, standfirst, place, rubric, photo, instants: each holds one value."""
    other = Rubric.objects.create(name="Dunia", slug="dunia")
    third = Rubric.objects.create(name="Olahraga", slug="olahraga")
    photos = [Photo.objects.create(title=f"Foto {who}", file=f"{who}.jpg", width=1, height=1) for who in "AB"]
    fields = {
        "headline": ("Judul Ada", "Judul Budi"),
        "standfirst": ("Kalimat Ada.", "Kalimat Budi."),
        "place": ("Kudus", "Jepara"),
        "initials": ("ada", "bud"),
        "rubric": (str(other.pk), str(third.pk)),
        "lead_photo": tuple(str(photo.pk) for photo in photos),
        "zone": ("Asia/Makassar", "Asia/Jayapura"),
        "embargo": ("2031-03-04 12:06:07", "2031-03-04 13:06:07"),
        "go_live_at": ("2031-03-05 12:06:07", "2031-03-05 13:06:07"),
    }
    ada.type(**{name: theirs for name, (theirs, _) in fields.items()}).send()
    answer = budi.type(**{name: mine for name, (_, mine) in fields.items()}).send()
    assert answer.status_code == 409
    page = html.document_fromstring(answer.content.decode())
    asked = {one.get("name").removeprefix("choice-") for one in page.xpath("//input[starts-with(@name, 'choice-')]")}
    assert asked == fields.keys()
    assert page.xpath("//input[@value='both']") == []
    words = page.text_content()
    shown = ("Judul Ada", "Jepara", "Dunia", "Olahraga", "Foto A", "Foto B", "12:06:07 WIB", "13:06:07 WIB")
    assert all(word in words for word in shown)
    seen = page.xpath("string(//input[@name='seen']/@value)")
    choices = {f"choice-{name}": "theirs" if place % 2 else "mine" for place, name in enumerate(fields)}
    unfit = {**choices, "choice-embargo": "both", "seen": seen}
    assert budi.client.post(join_url(budi), unfit).status_code == 409
    assert budi.client.post(join_url(budi), {**choices, "seen": seen}).status_code == 302
    kept = newest(article)
    for place, (name, sides) in enumerate(fields.items()):
        value = getattr(kept, name)
        said_ = (
            f"{timezone.localtime(value):%F %T}" if isinstance(value, datetime) else str(getattr(value, "pk", value))
        )
        assert said_ == sides[place % 2 == 0], name


def test_a_field_that_one_changed_is_kept_and_the_other_is_told(ada, budi, article):
    ada.type(headline="Judul Ada").send()
    answer = budi.type(place="Jepara").send()
    assert answer.status_code == 302
    assert "bagian dari sana: Judul" in budi.client.get(answer.url).content.decode()
    assert (newest(article).headline, newest(article).place) == ("Judul Ada", "Jepara")


def test_bylines_and_topics_of_both_are_kept(ada, budi, article):
    people = [Contributor.objects.create(name=name, slug=name.lower()) for name in ("Sari", "Bima")]
    topics = [Topic.objects.create(name=name, slug=name.lower()) for name in ("Pangan", "Air")]
    for tab, person_, topic in zip((ada, budi), people, topics, strict=True):
        row = {"bylines-0-contributor": str(person_.pk), "bylines-0-role": "reporter", "bylines-TOTAL_FORMS": "1"}
        tab.type(**row, **{"bylines-0-id": "", "bylines-0-ORDER": "1", "bylines-0-DELETE": ""})
        tab.form.setlist("topics", [str(topic.pk)])
        assert tab.send().status_code == 302
    text = newest(article)
    assert [byline.contributor for byline in text.bylines.all()] == people
    assert sorted(topic.name for topic in text.topics.all()) == ["Air", "Pangan"]


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


def new_article(desk):
    builders.article()
    form = served_form(desk, reverse(ADD))
    form["body-count"] = "0"
    form["headline"] = ""
    form["standfirst"] = "Baru satu kalimat"
    return form


def post(desk, url, form, accept):
    return desk.post(
        url, form.urlencode(), content_type="application/x-www-form-urlencoded", headers={"Accept": accept}
    )


def test_a_new_article_is_autosaved_from_its_first_word(desk):
    form = new_article(desk)
    answer = post(desk, reverse(ADD), form, "application/json")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    for name, value in told["field_updates"].items():
        form[name] = value
    form["standfirst"] = "Dua kalimat."
    assert post(desk, told["url"], form, "text/html").status_code == 302
    assert Article.objects.latest("pk").standfirst == "Dua kalimat."


def test_a_new_article_that_is_sent_twice_is_one_article(desk):
    form = new_article(desk)
    post(desk, reverse(ADD), form, "application/json")  # and its answer was lost
    form["standfirst"] = "Dua kalimat."
    assert post(desk, reverse(ADD), form, "text/html").status_code == 302
    [made] = Article.objects.filter(standfirst__startswith="Dua")
    assert made.pk == Article.objects.latest("pk").pk
    assert Article.objects.filter(headline="").count() == 1


def test_the_journal_learns_what_is_saved_of_its_own_tab_alone(ada, budi):
    url = reverse("wagtailsnippets_newsroom_article:tab", args=[ada.form["tab"]])
    ada.send(autosave=True)
    ada.send(autosave=True)
    assert ada.client.get(url).json() == {"turn": 2}
    assert budi.client.get(url).status_code == 404


def test_signing_out_clears_what_the_browser_kept(ada):
    assert ada.client.post(reverse("wagtailadmin_logout")).headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in ada.client.get(reverse("wagtailadmin_login")).headers

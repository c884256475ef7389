"""The press at work: what the newsroom changes, readers see, and what fails is tried again."""

from datetime import timedelta

import pytest

from tests.conftest import DATABASES
from tests.newsroom.builders import NOW, article, photo_file
from warta.lexicon.copy import ParagraphCopy, PhotoCopy, PictureCopy, ReadAlsoCopy
from warta.lexicon.press_rules import Ground
from warta.newsroom import dispatches
from warta.newsroom.actions.introduce import introduce
from warta.newsroom.actions.put_back import put_back
from warta.newsroom.actions.withdraw import withdraw
from warta.newsroom.models import Article, Channel, Dispatch, Photo, Rubric, StaticPage, Topic
from warta.paper import lists, store
from warta.paper.pages import ArticlePage, FrontPage, GonePage
from warta.press import run

pytestmark = pytest.mark.django_db(databases=DATABASES)

HOUR = timedelta(hours=1)


def page(of: Article) -> ArticlePage:
    found = store.find(store.article_key(of.pk), now=NOW)
    assert isinstance(found, ArticlePage)
    return found


def pressed(number: int = 1, **values) -> Article:
    made = article(number, **values)
    run.press_all()
    return made


def test_all_that_waits_is_pressed_and_nothing_waits_then():
    article(1, rubric="Dunia", topics=("Laut",), by=(("Sari", "reporter"),))
    assert run.press_all() > 0
    assert (dispatches.pending(), run.press_next(NOW)) == (0, False)
    assert [front.name for front in store.frame(now=NOW).rubrics] == ["Dunia"]
    assert store.at("/penulis/sari", now=NOW).name == "Sari"
    assert [teaser.headline for teaser in lists.latest(now=NOW, limit=9)] == ["Panen Raya Hari Ke-1"]


def test_pressing_twice_gives_the_same_page():
    made = pressed()
    first = page(made)
    run.press("article", made.pk, now=NOW)
    assert page(made) == first


@pytest.mark.parametrize("kind", ["article", "photo", "static", "rubric", "channel", "topic", "person"])
def test_what_is_gone_before_it_is_pressed_breaks_nothing(kind):
    run.press(kind, 999_999, now=NOW)
    assert store.find(f"{kind}:999999", now=NOW) is None


def test_what_fails_goes_back_and_the_rest_goes_on(caplog, clock):
    broken, sound = article(1, headline="Rusak"), article(2, headline="Baik")
    Article.objects.filter(pk=broken.pk).update(zone="Mars/Olympus")
    run.press_all()
    assert page(sound).headline == "Baik"
    assert store.find(store.article_key(broken.pk), now=NOW) is None
    row = Dispatch.objects.get()
    assert (row.object_id, row.attempts, row.due_at) == (broken.pk, 1, NOW + 2 * timedelta(seconds=1))
    assert "UnknownZoneError" in row.error
    assert f"pressing article:{broken.pk} failed; it is tried again" in caplog.text
    Article.objects.filter(pk=broken.pk).update(zone="Asia/Jakarta")
    clock.move_to(NOW + HOUR)
    run.press_all()
    assert page(broken).headline == "Rusak"


def test_a_renamed_rubric_changes_its_articles_and_its_old_addresses_lead_on(reader):
    made = pressed(rubric="Nusantara")
    old = page(made).path
    rubric = Rubric.objects.get()
    rubric.name, rubric.slug = "Daerah", "daerah"
    rubric.save()
    run.press_all()
    new = page(made).path
    assert new == old.replace("/nusantara/", "/daerah/")
    for before, after in ((old, new), ("/nusantara", "/daerah")):
        answer = reader.get(before)
        assert (answer.status_code, answer["Location"]) == (301, after)
        assert reader.get(after).status_code == 200
    assert "Daerah" in reader.get("/").content.decode()


@pytest.mark.parametrize(
    ("model", "values", "where"),
    [
        (Channel, {"channel": "Berita"}, "channel"),
        (Topic, {"topics": ("Padi",)}, "topics"),
    ],
)
def test_a_renamed_heading_is_renamed_on_its_articles(model, values, where):
    made = pressed(**values)
    heading = model.objects.filter(slug__in=["berita", "padi"]).get()
    heading.name = "Nama Baru"
    heading.save()
    run.press_all()
    found = getattr(page(made), where)
    assert (found if where == "channel" else found[0]).name == "Nama Baru"


def test_a_renamed_person_is_renamed_on_their_articles(reader):
    made = pressed(by=(("Sari", "reporter"),))
    person = introduce("Sari")
    person.name, person.slug = "Sari Wiradjaja", "sari-wiradjaja"
    person.save()
    run.press_all()
    assert page(made).reporters[0].name == "Sari Wiradjaja"
    assert reader.get("/penulis/sari")["Location"] == "/penulis/sari-wiradjaja"


def test_a_worker_that_dies_while_a_rename_is_pressed_loses_no_article(monkeypatch):
    made = pressed(rubric="Nusantara")
    rubric = Rubric.objects.get()
    rubric.name, rubric.slug = "Daerah", "daerah"
    rubric.save()
    dispatch = dispatches.claim(NOW)

    def dies(*_args):
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(dispatches, "leave", dies)
        run.press(dispatch.kind, dispatch.object_id, now=NOW)
    dispatches.put_back(dispatch, error="", now=NOW - HOUR)
    run.press_all()
    assert page(made).rubric.name == "Daerah"


def test_a_heading_that_is_deleted_leaves_no_front(reader):
    topic = Topic.objects.create(name="Padi")
    run.press_all()
    assert reader.get("/topik/padi").status_code == 200
    topic.delete()
    run.press_all()
    assert reader.get("/topik/padi").status_code == 404


@pytest.mark.parametrize("how", ["delete", "delete many", "unpublish"])
def test_what_is_taken_back_is_not_here(reader, how):
    made = pressed()
    path = page(made).path
    assert reader.get(path).status_code == 200
    if how == "delete":
        made.delete()
    elif how == "delete many":
        Article.objects.all().delete()
    else:
        made.unpublish()
    run.press_all()
    assert reader.get(path).status_code == 404
    assert lists.latest(now=NOW, limit=9) == []


def test_what_is_withdrawn_says_why_at_its_address(reader):
    made = pressed()
    path = page(made).path
    withdraw(made, by=None, now=NOW, ground=Ground.CHILD, reason="Narasumber <b>keliru</b>.")
    run.press_all()
    answer = reader.get(path)
    assert answer.status_code == 410
    assert "Narasumber &lt;b&gt;keliru&lt;/b&gt;." in answer.content.decode()
    assert "Petani memanen" not in answer.content.decode()
    assert isinstance(store.find(store.article_key(made.pk), now=NOW), GonePage)


def test_what_was_withdrawn_and_is_put_back_is_back(reader):
    made = pressed()
    withdraw(made, by=None, now=NOW, ground=Ground.CHILD, reason="Keliru.")
    run.press_all()
    put_back(made, by=None, now=NOW, note="")
    run.press_all()
    assert reader.get(page(made).path).status_code == 200


def test_read_also_leads_nowhere_that_is_withdrawn_and_follows_a_new_headline():
    other = pressed(9, headline="Jadwal Kapal")
    made = pressed(1, body=(ParagraphCopy("<p>a</p>"), ReadAlsoCopy(other.uri)))
    assert page(made).body[1].headline == "Jadwal Kapal"
    pressed(9, headline="Jadwal Baru")
    assert page(made).body[1].headline == "Jadwal Baru"
    withdraw(other, by=None, now=NOW, ground=Ground.CHILD, reason="Keliru.")
    run.press_all()
    assert len(page(made).body) == 1


def test_a_changed_photo_changes_the_articles_that_show_it(tmp_path):
    photo = PhotoCopy(path=photo_file(tmp_path), caption="Lama")
    made = pressed(1, lead=photo, body=(PictureCopy(photo),))
    kept = Photo.objects.get()
    kept.caption = "Baru"
    kept.save()
    run.press_all()
    found = page(made)
    assert found.lead is not None
    assert [found.lead.caption, found.body[0].picture.caption] == ["Baru", "Baru"]


def test_a_deleted_photo_leaves_the_articles_that_showed_it(tmp_path):
    photo = PhotoCopy(path=photo_file(tmp_path))
    made = pressed(1, lead=photo, body=(PictureCopy(photo), ParagraphCopy("<p>a</p>")))
    Photo.objects.all().delete()
    run.press_all()
    assert (page(made).lead, len(page(made).body)) == (None, 1)


def test_a_static_page_is_pressed_and_removed(reader):
    about = StaticPage.objects.order_by("order").first()
    about.save()
    run.press_all()
    assert reader.get(f"/laman/{about.slug}").status_code == 200
    about.delete()
    run.press_all()
    assert reader.get(f"/laman/{about.slug}").status_code == 404


def test_a_rubric_that_takes_the_name_of_a_former_one_is_its_own(reader):
    pressed(1, rubric="Nusantara")
    former = Rubric.objects.get()
    former.name, former.slug = "Daerah", "daerah"
    former.save()
    run.press_all()
    made = pressed(2, rubric="Nusantara")
    assert reader.get("/nusantara").status_code == 200
    assert page(made).path.startswith("/nusantara/")
    found = store.find(f"rubric:{made.rubric_id}", now=NOW)
    assert isinstance(found, FrontPage)


def test_an_embargoed_article_waits_in_the_paper_for_its_second(reader, clock):
    made = pressed(embargo=NOW + HOUR)
    held = store.find(store.article_key(made.pk), now=NOW + HOUR)
    assert isinstance(held, ArticlePage)
    assert reader.get(held.path).status_code == 404
    clock.move_to(NOW + HOUR)
    assert reader.get(held.path).status_code == 200


def test_pages_of_an_older_shape_are_pressed_anew():
    made = pressed()
    store.put(
        store.article_key(made.pk),
        ArticlePage(**{name: getattr(page(made), name) for name in ArticlePage.__struct_fields__} | {"schema": 0}),
        visible_from=NOW,
        lists=["all"],
    )
    assert run.press_outdated() == 1
    run.press_all()
    assert page(made).schema == 1

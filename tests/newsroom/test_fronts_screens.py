"""The fronts' screens: found and put, moved, refused in words, two editors, history, and who may look."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from tests.newsroom import builders
from warta.lexicon.fronts import SLOTS
from warta.newsroom.actions.arrange import arrange
from warta.newsroom.desk.fronts.board import Board, Place
from warta.newsroom.desk.fronts.finding import found
from warta.newsroom.models import Article, Breaking, Desk, Front, Pin, Rubric
from warta.newsroom.permissions import Role

FORM = "//form[@data-front]"


@pytest.fixture
def chief():
    person = User.objects.create_user("kepala")
    person.groups.add(Group.objects.get(name=Role.MANAGING_EDITOR))
    client = Client(raise_request_exception=False)
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def articles():
    return [builders.article(number) for number in range(1, 6)]


def form(answer) -> dict[str, str]:
    """Return what a browser would send from the screen, without any button."""
    shown = html.document_fromstring(answer.content.decode()).xpath(FORM)[0]
    return {field.get("name"): field.get("value") or "" for field in shown.xpath(".//input[@name]")}


def press(client: Client, act: str, url: str = "/redaksi/fronts/0/", **typed: str):
    """Open the screen, or go on from an answer (`on`), type and press a button."""
    on = typed.pop("on", None)
    return client.post(url, {**form(on or client.get(url)), **typed, "act": act})


def places(answer) -> list[str]:
    sent = form(answer)
    return [sent[f"article-{slot}"] for slot in SLOTS]


def test_an_article_is_found_put_moved_and_given_to_readers(chief, articles):
    builders.work()
    one = builders.article(9, headline="Gempa Mengguncang Pesisir")
    answer = press(chief, "search", q="PESISIR gempa")
    assert [row.text for row in html.document_fromstring(answer.content.decode()).xpath(f"{FORM}//li/strong")] == [
        "Gempa Mengguncang Pesisir"
    ]
    answer = press(chief, f"put:lead:{one.pk}", on=answer)
    answer = press(chief, f"put:second-1:{articles[0].pk}", on=answer)
    assert places(answer) == [str(one.pk), str(articles[0].pk), "", ""]
    answer = press(chief, "down:lead", on=answer)
    assert places(answer) == [str(articles[0].pk), str(one.pk), "", ""]
    assert not Front.objects.exists(), "readers have nothing of it yet"
    until = timezone.localtime(timezone.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S")
    assert press(chief, "publish", on=answer, **{"until-lead": until}).status_code == 302
    live = Front.objects.get().live()
    assert [(pin.slot, pin.article_id) for pin in live.pins] == [("lead", articles[0].pk), ("second-1", one.pk)]
    assert timezone.localtime(live.pins[0].until).strftime("%Y-%m-%dT%H:%M:%S") == until
    page = chief.get("/redaksi/fronts/0/")
    assert form(page)["until-lead"] == until
    assert "kepala" in page.content.decode()


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("put:lead:3", (3, 2, None, None)),
        ("put:second-3:1", (None, 2, None, 1)),
        ("put:second-1:1", (2, 1, None, None)),
        ("out:lead", (None, 2, None, None)),
        ("take:second-3:1:", (None, 2, None, 1)),
        ("take:lead:3:2030-05-03T18:00:00", (3, 2, None, None)),
        ("take:lead:x", (1, 2, None, None)),
        ("up:lead", (1, 2, None, None)),
        ("up:second-1", (2, 1, None, None)),
        ("down:second-3", (1, 2, None, None)),
        ("swap:lead:second-2", (None, 2, 1, None)),
        ("put:lead:x", (1, 2, None, None)),
        ("put:lead:" + "9" * 40, (1, 2, None, None)),
        ("put:kaki:3", (1, 2, None, None)),
        ("swap:lead:kaki", (1, 2, None, None)),
        ("", (1, 2, None, None)),
    ],
)
def test_each_move_does_one_thing_and_nonsense_does_nothing(act, expected):
    board = Board((Place(SLOTS[0], 1, "kelak"), Place(SLOTS[1], 2), Place(SLOTS[2]), Place(SLOTS[3])), 0).done(act)
    assert tuple(place.article_id for place in board.places) == expected
    assert tuple(place.slot for place in board.places) == SLOTS
    untils = {place.article_id: place.until for place in board.places if place.until}
    assert untils.get(1) in {None, "kelak"}
    assert untils.get(3, "2030-05-03T18:00:00") == "2030-05-03T18:00:00"


def test_a_wrong_instant_is_told_at_its_place_and_nothing_is_published(chief, articles):
    answer = press(chief, f"put:lead:{articles[0].pk}")
    for typed in ("kapan-kapan", "2001-01-01T00:00:00"):
        refused = press(chief, "publish", on=answer, **{"until-lead": typed})
        assert refused.status_code == 422
        page = html.document_fromstring(refused.content.decode())
        assert page.xpath("//input[@id='until-lead']/@aria-invalid") == ["true"]
        assert page.xpath("//*[@id='wrong-lead']")[0].text_content()
        assert page.xpath("//input[@id='until-lead']/@value") == [typed]
    assert not Front.objects.exists()


def test_one_article_at_two_places_is_told(chief, articles):
    number = str(articles[0].pk)
    typed = {"article-lead": number, "article-second-2": number}
    assert "dua tempat" in press(chief, "search", **typed).content.decode()
    assert press(chief, "publish", **typed).status_code == 422
    assert not Front.objects.exists()


def test_the_second_editor_sees_both_takes_what_they_want_and_publishes(chief, articles):
    mine = press(chief, f"put:lead:{articles[0].pk}")
    mine = press(chief, f"put:second-1:{articles[1].pk}", on=mine)
    other = User.objects.create_user("ratri", first_name="Ratri")
    other.groups.add(Group.objects.get(name=Role.MANAGING_EDITOR))
    until = (timezone.now() + timedelta(hours=2)).replace(microsecond=0)
    arrange(None, [Pin("lead", articles[2].pk, until)], by=other, now=timezone.now(), after=0)
    refused = press(chief, "publish", on=mine)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Ratri" in page
    assert places(refused)[:2] == [str(articles[0].pk), str(articles[1].pk)], "nothing is lost"
    assert articles[2].headline in html.document_fromstring(page).xpath("//li[@data-slot='lead']")[0].text_content()
    assert Front.objects.get().live().pins == (Pin("lead", articles[2].pk, until),)
    (take,) = html.document_fromstring(page).xpath(
        "//li[@data-slot='lead']//button[starts-with(@value, 'take:')]/@value"
    )
    taken = press(chief, take, on=refused)
    assert "Ratri" in taken.content.decode(), "it still says what readers have"
    assert press(chief, "publish", on=taken).status_code == 302
    live = Front.objects.get().live().pins
    assert live == (Pin("lead", articles[2].pk, until), Pin("second-1", articles[1].pk)), "with the other's time"


def test_an_article_that_is_not_with_readers_is_told_in_words(chief, articles):
    Article.objects.filter(pk=articles[1].pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    draft = builders.article(8, status="draft")
    answer = press(
        chief,
        "search",
        **{
            "article-lead": str(draft.pk),
            "article-second-1": str(articles[1].pk),
            "article-second-2": "999999",
            "article-second-3": str(articles[0].pk),
        },
    )
    page = html.document_fromstring(answer.content.decode())
    warned = {
        place.get("data-slot"): place.xpath("string(.//p[contains(@class, 'warning')])").strip()
        for place in page.xpath("//li[@data-slot]")
    }
    assert [bool(warned[slot]) for slot in SLOTS] == [True, True, True, False]
    assert len(set(warned.values())) == 4


def test_giving_readers_what_they_have_says_so_and_makes_no_history(chief, articles):
    arrange(None, [Pin("lead", articles[0].pk)], by=chief.person, now=timezone.now(), after=0)
    for send in (
        lambda: press(chief, "publish"),
        lambda: chief.post(reverse("front_put_back", args=[0, 1]), {"after": "1"}),
    ):
        answer = send()
        assert answer.status_code == 302
        assert "Tidak ada yang berubah" in chief.get(answer.url).content.decode()
    assert Front.objects.get().number == 1


def test_an_old_arrangement_is_put_back_from_the_history(chief, articles):
    now = timezone.now()
    arrange(None, [Pin("lead", articles[0].pk)], by=chief.person, now=now, after=0)
    arrange(None, [], by=chief.person, now=now, after=1)
    url = reverse("front_put_back", args=[0, 1])
    page = chief.get("/redaksi/fronts/0/history/").content.decode()
    assert url in page
    assert articles[0].headline in page
    assert chief.get(url).status_code == 302
    assert Front.objects.get().number == 2
    assert chief.post(url, {"after": "1"}).status_code == 302
    assert Front.objects.get().number == 2, "somebody had arranged it since the history was shown"
    assert chief.post(url, {"after": "2"}).status_code == 302
    assert Front.objects.get().live().back_to == 1
    assert chief.post(reverse("front_put_back", args=[0, 77]), {"after": "3"}).status_code == 404


def test_a_front_is_put_back_as_it_was_before_anybody_arranged_it(chief, articles):
    url = reverse("front_put_back", args=[0, 0])
    assert url not in chief.get("/redaksi/fronts/0/history/").content.decode()
    arrange(None, [Pin("lead", articles[0].pk)], by=chief.person, now=timezone.now(), after=0)
    assert url in chief.get("/redaksi/fronts/0/history/").content.decode()
    assert chief.post(url, {"after": "1"}).status_code == 302
    assert Front.objects.get().live().pins == ()
    assert "seperti sebelum ada yang menatanya" in chief.get("/redaksi/fronts/0/history/").content.decode()
    answer = chief.post(url, {"after": "2"})
    assert "Tidak ada yang berubah" in chief.get(answer.url).content.decode()


def test_the_history_goes_on_behind_a_number_at_the_same_cost(chief, articles, django_assert_max_num_queries):
    def cost(url: str) -> int:
        with django_assert_max_num_queries(60) as asked:
            assert chief.get(url).status_code == 200
        return len(asked.captured_queries)

    arrange(None, [Pin("lead", articles[0].pk)], by=chief.person, now=timezone.now(), after=0)
    urls = ("/redaksi/fronts/", "/redaksi/fronts/0/", "/redaksi/fronts/0/history/")
    for url in urls:
        chief.get(url)
    few = [cost(url) for url in urls]
    for number in range(1, 30):
        slots = [Pin(slot, one.pk) for slot, one in zip(SLOTS, articles[number % 2 :], strict=False)]
        arrange(None, slots, by=chief.person, now=timezone.now(), after=number)
    assert [cost(url) for url in urls] == few
    assert "before=11" in chief.get(urls[2]).content.decode()
    assert "No. 10:" in chief.get(urls[2], {"before": "11"}).content.decode()


def test_an_editor_reaches_the_fronts_of_their_rubrics_alone(articles):
    own, other = Rubric.objects.get(), Rubric.objects.create(name="Dunia", slug="dunia")
    desk = Desk.objects.create(name="Daerah")
    desk.rubrics.add(own)
    person = builders.editor()
    desk.members.add(person)
    client = Client(raise_request_exception=False)
    client.force_login(person)
    page = client.get("/redaksi/fronts/").content.decode()
    assert f"/redaksi/fronts/{own.pk}/" in page
    assert f"/redaksi/fronts/{other.pk}/" not in page
    assert "/redaksi/fronts/0/" not in page
    for end in ("", "preview/", "history/", "put-back/1/"):
        assert client.get(f"/redaksi/fronts/{own.pk}/{end}").status_code in {200, 302}
        for refused in (other.pk, 0):
            for answer in (
                client.get(f"/redaksi/fronts/{refused}/{end}"),
                client.post(f"/redaksi/fronts/{refused}/{end}"),
            ):
                assert answer.status_code == 403 or answer["Location"] == "/redaksi/", (refused, end)
    assert client.get("/redaksi/fronts/999999/").status_code == 404
    assert client.get("/redaksi/breaking/").status_code in {302, 403}


def test_a_reporter_reaches_none(reporters_desk, articles):
    for url in ("/redaksi/fronts/", "/redaksi/fronts/0/", "/redaksi/breaking/", "/redaksi/breaking/1/end/"):
        answer = reporters_desk.get(url)
        assert answer.status_code == 403 or answer["Location"] == "/redaksi/"
    assert "/redaksi/fronts/" not in reporters_desk.get("/redaksi/").content.decode()


def test_a_draft_of_another_desk_is_not_told_by_its_number(articles):
    own, draft = Rubric.objects.get(), builders.article(8, rubric="Dunia", headline="Rahasia Besar", status="draft")
    desk = Desk.objects.create(name="Daerah")
    desk.rubrics.add(own)
    person = builders.editor()
    desk.members.add(person)
    client = Client()
    client.force_login(person)
    url = f"/redaksi/fronts/{own.pk}/"
    assert "Rahasia" not in press(client, f"put:lead:{draft.pk}", url).content.decode()
    assert "Rahasia" not in press(client, "search", url, q="rahasia").content.decode().replace('value="rahasia"', "")


def test_the_search_finds_what_readers_see_newest_first(articles):
    now = timezone.now()
    Article.objects.filter(pk=articles[1].pk).update(expire_at=now)
    draft = builders.article(8, status="draft")
    assert [one.pk for one in found("panen raya", None, now)] == [
        one.pk
        for one in sorted(articles, key=lambda one: (one.first_published_at, one.pk), reverse=True)
        if one != articles[1]
    ]
    assert [one.pk for one in found(f"https://koran.example{articles[0].path}?x=1", None, now)] == [articles[0].pk]
    assert found(draft.path, None, now) == []
    assert found("", Rubric.objects.create(name="Kosong", slug="kosong"), now) == []
    assert found("100%", None, now) == []


def test_breaking_news_is_put_up_replaced_and_ended(chief, articles):
    url = "/redaksi/breaking/"
    given = {"text": "Gempa di Laut Selatan", "article": str(articles[0].pk), "lasts_minutes": "30", "after": ""}
    assert chief.post(url, {**given, "text": ""}).status_code == 422
    assert chief.post(url, {**given, "path": "/indeks"}).status_code == 422
    assert chief.post(url, {**given, "lasts_minutes": "99999"}).status_code == 422
    assert not Breaking.objects.exists()
    assert chief.post(url, given).status_code == 302
    running = Breaking.running(timezone.now())
    assert running.ends_at - running.started_at == timedelta(minutes=30)
    assert "Gempa di Laut Selatan" in chief.get("/redaksi/fronts/").content.decode()
    refused = chief.post(url, {**given, "text": "Tsunami"})
    assert refused.status_code == 409
    assert "Tsunami" in refused.content.decode()
    assert chief.post(url, {**given, "text": "Tsunami", "after": str(running.pk)}).status_code == 302
    running = Breaking.running(timezone.now())
    assert running.text == "Tsunami"
    end = reverse("breaking_end", args=[running.pk])
    assert chief.get(end).status_code == 302
    assert Breaking.running(timezone.now())
    assert chief.post(end).status_code == 302
    assert Breaking.running(timezone.now()) is None
    assert chief.post(end).status_code == 302

"""What browsers are told that install the paper, and the worker that keeps what was read."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from PIL import Image, ImageChops

from tests.delivery import icon
from tests.delivery.builders import NOW, article, put, put_archive, put_gone, put_pin
from tests.delivery.reading import document, page_text
from tests.delivery.test_queries import queries
from warta.delivery import shortpath
from warta.delivery.inline import STYLE
from warta.paper import store

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_manifest_has_the_look_of_the_paper(client: Client) -> None:
    response = client.get("/manifest.webmanifest")
    told = json.loads(response.content)
    light, dark = re.findall(r"--a:(#[0-9a-f]{6})", STYLE)[:2]
    assert response["Content-Type"] == "application/manifest+json"
    assert (told["name"], told["lang"], told["start_url"], told["scope"]) == ("Koran Contoh", "id", "/", "/")
    assert (told["theme_color"], told["background_color"]) == (light, light)
    assert told["color_scheme_dark"] == {"theme_color": dark, "background_color": dark}
    addresses = [*(icon["src"] for icon in told["icons"]), *(shortcut["url"] for shortcut in told["shortcuts"])]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    assert document(client.get("/indeks").content).xpath("//link[@rel='manifest']/@href") == ["/manifest.webmanifest"]


def test_the_icon_is_the_one_that_is_drawn(client: Client) -> None:
    answered, drawn = (
        Image.open(io.BytesIO(file)).convert("RGB") for file in (client.get("/ikon-512.png").content, icon.drawn())
    )
    assert answered.size == (512, 512)
    assert max(high for _, high in ImageChops.difference(answered, drawn).getextrema()) < 8


def test_the_worker_speaks_both_languages(client: Client) -> None:
    response = client.get("/sw.js")
    words = json.loads(re.search(r"^const WORDS = (.*);$", response.content.decode(), re.MULTILINE)[1])
    assert response["Content-Type"].startswith("text/javascript")
    assert words["id"]["kept"] == "Anda sedang luring; halaman ini disimpan pada"
    assert words["en"]["kept"] == "You are offline; this page was kept on"
    assert words["id"].keys() == words["en"].keys()


def test_a_paper_that_keeps_nothing_ends_the_worker(client: Client, settings: LazySettings) -> None:
    settings.WARTA_OFFLINE = False
    text = client.get("/sw.js").content.decode()
    assert "registration.unregister()" in text
    assert "fetch" not in text


def test_devices_are_told_what_they_may_keep_no_longer(client: Client) -> None:
    put(article(1))
    put_gone(2)
    put_gone(3, withdrawn_at=NOW - timedelta(days=9))
    put(article(4))
    store.remove(store.article_key(4))
    put(article(5), until=NOW - timedelta(minutes=1))
    put(article(6, NOW - timedelta(days=20)), until=NOW - timedelta(days=9))
    put(article(7), until=NOW - timedelta(minutes=1))  # an update took its place
    store.put(store.coming_key(7), article(7, headline="Baru"), visible_from=NOW - timedelta(minutes=1))
    put_pin("all", "lead", 1, until=NOW - timedelta(minutes=1))
    response = client.get("/luring/dicabut")
    assert json.loads(response.content) == [2, 4, 5]
    put(article(2))
    assert json.loads(client.get("/luring/dicabut").content) == [4, 5]
    assert shortpath.key("/luring/dicabut", "") == "/luring/dicabut"


def test_what_they_are_told_costs_the_same_at_any_size(client: Client) -> None:
    put_gone(1)
    before = queries(client, "/luring/dicabut")
    put_archive(300, first_id=10)
    for number in range(400, 420):
        put_gone(number)
    assert queries(client, "/luring/dicabut") == before <= 4


def test_the_page_of_what_is_kept_names_nothing_of_now(client: Client) -> None:
    response = client.get("/luring")
    text = page_text(response.content)
    assert "30 artikel terakhir" in text
    assert "The last 30 articles" in text
    assert b"<!--kept-->" in response.content
    assert "2024" not in text
    assert document(response.content).xpath("//meta[@name='robots']/@content") == ["noindex"]

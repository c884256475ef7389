"""What browsers are told that install the paper, and the worker that keeps what was read."""

import io
import json
import re

import pytest
from django.conf import LazySettings
from django.test import Client
from PIL import Image, ImageChops

from tests.delivery import icon
from tests.delivery.reading import document, page_text
from warta.delivery.inline import STYLE

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


def test_the_page_of_what_is_kept_names_nothing_of_now(client: Client) -> None:
    response = client.get("/luring")
    text = page_text(response.content)
    assert "30 artikel terakhir" in text
    assert "The last 30 articles" in text
    assert b"<!--kept-->" in response.content
    assert "2024" not in text
    assert document(response.content).xpath("//meta[@name='robots']/@content") == ["noindex"]

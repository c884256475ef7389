"""axe-core finds nothing on the newsroom's screens at their fullest, nor on the pages that they make for readers."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.running import Paper
from tests.newsroom import builders
from tests.newsroom.photo_words import scene
from tests.staff import PASSWORD

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
_STILL = "*, *::before, *::after { transition: none !important; animation: none !important; }"
_RUN = "within => axe.run(within, {resultTypes: ['violations'], preload: false})"
_LOOKS = ((1280, "light"), (390, "dark"))
_ARTICLE = "/redaksi/snippets/newsroom/article"
_PATHS = (
    "/redaksi/",
    f"{_ARTICLE}/",
    f"{_ARTICLE}/add/",
    f"{_ARTICLE}/edit/{{waiting}}/",
    f"{_ARTICLE}/join/{{fought}}/{{tab}}/",
    f"{_ARTICLE}/send-back/{{waiting}}/",
    f"{_ARTICLE}/share/{{waiting}}/",
    f"{_ARTICLE}/rules/{{live}}/",
    *(f"{_ARTICLE}/rules/{{live}}/{what}/" for what in ("correct", "reply", "unverified", "follow-up", "withdraw")),
    f"{_ARTICLE}/rules/{{live}}/reply/{{reply}}/",
    "/redaksi/press-rules/",
    "/redaksi/press-rules/?kind=corrections",
    "/redaksi/fronts/",
    "/redaksi/fronts/0/",
    "/redaksi/fronts/0/history/",
    "/redaksi/breaking/",
    "/redaksi/audit/",
    "/redaksi/images/",
    "/redaksi/images/multiple/add/",
    "/redaksi/images/{photo}/",
    "/redaksi/account/",
    "/redaksi/security/",
    "/redaksi/security/recovery-codes/",
    "/redaksi/security/webauthn/add/",
    "/redaksi/security/again/",
    "/riwayat/{live}",
    "/riwayat/{live}/1/2",
    "/ralat",
)


@dataclass
class Looker:
    """A browser signed in to a paper at its fullest, and what axe found so far; `turn` says which look comes next."""

    paper: Paper
    page: Page
    made: dict[str, Any]
    turn: int
    found: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Open a path, with the numbers of what is there."""
        answer = self.page.goto(self.paper.url + path.format(**self.made), wait_until="load")
        assert answer is not None
        assert answer.status == 200, path

    def look(self, name: str, within: str = "html") -> None:
        """Note what is wrong with what lies on the screen."""
        self.page.evaluate(_AXE)
        self.page.add_style_tag(content=_STILL)
        width, scheme = _LOOKS[self.turn % 2]
        self.turn += 1
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme)
        result = self.page.evaluate(_RUN, within)
        assert len(result["passes"]) > 5, f"axe looked at nothing on {name}"
        self.found += [
            f"{name} {width} {scheme}: {rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]


@pytest.fixture(scope="module")
def staffed(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Paper, dict[str, Any]]]:
    """A paper of its own, filled by `staffed.py`, and the numbers of what is in it."""
    paper = Paper(shutil.copytree(empty_home, tmp_path_factory.mktemp("staffed") / "home"))
    made = json.loads(paper.python("tests.browser.staffed"))
    with paper.served():
        yield paper, made


@pytest.mark.parametrize("turn", [0, pytest.param(1, marks=pytest.mark.thorough)])
def test_axe_finds_nothing(staffed, new_context, tmp_path: Path, turn: int, request) -> None:
    """Look at every screen with --thorough, else at the editor and at each eighth of the others."""
    paper, made = staffed
    is_thorough = request.config.getoption("--thorough")
    at = Looker(paper, new_context(bypass_csp=True).new_page(), made, turn)
    _sign_in(at)
    for path in _PATHS[:: 1 if is_thorough else 8]:
        at.open(path)
        at.look(path)
    _editor(at)
    if is_thorough:
        _photos(at, tmp_path)
    assert at.found == [], "\n".join(at.found)


def _sign_in(at: Looker) -> None:
    at.open("/redaksi/login/")
    at.look("login")
    at.page.fill("input[name=username]", "kepala")
    at.page.fill("input[name=password]", PASSWORD)
    at.page.click("button[type=submit]")
    at.page.locator("input[name=code]").wait_for()
    at.look("second factor")
    at.page.fill("input[name=code]", at.made["codes"].pop())
    at.page.click("button[type=submit]")
    at.page.wait_for_url("**/redaksi/")


def _editor(at: Looker) -> None:
    """Look at the editor of an article with everything in it, at its second tab and at each of its side panels."""
    at.open(f"{_ARTICLE}/edit/{{live}}/")
    at.page.locator(".public-DraftEditor-content").wait_for()
    expect(at.page.get_by_role("button", name="Tirta Anggara")).to_be_visible()
    at.look("editor")
    at.page.set_viewport_size({"width": 1280, "height": 900})
    for toggle in at.page.locator("[data-side-panel-toggle]").all():
        name = toggle.get_attribute("data-side-panel-toggle")
        toggle.click()
        at.page.locator(f"[data-side-panel={name}]").wait_for()
        at.look(f"editor: {name}", f"[data-side-panel={name}]")
        toggle.click()
    at.page.get_by_role("tab", name="Keterangan").click()
    at.look("editor: about it", "main")


def _photos(at: Looker, folder: Path) -> None:
    """Look at many uploaded photos: one that is sound, one that was here before, one that is none."""
    sound = builders.photo_file(folder, "sawah.jpg", scene())
    broken = builders.photo_file(folder, "rusak.jpg", b"bukan foto")
    at.open("/redaksi/images/multiple/add/")
    for number, file in enumerate((sound, sound, broken), start=1):
        at.page.locator("#fileupload").set_input_files(file)
        expect(at.page.locator("#upload-list > li.upload-complete")).to_have_count(number)
    at.look("uploaded photos")

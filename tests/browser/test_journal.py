"""R11: the server or the browser dies while somebody types, and the text comes back."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from tests.browser import wire
from tests.browser.conftest import _FLAGS
from tests.browser.running import WARTA, Paper, wait_until
from tests.staff import PASSWORD

FIRST = "Hujan turun sejak dini hari."
SECOND = " Sungai meluap menjelang siang."
LOST_AT_MOST_S = 5.0


class Dying(Paper):
    """A paper whose processes are killed as a power cut would, and which is started again on the same port."""

    def start(self) -> None:
        command = [WARTA, "serve", "--bind", f"127.0.0.1:{self.port}", "--workers", "1"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self._environ(), stdout=log, stderr=log, start_new_session=True
            )
        wait_until(lambda: self._answers("/redaksi/login/"), 40, "the newsroom answers")

    def kill(self) -> None:
        subprocess.run(["kill", "-KILL", "--", f"-{self.process.pid}"], check=True)
        self.process.wait(10)
        wait_until(lambda: not self._answers("/redaksi/login/"), 10, "nothing answers any more")


@pytest.fixture(scope="module")
def dying(staffed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dying]:
    paper = Dying(shutil.copytree(staffed_home, tmp_path_factory.mktemp("dying") / "home"))
    paper.warta(
        "import",
        "ninjs",
        str(wire.write(paper.home.parent / "items", [wire.brief(1, datetime(2024, 5, 3, tzinfo=UTC))])),
    )
    paper.start()
    yield paper
    paper.process.send_signal(signal.SIGTERM)
    paper.process.wait(20)


def sign_in(page: Page, paper: Paper) -> None:
    page.goto(f"{paper.url}/redaksi/login/")
    page.fill("input[name=username]", "pewarta")
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/redaksi/")


def new_article(page: Page, paper: Paper) -> str:
    """Begin an article, let it be autosaved once, and return the address of its editor."""
    page.goto(f"{paper.url}/redaksi/snippets/newsroom/article/add/")
    page.fill("#id_headline", "Banjir di Demak")
    page.get_by_role("region", name="Isi").get_by_role("button", name="Sisipkan blok").click()
    page.get_by_role("option", name="Paragraf").click()
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type(FIRST)
    expect(page).to_have_url(re.compile(r"/edit/\d+/"), timeout=20_000)
    expect(page.locator(".w-autosave-indicator[data-w-autosave-state-value=saved]")).to_be_attached()
    return page.url


def type_on(page: Page) -> None:
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(SECOND)


def is_saving(answer: Response) -> bool:
    """Tell the answer to a form that was sent from that to an autosave, which changes the address likewise."""
    return answer.request.method == "POST" and answer.request.is_navigation_request()


def brought_back(page: Page) -> str:
    bar = page.locator("#warta-journal")
    expect(bar).to_contain_text("Ada tulisan yang belum tersimpan dari pukul")
    bar.get_by_role("button", name="Pulihkan").click()
    page.wait_for_url(re.compile(r"/edit/\d+/"))
    expect(page.locator("#warta-journal")).to_have_count(0)
    return page.locator(".public-DraftEditor-content").inner_text()


def test_the_server_is_killed_while_somebody_types(dying: Dying, new_context) -> None:
    page = new_context().new_page()
    sign_in(page, dying)
    editor = new_article(page, dying)
    dying.kill()
    type_on(page)
    time.sleep(LOST_AT_MOST_S - 2)
    page.close(run_before_unload=False)
    dying.start()
    page = page.context.new_page()
    page.goto(editor)
    assert brought_back(page) == FIRST + SECOND
    page.goto(editor)
    expect(page.locator(".public-DraftEditor-content")).to_have_text(FIRST + SECOND)
    expect(page.locator("#warta-journal")).to_have_count(0)


def test_a_session_that_ended_is_said_and_saving_goes_on_after_signing_in(dying: Dying, new_context) -> None:
    page = new_context().new_page()
    sign_in(page, dying)
    editor = new_article(page, dying)
    page.context.clear_cookies(name="redaksi")
    type_on(page)
    bar = page.locator("#warta-session")
    expect(bar).to_contain_text("masuk lagi di tab lain; tulisan Anda tersimpan di peramban ini")
    assert "peladen" not in page.locator(".footer__save-warning").inner_text()
    expect(page.locator(".footer__save-warning")).to_contain_text("Sesi Anda berakhir")
    with page.expect_popup() as opened:
        bar.get_by_role("link", name="Masuk di tab baru").click()
    sign_in(opened.value, dying)
    page.bring_to_front()
    expect(bar).to_have_count(0, timeout=15_000)
    expect(page.locator(".w-autosave-indicator[data-w-autosave-state-value=saved]")).to_be_attached(timeout=15_000)
    page.goto(editor)
    expect(page.locator(".public-DraftEditor-content")).to_have_text(FIRST + SECOND)
    expect(page.locator("#warta-journal")).to_have_count(0)


def test_what_the_browser_cannot_keep_is_not_called_kept(dying: Dying, new_context) -> None:
    page = new_context().new_page()
    sign_in(page, dying)
    new_article(page, dying)
    page.context.clear_cookies(name="redaksi")
    page.evaluate("() => { IDBObjectStore.prototype.put = () => { throw new Error('full'); }; }")
    type_on(page)
    expect(page.locator("#warta-session")).to_contain_text("Jangan tutup tab ini")


@pytest.fixture
def profile(tmp_path: Path, chromium: Browser) -> Callable[[], BrowserContext]:
    """Opens Chromium on one profile that outlives it."""
    folder = tmp_path / "profile"

    def start() -> BrowserContext:
        return chromium.browser_type.launch_persistent_context(
            folder, executable_path=shutil.which("chromium"), args=list(_FLAGS), locale="id-ID"
        )

    start.folder = folder
    return start


def kill_browser(folder: Path) -> None:
    """Kill the Chromium of one profile, as a power cut would."""
    listed = subprocess.run(["ps", "-eo", "pid=,args="], capture_output=True, text=True).stdout.splitlines()
    mine = [line.split(None, 1) for line in listed if f"--user-data-dir={folder}" in line]
    for pid, _ in mine:
        with suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)
    (folder / "SingletonLock").unlink(missing_ok=True)


def test_the_browser_is_killed_while_somebody_types(dying: Dying, profile) -> None:
    context = profile()
    page = context.new_page()
    sign_in(page, dying)
    editor = new_article(page, dying)
    page.route("**/article/edit/**", lambda route: route.abort())  # the network is gone, then the machine
    type_on(page)
    time.sleep(LOST_AT_MOST_S - 2)
    kill_browser(profile.folder)
    context = profile()
    page = context.new_page()
    sign_in(page, dying)
    page.goto(editor)
    assert brought_back(page) == FIRST + SECOND
    context.close()


def test_what_was_thrown_away_or_saved_is_not_offered(dying: Dying, new_context) -> None:
    page = new_context().new_page()
    sign_in(page, dying)
    editor = new_article(page, dying)
    page.get_by_role("navigation", name="Tindakan (kaki halaman)").get_by_role("button", name="Tindakan lain").click()
    with page.expect_response(is_saving):
        page.get_by_role("button", name="Simpan").first.click()
    expect(page.get_by_role("status").filter(has_text="Banjir di Demak").first).to_be_visible()
    page.goto(editor)
    page.wait_for_timeout(500)
    expect(page.locator("#warta-journal")).to_have_count(0)


_AS_ANOTHER_TAB_LEFT_IT = """() => new Promise((done) => {
    const form = document.querySelector("form[data-edit-form]");
    const user = document.getElementById("warta-editor-words").dataset.user;
    const given = /^(?:csrfmiddlewaretoken|turn|loaded_revision.*)$/;
    const told = [...new FormData(form)].filter(([name]) => !given.test(name));
    const fields = told.map(([name, value]) => [name, name === "tab" ? "another" : value]);
    const entry = {fields, tab: "another", action: form.action, turn: 2, sent: 0, at: Date.now()};
    const asked = indexedDB.open("warta-journal", 1);
    asked.onsuccess = () => {
        const change = asked.result.transaction("texts", "readwrite");
        change.objectStore("texts").put(entry, `${user} ${new URL(form.action).pathname} another`);
        change.oncomplete = () => done(asked.result.close());
    };
})"""
_WHAT_IS_LEFT = """() => new Promise((done) => {
    const asked = indexedDB.open("warta-journal", 1);
    asked.onsuccess = () => {
        const keys = asked.result.transaction("texts").objectStore("texts").getAllKeys();
        keys.onsuccess = () => done(keys.result.filter((key) => key.endsWith(" another")));
    };
})"""


def test_what_the_page_says_anyway_is_not_offered(dying: Dying, new_context) -> None:
    page = new_context().new_page()
    sign_in(page, dying)
    page.goto(new_article(page, dying))
    page.evaluate(_AS_ANOTHER_TAB_LEFT_IT)
    page.reload()
    wait_until(lambda: page.evaluate(_WHAT_IS_LEFT) == [], 5, "the text is cleared away")
    expect(page.locator("#warta-journal")).to_have_count(0)

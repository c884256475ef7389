"""S7 in Chromium: with the policy switched off, no payload runs on any page of readers or newsroom."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page

from tests.conftest import DATABASES
from tests.journeys.conftest import Switching
from tests.journeys.poisoned import fill, newsroom_pages, readers_pages
from tests.newsroom import builders
from tests.payloads import MARK, PAYLOADS
from warta.config.settings import delivery, newsroom
from warta.newsroom.actions.found import EDITORS, found

CANARY = next(payload for payload in PAYLOADS if payload.startswith("<img"))
STATIC = "/redaksi/static/"
_MOST_S = 30
pytestmark = [
    pytest.mark.django_db(databases=DATABASES),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True, scope="session")
def beside_a_browser() -> Iterator[None]:
    """Let Django's database be asked while Playwright's loop runs in the same thread, which asks it nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def pages(settings, tmp_path: Path) -> dict[str, str]:
    """What readers and newsroom are shown of a paper whose every word is a payload, by number."""
    found()
    person = builders.reporter()
    person.groups.add(Group.objects.get(name=EDITORS))
    desk, reader = Switching(settings, newsroom), Switching(settings, delivery)
    desk.force_login(person)
    settings.ALLOWED_HOSTS = ["*"]
    made = fill(desk, person, tmp_path)
    shown = [*readers_pages(reader, made), *newsroom_pages(desk, made, editors=1)]
    return {f"/{number}": page for number, (_path, page) in enumerate(shown)}


@pytest.fixture
def site(pages: dict[str, str]) -> Iterator[str]:
    """Serve them, and the newsroom's own scripts and styles, which a browser keeps."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            file = finders.find(path.removeprefix(STATIC)) if path.startswith(STATIC) else None
            body, kind = b"", "text/html; charset=utf-8"
            if isinstance(file, str):
                body, kind = Path(file).read_bytes(), guess_type(file)[0] or "text/plain"
            elif path in pages:
                body = pages[path].encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=600" if file else "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def ran(page: Page) -> bool:
    return bool(page.evaluate(f"'{MARK}' in top"))


@pytest.mark.thorough
def test_no_payload_runs_even_without_a_policy(pages: dict[str, str], site: str, chromium: Browser, tell) -> None:
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    pages["/bare"] = f"<p>{CANARY}"
    page.goto(f"{site}/bare")
    page.wait_for_function(f"'{MARK}' in top")  # the canary sings
    del pages["/bare"]
    begun, executed = time.monotonic(), []
    for path, html in pages.items():
        page.goto(site + path, wait_until="load")
        page.wait_for_timeout(20)
        if ran(page):
            executed.append((path, html[:200]))
    seconds = time.monotonic() - begun
    context.close()
    tell(f"{len(PAYLOADS)} payloads on {len(pages)} pages in {seconds:.1f} s: {len(executed)} ran")
    assert executed == []
    assert dialogs == []
    assert seconds < _MOST_S

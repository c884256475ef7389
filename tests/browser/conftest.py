"""Two running papers and one browser: the invented paper of four years, and one whose every word and date is fixed."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests import ready
from tests.browser import places, wire
from tests.browser.running import Paper, wait_until

DEMO_ARTICLES = 18
ARCHIVE = 40
"""Short articles older than the demo's, so that the index has more pages than one."""
SEEN_WITHIN_S = 5.0
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--keep-pictures", action="store_true", help="Renew docs/pictures by the pictures of this run.")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Chromium, and what needs the invented paper, which takes a minute to make."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if "paper" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.invented)


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a paper that is ready and has no article; each paper starts from a copy of it."""
    return ready.copy(tmp_path_factory.mktemp("empty") / "home")


@pytest.fixture(scope="session")
def staffed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of such a paper, with the people of `tests.staff`."""
    return ready.copy_with_staff(tmp_path_factory.mktemp("staff") / "home")


@pytest.fixture(scope="session")
def paper(staffed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """The invented paper with an older archive, one article withdrawn, and staff who sign in."""
    folder = tmp_path_factory.mktemp("paper")
    paper = Paper(shutil.copytree(staffed_home, folder / "home"))
    paper.warta("demo", "--articles", str(DEMO_ARTICLES), "--json")
    first = datetime(2020, 5, 4, 3, 0, tzinfo=UTC)
    archive = [wire.brief(number, first + timedelta(days=9 * number)) for number in range(ARCHIVE)]
    paper.warta("import", "ninjs", str(wire.write(folder / "archive", archive)))
    withdrawn = wire.write(folder / "withdrawn", [{**archive[-1], "pubstatus": "canceled"}])
    paper.withdrawn = json.loads(paper.warta("import", "ninjs", str(withdrawn), "--json").splitlines()[0])["url"]
    with paper.served():
        yield paper


@pytest.fixture(scope="session")
def wire_paper(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A paper of fixed words and dates: six whole articles, two languages by three zones, and thirteen short ones."""
    folder = tmp_path_factory.mktemp("wire")
    paper = Paper(shutil.copytree(empty_home, folder / "home"))
    first = datetime(2024, 5, 3, 20, 0, tzinfo=UTC)
    documents = [wire.whole(lang, zone) for lang in ("id", "en") for zone in wire.ZONES]
    documents += [wire.brief(number, first + timedelta(hours=number)) for number in range(1, 13)]
    documents.append(wire.withdrawn_later())
    paper.warta("import", "ninjs", str(wire.write(folder / "items", documents)))
    with paper.served():
        yield paper


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "chromium is missing: run `make test-browser`, which installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def user_agent(chromium: Browser) -> str:
    """What a person's Chromium calls itself; the headless one is a robot to those who count reads."""
    major = chromium.version.partition(".")[0]
    return f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36"


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Writes a figure for people among pytest's own lines."""
    capture = request.config.pluginmanager.get_plugin("capturemanager")

    def write(figure: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n  {figure}", file=sys.stderr, flush=True)

    return write


@pytest.fixture
def new_context(chromium: Browser, user_agent: str) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browsers of new readers, one each call; what is given is as for Playwright's `new_context`."""
    opened: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        width, height = options.pop("width", 1280), options.pop("height", 900)
        given = {"user_agent": user_agent, "viewport": {"width": width, "height": height}, "locale": "id-ID"}
        opened.append(chromium.new_context(**{**given, **options}))
        return opened[-1]

    yield open_one
    for context in opened:
        context.close()


@dataclass(frozen=True)
class Popular:
    """`Populer` after many reads, and how long it took to take them up: eleven posted, and one by a real browser."""

    headlines: list[str]
    posted_s: float
    browsed_s: float


@pytest.fixture(scope="session")
def popular(wire_paper: Paper, chromium: Browser, user_agent: str) -> Popular:
    """Let five articles be read by 10 to 6 people, a sixth by 5, one of them in a browser, then a seventh by 11."""
    index = wire_paper.get("/indeks").xpath("//ol[@class='rows']/li/a[1]")
    paths = {link.text_content(): str(link.get("href")) for link in index}

    def read(number: int, readers: int, first: int = 1) -> None:
        address = wire_paper.get(paths[_brief(number)]).xpath("//data/@value")[0]
        for reader in range(first, first + readers):
            wire_paper.post_read(address, origin=f"127.0.0.{reader}", user_agent=user_agent)

    def shown() -> list[str]:
        return places.most_read(wire_paper, paths[_brief(12)])

    for place in range(5):
        read(1 + place, 10 - place)
    wait_until(lambda: shown() == [_brief(number) for number in range(1, 6)], SEEN_WITHIN_S, "five articles are ranked")
    read(6, 4, first=2)  # the browser is the reader at 127.0.0.1
    context = chromium.new_context(user_agent=user_agent)
    context.new_page().goto(wire_paper.url + paths[_brief(6)], wait_until="load")
    browsed_s = wait_until(lambda: shown()[-1] == _brief(6), SEEN_WITHIN_S + 3, "the browser's read is counted")
    context.close()
    read(7, 11)
    posted_s = wait_until(lambda: shown()[0] == _brief(7), SEEN_WITHIN_S, "eleven readers put an article on top")
    return Popular(shown(), posted_s, browsed_s)


def _brief(number: int) -> str:
    return str(wire.brief(number, datetime.now(UTC))["headline"])

"""The dashboard moves while reads come in, keeps what somebody opened, pauses, and stands without script."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import places
from tests.browser.running import Paper
from tests.browser.test_fronts import _AXE, page, signed_in  # noqa: F401 — the browser of a managing editor

_NUMBERS = "/redaksi/numbers/"
_SEEN_WITHIN_MS = 9_000
"""A flush, the three seconds between two events, and a machine under load."""


def read(paper: Paper, path: str, user_agent: str, readers: range) -> None:
    address = paper.get(path).xpath("//data/@value")[0]
    for reader in readers:
        paper.post_read(f"{address}?www.google.com", origin=f"127.1.{reader}.1", user_agent=user_agent)


def shown_now(page: Page) -> int:  # noqa: F811
    return int(page.locator("[data-now]").inner_text().replace(".", ""))


def test_the_dashboard_moves_while_reads_come_in(paper: Paper, page: Page, new_context, user_agent: str) -> None:  # noqa: F811
    article = places.of_kind(paper, "article")
    page.goto(paper.url + _NUMBERS)
    state = page.locator("[data-state]")
    expect(state).to_contain_text("Langsung")
    before = shown_now(page)
    table = page.locator("details[data-name=day]")
    table.locator("summary").click()
    table.locator("summary").focus()
    read(paper, article, user_agent, range(1, 8))
    expect(page.locator("[data-now]")).to_have_text(str(before + 7), timeout=_SEEN_WITHIN_MS)
    expect(page.locator("table", has=page.get_by_text("Mesin pencari"))).to_contain_text("7")
    expect(table).to_have_attribute("open", "")
    expect(table.locator("summary")).to_be_focused()
    page.get_by_role("button", name="Jeda").click()
    expect(state).to_contain_text("Berhenti sejenak")
    read(paper, article, user_agent, range(8, 10))
    plain = signed_in(paper, new_context(java_script_enabled=False).new_page())
    plain.goto(paper.url + _NUMBERS)
    assert plain.get_by_role("button", name="Jeda").count() == 0
    assert plain.locator("[data-now]").is_visible()
    assert shown_now(page) == before + 7, "nothing moves while it rests"
    page.get_by_role("button", name="Lanjut").click()
    expect(page.locator("[data-now]")).to_have_text(str(before + 9), timeout=_SEEN_WITHIN_MS)


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
@pytest.mark.thorough
def test_axe_finds_nothing(paper: Paper, new_context, width: int, scheme: str) -> None:
    page = signed_in(paper, new_context(width=width, color_scheme=scheme, bypass_csp=True).new_page())  # noqa: F811
    number = places.of_kind(paper, "article").split("/")[-2]
    found = []
    for path in ("", f"article/{number}/", "reports/", "reports/paper/0/"):
        page.goto(paper.url + _NUMBERS + path, wait_until="load")
        for summary in page.locator("summary").all():
            summary.click()
        page.evaluate(_AXE)
        result = page.evaluate("() => axe.run('main', {resultTypes: ['violations']})")
        assert len(result["passes"]) > 5, "axe looked at nothing"
        found += [f"{path}: {rule['id']}: {node['target']}" for rule in result["violations"] for node in rule["nodes"]]
        Path("build/pictures").mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"build/pictures/numbers-{width}-{scheme}-{path.replace('/', '-')}.png")
        overflow = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{path} is {overflow} px too wide"
    assert found == [], "\n".join(found)

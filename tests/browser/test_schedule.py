"""An article scheduled to the second appears at its second, though the server was restarted in between."""

import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.browser import wire
from tests.browser.running import Paper, wait_until
from tests.browser.test_approval import press, sign_in

HEADLINE = "Pasar Terapung Buka Lagi Pukul Lima"
_AHEAD = timedelta(seconds=40)


@pytest.fixture
def alone(staffed_home: Path, tmp_path: Path) -> Paper:
    """Return a paper of this test, not served yet, with an editor and a rubric."""
    paper = Paper(shutil.copytree(staffed_home, tmp_path / "home"))
    paper.warta(
        "import", "ninjs", str(wire.write(tmp_path / "items", [wire.brief(1, datetime(2024, 5, 3, tzinfo=UTC))]))
    )
    return paper


def is_seen(paper: Paper) -> bool:
    try:
        return HEADLINE.encode() in paper.answer("/indeks")[1]
    except OSError:
        return False


def test_it_appears_at_its_second_and_no_earlier_over_a_restart(alone: Paper, new_context, tell) -> None:
    with alone.served():
        page = new_context().new_page()
        sign_in(page, alone, "sekar")
        page.goto(f"{alone.url}/redaksi/snippets/newsroom/article/add/")
        page.fill("#id_headline", HEADLINE)
        due = (datetime.now(ZoneInfo("Asia/Jakarta")) + _AHEAD).replace(microsecond=0)
        page.evaluate("at => { document.querySelector('#id_go_live_at').value = at }", f"{due:%Y-%m-%d %H:%M:%S}")
        press(page, "action-publish")
        page.wait_for_load_state()  # a browser that is closed while it goes on to the next page may never answer
        assert not is_seen(alone)
        page.context.close()
    assert datetime.now(due.tzinfo) < due - timedelta(seconds=5), "too slow to say anything: make _AHEAD longer"
    with alone.served():
        wait_until(lambda: not is_seen(alone) or datetime.now(due.tzinfo) >= due, 30, "the paper is back")
        while not is_seen(alone):
            assert datetime.now(due.tzinfo) < due + timedelta(seconds=1.5), "it did not appear at its second"
            time.sleep(0.02)
        late_s = (datetime.now(due.tzinfo) - due).total_seconds()
        assert late_s >= 0, "it was seen before its second"
        tell(f"seen {late_s:.3f} s after its second")
        assert late_s <= 1.0

"""axe-core finds nothing on any kind of page, at two widths, in light and dark."""

from importlib.resources import files

import pytest

from tests.browser import places
from tests.browser.running import Paper

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
_RUN = "() => axe.run(document, {resultTypes: ['violations', 'incomplete']})"


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (390, "dark"),
        (1280, "light"),
        *(pytest.param(*look, marks=pytest.mark.thorough) for look in ((390, "light"), (1280, "dark"))),
    ],
)
def test_axe_finds_nothing(paper: Paper, new_context, width: int, scheme: str) -> None:
    page = new_context(width=width, color_scheme=scheme, bypass_csp=True).new_page()
    found = []
    paths = {kind: places.of_kind(paper, kind) for kind in places.KINDS}
    for kind, path in {**paths, "live report": places.live_report(paper), "feeds": "/umpan"}.items():
        page.goto(paper.url + path, wait_until="load")
        page.evaluate(_AXE)
        result = page.evaluate(_RUN)
        assert len(result["passes"]) > 10, "axe looked at nothing"
        found += [
            f"{kind}: {rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]
    assert found == [], "\n".join(found)

"""A development on its way from the desk to page, feed, search engines and API; and out of them again."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from tests.conftest import DATABASES
from tests.newsroom import builders
from tests.newsroom.screens import edit_url, write
from warta.delivery.api import limits
from warta.newsroom.models import Article
from warta.paper import store
from warta.press import run
from warta.search import follow

pytestmark = pytest.mark.django_db(databases=DATABASES)
NOW = builders.NOW
WORD = "terangbenderang"
FIRST = ("entry", {"headline": "", "text": rich_text("<p>Air naik.</p>"), "at": "2026-11-23 08:00"})
SECOND = ("entry", {"headline": f"Pintu {WORD}", "text": rich_text("<p>Air surut.</p>"), "at": "2026-11-23 09:00"})


def test_a_development_is_everywhere_and_one_that_is_taken_out_nowhere(desk, reader, settings):
    settings.WARTA_FEEDS = "full"
    limits.PROCESS.forget()

    def published(*entries) -> dict[str, str]:
        """Publish the article with these developments and return what readers and machines have then."""
        row = Article.objects.first()
        body = streamfield([("paragraph", rich_text("<p>Sungai meluap.</p>")), *entries])
        known = {"url": edit_url(row), "bylines": inline_formset([])} if row else {}
        assert write(desk, body=body, **known).status_code == 302
        run.press_all()
        follow.catch_up(NOW)
        row = Article.objects.get()
        paths = {"page": row.path, "lite": f"{row.path}?lite", "api": f"/api/v1/articles/{row.pk}"}
        paths["ninjs"] = f"{paths['api']}?form=ninjs"
        paths |= {"rss": "/feed", "atom": "/feed/atom", "json": "/feed/json", "found": f"/cari?q={WORD}"}
        return {name: reader.get(path).content.decode() for name, path in paths.items()}

    with time_machine.travel(NOW, tick=False) as clock:
        assert not {name for name, text in published(FIRST).items() if f"Pintu {WORD}" in text}
        clock.shift(timedelta(minutes=1))
        pages = published(FIRST, SECOND)
        assert [name for name, text in pages.items() if f"Pintu {WORD}" not in text and name != "found"] == []
        assert "Sungai Meluap di Demak" in pages["found"]
        for name in ("page", "lite", "rss", "atom", "json", "api", "ninjs"):
            assert pages[name].index("Air surut.") < pages[name].index("Air naik."), name
            assert "Senin, 23 November 2026 | 09:00 WIB" in pages[name], name
        said = linked(pages["page"])
        assert (said["@type"], said["dateModified"]) == ("LiveBlogPosting", "2026-11-23T09:01:00+07:00")
        assert [told["headline"] for told in said["liveBlogUpdate"]] == [f"Pintu {WORD}", "Air naik."]
        anchors = re.findall(r'<h2 class="note" id="([^"]+)"', pages["page"])
        assert [told["url"].partition("#")[2] for told in said["liveBlogUpdate"]] == anchors
        clock.shift(timedelta(minutes=1))
        pages = published(FIRST)
        assert [name for name, text in pages.items() if f"Pintu {WORD}" in text] == []
        assert "Sungai Meluap di Demak" not in pages["found"]
        assert linked(pages["page"])["@type"] == "LiveBlogPosting"
        clock.shift(timedelta(minutes=1))
        pages = published()
        assert linked(pages["page"])["@type"] == "NewsArticle"
        assert store.find(store.article_key(Article.objects.get().pk), now=NOW + timedelta(minutes=3)).entries == ()


def linked(page: str) -> dict:
    """Return what a page says of its article to search engines."""
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])["@graph"][0]

"""Finds the address of a page of every kind in a served demo paper, by following links as readers do.

What is not answered with 200, withdrawn articles and errors, is not among them: Lighthouse judges no such page.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

_LINK: Final = re.compile(r'href="(/[^"#]*)["#]')
_NOINDEX: Final = re.compile(r'<meta name="robots" content="noindex')
Fetch = Callable[[str], str]
"""Returns the page at a path, empty when it is not answered with 200."""


def kinds(fetch: Fetch) -> dict[str, str]:
    """Return the path of a page of every kind, by its name.

    Raises: StopIteration when the paper has no page of a kind.
    """
    articles = list(_articles(fetch))
    photo = next(path for path in articles if 'class="lead"' in fetch(path))
    corrected = next(path for path in links(fetch("/ralat")) if "/read/" in path)
    story = fetch(corrected)
    history = next(path for path in links(story) if path.startswith("/riwayat/"))
    found = {
        "article": photo,
        "in English": next(path for path in articles if '<html lang="en"' in fetch(path)),
        "opinion": _of_channel(fetch, "opini"),
        "photo": _of_channel(fetch, "foto"),
        "video": _of_channel(fetch, "video"),
        "live report": next(path for path in articles if "LiveBlogPosting" in fetch(path)),
        "corrected": corrected,
        "front": "/",
        "rubric": f"/{photo.split('/')[1]}",
        "channel": "/kanal/berita",
        "topic": _first(story, r"/topik/.+"),
        "person": _first(fetch(photo), r"/penulis/.+"),
        "index": "/indeks",
        "day": _first(fetch("/indeks"), r"/indeks/\d.+"),
        "corrections": "/ralat",
        "day of them": _first(fetch("/ralat"), r"/ralat/\d.+"),
        "history": history,
        "comparison": _first(fetch(history), r"/riwayat/\d+/\d+/\d+"),
        "search": "/cari",
        "found": "/cari?q=warga",
        "nothing found": "/cari?q=xyzzy",
        "most read": "/populer",
        "how it is counted": "/hitungan",
        "feeds": "/umpan",
        "static": _first(fetch("/"), r"/laman/.+"),
        "lite article": f"{photo}?lite",
        "lite front": "/?lite",
    }
    for name, path in found.items():
        if not fetch(path):
            raise RuntimeError(f"{name}: {path} is not answered with 200")
    return found


def is_kept_out(page: str) -> bool:
    """Tell whether a page asks robots not to list it: search, history and what saves data are for readers alone."""
    return _NOINDEX.search(page) is not None


def links(page: str) -> list[str]:
    """Return the paths that a page leads to, each once, in order."""
    return list(dict.fromkeys(_LINK.findall(page)))


def _articles(fetch: Fetch) -> Iterator[str]:
    path = "/indeks"
    while path:
        page = fetch(path)
        yield from (link for link in links(page) if "/read/" in link)
        path = next((link for link in links(page) if link.startswith("/indeks?sebelum=")), "")


def _of_channel(fetch: Fetch, slug: str) -> str:
    return next(link for link in links(fetch(f"/kanal/{slug}")) if "/read/" in link)


def _first(page: str, pattern: str) -> str:
    return next(
        link for link in links(page) if re.fullmatch(pattern, link) and link not in {"/indeks", "/ralat", "/cari"}
    )

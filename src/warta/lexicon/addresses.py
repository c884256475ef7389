"""The addresses of the paper: how they are written and read. `docs/contracts/addresses.md` is the promise."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote, urlsplit

SLUG: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
SLUG_LENGTH: Final = 80
RESERVED: Final = frozenset(
    {
        "baca", "feed", "feeds", "gambar", "healthz", "hitungan", "indeks", "kanal", "laman", "luring", "media",
        "penulis", "cari", "populer", "ralat", "redaksi", "riwayat", "rss", "sitemap", "static", "terbit-ulang",
        "topik", "umpan", "api",
    }
)  # fmt: skip
"""First segments that belong to the paper itself: no rubric may take one as its slug."""
KEPT: Final = "/luring"
"""The address of the page that lists what a reader's device keeps."""
ENDED: Final = "/luring/dicabut"
"""The address at which a device learns what it may keep no longer."""

_ARTICLE: Final = re.compile(
    r"/(?P<rubric>[^/]+)/read/(?P<year>\d{4})/(?P<month>\d{2})/(?P<day>\d{2})/(?P<id>\d{1,18})(?:/(?P<slug>[^/]*))?/?",
    re.ASCII,
)
_FOLLOWED: Final = (
    r"utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|ttclid|twclid|yclid|igshid|igsh|srsltid|mc_[ce]id|_gl|_ga"
)
_IS_FOLLOWED: Final = re.compile(_FOLLOWED, re.IGNORECASE | re.ASCII)
_SHOWN: Final = re.compile(
    rf"{_FOLLOWED}|ref|amp|noamp|outputtype|m|mobile|print|cetak|single|showpage|page|paged|halaman|hal|replytocom",
    re.IGNORECASE | re.ASCII,
)
_SHOWN_BEFORE: Final = re.compile(r"/(?:index\.php|amp|m|mobile|print|cetak)(?=/.)", re.IGNORECASE)
_SHOWN_AFTER: Final = re.compile(
    r"/(?:amp|print|cetak|embed|trackback|all|full|feed(?:/(?:rss2?|atom|rdf))?"
    r"|(?:(?:comment-)?page|halaman|hal)[-/]?\d{1,4}|\d{1,3})",
    re.IGNORECASE | re.ASCII,
)
_PATH: Final = re.compile(r"/(?:[a-z0-9-]+(?:/[a-z0-9-]+)*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ArticleAddress:
    """What the address of an article says; only `id` is needed to find it."""

    rubric: str
    day: str
    id: int
    slug: str


@lru_cache(maxsize=1000)  # an article asks for its own several times, and all of a rubric for the rubric's
def slug(words: str, fallback: str = "artikel") -> str:
    """Turn words into a slug of at most 80 characters, cut between words: `Banjir di Demak!` is `banjir-di-demak`."""
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    whole = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['`]", "", ascii_words)).strip("-")
    if len(whole) > SLUG_LENGTH:
        cut = whole[: SLUG_LENGTH + 1]
        whole = cut[: cut.rfind("-")] if "-" in cut else cut[:SLUG_LENGTH]
    return whole or fallback


def article(rubric: str, day: date, article_id: int, article_slug: str) -> str:
    """Write the address of an article; `day` is its first published day in its own zone."""
    return f"/{rubric}/read/{day:%Y/%m/%d}/{article_id}/{article_slug}"


def read_article(path: str) -> ArticleAddress | None:
    """Read the address of an article, right or nearly right; None when the path is no such address."""
    found = _ARTICLE.fullmatch(path)
    if found is None:
        return None
    day_ = f"{found['year']}/{found['month']}/{found['day']}"
    return ArticleAddress(rubric=found["rubric"], day=day_, id=int(found["id"]), slug=found["slug"] or "")


def article_id(path: str) -> int | None:
    """Read which article an address names; None when the path is no such address."""
    found = _ARTICLE.fullmatch(path)
    return None if found is None else int(found["id"])


def front(kind: str, front_slug: str) -> str:
    """Write the address of a front: kind is rubric, channel, topic or person."""
    prefix = {"rubric": "", "channel": "/kanal", "topic": "/topik", "person": "/penulis"}[kind]
    return f"{prefix}/{front_slug}"


def static_page(page_slug: str) -> str:
    """Write the address of a static page such as the masthead."""
    return f"/laman/{page_slug}"


def index(of: date | None = None) -> str:
    """Write the address of the index of everything, or of one day of it."""
    return "/indeks" if of is None else f"/indeks/{of:%Y/%m/%d}"


def corrections(of: date | None = None) -> str:
    """Write the address of the corrections, or of one day of them."""
    return "/ralat" if of is None else f"/ralat/{of:%Y/%m/%d}"


def republish(article_id: int) -> str:
    """Write the address at which an article can be taken over by other sites."""
    return f"/terbit-ulang/{article_id}"


def republish_mark(article_id: int) -> str:
    """Write the address of the mark that stands below an article on other sites."""
    return f"{republish(article_id)}.svg"


def history(article_id: int) -> str:
    """Write the address of an article's history."""
    return f"/riwayat/{article_id}"


def comparison(article_id: int, first: int, second: int) -> str:
    """Write the address at which two versions of an article are compared."""
    return f"/riwayat/{article_id}/{first}/{second}"


def feed(page: str, form: str = "") -> str:
    """Write the address of the feed of a page (`/` for the whole paper): RSS, or the form `atom` or `json`."""
    return f"{page.rstrip('/')}/feed{f'/{form}' if form else ''}"


def feeds() -> str:
    """Write the address of the page that names the feeds to people."""
    return "/umpan"


def sitemap(part: str = "") -> str:
    """Write the address of the index of sitemaps, or of one: `news`, `fronts`, the first day of a third of a month."""
    return f"/sitemap/{part}.xml" if part else "/sitemap.xml"


def share(article_id: int, digest: str) -> str:
    """Write the address of the picture that stands for an article where it is shared; the digest names what is seen."""
    return f"/gambar/bagi/{article_id}-{digest}.jpg"


def read(article_id: int, token: str) -> str:
    """Write the address to which a page posts that it was read (the beacon), with the token that it was given."""
    return f"/baca/{article_id}/{token}"


def popular(rubric: str = "") -> str:
    """Write the address of the lists of the most read, of the whole paper or of the rubric with a slug."""
    return f"/populer/{rubric}" if rubric else "/populer"


def counting() -> str:
    """Write the address of the page that says how readers are counted."""
    return "/hitungan"


def within(text: str, site_url: str) -> str | None:
    """Return the path that a path or a whole address of ours names; None for what is not a page of the paper."""
    parts = urlsplit(text.strip().removeprefix(site_url.rstrip("/")) or "/")
    is_ours = not parts.scheme and not parts.netloc and _PATH.fullmatch(parts.path) and not parts.query
    return parts.path if is_ours and parts.path.split("/")[1] not in {"redaksi", "api", "static", "media"} else None


def old(address: str) -> str:
    """Bring an old address (whole or only a path) to the one form under which it is kept: path, and query if any.

    Scheme, host, fragment and a trailing slash do not matter; percent-encoding is brought to one form.
    Raises: ValueError when it cannot be an address.
    """
    parts = urlsplit(address.strip())
    path = "/" + quote(unquote(parts.path), safe="/-._~!$&'()*+,;=:@").strip("/")
    query = parts.query.strip()
    return f"{path}?{query}" if query else path


def old_forms(address: str) -> tuple[str, ...]:
    """Return the forms under which an address may be kept, the most exact first, at most six.

    After the address itself come those without what only chose how or which part of a page was shown (`/amp`, page 2,
    print, feed, tracking), and those without a query.
    Raises: ValueError when it cannot be an address.
    """
    path, _, query = old(address).partition("?")
    kept = naming(query)
    paths = dict.fromkeys((path, _plain_path(path)))
    return tuple(
        form
        for asked in dict.fromkeys((query, kept, ""))
        for each in paths
        if (form := f"{each}?{asked}" if asked else each) != "/"
    )


def naming(query: str) -> str:
    """Return what of a query names a page, not how it was shown or where a reader came from."""
    return "&".join(part for part in query.split("&") if not _SHOWN.fullmatch(part.partition("=")[0]))


def untracked(query: str) -> str:
    """Return a query without what networks and advertisements add to follow readers; it names no page."""
    return "&".join(part for part in query.split("&") if not _IS_FOLLOWED.fullmatch(part.partition("=")[0]))


def _plain_path(path: str) -> str:
    before = _SHOWN_BEFORE.match(path)
    whole = path[before.end() :] if before else path
    cuts = [at for at, sign in enumerate(whole) if sign == "/" and at]
    found = next((cut for cut in cuts[-3:] if _SHOWN_AFTER.fullmatch(whole, cut)), len(whole))
    return whole[:found]

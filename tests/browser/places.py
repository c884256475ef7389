"""Finds a page of every kind in a running paper by following links, as readers do."""

from tests.browser.running import Paper

KINDS = ("front", "article", "rubric", "index", "person", "static", "not-found", "gone")
_LONGEST_WALK = 50


def of_kind(paper: Paper, kind: str) -> str:
    """Return the path of a page of a kind."""
    match kind:
        case "front":
            return "/"
        case "article":
            return _first(paper, "/", "//main//article[.//img]//a[contains(@href, '/read/')]/@href")
        case "rubric":
            return _first(paper, "/", "//header//nav//a/@href")
        case "index":
            return "/indeks"
        case "person":
            return _first(paper, of_kind(paper, "article"), "//p[@class='dateline']//a/@href")
        case "static":
            return _first(paper, "/", "//footer//a[starts-with(@href, '/laman/')]/@href")
        case "not-found":
            return "/tidak/ada/di-sini"
        case "gone":
            return paper.withdrawn
    raise ValueError(kind)


def live_report(paper: Paper) -> str:
    """Return the path of the article to which developments were added."""
    return _first(paper, "/indeks", "//main//a[contains(@href, '/gelombang-tinggi-menutup-')]/@href")


def oldest_article(paper: Paper) -> str:
    """Return the first article ever published, found from the index by `Selengkapnya` alone."""
    path, pages = "/indeks", 0
    while pages < _LONGEST_WALK:
        page = paper.get(path)
        pages += 1
        older = page.xpath("//main//a[@rel='next' and normalize-space()='Selengkapnya']/@href")
        if not older:
            assert pages > 1, "the archive is too small to show the walk"
            return str(page.xpath("//main//a[contains(@href, '/read/')]/@href")[-1])
        path = str(older[0])
    raise AssertionError(f"the index did not end after {_LONGEST_WALK} pages")


def headed(paper: Paper, headline: str) -> str:
    """Return the path of the first article with a headline."""
    links = paper.get("/indeks").xpath("//a[normalize-space()=$headline]/@href", headline=headline)
    return min(map(str, links), key=lambda path: int(path.split("/")[6]))


def update(paper: Paper, path: str) -> list[str]:
    """Return the headlines of `UPDATE` on a page."""
    return _headlines(paper, path, "UPDATE")


def most_read(paper: Paper, path: str) -> list[str]:
    """Return the headlines of `Populer` on a page."""
    return _headlines(paper, path, "Populer")


def _headlines(paper: Paper, path: str, title: str) -> list[str]:
    links = paper.get(path).xpath("//section[h2[normalize-space()=$title]]//li/a", title=title)
    return [link.text_content() for link in links]


def _first(paper: Paper, path: str, link: str) -> str:
    return str(paper.get(path).xpath(link)[0])

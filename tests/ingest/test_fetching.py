"""Pictures are fetched from the old site, and from nowhere else."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.newsroom import builders
from warta.config import imports
from warta.ingest import fetching
from warta.ingest.fetching import BadPrefixError, Fetcher
from warta.newsroom.models import Article, Channel, Photo

UPLOADS = "/wp-content/uploads/"


class OldSite(BaseHTTPRequestHandler):
    """Answers as an old site does, in the ways that matter here."""

    def do_GET(self):
        self.server.asked.append(self.path)
        status, headers, body = self.server.answers.get(self.path, (404, {}, b""))
        if callable(body):
            status, headers, body = body()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), OldSite)
    server.asked, server.answers = [], {}
    server.home = f"http://127.0.0.1:{server.server_port}"
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    yield server
    server.shutdown()
    server.server_close()
    running.join()


def picture(data=b"x" * 2000, kind="image/jpeg", **headers):
    return 200, {"Content-Type": kind, **headers}, data


def fetch(site, folder, *addresses):
    with Fetcher((f"{site.home}{UPLOADS}",), folder) as fetcher:
        for address in addresses:
            fetcher.hear(address)
    return fetcher


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_what_is_missing_is_fetched_once_under_the_path_of_its_address(site, tmp_path):
    address = f"{site.home}{UPLOADS}2019/05/banjir%20besar.jpg?w=300"
    site.answers[f"{UPLOADS}2019/05/banjir%20besar.jpg?w=300"] = picture(b"satu")
    fetcher = fetch(site, tmp_path, address, address)
    assert (fetcher.fetched, fetcher.failed) == (1, 0)
    assert (tmp_path / "wp-content/uploads/2019/05/banjir besar.jpg").read_bytes() == b"satu"
    again = fetch(site, tmp_path, address)
    assert (again.fetched, again.failed) == (0, 0)
    assert len(site.asked) == 1


def test_the_first_form_that_the_old_site_has_is_taken(site, tmp_path):
    site.answers[f"{UPLOADS}b-300x200.jpg"] = picture()
    with Fetcher((f"{site.home}{UPLOADS}",), tmp_path) as fetcher:
        fetcher.hear(f"{UPLOADS}b.jpg", f"{UPLOADS}b-300x200.jpg")
    assert fetcher.fetched == 1
    assert files(tmp_path) == ["wp-content/uploads/b-300x200.jpg"]
    assert site.asked == [f"{UPLOADS}b.jpg", f"{UPLOADS}b-300x200.jpg"]


@pytest.mark.parametrize(
    "address",
    [
        "{home}/rahasia/a.jpg",
        "{home}/wp-content/uploads/../../rahasia/a.jpg",
        "{home}/wp-content/uploads/%2e%2e/%2e%2e/rahasia/a.jpg",
        "http://127.0.0.1:1/wp-content/uploads/a.jpg",
        "http://169.254.169.254/wp-content/uploads/a.jpg",
        "{home}@tempat-lain.example/wp-content/uploads/a.jpg",
        "file:///wp-content/uploads/a.jpg",
        "{home}/wp-content/uploads/",
        "{home}/wp-content/uploads/a%00.jpg",
        "{home}/wp-content/uploads/a%5C..%5Cb.jpg",
        "http://[::1/wp-content/uploads/a.jpg",
    ],
)
def test_nothing_else_is_asked_for(site, tmp_path, address):
    fetcher = fetch(site, tmp_path, address.format(home=site.home))
    assert (fetcher.fetched, fetcher.failed, site.asked, files(tmp_path)) == (0, 0, [], [])


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((404, {}, b""), "answered 404"),
        (picture(kind="text/html"), "it is text/html and no picture"),
        ((302, {"Location": "http://127.0.0.1:1/wp-content/uploads/a.jpg"}, b""), "from where nothing is fetched"),
        ((302, {"Location": "/rahasia/a.jpg"}, b""), "from where nothing is fetched"),
        (picture(b"x" * 60_000), "larger than"),
        (picture(b"x" * 100, **{"Content-Length": "5000"}), "broke off"),
    ],
)
def test_what_cannot_be_fetched_is_told_and_leaves_nothing(site, tmp_path, monkeypatch, answer, reason):
    monkeypatch.setattr(fetching, "LARGEST", 50_000)
    monkeypatch.setattr(fetching.time, "sleep", lambda _: None)
    site.answers[f"{UPLOADS}a.jpg"] = answer
    fetcher = fetch(site, tmp_path, f"{site.home}{UPLOADS}a.jpg")
    assert (fetcher.fetched, fetcher.failed) == (0, 1)
    assert reason in fetcher.examples[0]
    assert files(tmp_path) == []


def test_it_follows_within_the_old_site_and_comes_again_when_asked_to(site, tmp_path, monkeypatch):
    waited = []
    monkeypatch.setattr(fetching.time, "sleep", waited.append)
    busy = iter([(503, {"Retry-After": "7"}, b""), picture(b"dua")])
    site.answers[f"{UPLOADS}a.jpg"] = (301, {"Location": f"{UPLOADS}baru/a.jpg"}, b"")
    site.answers[f"{UPLOADS}baru/a.jpg"] = (200, {}, lambda: next(busy))
    assert fetch(site, tmp_path, f"{site.home}{UPLOADS}a.jpg").fetched == 1
    assert (tmp_path / "wp-content/uploads/a.jpg").read_bytes() == b"dua"
    assert waited == [7.0]


@pytest.mark.parametrize(
    "prefix", ["ftp://a.example/x/", "a.example/", "https://a.example/x", "https://", "http://[::1/"]
)
def test_an_address_that_cannot_be_one_is_refused(tmp_path, prefix):
    with pytest.raises(BadPrefixError):
        Fetcher((prefix,), tmp_path)


@pytest.mark.django_db(databases="__all__")
def test_an_archive_brings_the_pictures_that_are_still_at_the_old_site(site, tmp_path, capsys):
    Channel.objects.get_or_create(slug="berita", defaults={"name": "Berita"})
    site.answers[f"{UPLOADS}2021/05/banjir.jpg"] = picture(builders.photo_bytes())
    item = {
        "uri": "urn:lama:1",
        "headline": "Banjir di Demak",
        "pubstatus": "usable",
        "versioncreated": "2021-05-03T06:39:00+07:00",
        "body_html": f'<p>Air naik.</p><img src="{site.home}{UPLOADS}2021/05/banjir.jpg" alt="Air">'
        f'<img src="{site.home}{UPLOADS}2021/05/hilang.jpg">',
    }
    source, pictures = tmp_path / "a.json", tmp_path / "gambar"
    source.write_text(json.dumps(item))
    wanted = imports.Wanted(
        format="ninjs",
        path=source,
        pictures=pictures,
        fetch=(f"{site.home}{UPLOADS}",),
        names=None,
        zone="WIB",
        may_create=True,
        is_dry=False,
        as_json=True,
    )
    assert imports.run(wanted) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["report"]["pictures"] == {"found": 1, "missing": 1}
    assert (told["fetched"]["count"], told["fetched"]["failed"]) == (1, 1)
    assert "hilang.jpg: the old site answered 404" in told["fetched"]["examples"][0]
    assert Photo.objects.count() == 1
    assert [block.block_type for block in Article.objects.get().body] == ["paragraph", "photo"]

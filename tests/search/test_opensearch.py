"""The index on OpenSearch: what is claimed, who may ask, and what goes on when the server is away.

What is found is tested in `test_engine.py`, on every engine alike.
"""

import datetime as dt
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import OperationalError
from django.test import Client

from tests.delivery.builders import NOW, put_frame, put_gone
from tests.delivery.following import until
from tests.delivery.reading import page_text
from tests.search.builders import ask, headlines, indexed, rows, told
from tests.search.opensearch_index import clauses
from tests.search.opensearch_server import MOST_CLAUSES, Stand
from warta.config import checks, imports
from warta.config.indexing import Indexer
from warta.config.worker import Worker
from warta.paper import store
from warta.paper.pages import Link
from warta.search import follow, index, opensearch, opensearch_server, query
from warta.search.query import All, Sought
from warta.search.stems import lexicon

pytest.importorskip("opensearchpy", reason="OpenSearch's client is not installed: requirements/dev.txt has it")
pytestmark = pytest.mark.django_db(databases="__all__")


def test_nothing_is_claimed_before_it_is_written(stand):
    told("Kabar Lama")
    indexed()
    known = index.state().number
    told("Kabar Baru")
    for failing, status in ((r"POST /_bulk", 503), (r"PUT /warta-1-write/_doc", 429)):
        stand.failing = {failing: status}
        with pytest.raises(OperationalError, match="refused"):
            follow.step(NOW)
        assert index.state().number == known
    assert [headline for headline in headlines("kabar") if headline != "Kabar Baru"] == ["Kabar Lama"]
    stand.failing = {}
    assert follow.step(NOW)
    assert (index.state().number, headlines("kabar")) == (store.last_number(), ["Kabar Baru", "Kabar Lama"])


def test_one_article_that_is_refused_is_claimed_no_more_than_the_rest(stand, monkeypatch):
    told("Kabar Lama")
    indexed()
    told("Kabar Baru")
    document = opensearch._document
    monkeypatch.setattr(opensearch, "_document", lambda entry: {**document(entry), "unknown": 1})
    with pytest.raises(OperationalError, match=r"article:\d+.*strict_dynamic_mapping"):
        follow.step(NOW)
    monkeypatch.undo()
    indexed()
    assert headlines("kabar") == ["Kabar Baru", "Kabar Lama"]


def test_a_write_that_comes_late_undoes_nothing(stand, monkeypatch):
    page = told("Rahasia Dagang")
    sent = []
    write = opensearch.write
    monkeypatch.setattr(opensearch, "write", lambda *given: (sent.append(given), write(*given)))
    indexed()
    put_gone(page.id)
    indexed()
    assert (rows(), ask("rahasia").total) == (0, 0)
    write(*sent[0])  # its answer was not waited for
    assert (rows(), ask("rahasia").total) == (0, 0)
    again = told("Rahasia Umum", id=page.id)
    indexed()
    assert ([found.teaser.id for found in ask("rahasia").found], rows()) == ([again.id], 1)


def test_an_index_that_somebody_took_away_is_made_again_and_never_on_the_fly(stand):
    told("Kabar Lama")
    indexed()
    follow.reindex(NOW)
    assert list(stand.indexes) == ["warta-1", "warta-2"]
    assert stand.named("warta") == ["warta-2"]
    stand.indexes.clear()
    assert (ask("kabar").found, ask("kabarr").suggestion) == ((), "")
    with pytest.raises(OperationalError, match="index_not_found"):
        index.write(2, (), ["article:1"], number=9)
    with pytest.raises(OperationalError, match="index_not_found"):
        index.keep(index.State(2, 9))
    assert stand.indexes == {}
    indexed()
    assert (list(stand.indexes), headlines("kabar")) == (["warta-1"], ["Kabar Lama"])


def test_two_papers_share_a_server_by_their_names(stand, settings):
    told("Kabar Lama")
    indexed()
    settings.WARTA_OPENSEARCH = stand.address("warta:r%40h%2Fsia", "koran-lain")
    assert index.state() == index.State()
    indexed()
    assert sorted(stand.indexes) == ["koran-lain-1", "warta-1"]


def test_very_long_names_keep_no_article_out(stand):
    told("Kabar Panjang", rubric=Link(name="a" * 9_000, path="/bisnis"), at=NOW)
    indexed()
    answer = ask("panjang")
    assert (answer.total, answer.rubrics) == (1, ())


def test_the_largest_query_has_fewer_parts_than_a_server_takes():
    def parts(node):
        return clauses(opensearch.written(node))

    names = [name for group in lexicon().synonyms for name in group]
    most = max(parts(parsed.node()) for name in names if len((parsed := query.parse(name)).terms) == 1)
    terms = query.MOST_TERMS
    assert terms * (terms - 1) * most + (terms + query._MOST_EXCLUDED) * most + 20 < MOST_CLAUSES
    assert parts(All((query.parse('"a b" c').node(),))) >= 3


def test_a_server_that_is_away_or_slow_takes_nothing_but_the_search(
    stand, settings, reader: Client, monkeypatch, clock
):
    put_frame()
    page = told("Kabar Lama")
    indexed()
    assert reader.get("/cari?q=kabar").status_code == 200
    monkeypatch.setattr(opensearch_server, "READ_S", 0.05)
    opensearch_server._of.cache_clear()
    stand.asked.clear()
    stand.delay_s = 0.3
    for asked in range(3):
        answer = reader.get("/cari?q=kabar")
        assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
        assert "Kami segera kembali" in page_text(answer.content, "//main")
        assert reader.get("/cari/feed?q=kabar").status_code == 503, asked
    assert reader.get(page.path).status_code == 200
    assert reader.get("/cari").status_code == 200
    [finding] = checks.index_elsewhere()
    assert not finding["ok"]
    assert "WARTA_OPENSEARCH" in finding["words"]
    until(lambda: bool(stand.asked), 10)
    time.sleep(0.35)
    assert len(stand.asked) <= 3  # not once for every reader
    stand.delay_s = 0.0
    opensearch_server._of.cache_clear()
    assert reader.get("/cari?q=kabar").status_code == 200
    [finding] = checks.index_elsewhere()
    last = store.last_number()
    assert finding == {"what": "search", "ok": True, "words": f"OpenSearch 3.0.0 has all up to change {last} of {last}"}


def test_the_worker_presses_on_and_a_thread_indexes(stand, settings, capsys):
    told("Kabar Kilat")
    stand.failing = {"": 503}
    Worker().once()
    imports._index()
    assert "OpenSearch refused" in capsys.readouterr().err
    indexer = Indexer()
    assert indexer._step() > 1
    assert stand.indexes == {}
    stand.failing = {}
    while indexer._step() == 0:
        pass
    assert headlines("kilat") == ["Kabar Kilat"]
    settings.WARTA_OPENSEARCH = "http://127.0.0.1:9/"
    assert indexer._step() > 1


def test_a_wrong_password_is_refused(stand, settings):
    settings.WARTA_OPENSEARCH = stand.address("warta:lain")
    with pytest.raises(OperationalError, match="401") as error:
        index.state()
    assert "lain" not in str(error.value)


@pytest.mark.filterwarnings("ignore:System time is way off")
def test_a_server_that_does_not_prove_who_it_is_is_not_asked(settings, tmp_path):
    stand = Stand(tls=certificate(tmp_path))
    try:
        settings.WARTA_OPENSEARCH = stand.address("warta:rahasia")
        with pytest.raises(OperationalError, match="certificate verify failed"):
            index.state()
        assert stand.asked == []
    finally:
        stand.close()
        opensearch_server._of.cache_clear()


def test_the_newest_are_asked_for_below_a_place_and_no_total(stand):
    for number in range(5):
        told(f"Panen {number}")
    indexed()
    sought = Sought(query.parse("panen").node())
    first = index.newest(1, sought, below=index.HIGHEST, limit=2, now=NOW)
    rest = index.newest(1, sought, below=first[-1].place, limit=9, now=NOW)
    places = [hit.place for hit in (*first, *rest)]
    assert (len(places), places) == (5, sorted(places, reverse=True))
    assert not any("_count" in asked for asked in stand.asked)


def certificate(folder):
    """A certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(NOW - dt.timedelta(days=1)).not_valid_after(NOW + dt.timedelta(days=9999))
    path = folder / "server.pem"
    path.write_bytes(
        made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path

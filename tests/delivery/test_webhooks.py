"""Partners are told what happened to articles: each once, in order, signed, until they have taken it."""

import base64
import hashlib
import hmac
import json
import socket
import ssl
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import OperationalError

from tests.delivery import builders
from tests.delivery.builders import NOW, article, put, put_gone
from tests.delivery.hearing import Heard, Hearing
from tests.delivery.test_corrections import correction
from warta.delivery import asking, events, telling, webhooks
from warta.delivery.api import partners
from warta.delivery.asking import NotToldError
from warta.delivery.events import Recorder
from warta.delivery.models import Event, Place
from warta.delivery.webhooks import Sender, Switchboard
from warta.paper import store

pytestmark = pytest.mark.django_db(databases="__all__")
SITE = "https://koran.example"


@pytest.fixture
def hearing():
    with Hearing() as server:
        yield server


@pytest.fixture
def secret(hearing):
    partners.add("mitra", scopes=[], rate=60, now=NOW)
    return webhooks.connect("mitra", f"{hearing.url}/kabar?x=1", is_local=True)


@pytest.fixture
def recorder(secret):
    return Recorder()


def sender() -> Sender:
    return Sender(webhooks.addresses()[0])


def told(hearing: Hearing) -> list[tuple[str, int]]:
    bodies = [json.loads(heard.body) for heard in hearing.heard]
    return [(body["type"].removeprefix("article."), body["data"]["id"]) for body in bodies]


def is_signed(heard: Heard, secret: str) -> bool:
    """Verify as a partner does, by the words of the standard alone."""
    content = f"{heard.headers['webhook-id']}.{heard.headers['webhook-timestamp']}.".encode() + heard.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
    return heard.headers["webhook-signature"] == f"v1,{expected}"


def test_what_happens_to_an_article_is_told_in_order(recorder, hearing, secret):
    page = put(article(7, NOW))
    steps = (
        lambda: put(article(7, NOW)),  # pressed again, and nothing new
        lambda: put(article(7, NOW, updated_at=NOW, headline="Judul Baru")),
        lambda: put(article(7, NOW, updated_at=NOW, headline="Judul Baru", corrections=(correction(3),))),
        lambda: put_gone(7),
        lambda: put(article(7, NOW)),
        lambda: store.remove("article:7"),
    )
    recorder.step()
    one = sender()
    while one.step():
        pass
    for step in steps:
        step()
        recorder.step()
        while one.step():
            pass
    kinds = ["published", "updated", "corrected", "withdrawn", "published", "removed"]
    assert told(hearing) == [(kind, 7) for kind in kinds]
    first, last = (json.loads(hearing.heard[place].body) for place in (0, -1))
    assert first["data"]["url"] == SITE + page.path
    assert first["data"]["api"] == f"{SITE}/api/v1/articles/7"
    assert last["data"]["url"] is None
    assert [heard.path for heard in hearing.heard] == ["/kabar?x=1"] * 6
    assert all(is_signed(heard, secret) for heard in hearing.heard)
    assert len({heard.headers["webhook-id"] for heard in hearing.heard}) == 6
    assert webhooks.secret("mitra", "x") != webhooks.secret("lain", "x")


def test_what_is_not_for_readers_yet_and_what_is_old_is_not_told(recorder, hearing, clock):
    put(article(1, NOW + timedelta(hours=1)))
    put(article(2, NOW - timedelta(days=31)))
    put(article(3, NOW - timedelta(days=40), corrections=(correction(1, at=NOW),)))
    builders.put_frame()
    recorder.step()
    assert [(event.kind, event.article_id) for event in Event.objects.all()] == [("corrected", 3)]
    clock.shift(timedelta(hours=1))
    put(article(1, NOW + timedelta(hours=1)))  # as the schedule does at its time
    recorder.step()
    one = sender()
    assert (one.step(), one.step(), one.step()) == (True, True, False)
    assert told(hearing) == [("corrected", 3), ("published", 1)]


def test_what_was_not_taken_is_told_again_under_its_id_and_nothing_overtakes_it(recorder, hearing, secret, clock):
    put(article(1))
    put(article(2))
    recorder.step()
    hearing.status = 500
    one = sender()
    with pytest.raises(NotToldError, match=r"the webhook of mitra answered 500: not yours"):
        one.step()
    one._fail("the webhook of mitra answered 500")
    [trouble] = [webhooks.trouble(events.place("webhook mitra"), NOW + timedelta(days=days)) for days in (2,)]
    assert "nothing is lost" in trouble
    assert "failing" in webhooks.trouble(events.place("webhook mitra"), NOW + timedelta(days=3))
    store.remove("article:1")
    recorder.step()
    clock.shift(timedelta(days=4))
    hearing.status = 204
    another = sender()  # the worker was started anew meanwhile
    while another.step():
        pass
    assert told(hearing) == [("published", 1), ("published", 1), ("published", 2), ("removed", 1)]
    refused, taken = hearing.heard[:2]
    assert refused.headers["webhook-id"] == taken.headers["webhook-id"]
    assert int(taken.headers["webhook-timestamp"]) - int(refused.headers["webhook-timestamp"]) == 4 * 86400
    assert json.loads(taken.body)["data"]["url"] is None  # its address would name what was removed since
    assert is_signed(taken, secret)
    assert webhooks.trouble(events.place("webhook mitra"), NOW) == ""


def test_a_database_that_is_away_ends_no_thread(recorder, hearing, monkeypatch):
    put(article(1))
    recorder.step()
    one, waits = sender(), []

    def away(told: object) -> None:
        raise OperationalError("gone")

    def wait(seconds: float) -> None:
        waits.append(seconds)
        hearing.status = 200 if len(waits) > 1 else 500
        if len(waits) > 2:
            one.stopping.set()

    hearing.status = 500
    monkeypatch.setattr(events, "keep_place", away)
    monkeypatch.setattr(telling.connections, "close_all", lambda: None)
    monkeypatch.setattr(one.stopping, "wait", wait)
    one._run()
    assert told(hearing) == [("published", 1)] * 3


def test_a_redirect_is_not_followed(recorder, hearing):
    put(article(1))
    recorder.step()
    hearing.status = 302
    with pytest.raises(NotToldError, match="answered 302"):
        sender().step()
    assert len(hearing.heard) == 1


@pytest.mark.parametrize("where", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fe80::1%1"])
def test_nobody_is_sent_into_our_own_network(monkeypatch, where):
    monkeypatch.setattr(asking.socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (where, 443))])
    with pytest.raises(NotToldError, match="no public address"):
        asking.ask_outside("mitra", "https://partner.example/", {}, b"", is_local=False)


@pytest.fixture
def certificate(tmp_path):
    """A certificate for partner.example alone, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "partner.example")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, NOW - timedelta(days=1), datetime(2090, 1, 1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("partner.example")]), critical=False)
    pem, own = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (tmp_path / "chain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    (tmp_path / "key.pem").write_bytes(key.private_bytes(pem, own, serialization.NoEncryption()))
    return tmp_path


def test_the_certificate_must_be_that_of_the_name_whatever_address_it_leads_to(hearing, certificate, monkeypatch):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "chain.pem", certificate / "key.pem")
    hearing._server.socket = context.wrap_socket(hearing._server.socket, server_side=True)
    port, trusted = hearing._server.server_port, ssl.create_default_context(cafile=certificate / "chain.pem")
    monkeypatch.setattr(asking.ssl, "create_default_context", lambda: trusted)
    found = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))]
    monkeypatch.setattr(asking.socket, "getaddrinfo", lambda *_, **__: found)
    told_there = asking.ask_outside("mitra", f"https://partner.example:{port}/kabar", {}, b"{}", is_local=True)
    assert told_there[0] == 200
    assert hearing.heard[0].headers["host"] == f"partner.example:{port}"
    with pytest.raises(NotToldError, match="certificate"):
        asking.ask_outside("mitra", f"https://other.example:{port}/kabar", {}, b"{}", is_local=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://partner.example/",
        "https://",
        "https://user:word@partner.example/",
        "https://partner.example/#x",
        "https://partner.example:0/",
        "https://partner.example/\r\nX: y",
        "https://[::1/",
        "ftp://partner.example/",
        "https://partner.example/" + "x" * 500,
    ],
)
def test_an_address_that_cannot_be_told_is_refused(secret, url):
    with pytest.raises(partners.RefusedPartnerError, match=r"no address|needs https"):
        webhooks.connect("mitra", url, is_local=False)


def test_who_comes_goes_or_moves_is_seen_while_the_worker_runs(secret, hearing, monkeypatch):
    lives = []
    for teller in (Recorder, Sender):
        monkeypatch.setattr(teller, "start", lambda self: lives.append(("start", self.name)))
        monkeypatch.setattr(teller, "stop", lambda self: lives.append(("stop", self.name)))
    board = Switchboard()
    board.look()
    board.look()
    assert lives == [("start", "events"), ("start", "webhook mitra")]
    webhooks.connect("mitra", hearing.url, is_local=True)
    board.look()
    assert lives[2:] == [("stop", "webhook mitra"), ("start", "webhook mitra")]
    webhooks.disconnect("mitra")
    board.look()
    assert lives[4:] == [("stop", "webhook mitra")]
    partners.remove("mitra")
    assert not Place.objects.filter(name="webhook mitra").exists()


def test_what_all_were_told_long_ago_is_thrown_away(recorder, hearing, clock):
    put(article(1))
    recorder.step()
    clock.shift(timedelta(days=31))
    Recorder().step()
    assert Event.objects.count() == 1  # it was not taken yet
    sender().step()
    Recorder().step()
    assert Event.objects.count() == 0

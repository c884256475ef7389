"""One small paper, served, and the samples of `ops/` in front of it."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import ready
from tests.ops.running import OLD, OPS, Paper, accepts, free_port, program, replaced, running


@dataclass(frozen=True)
class Front:
    """A proxy in front of a paper: where readers reach it, and where they reach it by https, if they do."""

    paper: Paper
    port: int
    tls_port: int = 0


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate that nobody but these tests believes, and its key."""
    return self_signed(tmp_path_factory.mktemp("tls") / "first")


def self_signed(folder: Path) -> tuple[Path, Path]:
    folder.mkdir()
    cert, key = folder / "cert.pem", folder / "key.pem"
    made = (
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=koran.example",
    )
    names = ("-addext", "subjectAltName=DNS:koran.example,IP:127.0.0.1")
    command = [program("openssl"), "req", "-x509", *made, *names, "-out", str(cert), "-keyout", str(key)]
    subprocess.run(command, check=True, capture_output=True)
    return cert, key


@pytest.fixture(scope="session")
def ready_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    paper = Paper(ready.copy(tmp_path_factory.mktemp("ready") / "home"))
    for number in range(1, 4):
        OLD[number] = paper.bring(number)
    return paper.home


@pytest.fixture(scope="module")
def nginx(
    ready_home: Path, tmp_path_factory: pytest.TempPathFactory, certificate: tuple[Path, Path]
) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("nginx")
    paper, port, tls_port = Paper(_copied(ready_home, folder)), free_port(), free_port()
    paper.settings = {"WARTA_PURGE": f"nginx:http://127.0.0.1:{port}", "WARTA_TRUSTED_PROXIES": "127.0.0.1/32"}
    sample = replaced(
        (OPS / "nginx" / "warta.conf").read_text(),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{paper.port};"),
        ("/var/cache/nginx/warta", str(folder / "cache")),
        ("    listen 80;\n    listen [::]:80;\n", f"    listen 127.0.0.1:{free_port()};\n"),
        (
            "    listen 443 ssl http2;\n    listen [::]:443 ssl http2;\n",
            f"    listen 127.0.0.1:{tls_port} ssl http2;\n",
        ),
        ("listen 127.0.0.1:8079;", f"listen 127.0.0.1:{port};"),
        ('"8079:1"', f'"{port}:1"'),
        ("/etc/ssl/koran.example/fullchain.pem", str(certificate[0])),
        ("/etc/ssl/koran.example/key.pem", str(certificate[1])),
    )
    temporary = "".join(
        f"{name}_temp_path {folder}/temp;\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = folder / "nginx.conf"
    conf.write_text(
        f"daemon off;\nuser root;\nworker_processes 2;\npid {folder}/pid;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{sample}}}\n"
    )
    command = [program("nginx"), "-c", str(conf), "-e", str(folder / "nginx.log")]
    with paper.up(), running(command, folder / "out", lambda: accepts(port)):
        yield Front(paper, port, tls_port)


@pytest.fixture(scope="module")
def varnish(ready_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("varnish")
    paper, port = Paper(_copied(ready_home, folder)), free_port()
    paper.settings = {"WARTA_PURGE": f"varnish:http://127.0.0.1:{port}", "WARTA_TRUSTED_PROXIES": "127.0.0.1/32"}
    conf = folder / "warta.vcl"
    conf.write_text(
        replaced((OPS / "varnish" / "warta.vcl").read_text(), ('.port = "8000";', f'.port = "{paper.port}";'))
    )
    command = [program("varnishd"), "-j", "none", "-F", "-n", str(folder / "work"), "-s", "malloc,64m", "-f", str(conf)]
    with paper.up(), running([*command, "-a", f"127.0.0.1:{port}"], folder / "out", lambda: accepts(port)):
        yield Front(paper, port)


def _copied(home: Path, folder: Path) -> Path:

    return Path(shutil.copytree(home, folder / "home"))

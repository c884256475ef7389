"""TLS and HTTP/2: in the paper's own server, and in nginx before it."""

import json
import shutil
import signal
import ssl
import subprocess

import pytest

from tests.ops.conftest import self_signed
from tests.ops.running import WARTA, Paper, ask, program, until


def curl(address: str, certificate, *more: str) -> dict[str, str]:
    """Ask once and return what curl says of the connection."""
    command = [program("curl"), "--silent", "--show-error", "--cacert", str(certificate[0]), "--output", "/dev/null"]
    done = subprocess.run([*command, "--write-out", "%{json}", *more, address], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_paper_serves_https_and_http2_itself(ready_home, tmp_path, certificate):

    paper = Paper(shutil.copytree(ready_home, tmp_path / "home"))
    paper.options = ("--tls-cert", str(certificate[0]), "--tls-key", str(certificate[1]))
    paper.settings = {"WARTA_SITE_URL": f"https://127.0.0.1:{paper.port}"}
    with paper.up():
        until(
            lambda: curl(f"https://127.0.0.1:{paper.port}/redaksi/login/", certificate)["http_code"] == 200, 20, "ready"
        )
        for version, found in (("--http2", "2"), ("--http1.1", "1.1")):
            for path in ("/", "/redaksi/login/"):
                said = curl(f"https://127.0.0.1:{paper.port}{path}", certificate, version)
                assert (said["http_code"], said["http_version"], said["ssl_verify_result"]) == (200, found, 0)
        done = subprocess.run(
            [
                program("curl"),
                "-s",
                "-D",
                "-",
                "--cacert",
                str(certificate[0]),
                f"https://127.0.0.1:{paper.port}/redaksi/login/",
            ],
            capture_output=True,
            text=True,
        )
        assert "__Host-csrf=" in done.stdout
        assert "Secure" in done.stdout
        assert "strict-transport-security" in done.stdout


@pytest.mark.thorough
def test_a_new_certificate_is_taken_up_by_a_reload(ready_home, tmp_path, certificate):
    for file in certificate:
        shutil.copy(file, tmp_path)
    own = tuple(tmp_path / file.name for file in certificate)
    paper = Paper(shutil.copytree(ready_home, tmp_path / "home"))
    paper.options = ("--tls-cert", str(own[0]), "--tls-key", str(own[1]))
    with paper.up():
        for file, new in zip(own, self_signed(tmp_path / "new"), strict=True):
            shutil.copy(new, file)
        paper.process.send_signal(signal.SIGHUP)
        renewed = ssl.PEM_cert_to_DER_cert(own[0].read_text())
        assert renewed != ssl.PEM_cert_to_DER_cert(certificate[0].read_text())
        until(lambda: {shown(paper.port) for _ in range(5)} == {renewed}, 20, "the new certificate is shown")


def shown(port: int) -> bytes:
    return ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(("127.0.0.1", port)))


def test_nginx_serves_http2_and_sends_http_on(nginx, certificate):
    said = curl(
        f"https://127.0.0.1:{nginx.tls_port}/", certificate, "--http2", "--resolve", "koran.example:443:127.0.0.1"
    )
    assert (said["http_code"], said["http_version"], said["ssl_verify_result"]) == (200, "2", 0)
    assert said["size_download"] == int(ask(nginx.port, "/").headers["content-length"])


def test_half_of_a_certificate_is_refused(tmp_path, certificate):
    paper = Paper(tmp_path / "home")
    done = subprocess.run(
        [str(WARTA), "serve", "--tls-cert", str(certificate[0])],
        capture_output=True,
        text=True,
        env={"PATH": "", "WARTA_HOME": str(paper.home)},
    )
    assert done.returncode == 2
    assert "--tls-key" in done.stderr

"""The servers that are compared: the paper itself, and nginx with the same bytes as files."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

OUT: Final = Path(__file__).with_name("out")
HOME: Final = OUT / "home"
FILES: Final = OUT / "files"
PROCESSES: Final = 2
"""How many processes answer, of either server."""
_START_S: Final = 30.0
_STOP_S: Final = 20.0
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_WARTA: Final = str(Path(sys.executable).with_name("warta"))
_NGINX: Final = """{user}daemon off;
worker_processes {processes};
pid {out}/nginx.pid;
error_log {out}/nginx.log warn;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  types {{ }}
  default_type "text/html; charset=utf-8";
  gzip_static on;
  client_body_temp_path {out}/temp;
  proxy_temp_path {out}/temp;
  fastcgi_temp_path {out}/temp;
  uwsgi_temp_path {out}/temp;
  scgi_temp_path {out}/temp;
  server {{ listen 127.0.0.1:{port}; root {files}; }}
}}
"""


_SAMPLE: Final = Path(__file__).parents[1] / "ops" / "nginx" / "warta.conf"
_PROXY: Final = """{user}daemon off;
worker_processes {processes};
pid {out}/proxy.pid;
error_log {out}/proxy.log warn;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  {temporary}
  {sample}
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """One running server: its name, port on the loopback and first process."""

    name: str
    port: int
    pid: int

    def fetch(self, path: str) -> tuple[str, bytes]:
        """Return the content encoding and the bytes of a page, as a browser that knows gzip gets them.

        Raises: RuntimeError when the answer is not 200.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{self.name} answered {answer.status} at {path}")
        return answer.headers.get("Content-Encoding", "identity"), body

    def memory_mb(self) -> list[int]:
        """Return the resident memory of each of its processes, in MB, the largest first."""
        return sorted((_rss_mb(pid) for pid in _tree(self.pid)), reverse=True)

    def cpu_s(self) -> float:
        """Return the seconds of processor time that all its processes have used."""
        return sum(_cpu_s(pid) for pid in _tree(self.pid))


def environ(home: Path = HOME, database: str = "") -> dict[str, str]:
    """Return the environment of a benchmark's own paper, on the embedded database unless another's address is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WARTA_", "DJANGO_"))}
    elsewhere = {"WARTA_DATABASE_URL": database} if database else {}
    return {**kept, "WARTA_HOME": str(home), "WARTA_NAME": "Nusa Pagi", **elsewhere}


def init(home: Path = HOME, database: str = "") -> None:
    """Make a benchmark's own paper ready."""
    subprocess.run([_WARTA, "init"], env=environ(home, database), check=True, stdout=subprocess.DEVNULL)


def warta(home: Path = HOME, database: str = "") -> AbstractContextManager[Server]:
    """Serve the paper; use with `with`."""
    port = _free_port()
    command = [_WARTA, "serve", "--bind", f"127.0.0.1:{port}", "--workers", str(PROCESSES)]
    return _running("warta", command, port, "/", environ(home, database))


def nginx(first_path: str) -> AbstractContextManager[Server]:
    """Serve the files; use with `with`."""
    port = _free_port()
    user = "user root;\n" if os.geteuid() == 0 else ""
    conf = OUT / "nginx.conf"
    conf.write_text(_NGINX.format(user=user, processes=PROCESSES, out=OUT, port=port, files=FILES))
    return _running("nginx", ["nginx", "-c", str(conf), "-e", str(OUT / "nginx.log")], port, first_path)


def plain() -> AbstractContextManager[Server]:
    """Serve the paper by plain Django views; use with `with`."""
    port = _free_port()
    bind = ["--host", "127.0.0.1", "--port", str(port), "--workers", str(PROCESSES), "--blocking-threads", "1"]
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "warning", *bind]
    return _running("plain", [*granian, "bench.plain:application"], port, "/")


def proxied(paper: Server) -> AbstractContextManager[Server]:
    """Put nginx with the sample of `ops/` in front of a paper, without its TLS; use with `with`."""
    port = _free_port()
    sample = _SAMPLE.read_text()
    for before, after in (
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{paper.port};"),
        ("/var/cache/nginx/warta", str(OUT / "proxy-cache")),
        ("listen 127.0.0.1:8079;", f"listen 127.0.0.1:{port};"),
        ("limit_conn warta_readers 200;", ""),
    ):
        if before not in sample:
            raise RuntimeError(f"{_SAMPLE} has no {before!r}")
        sample = sample.replace(before, after)
    redirect = sample[sample.index("server {\n    listen 80;") : sample.index("server {\n    listen 443")]
    sample = sample.replace(redirect, "")
    lines = [line for line in sample.splitlines() if "ssl" not in line]
    user = "user root;\n" if os.geteuid() == 0 else ""
    temporary = " ".join(
        f"{name}_temp_path {OUT}/temp;" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = OUT / "proxy.conf"
    conf.write_text(
        _PROXY.format(user=user, processes=PROCESSES, out=OUT, temporary=temporary, sample="\n".join(lines))
    )
    return _running("proxied", ["nginx", "-c", str(conf), "-e", str(OUT / "proxy.log")], port, "/")


@contextmanager
def _running(
    name: str, command: list[str], port: int, path: str, env: dict[str, str] | None = None
) -> Iterator[Server]:
    with (OUT / f"{name}.out").open("wb") as log:
        process = subprocess.Popen(command, env=env or environ(), stdout=log, stderr=log)
    server = Server(name, port, process.pid)
    try:
        _wait_for(server, path)
        yield server
    finally:
        process.terminate()
        process.wait(_STOP_S)


def _wait_for(server: Server, path: str) -> None:
    deadline = time.monotonic() + _START_S
    while True:
        try:
            server.fetch(path)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def _tree(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [pid, *(below for child in children for below in _tree(int(child)))]


def _cpu_s(pid: int) -> float:
    """Return user and system time of a process. Source: proc(5), fields 14 and 15 of /proc/pid/stat."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _rss_mb(pid: int) -> int:
    """Return the resident memory of a process in MB. Source: proc(5), VmRSS of /proc/pid/status."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except FileNotFoundError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

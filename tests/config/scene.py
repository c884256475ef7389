"""A whole paper that is served, with every kind of page and an editor who has signed in."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from tests import ready
from tests.browser import wire as agency
from tests.config.running import Served, until, warta
from tests.config.wire import ask
from tests.staff import PASSWORD, STAFF

SURNAME = STAFF["sekar"][1].split()[-1]
"""It stands on the editor's screens and nowhere else."""


@dataclass(frozen=True)
class Scene:
    """A served paper, the addresses of what is in it, who signed in, and what may never reach a reader."""

    served: Served
    addresses: dict[str, str]
    cookie: str
    secrets: tuple[bytes, ...]


@contextmanager
def scene(folder: Path) -> Iterator[Scene]:
    """Serve a paper of its own with twelve articles."""
    home = ready.copy_with_staff(folder / "home")
    first = datetime(2024, 5, 3, 20, 0, tzinfo=UTC)
    items = [agency.brief(number, first + timedelta(hours=number)) for number in range(10)]
    items += [agency.whole("id", "jakarta"), agency.whole("en", "jayapura")]
    imported = warta(home, "import", "ninjs", str(agency.write(folder / "items", items)), "--json")
    urls = [json.loads(line)["url"] for line in imported.stdout.splitlines()[:-1]]
    warta(home, "import", "ninjs", str(agency.write(folder / "gone", [{**items[0], "pubstatus": "canceled"}])))
    addresses = {"article": urls[-2], "english": urls[-1], "gone": urls[0], "moved": urls[-1] + "x", "front": "/"}
    addresses |= {"rubric": "/nusantara", "index": "/indeks", "absent": "/tidak/ada", "robots": "/robots.txt"}
    served = Served(home)
    try:
        until(served.is_well, 40, f"start ({served.log})")
        cookie = signed_in(served)
        values = [part.partition("=")[2].encode() for part in cookie.split("; ")]
        yield Scene(served, addresses, cookie, (SURNAME.encode(), *values))
    finally:
        served.clear()


def signed_in(served: Served) -> str:
    """Sign in and return the cookies."""
    host = ("Host", f"127.0.0.1:{served.port}")
    form = ask(served.port, "/redaksi/login/", headers=[host])
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', form.body)
    assert token is not None
    jar = SimpleCookie(form.header("set-cookie"))
    words = {"username": "sekar", "password": PASSWORD, "csrfmiddlewaretoken": token[1].decode(), "next": ""}
    headers = [host, ("Content-Type", "application/x-www-form-urlencoded")]
    headers.append(("Cookie", "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())))
    done = ask(served.port, "/redaksi/login/", "POST", headers, urlencode(words).encode())
    assert done.status == 302, done.body[:500]
    for name, value in done.headers:
        if name == "set-cookie":
            jar.load(value)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())

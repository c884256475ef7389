"""Every setting of a paper: read from environment variables that start with `WARTA_`, checked once, at start."""

import ipaddress
import os
import re
import secrets
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from warta.delivery import caches
from warta.delivery.caches import Cache
from warta.feeds import robots
from warta.lexicon.languages import LANGUAGES
from warta.lexicon.zones import UnknownZoneError, zone

SETTINGS: Final = {
    "WARTA_HOME": "the folder that holds everything of one paper (default ./warta-home)",
    "WARTA_NAME": "the name of the paper (default Warta)",
    "WARTA_TAGLINE": "one line under the name on the front page (default empty)",
    "WARTA_SITE_URL": "the address under which readers reach the paper (default http://127.0.0.1:8000)",
    "WARTA_DATABASE_URL": "postgresql://user:password@host/name; without it, one SQLite file in WARTA_HOME",
    "WARTA_OPENSEARCH": "https://user:password@host:9200/name of an OpenSearch for the search (default: the database)",
    "WARTA_LANGUAGE": "the language of the paper: id or en (default id)",
    "WARTA_ZONE": "the zone of the lists: WIB, WITA, WIT or an IANA name (default WIB)",
    "WARTA_HOSTS": "further host names of the newsroom, separated by commas (default: the host of WARTA_SITE_URL)",
    "WARTA_TRUSTED_PROXIES": "networks whose X-Forwarded-For is believed when reads are counted (default none)",
    "WARTA_PURGE": "caches in front that are told of changes: varnish:URL, nginx:URL, fastly:SERVICE, cloudflare:ZONE",
    "WARTA_PURGE_TOKEN": "the token by which Fastly or Cloudflare lets the paper purge",
    "WARTA_FEEDS": "what feeds carry of an article: summary or full (default summary)",
    "WARTA_WEBSUB_HUB": "the address of a WebSub hub that is told when feeds change (default none)",
    "WARTA_INDEXNOW": "where search engines hear of changes, such as https://api.indexnow.org/indexnow (default none)",
    "WARTA_AI_CRAWLERS": "robots that train models or answer questions: allow, answers or deny (default answers)",
    "WARTA_OFFLINE": "whether readers' browsers keep what was read for when they are offline: yes or no (default yes)",
    "WARTA_REPUBLISH": "the licence under which others may republish articles, such as CC BY-ND 4.0 (default none)",
    "WARTA_SECOND_FACTOR": "required or optional, for people who may publish or administer (default required)",
    "WARTA_UPLOAD_LIMIT_MB": "the largest photo that may be uploaded, in MB (default 20)",
}
"""What can be set, with a line for `--help` and the README."""
_SHORTEST_SECRET: Final = 32
"""Characters of a key; one that is shorter was cut when it was written, or is easily guessed."""


class SettingError(ValueError):
    """A setting cannot be used; the message names it and says how to mend it."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of one paper, checked."""

    home: Path
    name: str
    tagline: str
    site_url: str
    database_url: str
    opensearch: str
    language: str
    zone: str
    hosts: tuple[str, ...]
    trusted_proxies: tuple[str, ...]
    purge: tuple[Cache, ...]
    feeds: str
    websub_hub: str
    indexnow: str
    ai_crawlers: str
    offline: bool
    republish: str
    second_factor: str
    upload_limit_mb: int

    @property
    def is_secure(self) -> bool:
        """Tell whether readers come by https, so that cookies may be marked secure."""
        return self.site_url.startswith("https://")

    @property
    def secret_file(self) -> Path:
        """Where the paper's secret key lies; `warta init` makes it."""
        return self.home / "secret"


def read(environ: Mapping[str, str]) -> Environment:
    """Read and check all settings.

    Raises: SettingError, naming the variable, what is wrong with it and what would be right.
    """
    return Environment(
        home=Path(environ.get("WARTA_HOME") or "warta-home").absolute(),
        name=environ.get("WARTA_NAME") or "Warta",
        tagline=environ.get("WARTA_TAGLINE", ""),
        site_url=_site_url(environ.get("WARTA_SITE_URL") or "http://127.0.0.1:8000"),
        database_url=_database_url(environ.get("WARTA_DATABASE_URL", "")),
        opensearch=_opensearch(environ.get("WARTA_OPENSEARCH", "")),
        language=_language(environ.get("WARTA_LANGUAGE") or "id"),
        zone=_zone(environ.get("WARTA_ZONE") or "WIB"),
        hosts=_hosts(environ.get("WARTA_HOSTS", "")),
        trusted_proxies=_networks(environ.get("WARTA_TRUSTED_PROXIES", "")),
        purge=_purge(environ.get("WARTA_PURGE", ""), environ.get("WARTA_PURGE_TOKEN", "")),
        feeds=_feeds(environ.get("WARTA_FEEDS") or "summary"),
        websub_hub=_whole("WARTA_WEBSUB_HUB", environ, "a hub, such as https://hub.example/"),
        indexnow=_whole("WARTA_INDEXNOW", environ, "an interface, such as https://api.indexnow.org/indexnow"),
        ai_crawlers=_ai_crawlers(environ.get("WARTA_AI_CRAWLERS") or "answers"),
        offline=_offline(environ.get("WARTA_OFFLINE") or "yes"),
        republish=_licence(environ.get("WARTA_REPUBLISH", "")),
        second_factor=_second_factor(environ.get("WARTA_SECOND_FACTOR") or "required"),
        upload_limit_mb=_upload_limit(environ.get("WARTA_UPLOAD_LIMIT_MB") or "20"),
    )


def unknown(environ: Mapping[str, str]) -> list[str]:
    """Return the variables that look like settings and are none: most likely misspelt."""
    return sorted(name for name in environ if name.startswith("WARTA_") and name not in SETTINGS)


@cache
def current() -> Environment:
    """Return the settings of this process; end it with a plain message when they cannot be used."""
    try:
        return read(os.environ)
    except SettingError as error:
        sys.exit(f"warta: {error}")


def secret(env: Environment) -> str:
    """Return the paper's secret key; end this process with a plain message when there is none to use."""
    try:
        return secret_key(env)
    except SettingError as error:
        sys.exit(f"warta: {error}")


def secret_key(env: Environment) -> str:
    """Return the paper's secret key, made at its first use and readable by its owner only.

    Raises: SettingError when it cannot be read, cannot be made, or is cut short.
    """
    try:
        try:
            key = env.secret_file.read_text("utf-8").strip()
        except FileNotFoundError:
            _make_secret(env)
            key = env.secret_file.read_text("utf-8").strip()
    except UnicodeDecodeError:
        key = ""
    except PermissionError as error:
        raise SettingError(_of_another(env)) from error
    except OSError as error:
        raise SettingError(
            f"the paper's key {env.secret_file} cannot be read or made: {error.strerror or error}. Mend that first."
        ) from error
    if len(key) < _SHORTEST_SECRET:
        raise SettingError(
            f"the paper's key {env.secret_file} is empty or damaged. Put it back from a backup. Without one, delete it"
            " and run `warta init`, which makes another: then everyone signs in and sets up their second factor anew."
        )
    return key


def _make_secret(env: Environment) -> None:
    """Make the key under another name first: whoever looks meanwhile finds none, or the whole of it."""
    env.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(prefix="secret.", dir=env.home)  # its mode is 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was first: its key is the paper's
            os.link(made, env.secret_file)
    finally:
        Path(made).unlink()


def _of_another(env: Environment) -> str:
    words = f"WARTA_HOME {env.home} belongs to another user, or may not be used by this one: run as its owner"
    with suppress(OSError):
        owner = env.home.stat()
        words += f", such as `setpriv --reuid={owner.st_uid} --regid={owner.st_gid} --clear-groups warta ...`"
    return f"{words}."


def _site_url(value: str) -> str:
    if not _is_site_url(value):
        raise SettingError(
            f"WARTA_SITE_URL is {value!r}: write scheme and host alone, such as https://koran.example (no path)."
        )
    return value.rstrip("/")


def _is_site_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return False
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    is_plain = value.rstrip("/").lower() == f"{parts.scheme}://{host}{port}" and not re.search(r"\s", value)
    return is_plain and bool(parts.hostname) and parts.scheme in {"http", "https"}


def _database_url(value: str) -> str:
    """Check an address; neither it nor what urllib says of it is shown, for both may hold a password."""
    if not value:
        return value
    right = "Write it as postgresql://user:password@host/name, and signs of the password such as / or @ as %2F, %40."
    try:
        parts = urlsplit(value)
        scheme, port = parts.scheme, parts.port
    except ValueError as error:
        raise SettingError(f"WARTA_DATABASE_URL: its host or port is none. {right}") from error
    if scheme not in {"postgresql", "postgres"}:
        raise SettingError(
            f"WARTA_DATABASE_URL begins with {scheme!r}: only postgresql://user:password@host/name is"
            " understood. Unset it to use the SQLite file in WARTA_HOME."
        )
    name = unquote(parts.path[1:])
    if port == 0 or "/" in name or not (0 < len(name.encode()) <= 63 or (not name and "service=" in parts.query)):
        raise SettingError(f"WARTA_DATABASE_URL: it has no name of a database, or a wrong port. {right}")
    return value


def _opensearch(value: str) -> str:
    """Check an address; it is not shown, for it may hold a password."""
    try:
        parts = urlsplit(value)
        is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not value:
        return value
    if not is_whole or parts.query or parts.fragment or (parts.username is None) != (parts.password is None):
        raise SettingError(
            "WARTA_OPENSEARCH is no address of a server: write https://user:password@search.example:9200, and signs of"
            " the password such as / or @ as %2F and %40."
        )
    if not re.fullmatch(r"(/[a-z][a-z0-9-]{0,39})?/?", parts.path):
        raise SettingError(
            f"WARTA_OPENSEARCH ends in {parts.path!r}: write the name of the paper's index, such as /koran (small"
            " letters, digits, hyphens), or nothing, which is /warta."
        )
    if find_spec("opensearchpy") is None:
        raise SettingError(
            "WARTA_OPENSEARCH is set, and its client is not installed: pip install 'warta[opensearch]', or unset it"
            " to keep the index in the database."
        )
    return value


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise SettingError(f"WARTA_LANGUAGE is {value!r}: write one of {', '.join(LANGUAGES)}.")
    return value


def _zone(value: str) -> str:
    try:
        return zone(value).key
    except UnknownZoneError as error:
        raise SettingError(f"WARTA_ZONE: {error}.") from error


def _networks(value: str) -> tuple[str, ...]:
    networks = tuple(part.strip() for part in value.split(",") if part.strip())
    for network in networks:
        try:
            ipaddress.ip_network(network)
        except ValueError as error:
            raise SettingError(
                f"WARTA_TRUSTED_PROXIES: {error}. Write networks such as 127.0.0.1/32 or 10.0.0.0/8."
            ) from error
    return networks


def _purge(value: str, token: str) -> tuple[Cache, ...]:
    try:
        return caches.read(value, token)
    except ValueError as error:
        raise SettingError(f"WARTA_PURGE: {error}.") from error


def _feeds(value: str) -> str:
    if value not in {"summary", "full"}:
        raise SettingError(f"WARTA_FEEDS is {value!r}: write summary or full.")
    return value


def _whole(name: str, environ: Mapping[str, str], of: str) -> str:
    value = environ.get(name, "")
    try:
        parts = urlsplit(value)
        is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if value and not is_whole:
        raise SettingError(f"{name} is {value!r}: write the whole address of {of}.")
    return value


def _hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in value.split(",") if host.strip())
    for host in hosts:
        if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]", host, re.ASCII | re.IGNORECASE):
            raise SettingError(
                f"WARTA_HOSTS: {host!r} is no name of a host: write names alone, such as redaksi.koran.example (no"
                " scheme, no port, no path)."
            )
    return hosts


def _ai_crawlers(value: str) -> str:
    if value not in robots.CHOICES:
        raise SettingError(
            f"WARTA_AI_CRAWLERS is {value!r}: write allow (they may train and answer with the paper's words),"
            " answers (they may answer, not train) or deny (neither)."
        )
    return value


def _offline(value: str) -> bool:
    if value not in {"yes", "no"}:
        raise SettingError(f"WARTA_OFFLINE is {value!r}: write yes, or no (what browsers have kept is dropped).")
    return value == "yes"


def _licence(value: str) -> str:
    name = " ".join(value.split())
    if len(name) > 80 or not name.isprintable():
        raise SettingError(f"WARTA_REPUBLISH is {value!r}: write the name of a licence, such as CC BY-ND 4.0.")
    return name


def _second_factor(value: str) -> str:
    if value not in {"required", "optional"}:
        raise SettingError(f"WARTA_SECOND_FACTOR is {value!r}: write required or optional.")
    return value


def _upload_limit(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 200:
        raise SettingError(f"WARTA_UPLOAD_LIMIT_MB is {value!r}: write a whole number from 1 to 200.")
    return int(value)

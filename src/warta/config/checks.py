"""What `warta check` looks at."""

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import Error, connection
from django.utils import timezone

from warta.config import environment, paper, sound
from warta.config.databases import mend
from warta.config.showing import progress
from warta.config.sound import Finding
from warta.delivery import events, hub, indexnow, purge, webhooks
from warta.delivery.telling import Told
from warta.delivery.views import files
from warta.ingest.whole import taking
from warta.newsroom import dispatches, reading
from warta.reads import lists
from warta.search import follow as search

_OLD_S = 60


def all_checks(env: environment.Environment) -> list[Finding]:
    """Look at settings, deployment, database, files and waiting work."""
    findings = [_settings(), _secret(env), _folder(env), *sound.folders(), *_deployment(env), *_caches(env)]
    findings += [*security_txt(timezone.now()), *sound.databases(within_s=sound.GLANCE_S)]
    try:
        findings += [_database(), tables := _tables()]
        if tables["ok"]:  # or what follows asks for tables that `warta init` is still to make
            findings += [_waiting(), sound.originals(), *half_taken(), *index_elsewhere(), *old_lists(timezone.now())]
            findings += _webhooks()
    except Error as error:
        findings.append(_refusing(error))
    return findings


def history(*, is_quiet: bool) -> list[Finding]:
    """Look through the databases' files, prove every article's chain of versions, and name the first broken link."""
    findings = sound.databases()
    try:
        return [*findings, _chains(is_quiet=is_quiet)]
    except Error as error:
        return [*findings, _refusing(error)]


def _refusing(error: Error) -> Finding:
    words = f"does not answer: {' '.join(str(error).split())}. {mend(connection)}."
    return Finding(what="database", ok=False, words=words)


def _chains(*, is_quiet: bool) -> Finding:
    with progress(length=reading.version_count(), label="Versions", hidden=is_quiet) as bar:
        link = reading.first_broken_version(lambda: bar.update(1))
    if link is None:
        return Finding(what="history", ok=True, words="every chain of versions holds")
    words = (
        f"version {link.number} of article {link.article_id} is not what was published: compare it with a backup,"
        " and find out who had access to the database"
    )
    return Finding(what="history", ok=False, words=words)


def _settings() -> Finding:
    unknown = environment.unknown(os.environ)
    words = f"not known: {', '.join(unknown)}. `warta --help` lists the settings." if unknown else "all known"
    return Finding(what="settings", ok=not unknown, words=words)


def _secret(env: environment.Environment) -> Finding:
    mode = env.secret_file.stat().st_mode & 0o077
    words = f"others may read {env.secret_file}: chmod 600 it" if mode else "readable by its owner only"
    return Finding(what="secret", ok=not mode, words=words)


def _folder(env: environment.Environment) -> Finding:
    stat = os.statvfs(env.home)
    free_mb = stat.f_bavail * stat.f_frsize // 2**20
    can_write = os.access(env.home, os.W_OK)
    words = f"{env.home}, {free_mb:,} MB free" if can_write else f"{env.home} cannot be written by this user"
    if bare := _bare(env):
        words = f"others may read {bare[0].name}, in which drafts and people stand: chmod o= {' '.join(map(str, bare))}"
    return Finding(what="folder", ok=can_write and free_mb > 200 and not bare, words=words)


def _bare(env: environment.Environment) -> list[Path]:
    """Return the files of databases that every user of this machine may read."""
    if not env.home.stat().st_mode & 0o001:
        return []
    return [path for path in sorted(env.home.glob("*.sqlite3*")) if path.stat().st_mode & 0o004]


def _deployment(env: environment.Environment) -> list[Finding]:
    messages = [m for m in checks.run_checks(include_deployment_checks=env.is_secure) if not m.is_silenced()]
    if not messages:
        kind = "deployment checks" if env.is_secure else "checks (deployment is checked once WARTA_SITE_URL is https)"
        return [Finding(what="django", ok=True, words=f"{kind} clean")]
    return [Finding(what="django", ok=False, words=f"{m.id}: {m.msg} {m.hint or ''}".strip()) for m in messages]


def _caches(env: environment.Environment) -> list[Finding]:
    """Look at what the worker last noted of each cache in front, of the hub and of the search engines."""
    mend = "Look whether it runs and lets this machine purge; WARTA_PURGE names it"
    findings = [_listener("cache", cache.name, purge.told(cache), mend) for cache in env.purge]
    if env.websub_hub:
        told = hub.told(env.websub_hub)
        findings.append(_listener("hub", env.websub_hub, told, "Look whether WARTA_WEBSUB_HUB names it rightly"))
    if env.indexnow:
        told = indexnow.told(env.indexnow)
        findings.append(_listener("indexnow", env.indexnow, told, "Look whether WARTA_INDEXNOW names it rightly"))
    return findings


def _listener(what: str, name: str, told: Told | None, mend: str) -> Finding:
    words = f"{name} was told of all up to change {told.number}" if told else f"{name} was not told yet"
    error = told.error if told else ""
    return Finding(what=what, ok=not error, words=f"{error}. {mend}" if error else words)


def _webhooks() -> list[Finding]:
    """Look at what the worker last noted of each partner who is told of articles."""
    findings = []
    for address in webhooks.addresses():
        told = events.place(events.place_of(address.name))
        wrong = webhooks.trouble(told, timezone.now())
        words = f"{address.name} was told of all up to change {told.number if told else 0}"
        findings.append(Finding(what="webhook", ok=not wrong, words=wrong or words))
    return findings


def _database() -> Finding:
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        version = ".".join(str(part) for part in connection.get_database_version())
        return Finding(what="database", ok=True, words=f"PostgreSQL {version}")
    version = sqlite3.sqlite_version
    is_sound = sqlite3.sqlite_version_info >= (3, 51, 3)
    mend = "" if is_sound else ": WAL files may be damaged before 3.51.3, install the pysqlite3 wheel"
    return Finding(what="database", ok=is_sound, words=f"SQLite {version}{mend}")


def _tables() -> Finding:
    missing = paper.unapplied()
    words = f"{len(missing)} changes are missing: run `warta init`" if missing else "up to this version"
    return Finding(what="tables", ok=not missing, words=words)


def half_taken() -> list[Finding]:
    """Tell of an export that is not wholly in this paper yet; readers would miss what is still to come."""
    if taking.what_is_under_way() is None:
        return []
    words = "an export was being brought in and is not whole: start the same `warta import warta FOLDER` again"
    return [Finding(what="import", ok=False, words=words)]


def index_elsewhere() -> list[Finding]:
    """Ask the server of the search's index, where it lies on one."""
    try:
        words = search.elsewhere()
    except Error as error:
        mend = "Look whether it runs and WARTA_OPENSEARCH names it rightly; readers can do all but search"
        return [Finding(what="search", ok=False, words=f"{str(error).strip()}. {mend}")]
    return [Finding(what="search", ok=True, words=words)] if words else []


def old_lists(now: datetime) -> list[Finding]:
    """Look when the lists of the most read were made, of a paper that has any."""
    made_at = lists.made_at()
    if made_at is None:
        return []
    age_s = (now - made_at).total_seconds()
    is_old = lists_are_old(now)
    words = f"made {age_s:.0f} s ago" + (": readers see what was read before; is the worker running?" if is_old else "")
    return [Finding(what="most read", ok=not is_old, words=words)]


def lists_are_old(now: datetime) -> bool:
    """Tell whether the lists of the most read were not made for longer than they may be."""
    made_at = lists.made_at()
    return made_at is not None and now - made_at > lists.OLDEST


def security_txt(now: datetime) -> list[Finding]:
    """Look at the operator's security.txt, where there is one.

    Source: RFC 9116, 2.5.
    """
    content = files.read("security.txt")
    if content is None:
        return []
    fields = [
        line.partition(":") for line in content.decode("utf-8", "replace").splitlines() if line[:1] not in {"", "#"}
    ]
    said = [(name.strip().lower(), value.strip()) for name, _, value in fields]
    error = "" if any(name == "contact" and value for name, value in said) else "it has no line `Contact:`"
    ends = [value for name, value in said if name == "expires"]
    try:
        if len(ends) != 1 or datetime.fromisoformat(ends[0]) <= now:
            error = error or "write one line `Expires:` with an instant to come, such as 2030-01-01T00:00:00Z"
    except (ValueError, TypeError):
        error = error or f"`Expires: {ends[0]}` is no instant: write it like 2030-01-01T00:00:00Z"
    words = (
        f"{settings.WARTA_HOME}/files/security.txt is old or damaged: {error}" if error else "its time has not passed"
    )
    return [Finding(what="security.txt", ok=not error, words=words)]


def _waiting() -> Finding:
    oldest = dispatches.oldest()
    age_s = (timezone.now() - oldest).total_seconds() if oldest else 0.0
    words = f"{dispatches.pending()} to be pressed, the oldest for {age_s:.0f} s"
    return Finding(
        what="press", ok=age_s < _OLD_S, words=words + ("" if age_s < _OLD_S else ": is the worker running?")
    )

"""Settings of a process that answers readers: no newsroom, no sessions, no cookies."""

from typing import Any

import dj_database_url

import warta.config.postgres  # hears of each connection
import warta.config.sqlite  # noqa: F401 — must come before Django opens a database
from warta.config import environment

_env = environment.current()

SECRET_KEY = environment.secret(_env)
DEBUG = False
ALLOWED_HOSTS = ["*"]  # the reader's pages never use the Host header: every address comes from WARTA_SITE_URL
ROOT_URLCONF = "warta.config.urls.delivery"
APPEND_SLASH = False

INSTALLED_APPS = ["warta.paper", "warta.reads", "warta.search", "warta.delivery"]
MIDDLEWARE = ["warta.delivery.headers.HeadersMiddleware"]
TEMPLATES: list[dict[str, Any]] = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}}
]

LANGUAGE_CODE = _env.language
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
USE_I18N = True
TIME_ZONE = _env.zone
USE_TZ = True

_SQLITE_OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 10}
if _env.database_url:
    DATABASES: dict[str, Any] = {
        "default": dj_database_url.parse(_env.database_url, conn_max_age=600, conn_health_checks=True)
    }
    # A database that went away without a word is noticed within about fifteen seconds.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {"connect_timeout": 3, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 5}
        | {"tcp_user_timeout": 15_000}
        | DATABASES["default"].get("OPTIONS", {})
    )
    # A reader's question that takes longer would not be answered any more: the gate gives up after ten seconds.
    _options = DATABASES["default"]["OPTIONS"]
    _options["options"] = f"{_options.get('options', '')} -c statement_timeout=9000".strip()
    WARTA_READS_DATABASE = WARTA_SEARCH_DATABASE = "default"
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": _env.home / "paper.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                **_SQLITE_OPTIONS,
                # FULL: an acknowledged publish survives a power cut. NORMAL lost 1,116 of 5,769 writes in a test.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        },
        "reads": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": _env.home / "reads.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                **_SQLITE_OPTIONS,
                # Counters may lose their last second in a power cut, and never make a publish wait.
                # A day's salt that is thrown away must be gone from the file too.
                # Keys of who was seen come in no order: 16 MB of them in memory.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
                " PRAGMA cache_size=-16384;",
            },
        },
        "search": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": _env.home / "search.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                **_SQLITE_OPTIONS,
                # What a power cut takes is made again: the index knows which change it saw last. 64 MB of it in memory.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
            },
        },
    }
    WARTA_READS_DATABASE, WARTA_SEARCH_DATABASE = "reads", "search"
DATABASE_ROUTERS = ["warta.config.databases.RoomsRouter"]

WARTA_HOME = _env.home
WARTA_NAME = _env.name
WARTA_TAGLINE = _env.tagline
WARTA_SITE_URL = _env.site_url
WARTA_ZONE = _env.zone
WARTA_TRUSTED_PROXIES = _env.trusted_proxies
WARTA_PURGE = _env.purge
"""The caches in front of the paper, which the worker tells of changes."""
WARTA_FEEDS = _env.feeds
WARTA_WEBSUB_HUB = _env.websub_hub
WARTA_INDEXNOW = _env.indexnow
WARTA_OPENSEARCH = _env.opensearch
"""The server of the search's index; empty when that lies in the database."""
WARTA_AI_CRAWLERS = _env.ai_crawlers
WARTA_OFFLINE = _env.offline
WARTA_REPUBLISH = _env.republish
"""The licence under which others may republish articles; empty when they may not."""
WARTA_CACHE = _env.home / "cache"
"""What delivery has made ready for this machine's readers; may be deleted at any time."""
WARTA_PICTURES = _env.home / "pictures"
"""Pictures that readers may see: made by the press, named by their content."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "warta": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        # It would tell of every question that was not answered; what becomes of it is told by us.
        "opensearch": {"level": "ERROR"},
    },
}

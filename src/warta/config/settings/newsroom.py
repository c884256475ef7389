"""Settings of the newsroom's process, the worker and the command line: all that readers need, and Wagtail."""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from warta.config.settings.delivery import *
from warta.config.settings.delivery import _env

if _env.database_url:  # the newsroom's and the worker's questions may take as long as they need
    DATABASES["default"]["OPTIONS"]["options"] += " -c statement_timeout=0"

_host = urlsplit(WARTA_SITE_URL).hostname or "localhost"
ALLOWED_HOSTS = sorted({_host, "localhost", "127.0.0.1", "[::1]", *_env.hosts})
CSRF_TRUSTED_ORIGINS = [WARTA_SITE_URL]
ROOT_URLCONF = "warta.config.urls.newsroom"
WSGI_APPLICATION = "warta.config.wsgi_newsroom.application"

INSTALLED_APPS = [
    *INSTALLED_APPS,
    "warta.newsroom",
    "warta.press",
    "warta.ingest",
    "wagtail.contrib.typed_table_block",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",  # not used: the admin asks for its address and breaks without it
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "warta.newsroom.headers.HeadersMiddleware",
    "warta.newsroom.starters.StartersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "warta.newsroom.signin.guard.SignedInMiddleware",
    "warta.newsroom.guard.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "warta.newsroom.forms.LyingFormsMiddleware",
]
TEMPLATES[0]["OPTIONS"]["context_processors"] = [
    "django.template.context_processors.debug",
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]

LOCALE_PATHS = [Path(__file__).parents[2] / "newsroom" / "locale"]  # Wagtail's scripts take their words from here too

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "warta.newsroom.signin.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; allauth still looks whether this fits
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}  # tries are counted in newsroom/signin/throttle.py
ACCOUNT_FORMS = {"login": "warta.newsroom.signin.forms.LoginForm"}
MFA_ADAPTER = "warta.newsroom.signin.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _env.is_secure  # http://localhost; browsers allow no other
MFA_TOTP_TOLERANCE = 1  # telephones whose clock is half a minute wrong
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # a whole office signs in at eight
MFA_FORMS = {
    "authenticate": "warta.newsroom.signin.forms.AuthenticateForm",
    "reauthenticate": "warta.newsroom.signin.forms.ReauthenticateForm",
    "add_webauthn": "warta.newsroom.signin.forms.AddWebAuthnForm",
}
WARTA_SECOND_FACTOR = _env.second_factor
LOGIN_URL = "account_login"
SESSION_COOKIE_NAME = "__Host-redaksi" if _env.is_secure else "redaksi"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _env.is_secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_SAVE_EVERY_REQUEST = False
CSRF_COOKIE_NAME = "__Host-csrf" if _env.is_secure else "csrf"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows the preview in a frame of its own
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False  # the proxy in front owns the redirect; see ops/
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _env.is_secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _env.is_secure

STATIC_URL = "/redaksi/static/"
STATIC_ROOT = _env.home / "static"
MEDIA_URL = "/redaksi/media/"
MEDIA_ROOT = _env.home / "originals"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o640

WAGTAIL_SITE_NAME = WARTA_NAME
WAGTAILADMIN_BASE_URL = WARTA_SITE_URL
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = False  # no way in by e-mail: the administrator gives a new one, `warta user password`
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # nothing is sent by e-mail, and the account page would insist on one
WAGTAIL_WORKFLOW_ENABLED = False  # articles are submitted to desks (newsroom/desk/approving.py, ADR 13)
WAGTAIL_AUTOSAVE_INTERVAL = 2000  # ms; each is a revision, thinned by the worker (newsroom/actions/thin.py)
WAGTAIL_EDITING_SESSION_PING_INTERVAL = 10_000
WAGTAIL_USER_TIME_ZONES = ["UTC", *sorted(name for name in available_timezones() if "/" in name)]  # no "localtime"
WAGTAIL_DATE_FORMAT = "%Y-%m-%d"
WAGTAIL_DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S"
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.Photo"
WAGTAILIMAGES_IMAGE_FORM_BASE = "warta.newsroom.photos.form.PhotoForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = _env.upload_limit_mb * 2**20
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "warta.newsroom.searching"}}
TAGGIT_CASE_INSENSITIVE = True

WARTA_PREVIEW = "warta.config.preview.render_preview"
"""Renders an unpublished article as readers will see it; `newsroom` does not know how."""
WARTA_FRONT_PREVIEW = "warta.config.preview.render_front"
"""Renders a front as an editor arranged it, likewise."""
WARTA_REPUBLISHED = "warta.config.preview.republished"
"""Tells which other sites show an article, likewise."""
WARTA_NUMBERS = "warta.config.numbers.of_reads"
"""Tells the newsroom what is read, of which it knows nothing either."""

WARTA_LISTS_ARE_OLD = "warta.config.checks.lists_are_old"
"""Tells the desk that nobody makes the lists of the most read any more; `newsroom` does not know them."""

SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # SECURE_SSL_REDIRECT: the proxy that ends TLS redirects, see ops/
    "security.W019",  # X_FRAME_OPTIONS is SAMEORIGIN for Wagtail's preview frame
]

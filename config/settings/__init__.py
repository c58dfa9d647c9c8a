"""Settings of the application, read from the environment.

Without SECRET_KEY in the environment the application runs in the embedded mode: no server to
install, everything in VAR_DIR, for one machine. With SECRET_KEY it runs in production.
"""

import re
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from django_guid.integrations import CeleryIntegration

from config import openid_connect, storage, webhooks
from config.beat import SCHEDULE
from config.environment import (
    broker_socket,
    close_to_others,
    database,
    kept_secret,
    refuse_if,
    writable_folder,
)
from config.languages import offered
from config.limits import rate_limits
from config.logs import logging_of
from config.numbers import number, wrong_numbers
from config.safety import refuse_unsafe
from config.settings.api import *  # noqa: F403 - settings are names
from config.settings.people import *  # noqa: F403 - settings are names

django_stubs_ext.monkeypatch()

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
NODE_MODULES = BASE_DIR / "node_modules"
# Numbers that are none, or out of bounds: a check says so, and the default counts meanwhile.
WRONG_NUMBERS = wrong_numbers(env.ENVIRON)
VAR_DIR = writable_folder(Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve())

# --- The mode, and its secret ---

EMBEDDED = env.bool("EMBEDDED", default="SECRET_KEY" not in env.ENVIRON)
SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = env.bool("DEBUG", default=False)
HERE_ONLY = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = HERE_ONLY if EMBEDDED else env.list("ALLOWED_HOSTS", default=[])
# Where readers of e-mails find the pages.
HERE = f"http://localhost:{env.str('PORT', default='') or '8000'}" if EMBEDDED else ""
PUBLIC_URL = env.str("PUBLIC_URL", default=HERE).rstrip("/")
if EMBEDDED:
    close_to_others(VAR_DIR)  # in production a web server may read the static files there
    SECRET_KEY = SECRET_KEY or kept_secret(VAR_DIR / "secret_key")
else:
    refuse_unsafe(secret=SECRET_KEY, debug=DEBUG, hosts=ALLOWED_HOSTS, public_url=PUBLIC_URL)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# --- The application ---

INSTALLED_APPS = [
    "config.repair.RepairConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "corsheaders",
    "csp",
    "django_countries",
    "simple_history",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_guid",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "reporting",
]
MIDDLEWARE = [
    "django_guid.middleware.guid_middleware",
    "reporting.views.observe.ObserveMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.CharsetMiddleware",  # nothing above it reads a query or a form
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "config.kept_by_caches.PrivateMiddleware",  # sees the cookies that those below set
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.ChosenLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "reporting.views.typed.TypedMiddleware",
    "reporting.views.limits.LimitMiddleware",
    "config.middleware.SignedInMiddleware",
    "reporting.views.second_factor.SecondFactorMiddleware",
    "reporting.views.audited.AuditMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reporting.views.context.reader",
                "reporting.views.context.languages",
                "reporting.views.context.treaties",
                "reporting.views.inbox_count.waiting",
            ]
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Where the data is ---

DATABASES = {"default": database(env, VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL", default="")
# Files, which all processes of one machine share: a limit that each counts for itself is none.
OWN_CACHE = {
    "BACKEND": "config.file_cache.FileCache",
    "LOCATION": VAR_DIR / "cache",
    "OPTIONS": {"MAX_ENTRIES": 5000},
}
CACHES: dict[str, dict[str, Any]] = {"default": OWN_CACHE, "own": OWN_CACHE}
if REDIS_URL:
    CACHES["default"] = {
        "BACKEND": "config.steady_cache.SteadyRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }

# --- Tasks ---

# The socket on which the embedded broker listens; unused where a broker has been named.
BROKER_SOCKET = broker_socket(VAR_DIR)
BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL)
EMBEDDED_BROKER = EMBEDDED and not BROKER_URL
SOCKET_URL = f"redis+socket://{BROKER_SOCKET}?virtual_host=0"
CELERY_BROKER_URL = BROKER_URL or (SOCKET_URL if EMBEDDED else "redis://localhost:6379/0")
# Without the two `unacked` options the tasks of a killed worker wait for more than a minute; without
# the two timeouts a broker that takes connections and says nothing holds threads without end.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 3,
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
# Shorter than the visibility timeout, or a slow task would be handed out a second time.
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULER = "config.scheduler.Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

# --- E-mail ---

# The folder of the e-mails that are written to files; none where they are sent.
EMAIL_OUTBOX: Path | None = None
EMAIL_IS_SET = bool(env.str("EMAIL_URL", default=""))
if EMBEDDED and not EMAIL_IS_SET:
    EMAIL_OUTBOX = VAR_DIR / "outbox"
    EMAIL_FILE_PATH = str(EMAIL_OUTBOX)
    EMAIL_BACKEND = "reporting.emails.outbox.EmailBackend"
else:
    vars().update(env.email_url_config(env.str("EMAIL_URL", default="") or "smtp://localhost:25"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="") or "reporting@localhost"
# Neither a page nor a batch of alerts waits longer for a mail server that does not answer.
EMAIL_TIMEOUT = 10
# The part of Message-ID after the @; by default that of the sender's address.
MESSAGE_ID_DOMAIN = env.str(
    "MESSAGE_ID_DOMAIN", default=parseaddr(DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
)
# Where answers to alerts go; by default to the sender's address.
DESK_EMAIL = env.str("DESK_EMAIL", default="")
# An alert that nobody has acknowledged so many days before the date goes to the validating authority
# once more; 0 switches that off.
ESCALATION_DAYS = number(env.ENVIRON, "ESCALATION_DAYS")
# How many alerts go out in a minute, over all machines; 0 is as many as the mail server takes.
REMINDERS_PER_MINUTE = number(env.ENVIRON, "REMINDERS_PER_MINUTE")
# Where a batch is not enough, so many workers send at once, each over a connection of its own.
REMINDER_SENDERS = number(env.ENVIRON, "REMINDER_SENDERS")
# So many workers bring the timetables up to the day at once.
REFRESH_WORKERS = number(env.ENVIRON, "REFRESH_WORKERS")
# How many weeks before a session its lists of issues are adopted, and the replies to them due, in this
# house; 0 leaves the day open in the list of what must be done for a session. The defaults are no rule.
LIST_OF_ISSUES_WEEKS = number(env.ENVIRON, "LIST_OF_ISSUES_WEEKS")
REPLIES_WEEKS = number(env.ENVIRON, "REPLIES_WEEKS")

# --- People ---

# Roles whose people must have a second factor before they do anything else.
SECOND_FACTOR_FOR = env.list("SECOND_FACTOR_FOR", default=[])
unknown = set(SECOND_FACTOR_FOR) - {"ministry", "secretariat", "administrator"}
refuse_if(bool(unknown), f"SECOND_FACTOR_FOR names roles that there are not: {sorted(unknown)}.")
SOCIALACCOUNT_PROVIDERS = openid_connect.providers(env)
# How many proxies in front add to X-Forwarded-For; without any the header is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = number(env.ENVIRON, "TRUSTED_PROXY_COUNT")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED

# How long the audit log is kept; 0 is for ever. What changed on record stays in the histories.
AUDIT_DAYS = number(env.ENVIRON, "AUDIT_DAYS")
# How long invitations are kept that are over, and what stood in mails; 0 is for ever.
INVITATION_KEPT_DAYS = number(env.ENVIRON, "INVITATION_KEPT_DAYS")
MAIL_KEPT_DAYS = number(env.ENVIRON, "MAIL_KEPT_DAYS")

# --- Languages and time ---

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("ru", _("Russian")),
    ("zh-hans", _("Chinese")),
    ("id", _("Indonesian")),
]
LOCALE = BASE_DIR / "reporting" / "locale"
LOCALE_PATHS = [LOCALE]
# Pages speak these; what people may choose for messages to them is LANGUAGES.
LANGUAGES_OFFERED = offered(dict(LANGUAGES), LOCALE)
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files ---

STATIC_URL = "static/"
# An image has them already, beside the code.
STATIC_ROOT = Path(env.str("STATIC_DIR", default="") or VAR_DIR / "static")
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.vendor.VendorFinder",
]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": storage.documents(env, VAR_DIR),
    "staticfiles": {"BACKEND": "config.vendor.ManifestStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Webhooks ---

# By http too, and to any port, on one's own machine only.
WEBHOOK_HTTP = EMBEDDED
WEBHOOK_PORTS = webhooks.ports(env, default=[] if EMBEDDED else ["443"])
# Networks that are spoken to although they are not public, as in 10.1.0.0/16; none without it.
WEBHOOK_NETWORKS = webhooks.networks(env)
# After so many days without a success a webhook is switched off.
WEBHOOK_DAYS = number(env.ENVIRON, "WEBHOOK_DAYS")

# --- What people upload ---

MEGABYTE = 1024 * 1024
DOCUMENT_MAX_BYTES = number(env.ENVIRON, "DOCUMENT_MAX_MB") * MEGABYTE
REQUEST_MAX_BYTES = number(env.ENVIRON, "REQUEST_MAX_MB") * MEGABYTE
# How much the documents of one State may take, and those of all; 0 is no limit.
STATE_QUOTA_BYTES = number(env.ENVIRON, "STATE_QUOTA_MB") * MEGABYTE
STORAGE_QUOTA_BYTES = number(env.ENVIRON, "STORAGE_QUOTA_MB") * MEGABYTE
# clamd, which is shown every upload: tcp://host:3310 or unix:///run/clamav/clamd.ctl.
SCANNER_URL = env.str("SCANNER_URL", default="")
SCANNER_TIMEOUT = number(env.ENVIRON, "SCANNER_TIMEOUT")
refuse_if(
    not re.match(r"(tcp://[^/]+|unix:///.+)?$", SCANNER_URL),
    "SCANNER_URL is no address of clamd, as in tcp://host:3310 or unix:///run/clamav/clamd.ctl.",
)
# The first one refuses what is too large, or comes from nobody, before the others write anything.
FILE_UPLOAD_HANDLERS = [
    "reporting.services.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Security ---

# Whether what the UN itself publishes is shown without signing in.
PUBLIC_STATUS_PAGES = env.bool("PUBLIC_STATUS_PAGES", default=True)
# Origins whose pages may ask the API in a browser, as in https://tracker.example.org; none without it.
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *openid_connect.origins(env)],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not EMBEDDED
CSRF_COOKIE_SECURE = not EMBEDDED
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not EMBEDDED)
SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|livez|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 0 if EMBEDDED else number(env.ENVIRON, "SECURE_HSTS_SECONDS")
SECURE_HSTS_INCLUDE_SUBDOMAINS = not EMBEDDED
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=not EMBEDDED)
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Nothing here needs a camera, a place or a purse; no page that it shows inside may ask for one.
# Browsers complain on their consoles of every name that they do not know.
NEEDED_BY_NO_PAGE = (
    *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation"),
    *("gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb"),
)
PERMISSIONS_POLICY: dict[str, list[str]] = {name: [] for name in NEEDED_BY_NO_PAGE}
# How often one address or one person may sign in, search, export and so on.
RATE_LIMITS = rate_limits(env)
RATELIMIT_IP_META_KEY = "reporting.views.lockout.address"
# Where nobody can count, nobody is locked out; wrong passwords are counted in the database, too.
RATELIMIT_FAIL_OPEN = True
# Where the pages for repair are; empty is nowhere.
ADMIN_PATH = env.str("ADMIN_PATH", default="admin/").lstrip("/")
refuse_if(
    bool(ADMIN_PATH) and not ADMIN_PATH.endswith("/"),
    "ADMIN_PATH is the part of the address between the host and the pages for repair, and ends in /.",
)
# Only where the proxy in front sets this header itself, or a client could claim to use https.
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- What goes to the log (stderr) ---

LOGGING = logging_of(env, embedded=EMBEDDED)
# The number of a request: in its answer, in each line of the log, and in those of its tasks.
DJANGO_GUID = {
    "GUID_HEADER_NAME": "X-Request-ID",
    "EXPOSE_HEADER": False,
    "INTEGRATIONS": [CeleryIntegration()],
}
# Whoever sends it is told at /metrics what to watch; without it there is no such page.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

"""Settings from environment variables: docs/operate/configuration.md."""

import os
import re
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from config import startup
from config.databases import replica, sqlite
from config.environment import Environment
from minutes.messages import translate as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

IN_PRODUCTION = env.choice("ARCHIVE_ENV", "local", "production") == "production"
DEBUG = env.boolean("ARCHIVE_DEBUG")
SECRET_KEY = env.text("ARCHIVE_SECRET_KEY")
ALLOWED_HOSTS = env.hosts("ARCHIVE_ALLOWED_HOSTS")
SECOND_FACTOR = env.choice("ARCHIVE_SECOND_FACTOR", "optional", "required")
# The path prefix of the archive, such as /minutes. Never None, which would let requests set it.
FORCE_SCRIPT_NAME = env.path_prefix("ARCHIVE_PATH_PREFIX")
# Base URL of links in e-mails; without it, the host of the request.
SITE_URL = env.site_url("ARCHIVE_SITE_URL")
# Only for proxies that remove this header from incoming requests, so it is off by default.
BEHIND_PROXY = env.boolean("ARCHIVE_BEHIND_PROXY")
# Prometheus metrics at /metrics/ for anyone who can reach that URL, so they are off by default.
METRICS = env.boolean("ARCHIVE_METRICS")
API_REQUESTS_A_MINUTE = env.number("ARCHIVE_API_REQUESTS_A_MINUTE", 120)
# Resource limits for reading one file: docs/develop/extraction.md.
EXTRACT_FILE_MB = env.number("ARCHIVE_EXTRACT_FILE_MB", 50, most=1000)
EXTRACT_PAGES = env.number("ARCHIVE_EXTRACT_PAGES", 10_000)
EXTRACT_MEMORY_MB = env.number("ARCHIVE_EXTRACT_MEMORY_MB", 512, least=64)
EXTRACT_CPU_SECONDS = env.number("ARCHIVE_EXTRACT_CPU_SECONDS", 120)
EXTRACT_SECONDS = env.number("ARCHIVE_EXTRACT_SECONDS", 300)
# E-mail for alerts (docs/use/alerts.md). Without a mail server, development prints messages, and production offers no
# alerts: printing would put addresses and tokens into the log.
vars().update(env.email("ARCHIVE_EMAIL_URL", "dummymail://" if IN_PRODUCTION else "consolemail://"))
MAIL_IS_SENT = not IN_PRODUCTION or bool(env.text("ARCHIVE_EMAIL_URL"))
EMAIL_TIMEOUT = env.number("ARCHIVE_EMAIL_SECONDS", 20, most=600)
DEFAULT_FROM_EMAIL = env.text("ARCHIVE_EMAIL_FROM", "archive@localhost")
# The records are in a file in VAR_DIR, unless a server is configured.
POSTGRES = env.postgres("ARCHIVE_DATABASE_URL")
# A PostgreSQL read replica: public pages use it while its lag is below this limit.
REPLICA = env.postgres("ARCHIVE_REPLICA_URL")
REPLICA_LAG_SECONDS = env.number("ARCHIVE_REPLICA_LAG_SECONDS", 30, least=15, most=3600)
if REPLICA and not POSTGRES:
    env.problems.append(_("ARCHIVE_REPLICA_URL is set without ARCHIVE_DATABASE_URL: set the primary's address too."))
# The index is in INDEX_DIR, unless a server is configured.
SEARCH_SERVER = env.search_server("ARCHIVE_SEARCH_URL")
env.refuse_problems()

VAR_DIR = startup.directory_for_data(env.path("ARCHIVE_VAR_DIR", BASE_DIR / "var"))
INDEX_DIR = VAR_DIR / "index"
EXPORT_DIR = VAR_DIR / "exports"
# The font for link preview pictures; by default, fonts packaged by Debian are tried.
CARD_FONT = Path(env.text("ARCHIVE_CARD_FONT")) if env.text("ARCHIVE_CARD_FONT") else None
METRICS_DIR = VAR_DIR / "metrics"
if METRICS:
    # Read by the library on import: each process writes its counts into this folder.
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(METRICS_DIR))
    METRICS_DIR.mkdir(exist_ok=True)

if IN_PRODUCTION:
    startup.refuse_unsafe_production(secret_key=SECRET_KEY, debug=DEBUG, allowed_hosts=ALLOWED_HOSTS)
else:
    SECRET_KEY = SECRET_KEY or startup.stored_key(VAR_DIR / "secret_key")
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    # After apps whose signals and admin pages it changes; before django_tasks_db, whose worker it replaces.
    "desk",
    "search",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "rest_framework",
    "simple_history",
    "api",
    "pages",
    "open_data",
    "minutes",
]

MIDDLEWARE = [
    "config.logs.IdentifyRequests",
    "desk.operations.metrics.MeasureRequests",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "config.middleware.RespondUnavailable",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.CompressPages",
    "django.middleware.http.ConditionalGetMiddleware",
    "pages.discovery.markdown.negotiate_markdown",
    "pages.chosen_body.keep_private",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # These two decide by the resolved view, before the CSRF check reads the request body.
    "desk.accounts.second_factor_middleware.RequireSecondFactor",
    "desk.middleware.RefuseLargeBodies",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Records the user with each change in the history.
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "desk.middleware.RefuseImpossibleNumbers",
    "api.negotiation.RedirectToApi",
    # Renders a page for locked out clients.
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
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.chosen_body.of_request",
            ]
        },
    }
]

DATABASES = {"default": POSTGRES or sqlite(VAR_DIR / "archive.sqlite3")}
if REPLICA:
    DATABASES["replica"] = replica(REPLICA)
    DATABASE_ROUTERS = ["config.replica.Router"]
    MIDDLEWARE.insert(
        MIDDLEWARE.index("config.middleware.RespondUnavailable") + 1, "config.replica.ReadPublicPagesFromReplica"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "recognition"]}}

# Uploads stay in memory until they are in the database, so that no temporary files are left behind.
# Permissions and size limits: desk/middleware.py.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * EXTRACT_FILE_MB * 1_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
# Django's default would make files it stores, including static files, readable by everybody.
FILE_UPLOAD_PERMISSIONS = 0o600

# Shared by all worker processes, so that rate limits apply across them.
CACHES = {
    "default": {
        "BACKEND": "config.cache.FailSafeFileCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # Rendered pictures of about 20 KB; rarely used ones are evicted.
    "cards": {
        "BACKEND": "config.cache.FailSafeFileCache",
        "LOCATION": VAR_DIR / "cards",
        "TIMEOUT": 30 * 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = f"{FORCE_SCRIPT_NAME}/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "desk.accounts.passwords.MinimumLength", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# At most a working day, and not beyond the browser session; public pages never set it.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_PATH = f"{FORCE_SCRIPT_NAME}/admin/"
CSRF_COOKIE_PATH = f"{FORCE_SCRIPT_NAME}/"

# Five wrong passwords for one name from one address: docs/operate/rights.md explains the combination.
AXES_HANDLER = "desk.accounts.lockout.Attempts"
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
# Further attempts do not extend the lockout, so that it ends for everyone behind the address.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "desk.accounts.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "desk.accounts.lockout.address_of"
# Logins are recorded permanently in the audit log.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

OTP_TOTP_ISSUER = "会议纪要档案"

# Pages may load and use only their own files and forms, and no device features of the browser.
PERMISSIONS_POLICY = dict.fromkeys(("camera", "geolocation", "microphone", "payment", "usb"), ())
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

# In production the archive is served over https only, except for a container's health check.
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = [rf"^{re.escape(FORCE_SCRIPT_NAME[1:])}/?(health|ready|metrics)/$"]
SESSION_COOKIE_SECURE = IN_PRODUCTION
CSRF_COOKIE_SECURE = IN_PRODUCTION
# Thirty days: a compromise between protection and the possibility to revert.
SECURE_HSTS_SECONDS = 30 * 24 * 60 * 60 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUCTION
# It is hard to leave the browsers' preload list, so joining it is up to the owner of the domain.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The API is public, read-only JSON without authentication.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["api.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.negotiation.AlwaysJSON",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": f"{API_REQUESTS_A_MINUTE}/min"},
    "EXCEPTION_HANDLER": "api.errors.problem_response",
    "URL_FORMAT_OVERRIDE": None,
    # The client's address is that of the connection, unless our own proxy says otherwise.
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "会议纪要档案",
    "DESCRIPTION": "政府会议纪要的记录：会议、议题、议定意见、文件、单位、出席、期限。只读，无须登录。",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX_INSERT": FORCE_SCRIPT_NAME,
    # ?fields= may omit any field.
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "ENUM_NAME_OVERRIDES": {
        "ActionKind": "minutes.models.ActionKind",
        "ActorForm": "minutes.models.ActorForm",
        "ActorRole": "minutes.models.ActorRole",
        "AttendanceRole": "minutes.models.AttendanceRole",
        "InvolvementRole": "minutes.models.InvolvementRole",
        "MeetingKind": "minutes.models.MeetingKind",
        "Outcome": "minutes.models.Outcome",
        "ReferenceKind": "minutes.models.ReferenceKind",
        "TaskKind": "minutes.models.TaskKind",
        "TaskPart": "minutes.models.TaskPart",
    },
}

# Django would only send errors by e-mail, but containers and service managers read stderr. Production logs JSON
# objects and requests; development logs only errors.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "config.logs.JsonLines"},
    },
    "filters": {"route": {"()": "config.logs.RouteInsteadOfPath"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if IN_PRODUCTION else "line",
            "filters": ["route"],
            "level": "INFO" if IN_PRODUCTION else "WARNING",
        },
        # Without any handler, Python would print the message itself.
        "none": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # It would log the same attempts as the audit log.
        "axes": {"level": "ERROR"},
        # Scanners send arbitrary Host headers, so their rejection is not worth logging.
        "django.security.DisallowedHost": {"handlers": ["none"], "propagate": False},
        "access": {"level": "INFO"},
        "desk": {"level": "INFO"},
        "minutes": {"level": "INFO"},
        "search": {"level": "INFO"},
    },
}

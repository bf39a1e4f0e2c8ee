"""Settings. All of them come from the environment; README.md has the table.

Without any, Twosource runs embedded: SQLite and a broker of plain files, both in
``TWOSOURCE_DATA_DIR``. ``DATABASE_URL`` and ``REDIS_URL`` replace them.
"""

import logging
import os
from pathlib import Path

import dj_database_url
from celery.schedules import schedule
from csp.constants import NONE, SELF
from environs import Env, validate

from config import data_dir, logs

env = Env()
AT_LEAST_ONE = validate.Range(min=1)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = data_dir.prepare(env.path("TWOSOURCE_DATA_DIR", default=BASE_DIR / ".data").expanduser().resolve())

# --- Security -------------------------------------------------------------------------------------
SECRET_KEY = env.str("SECRET_KEY", default="") or data_dir.secret(DATA_DIR, "secret_key")[0]
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=False)  # behind a proxy that ends TLS and sets X-Forwarded-Proto
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz|metrics)$"]  # asked from inside, without the proxy
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
X_FRAME_OPTIONS = "DENY"
# No inline script or style, nothing foreign: text of a stranger's article can start nothing in any page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

# --- Apps -----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config.apps.TwosourceAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "claims",
    "verification",
    "config.apps.HouseConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR / 'twosource.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that may write takes the write lock at its start: none fails half-way for it.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=0;",
    }
AUTHENTICATION_BACKENDS = ["claims.accounts.Accounts"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Language, time, static files -----------------------------------------------------------------
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H:i"
STATIC_URL = "static/"
STATIC_ROOT = data_dir.prepare(DATA_DIR / "static")
WHITENOISE_USE_FINDERS = True  # serves without collectstatic; a proxy may serve STATIC_ROOT instead

# --- Background work ------------------------------------------------------------------------------
# The database is the record and the broker a doorbell: no result backend, messages carry one id.
REDIS_URL = env.str("REDIS_URL", default="")
BROKER_DIR = DATA_DIR / "broker"
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {"visibility_timeout": 3600, "socket_timeout": 10}
else:
    CELERY_BROKER_URL = "filesystem://localhost//"
    for part in ("messages", "processed", "control"):
        data_dir.prepare(BROKER_DIR / part)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": True,
        "polling_interval": 0.05,
    }
STEP_ATTEMPTS = env.int("STEP_ATTEMPTS", default=5, validate=AT_LEAST_ONE)
STEP_SOFT_LIMIT = env.int("STEP_SOFT_LIMIT", default=120, validate=AT_LEAST_ONE)  # seconds
CELERY_TASK_SOFT_TIME_LIMIT = STEP_SOFT_LIMIT
CELERY_TASK_TIME_LIMIT = STEP_SOFT_LIMIT * 1.25
STEP_LEASE = STEP_SOFT_LIMIT * 1.5  # soft limit < hard limit < lease < visibility timeout
STOP_LIMIT = STEP_SOFT_LIMIT / 2  # in which a worker that is told to stop ends what it has in hand
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False  # else a task that kills its worker runs for ever
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_PUBLISH_RETRY = False  # the sweep rings again; a submission does not wait for the broker
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 3
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
WORKER_MEMORY_MB = env.int("WORKER_MEMORY_MB", default=3000, validate=validate.Range(min=0))
if (
    WORKER_MEMORY_MB
):  # kB after which a process is replaced between two steps; in a step, see config/celery.py
    CELERY_WORKER_MAX_MEMORY_PER_CHILD = WORKER_MEMORY_MB * 1000 * 2 // 3
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=10, validate=AT_LEAST_ONE)
CELERY_BEAT_SCHEDULER = "config.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "claims.tasks.sweep",
        "schedule": schedule(SWEEP_SECONDS),
    },
    "start_due": {"task": "claims.tasks.start_due", "schedule": schedule(15)},
    "announce": {"task": "verification.tasks.announce", "schedule": schedule(5)},
    "fall_due": {"task": "verification.tasks.fall_due", "schedule": schedule(60)},
    "count_days": {"task": "verification.tasks.count_days", "schedule": schedule(60)},
}

# --- What need not be remembered: how much each client asked ---------------------------------------
CACHES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
if REDIS_URL:
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "twosource",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }

# --- Reading and understanding --------------------------------------------------------------------
#: hosts that may be fetched although their address is private ("localhost"), for development
FETCH_PRIVATE_HOSTS: frozenset[str] = frozenset(env.list("FETCH_PRIVATE_HOSTS", default=[]))
FETCH_DELAY = env.float("FETCH_DELAY", default=1.0, validate=validate.Range(min=0))  # seconds
RECHECK_DAYS = env.int("RECHECK_DAYS", default=365, validate=validate.Range(min=0))
MAX_ARTICLE_BYTES = env.int("MAX_ARTICLE_BYTES", default=2_000_000, validate=AT_LEAST_ONE)
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * MAX_ARTICLE_BYTES

# --- Review ---------------------------------------------------------------------------------------
LEASE_MINUTES = env.int("LEASE_MINUTES", default=20, validate=AT_LEAST_ONE)
UNDO_MINUTES = env.int("UNDO_MINUTES", default=10, validate=AT_LEAST_ONE)

# --- Publishing -----------------------------------------------------------------------------------
PUBLIC_PAGES = env.bool("PUBLIC_PAGES", default=False)  # a page for everybody for each published claim
PUBLISHER_NAME = env.str("PUBLISHER_NAME", default="Twosource")
VERDICT_DAYS = env.int("VERDICT_DAYS", default=365, validate=AT_LEAST_ONE)  # how long one is to be relied on

# --- API ------------------------------------------------------------------------------------------
A_RATE = validate.Regexp(
    r"[1-9]\d*/(second|minute|hour|day)\Z", error="give a number a time, as in 600/minute"
)
API_RATE = env.str("API_RATE", default="600/minute", validate=A_RATE)
API_ANONYMOUS_READING = env.bool("API_ANONYMOUS_READING", default=False)
API_ANONYMOUS_RATE = env.str("API_ANONYMOUS_RATE", default="60/minute", validate=A_RATE)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "claims.api.authentication.KeyAuthentication",  # first: who is unknown gets a 401, not a 403
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["claims.api.permissions.ModelPermissions"],
    "DEFAULT_THROTTLE_CLASSES": ["claims.api.throttling.ClientThrottle"],
    "NUM_PROXIES": 1 if HTTPS else 0,  # how much of X-Forwarded-For is believed
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "claims.api.documentation.Operations",
    "DEFAULT_PARSER_CLASSES": ["claims.api.parsing.BoundedJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "claims.api.errors.handle",
    "DEFAULT_METADATA_CLASS": None,  # /api/schema/ says it all
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Twosource",
    "DESCRIPTION": (
        "Claims, where they are made, and how many independent origins stand behind them.\n\n"
        "- A key is made in the admin, or by `manage.py keys create`, and sent as `Authorization: Bearer tws_...`.\n"
        "- An error is a problem (RFC 9457): `errors` names field and value, and what would be right. 400: not as\n"
        "  described here; 422: as described, and still refused; 409 and 412: not as things stand.\n"
        "- Lists are followed by `next`, changes by `GET /api/v1/events/?after=` or a webhook.\n"
        "- Answers have an `ETag`: with `If-None-Match` what still holds is not sent again."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "MentionKind": "claims.api.documentation.MENTION_KINDS",
        "SourceKind": "claims.models.Source.Kind",
        "SubmissionKind": "claims.models.Submission.Kind",
        "EventKind": "verification.models.words.EventKind",
        "OriginKind": "verification.api.serializers.KINDS",
        "ClaimStatus": "verification.api.serializers.STATUS",
    },
}

# --- Metrics --------------------------------------------------------------------------------------
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_PORT = env.int("METRICS_PORT", default=0, validate=validate.Range(min=0, max=65535))
# prometheus-client reads it when it is imported; the processes of one machine count there together.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(data_dir.prepare(DATA_DIR / "metrics"))

# --- Logs -----------------------------------------------------------------------------------------
LOG_LEVEL = env.log_level("LOG_LEVEL", default=logging.INFO)
LOGGING = logs.configure(LOG_LEVEL, json=env.bool("LOG_JSON", default=False))

"""Settings shared by all environments.

How people sign in stands in ``accounts``, what browsers are told and may do in ``security``. Every variable is read in
one of the three, once, and stands in README's table.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

from config import capacity, env
from config.settings.accounts import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from core.ops import logs

BASE_DIR = Path(__file__).resolve().parent.parent.parent

DEBUG = env.boolean("DEBUG", default=False)
DEVELOPMENT = False
SECRET_KEY = env.text("SECRET_KEY", default="")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.listing("CSRF_TRUSTED_ORIGINS", default=[])
# Where links in mails lead, whatever host a request has named; "" takes the request's.
SITE_ORIGIN = env.url("SITE_ORIGIN", schemes=("https", "http"), default="").rstrip("/")
# How many proxies in front may be believed about the visitor's address and scheme.
TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", default=0, minimum=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

INSTALLED_APPS = [
    "core",
    "core.streams",
    "fortune",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.kakao",
    "allauth.socialaccount.providers.naver",
    "allauth.usersessions",
    "allauth.mfa",
    "csp",
    "django_ratelimit",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Outermost: every line logged below carries the request's id.
    "core.site.middleware.request_id.RequestIdMiddleware",
    "core.site.middleware.unavailable.UnavailableMiddleware",
    "core.site.middleware.probes.ProbesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.site.middleware.compression.CompressionMiddleware",
    "core.site.middleware.content_policy.ContentPolicyMiddleware",
    # Outside of all that reads or sets cookies.
    "core.site.middleware.cookies.HostCookieMiddleware",
    "core.site.middleware.privacy.PrivacyMiddleware",
    "core.site.middleware.visitors.VisitorMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    # Before anything that reads a body.
    "core.site.middleware.body_limit.BodyLimitMiddleware",
    "core.site.middleware.again.SentAgainMiddleware",
    # Before anything that asks the database, and outside of what may replace a response.
    "core.streams.middleware.ArrivalsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.site.middleware.guests.GuestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.admin.second_factor.SecondFactorMiddleware",
    # These two need the visitor's session.
    "core.site.middleware.maintenance.MaintenanceMiddleware",
    "core.accounts.onboarding.OnboardingMiddleware",
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
                "core.site.context.site",
            ],
            # Words and addresses without arguments are rendered once for each language (core/site/constant_tags.py).
            "libraries": dict.fromkeys(("i18n", "static"), "core.site.constant_tags"),
            "builtins": ["core.site.constant_tags"],
        },
    },
]

# -- Database: a bounded pool per worker, given back before any wait (docs/decisions/) --

_POSTGRES = ("postgresql", "postgres")
# Milliseconds. A pooler that refuses start-up options gets connections without them (core/db/base.py).
STATEMENT_TIMEOUT = env.integer("DATABASE_STATEMENT_TIMEOUT", default=10_000, minimum=0)
STARTUP_OPTIONS = f"-c statement_timeout={STATEMENT_TIMEOUT} -c idle_in_transaction_session_timeout=30000"
POOL_SIZE = env.integer("DATABASE_POOL_SIZE", default=8, minimum=1)


def _database(url: str, *, connects_within: int, waits: int) -> dict[str, Any]:
    made: dict[str, Any] = {
        **dj_database_url.parse(url),
        "ENGINE": "core.db",
        "CONN_MAX_AGE": 0,
        # Read only here, inside the alias; a pooler in transaction mode can't keep a cursor.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "POOL_OPTIONS": {
            "POOL_SIZE": POOL_SIZE,
            "MAX_OVERFLOW": 0,
            "TIMEOUT": waits,
            "RECYCLE": 600,
            "PRE_PING": True,
        },
    }
    options = {
        "connect_timeout": connects_within,
        # A network that swallows everything is noticed within half a minute, not in a quarter of an hour.
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 25_000,
        **({"options": STARTUP_OPTIONS} if STATEMENT_TIMEOUT else {}),
    }
    made["OPTIONS"] = options | made.get("OPTIONS", {})
    return made


DATABASES: dict[str, dict[str, Any]] = {
    "default": _database(
        env.url("DATABASE_URL", schemes=_POSTGRES, default="postgresql://localhost/fortune"),
        connects_within=5,
        waits=env.integer("DATABASE_POOL_TIMEOUT", default=5, minimum=1),
    )
}
DATABASE_ROUTERS: list[str] = []
# History is listed from a replica, if there is one; where that is late, the primary answers (core/db/replica.py).
if _replica := env.url("DATABASE_REPLICA_URL", schemes=_POSTGRES, default=""):
    DATABASES["replica"] = _database(_replica, connects_within=2, waits=1)
    DATABASE_ROUTERS = ["core.db.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Redis: the cache, and the streams' log on clients of its own (core/redis/connections.py) --

_REDIS = ("redis", "rediss", "unix")
REDIS_URL = env.url("REDIS_URL", schemes=_REDIS, default="redis://localhost:6379/0")
# The logs of running readings may lie on servers of their own, and the cache on one that evicts.
REDIS_LOG_URLS = env.urls("REDIS_LOG_URLS", schemes=_REDIS, default=[REDIS_URL])
# The list before the last change of REDIS_LOG_URLS, or after the next one.
REDIS_LOG_URLS_ALSO = env.urls("REDIS_LOG_URLS_ALSO", schemes=_REDIS, default=[])
REDIS_CACHE_URL = env.url("REDIS_CACHE_URL", schemes=_REDIS, default=REDIS_URL)
# With them, the host in each address is the name of a primary that they watch.
REDIS_SENTINELS = env.addresses("REDIS_SENTINELS", port=26379, default=[])
REDIS_SENTINEL_PASSWORD = env.text("REDIS_SENTINEL_PASSWORD", default="")
# django-ratelimit knows caches by their names: ours is django-redis's, which it supports, made once (core/redis/cache.py).
# And two tag libraries of Django's are replaced on purpose (core/site/constant_tags.py; its test finds any others).
SILENCED_SYSTEM_CHECKS = ["django_ratelimit.W001", "templates.W003"]
CACHES = {
    "default": {
        "BACKEND": "core.redis.cache.shared",
        "LOCATION": REDIS_CACHE_URL,
        "KEY_PREFIX": "fortune",
        "OPTIONS": {
            "SOCKET_CONNECT_TIMEOUT": 1,
            "SOCKET_TIMEOUT": 2,
            "CONNECTION_POOL_KWARGS": {"max_connections": 50},
            "PARSER_CLASS": "core.redis.connections.Parser",
            **({"CONNECTION_POOL_CLASS": "core.redis.connections.PrimaryPool"} if REDIS_SENTINELS else {}),
            # A cache that is away is a cache that misses: sessions come from the database, the hourly limit
            # is open (the daily ledger is not), and only new sign-ins by password are refused meanwhile.
            "IGNORE_EXCEPTIONS": True,
        },
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# -- Streams and models --

WORKER_CLASS = env.choice("WORKER_CLASS", ("gevent", "gthread"), default="gevent")
# Runs written at once by one worker, and browsers that watch one; past it visitors get 503 with Retry-After.
MAX_STREAMS = capacity.streams(WORKER_CLASS, env.integer("MAX_STREAMS", default=2000, minimum=1))
MAX_SUBSCRIBERS = capacity.subscribers(WORKER_CLASS, MAX_STREAMS)
# Event streams of one visitor in one worker; past it 429.
STREAMS_PER_VISITOR = env.integer("STREAMS_PER_VISITOR", default=10, minimum=1)
# Three optimisations of streams, each of which can be turned off (core/streams/__init__.py).
STREAM_BATCHED_READS = env.boolean("STREAM_BATCHED_READS", default=WORKER_CLASS == "gevent")
STREAM_DETACH = env.boolean("STREAM_DETACH", default=True)
STREAM_SHARED_RENDITIONS = env.boolean("STREAM_SHARED_RENDITIONS", default=True)
GRACEFUL_TIMEOUT = env.integer("GRACEFUL_TIMEOUT", default=30, minimum=5)
AI_PROVIDERS = env.listing(
    "AI_PROVIDERS",
    allowed=("deepseek", "gemini", "classic"),
    default=["deepseek", "gemini", "classic"],
)
DEEPSEEK_API_KEY = env.text("DEEPSEEK_API_KEY", default="")
DEEPSEEK_BASE_URL = env.url(
    "DEEPSEEK_BASE_URL", schemes=("https", "http"), default="https://api.deepseek.com"
)
DEEPSEEK_MODEL = env.text("DEEPSEEK_MODEL", default="deepseek-chat")
GEMINI_API_KEY = env.text("GEMINI_API_KEY", default="")
GEMINI_BASE_URL = env.url(
    "GEMINI_BASE_URL", schemes=("https", "http"), default="https://generativelanguage.googleapis.com"
)
GEMINI_MODEL = env.text("GEMINI_MODEL", default="gemini-2.5-flash-lite")
# Steps of about thirty characters a second, so that one can read along; 0 hands out all at once.
CLASSIC_PACE = env.number("CLASSIC_PACE", default=8.0, minimum=0)
AI_CONNECT_TIMEOUT = env.seconds("AI_CONNECT_TIMEOUT", default=5)
AI_FIRST_TOKEN_TIMEOUT = env.seconds("AI_FIRST_TOKEN_TIMEOUT", default=40)
AI_IDLE_TIMEOUT = env.seconds("AI_IDLE_TIMEOUT", default=30)
AI_TOTAL_TIMEOUT = env.seconds("AI_TOTAL_TIMEOUT", default=180)
# US dollars that all answers on the site's keys may cost on a day in Korea, and those of one run with its retries;
# 0: no limit (core/llm/budget).
AI_DAILY_BUDGET = env.number("AI_DAILY_BUDGET", default=0.0, minimum=0)
AI_RUN_BUDGET = env.number("AI_RUN_BUDGET", default=0.25, minimum=0)

# -- Limits (core/limits/quota.py): readings a person may begin in an hour and on a day in Korea --

RATELIMIT_ENABLE = env.boolean("RATELIMIT_ENABLE", default=True)
RATE_HOUR = env.integer("RATE_HOUR", default=5, minimum=0)
RATE_DAY = env.integer("RATE_DAY", default=10, minimum=0)
# All guests of one address together may begin this many times as much: a class shares one.
RATE_ADDRESS_FACTOR = env.integer("RATE_ADDRESS_FACTOR", default=4, minimum=1)
RATELIMIT_FAIL_OPEN = True

# -- Around a view --

MAINTENANCE_MODE = env.boolean("MAINTENANCE_MODE", default=False)
COUNT_VISITORS = env.boolean("COUNT_VISITORS", default=True)

# -- Logs, metrics, error reports --

# gunicorn.conf.py reads the same two, for the master's lines.
LOGGING = logs.config(
    json=env.choice("LOG_FORMAT", ("json", "text"), default="json") == "json",
    level=env.choice("LOG_LEVEL", ("debug", "info", "warning", "error"), default="info").upper(),
)
# A scraper shows it as `Authorization: Bearer …`. Without one there are no figures.
METRICS_TOKEN = env.text("METRICS_TOKEN", default="")
METRICS_OPEN = False
SENTRY_DSN = env.text("SENTRY_DSN", default="")
SENTRY_ENVIRONMENT = env.text("SENTRY_ENVIRONMENT", default="production")
# Railway says which commit it runs, and ships no git from which it could be asked.
SENTRY_RELEASE = env.text("SENTRY_RELEASE", default=env.text("RAILWAY_GIT_COMMIT_SHA", default=""))

# -- Language, files --

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.HashedStorage"},
}
# Where releases before core's migration 0003 kept pictures; it takes them into the database. Nothing is written here.
MEDIA_ROOT = BASE_DIR / "var" / "media"

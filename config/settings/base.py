"""Settings shared by all environments. Every variable is read here, once, and stands in README's table."""

from __future__ import annotations

from pathlib import Path

import dj_database_url

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent

DEBUG = env.boolean("DEBUG", default=False)
SECRET_KEY = env.text("SECRET_KEY", default="")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.listing("CSRF_TRUSTED_ORIGINS", default=[])
# How many proxies in front may be believed about the visitor's address and scheme.
TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", default=0, minimum=0)

INSTALLED_APPS = [
    "core",
    "core.streams",
    "fortune",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.usersessions",
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
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
            ],
        },
    },
]

# -- Database: a bounded pool per worker, given back before any wait (docs/decisions/) --

DATABASES = {
    "default": {
        **dj_database_url.parse(
            env.url(
                "DATABASE_URL", schemes=("postgresql", "postgres"), default="postgresql://localhost/fortune"
            )
        ),
        "ENGINE": "dj_db_conn_pool.backends.postgresql",
        "CONN_MAX_AGE": 0,
        # Read only here, inside the alias; a pooler in transaction mode can't keep a cursor.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "POOL_OPTIONS": {
            "POOL_SIZE": env.integer("DATABASE_POOL_SIZE", default=8, minimum=1),
            "MAX_OVERFLOW": 0,
            "TIMEOUT": 5,
            "RECYCLE": 600,
            "PRE_PING": True,
        },
    }
}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Milliseconds; set by role or database at a pooler that refuses start-up options (docs/operations.md).
STATEMENT_TIMEOUT = env.integer("DATABASE_STATEMENT_TIMEOUT", default=10_000, minimum=0)
if STATEMENT_TIMEOUT:
    DATABASES["default"]["OPTIONS"].setdefault(
        "options",
        f"-c statement_timeout={STATEMENT_TIMEOUT} -c idle_in_transaction_session_timeout=30000",
    )

# -- Redis: the cache, and the streams' log on clients of its own (core/streams/redis.py) --

REDIS_URL = env.url("REDIS_URL", schemes=("redis", "rediss", "unix"), default="redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "fortune",
        "OPTIONS": {
            "SOCKET_CONNECT_TIMEOUT": 1,
            "SOCKET_TIMEOUT": 2,
            "CONNECTION_POOL_KWARGS": {"max_connections": 50},
        },
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# -- Streams and models --

WORKER_CLASS = env.choice("WORKER_CLASS", ("gevent", "gthread"), default="gevent")
# Runs written at once by one worker; past it visitors get 503 with Retry-After.
MAX_STREAMS = env.integer("MAX_STREAMS", default=2000, minimum=1)
GRACEFUL_TIMEOUT = env.integer("GRACEFUL_TIMEOUT", default=30, minimum=5)
AI_PROVIDERS = env.listing("AI_PROVIDERS", default=["deepseek", "gemini", "classic"])
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
AI_CONNECT_TIMEOUT = env.seconds("AI_CONNECT_TIMEOUT", default=5)
AI_FIRST_TOKEN_TIMEOUT = env.seconds("AI_FIRST_TOKEN_TIMEOUT", default=40)
AI_IDLE_TIMEOUT = env.seconds("AI_IDLE_TIMEOUT", default=30)
AI_TOTAL_TIMEOUT = env.seconds("AI_TOTAL_TIMEOUT", default=180)

# -- People --

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"

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
MEDIA_URL = "media/"
MEDIA_ROOT = BASE_DIR / "var" / "media"

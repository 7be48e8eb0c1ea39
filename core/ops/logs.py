"""Logging: JSON lines in production, readable ones in development, and never a birth moment, name or key.

Everything, also what Django and gunicorn (its master, too) log, goes through the same processors, so the request's id stands
in every line and ``scrub`` sees every value.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, MutableMapping
from typing import Any, Final

import structlog

Event = MutableMapping[str, Any]

# Never logged, by the name of the field.
# fmt: off
PRIVATE: Final = frozenset(
    {
        "name", "nickname", "label", "memo", "email", "phone", "birth", "birth_date", "birth_time",
        "birth_place", "longitude", "person", "people", "chart", "chart_json", "chart2_json", "form",
        "post", "body", "data", "text", "prompt", "question", "password", "token", "secret", "cookie",
        "authorization", "api_key", "own_key", "key", "address", "ip", "remote_addr", "sessionid",
    }
)
# fmt: on
# Never logged, by their shape inside a sentence: provider keys, e-mail addresses, dates of birth, secret links.
SHAPES: Final = re.compile(
    r"\b(?:sk-[\w-]{8,}|AIza[\w-]{10,}|gh[ps]_\w{10,}|gAAAA[\w=-]{20,})"
    r"|[\w.+-]+@[\w-]+\.[\w.]+"
    r"|\b(?:1[89]|20)\d{2}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])\b(?![T ]\d{2}:)"
    r"|\b(?:1[89]|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\b"
    r"|\b(?:1[89]|20)\d{2}년 ?\d{1,2}월 ?\d{1,2}일"
    # Links that grant access: a password reset, a confirmation, a shared reading.
    r"|(?<=/password/reset/key/)[\w-]+|(?<=/confirm-email/)[\w:-]+|(?<=/s/)[\w-]{16,}"
)
HIDDEN: Final = "[…]"
# The loggers that may say more at DEBUG.
OURS: Final = ("core", "fortune", "config")


def scrub(logger: object, method: str, event: Event) -> Event:
    """Hide private values in fields, in nested values and within sentences."""
    for field in list(event):
        if field in PRIVATE:
            event[field] = HIDDEN
        elif field not in ("timestamp", "level", "logger", "request_id"):
            event[field] = _clean(event[field])
    return event


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return SHAPES.sub(HIDDEN, value)
    if isinstance(value, dict):
        return {key: HIDDEN if str(key) in PRIVATE else _clean(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(inner) for inner in value]
    return value


def add_pid(logger: object, method: str, event: Event) -> Event:
    """Say which worker it is, or the master."""
    event["pid"] = os.getpid()
    return event


def lower_refusals(record: logging.LogRecord) -> bool:
    """Make a warning of what Django logs as an error: a 503 that a view answers on purpose (full, not ready)."""
    if getattr(record, "status_code", None) == 503 and not record.exc_info:
        record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


SHARED: Final[list[Callable[..., Any]]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    add_pid,
]


def config(*, json: bool, level: str) -> dict[str, Any]:
    """Return Django's ``LOGGING``, which is gunicorn's too, and set structlog up to hand its events to it."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    # At DEBUG libraries log forms, queries, prompts and the contexts of templates, which nobody can scrub.
    others = "INFO" if level == "DEBUG" else level
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": _formatter(json=json)},
        "filters": {"refusals": {"()": lambda: lower_refusals}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": others},
        "loggers": {**{ours: {"level": level} for ours in OURS}, **_loggers_of_libraries(others)},
    }


def _formatter(*, json: bool) -> dict[str, Any]:
    """Return what makes a scrubbed line of an event, ours or a library's."""
    render: list[Any] = (
        [structlog.processors.JSONRenderer(ensure_ascii=False)]
        if json
        else [structlog.dev.ConsoleRenderer(colors=False)]
    )
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            scrub,
            *render,
        ],
    }


def _loggers_of_libraries(level: str) -> dict[str, dict[str, Any]]:
    return {
        "django": {"handlers": [], "level": level, "propagate": True},
        "django.request": {"filters": ["refusals"]},
        "django.server": {"handlers": ["stderr"], "level": level, "propagate": False},
        # Resetting a dead connection logs a long traceback; the query that met it logs enough.
        "sqlalchemy.pool": {"level": "CRITICAL"},
        "dj_db_conn_pool": {"level": "CRITICAL"},
        # One line per request to a provider; the router's events say more.
        "httpx2": {"level": "WARNING"},
        "google_genai": {"level": "WARNING"},
        # gunicorn gives this one a handler of its own, which is taken away here.
        "gunicorn.error": {"handlers": ["stderr"], "level": level, "propagate": False},
    }


def get(name: str) -> Any:
    """Return a structured logger: ``log.info("reading begun", kind="full")``."""
    return structlog.stdlib.get_logger(name)

"""Build the providers that the settings name, and the router of this process."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable

import httpx2
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from core.llm import metrics
from core.llm.breaker import Breaker
from core.llm.http import ConnectionPool
from core.llm.incidents import ALARM_EVERY, Incidents
from core.llm.providers import transport
from core.llm.router import Event, Router
from core.llm.types import Deadlines, Provider
from core.ops import logs

# The provider that needs no network, asked when all others failed. The product registers it.
LAST = "classic"
OWN_CLIENTS = 32

Factory = Callable[[], Provider | None]

log = logs.get(__name__)

_factories: dict[str, Factory] = {}
_pools: dict[str, ConnectionPool] = {}
_lock = threading.RLock()
_router: Router | None = None
_pid = 0


def register(name: str, factory: Factory) -> None:
    """Make ``name`` usable in AI_PROVIDERS. The factory returns None when the provider has no key."""
    _factories[name] = factory


def get_router() -> Router:
    """Return the router of this process, built at first use, after the fork."""
    global _router, _pid
    router = _router
    if router is None or _pid != os.getpid():
        with _lock:
            if _router is None or _pid != os.getpid():
                _pools.clear()
                _router, _pid = _build(), os.getpid()
            router = _router
    return router


def gemini_with(key: str) -> Provider:
    """Return Gemini on a visitor's own key."""
    own = get_router().own
    assert own is not None
    return own(key)


def unknown_providers() -> list[str]:
    """Return the names in AI_PROVIDERS that nobody registered."""
    return [name for name in settings.AI_PROVIDERS if name not in _factories]


def reset() -> None:
    """Forget the router and close its idle connections; the next use reads the settings again."""
    global _router
    with _lock:
        _router = None
        for pool in _pools.values():
            pool.close()
        _pools.clear()


def pools() -> dict[str, ConnectionPool]:
    """Return the connection pools by provider."""
    return dict(_pools)


def _build() -> Router:
    from core.redis import client

    if unknown := unknown_providers():
        known = ", ".join(sorted(_factories))
        raise ImproperlyConfigured(f"AI_PROVIDERS: {', '.join(unknown)} unknown; expected some of {known}")
    incidents = Incidents(_claim_alarm)
    made = {name: _factories[name]() for name in settings.AI_PROVIDERS}
    ready = [name for name, provider in made.items() if provider is not None]
    log.info("providers", order=ready, without_key=[name for name in made if name not in ready])
    return Router(
        [provider for name, provider in made.items() if provider is not None and name != LAST],
        last=made.get(LAST),
        own=OwnKeys(),
        breaker=Breaker(client, watch=metrics.watch_breaker),
        deadlines=Deadlines(
            connect=settings.AI_CONNECT_TIMEOUT,
            first_token=settings.AI_FIRST_TOKEN_TIMEOUT,
            idle=settings.AI_IDLE_TIMEOUT,
            total=settings.AI_TOTAL_TIMEOUT,
        ),
        hook=lambda event: _observe(event, incidents),
    )


def _claim_alarm(provider: str) -> bool:
    """Return whether no other process has raised the alarm within the hour; True while Redis is away."""
    return cache.add(f"llm:alarm:{provider}", 1, ALARM_EVERY) is not False


def _observe(event: Event, incidents: Incidents) -> None:
    metrics.record(event)
    incidents.note(event)
    for name, pool in _pools.items():
        metrics.sockets.labels(name).set(pool.in_use)


def _deepseek() -> Provider | None:
    if not settings.DEEPSEEK_API_KEY:
        return None
    from core.llm.providers.openai_compatible import OpenAICompatible

    base_url = settings.DEEPSEEK_BASE_URL
    provider = OpenAICompatible(
        name="deepseek",
        model=settings.DEEPSEEK_MODEL,
        api_key=settings.DEEPSEEK_API_KEY,
        base_url=base_url,
        max_connections=settings.MAX_STREAMS,
        # Only DeepSeek's own service has /beta; any other server is asked in words to continue.
        prefix_completion=(httpx2.URL(base_url).host or "").endswith("deepseek.com"),
    )
    _pools["deepseek"] = provider.pool
    return provider


def _gemini() -> Provider | None:
    if not settings.GEMINI_API_KEY:
        return None
    from core.llm.providers.gemini import Gemini

    client, pool = transport.client(settings.GEMINI_BASE_URL, max_connections=settings.MAX_STREAMS)
    _pools["gemini"] = pool
    return Gemini(
        model=settings.GEMINI_MODEL,
        api_key=settings.GEMINI_API_KEY,
        base_url=settings.GEMINI_BASE_URL,
        http_client=client,
    )


class OwnKeys:
    """Gemini on visitors' own keys: a client for each key, one connection pool for all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clients: OrderedDict[str, Provider] = OrderedDict()
        self._http: httpx2.Client | None = None

    def __call__(self, key: str) -> Provider:
        """Return the provider of a key; the 32 used last are kept."""
        from core.llm.providers.gemini import Gemini

        with self._lock:
            provider = self._clients.pop(key, None)
            if provider is None:
                if self._http is None:
                    self._http, _pools["own"] = transport.client(
                        settings.GEMINI_BASE_URL, max_connections=settings.MAX_STREAMS
                    )
                provider = Gemini(
                    model=settings.GEMINI_MODEL,
                    api_key=key,
                    base_url=settings.GEMINI_BASE_URL,
                    http_client=self._http,
                )
            self._clients[key] = provider
            while len(self._clients) > OWN_CLIENTS:
                self._clients.popitem(last=False)
            return provider


register("deepseek", _deepseek)
register("gemini", _gemini)

"""The providers that the settings name, and the router over them."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import httpx2
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from core.llm import metrics
from core.llm.breaker import Breaker
from core.llm.budget import Budget, micro
from core.llm.events import Event
from core.llm.http import ConnectionPool, default_tls_context
from core.llm.incidents import ALARM_EVERY, Incidents
from core.llm.providers import transport
from core.llm.router import NO_LIMIT, Router
from core.llm.types import Deadlines, Provider
from core.ops import logs
from core.redis import Minutes

# The provider that needs no network, asked when all others failed. The product registers it.
LAST = "classic"
BUILT_IN = ("deepseek", "gemini")
OWN_CLIENTS = 32
# Named, so that a changed default of a service doesn't change the texts. DeepSeek's documentation gives 1.0 for work on
# given data (1.3 for conversation, 1.5 for fiction); Google advises to leave its newer models at 1.0.
TEMPERATURES: Final = {"deepseek": 1.0, "gemini": 1.0}

Factory = Callable[[], Provider | None]

log = logs.get(__name__)


class Providers:
    """A router over the providers that the settings name, and their connections. Built once per process.

    ``factories`` are those of providers that the product registered.
    """

    def __init__(
        self,
        factories: Mapping[str, Factory],
        *,
        breaker: Breaker,
        budget: Budget | None = None,
        minutes: Minutes | None = None,
    ) -> None:
        self.pools: dict[str, ConnectionPool] = {}
        self._tls_context = functools.cache(default_tls_context)
        self._incidents = Incidents(_claim_alarm)
        self._minutes = minutes
        makers = {**factories, "deepseek": self._deepseek, "gemini": self._gemini}
        if unknown := [name for name in settings.AI_PROVIDERS if name not in makers]:
            known = ", ".join(sorted(makers))
            raise ImproperlyConfigured(
                f"AI_PROVIDERS: {', '.join(unknown)} unknown; expected some of {known}"
            )
        made = {name: makers[name]() for name in settings.AI_PROVIDERS}
        ready = [name for name, provider in made.items() if provider is not None]
        log.info("providers", order=ready, without_key=[name for name in made if name not in ready])
        self.own = OwnKeys(self._gemini_client)
        self.router = Router(
            [provider for name, provider in made.items() if provider is not None and name != LAST],
            last=made.get(LAST),
            own=self.own,
            breaker=breaker,
            budget=budget,
            run_limit=micro(settings.AI_RUN_BUDGET) or NO_LIMIT,
            deadlines=Deadlines(
                connect=settings.AI_CONNECT_TIMEOUT,
                first_token=settings.AI_FIRST_TOKEN_TIMEOUT,
                idle=settings.AI_IDLE_TIMEOUT,
                total=settings.AI_TOTAL_TIMEOUT,
            ),
            hook=self._observe,
        )

    def close(self) -> None:
        """Close idle connections."""
        for pool in self.pools.values():
            pool.close()

    def _observe(self, event: Event) -> None:
        metrics.record(event)
        if self._minutes is not None:
            metrics.record_minute(event, self._minutes)
        self._incidents.note(event)
        for name, pool in self.pools.items():
            metrics.sockets.labels(name).set(pool.in_use)

    def _deepseek(self) -> Provider | None:
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
            temperature=TEMPERATURES["deepseek"],
            prefix_completion=(httpx2.URL(base_url).host or "").endswith("deepseek.com"),
            tls_context=self._tls_context,
        )
        self.pools["deepseek"] = provider.pool
        return provider

    def _gemini(self) -> Provider | None:
        if not settings.GEMINI_API_KEY:
            return None
        return _gemini(settings.GEMINI_API_KEY, self._gemini_client("gemini"))

    def _gemini_client(self, pool: str) -> httpx2.Client:
        """Return a client for Gemini, whose connections are in the pool of this name."""
        client, self.pools[pool] = transport.client(
            settings.GEMINI_BASE_URL, max_connections=settings.MAX_STREAMS, tls_context=self._tls_context
        )
        return client


class OwnKeys:
    """Gemini on visitors' own keys: a client for each key, on the connections of one pool for all."""

    def __init__(self, connect: Callable[[str], httpx2.Client]) -> None:
        """Build nothing yet. ``connect`` returns a client on the pool of a name."""
        self._connect = connect
        self._lock = threading.Lock()
        self._clients: OrderedDict[str, Provider] = OrderedDict()
        self._http: httpx2.Client | None = None

    def __call__(self, key: str) -> Provider:
        """Return the provider of a key; the 32 used last are cached."""
        with self._lock:
            provider = self._clients.pop(key, None)
            if provider is None:
                if self._http is None:
                    self._http = self._connect("own")
                provider = _gemini(key, self._http)
            self._clients[key] = provider
            while len(self._clients) > OWN_CLIENTS:
                self._clients.popitem(last=False)
            return provider


def _gemini(key: str, client: httpx2.Client) -> Provider:
    from core.llm.providers.gemini import Gemini  # its SDK takes a second to import

    return Gemini(
        model=settings.GEMINI_MODEL,
        api_key=key,
        base_url=settings.GEMINI_BASE_URL,
        http_client=client,
        temperature=TEMPERATURES["gemini"],
    )


def _claim_alarm(provider: str) -> bool:
    """Return whether no other process has raised the alarm within the hour; True while Redis is away."""
    return cache.add(f"llm:alarm:{provider}", 1, ALARM_EVERY) is not False


# -- Of this process (core/apps.py) --


def register(name: str, factory: Factory) -> None:
    """Make ``name`` usable in AI_PROVIDERS. The factory returns None when the provider has no key."""
    _config().factories[name] = factory


def register_spending(spent_before: Callable[[date], int]) -> None:
    """Make ``spent_before`` what is asked for the cost of a day's runs, when Redis doesn't know it."""
    _config().spent_before = spent_before


def unknown_providers() -> list[str]:
    """Return the names in AI_PROVIDERS that nobody registered."""
    return [name for name in settings.AI_PROVIDERS if name not in {*BUILT_IN, *_config().factories}]


def providers() -> Providers:
    """Return the providers of this process."""
    found: Providers = _config().providers()
    return found


def reset() -> None:
    """Close the providers of this process; the next use reads the settings again."""
    before: Providers | None = _config().providers.replace(None)
    if before is not None:
        before.close()


def _config() -> Any:
    """Return ``CoreConfig``, untyped here: it imports this module for the types of what it holds."""
    return apps.get_app_config("core")

"""The providers of a process, and its router, are what the settings say."""

from __future__ import annotations

import errno
import os
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from prometheus_client import REGISTRY
from pytest_django import Settings

from core.llm import metrics, registry
from core.llm.breaker import Breaker
from core.llm.cancel import Cancel
from core.llm.checks import providers_are_known
from core.llm.registry import BUILT_IN, Providers
from core.llm.types import ProviderError
from core.runtime import is_patched
from tests.fakes import formats
from tests.fakes.fake import FakeProvider
from tests.fakes.script import Script
from tests.integration.llm.conftest import prompt, read_all
from tests.lines import lines

Build = Callable[[], Providers]


@pytest.fixture(autouse=True)
def configured(fake: FakeProvider, settings: Settings) -> None:
    settings.AI_PROVIDERS = ["deepseek", "gemini"]
    settings.DEEPSEEK_BASE_URL = settings.GEMINI_BASE_URL = fake.url
    settings.DEEPSEEK_API_KEY, settings.GEMINI_API_KEY = "sk-deep", "sk-gem"
    settings.DEEPSEEK_MODEL, settings.GEMINI_MODEL = "registry-deep", "registry-gem"
    settings.AI_FIRST_TOKEN_TIMEOUT = 3
    settings.MAX_STREAMS = 7


@pytest.fixture
def build() -> Iterator[Build]:
    """Build providers whose breaker counts for itself: what is shared has its tests in test_routing."""
    built: list[Providers] = []

    def build() -> Providers:
        built.append(Providers({}, breaker=Breaker(None)))
        return built[-1]

    yield build
    for one in built:
        assert {name: pool.in_use for name, pool in one.pools.items() if pool.in_use} == {}
        one.close()


def sample(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def test_order_keys_and_bounds_are_the_settings(fake: FakeProvider, build: Build) -> None:
    providers = build()
    router = providers.router
    assert [(provider.name, provider.model) for provider in router.providers] == [
        ("deepseek", "registry-deep"),
        ("gemini", "registry-gem"),
    ]
    assert (router.deadlines.first_token, router.deadlines.idle) == (3, 30)
    assert {name: pool.max_connections for name, pool in providers.pools.items()} == {
        "deepseek": 7,
        "gemini": 7,
    }
    assert read_all(router.open(prompt(), cancel=Cancel())) == formats.whole_text(Script())
    assert fake.requests()[0]["key"] == "Bearer sk-deep"


def test_a_provider_without_a_key_is_left_out_and_told_of(
    settings: Settings, build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    settings.DEEPSEEK_API_KEY = ""
    assert [provider.name for provider in build().router.providers] == ["gemini"]
    (line,) = lines(caplog, "providers")
    assert (line["order"], line["without_key"]) == (["gemini"], ["deepseek"])


def test_one_router_serves_the_process() -> None:
    registry.reset()
    first = registry.providers()
    assert registry.providers() is first
    registry.reset()
    assert registry.providers() is not first
    registry.reset()


def test_an_unknown_name_is_told_by_the_check_and_stops_the_router(settings: Settings, build: Build) -> None:
    assert providers_are_known() == []
    settings.AI_PROVIDERS = ["deepsek"]
    assert "deepsek" in str(providers_are_known()[0].msg)
    with pytest.raises(ImproperlyConfigured, match="deepsek"):
        build()


def test_an_own_key_is_sent_alone_and_shown_nowhere(
    fake: FakeProvider, build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    providers = build()
    stream = providers.router.open(prompt(), cancel=Cancel(), own_key="AIza-visitor")
    assert read_all(stream) == formats.whole_text(Script())
    assert [request["key"] for request in fake.requests()] == ["AIza-visitor"]
    assert "AIza-visitor" not in caplog.text + repr(providers.own("AIza-visitor"))


def test_clients_of_own_keys_are_cached_for_a_while(monkeypatch: pytest.MonkeyPatch, build: Build) -> None:
    monkeypatch.setattr(registry, "OWN_CLIENTS", 2)
    own = build().own
    first, second = own("a"), own("b")
    assert own("a") is first
    own("c")
    assert own("a") is first
    assert own("b") is not second


def test_attempts_failures_and_tokens_are_counted(settings: Settings, build: Build) -> None:
    settings.DEEPSEEK_MODEL = "registry-deep@status=401"
    before = {
        "attempts": sample("fortune_llm_attempts_total", provider="gemini"),
        "auth": sample("fortune_llm_failures_total", provider="deepseek", kind="auth"),
        "output": sample("fortune_llm_tokens_total", provider="gemini", kind="output"),
        "first": sample("fortune_llm_first_text_seconds_count", provider="gemini"),
    }
    read_all(build().router.open(prompt(), cancel=Cancel()))
    assert sample("fortune_llm_attempts_total", provider="gemini") == before["attempts"] + 1
    assert sample("fortune_llm_failures_total", provider="deepseek", kind="auth") == before["auth"] + 1
    assert sample("fortune_llm_tokens_total", provider="gemini", kind="output") == before["output"] + 40
    assert sample("fortune_llm_first_text_seconds_count", provider="gemini") == before["first"] + 1
    assert sample("fortune_llm_sockets", provider="gemini") == 0


def test_all_down_and_no_last_resort_is_an_error(settings: Settings, build: Build) -> None:
    settings.DEEPSEEK_MODEL = settings.GEMINI_MODEL = "registry-down@status=400"
    with pytest.raises(ProviderError, match="gemini: bad_request"):
        build().router.open(prompt(), cancel=Cancel())


def test_the_settings_know_the_names_of_all_providers():
    """Other names are refused at the start, before the providers' code is imported."""
    assert {*BUILT_IN, *apps.get_app_config("core").factories} == {"deepseek", "gemini", "classic"}


def test_a_revoked_key_is_told_of_while_another_writes(
    settings: Settings, build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DEEPSEEK_MODEL = "registry-deep@status=401"
    failovers = sample("fortune_llm_failovers_total", provider="gemini")
    providers = build()
    for _ in range(3):
        read_all(providers.router.open(prompt(), cancel=Cancel()))
    assert sample("fortune_llm_failovers_total", provider="gemini") == failovers + 3
    told = lines(caplog, "provider failed", "provider refuses us", "fail-over")
    assert [(line["event"], line["level"], line["provider"]) for line in told] == [
        ("provider failed", "warning", "deepseek"),
        ("provider refuses us", "error", "deepseek"),
        ("fail-over", "warning", "gemini"),
    ]
    assert all(line["kind"] == "auth" for line in told)
    assert [line.get("status") for line in told] == [401, 401, None]
    assert "sk-deep" not in caplog.text
    # Another worker logs its own line, and leaves the alarm to the first.
    caplog.clear()
    read_all(build().router.open(prompt(), cancel=Cancel()))
    assert len(lines(caplog, "provider failed")) == 1
    assert lines(caplog, "provider refuses us") == []


# In a process of their own, so that it makes no difference that this one is patched.
elsewhere = pytest.mark.skipif(is_patched(), reason="the same in the run without the patch")
FIRST_KEY = """
import sys
import django
django.setup()
from core.llm.registry import providers
providers().own("no key, and nothing is asked")  # as gunicorn.conf.py does
before = set(sys.modules)
from core.accounts.own_keys import try_out
assert try_out("AIza-a-visitors-own") == "works"
late = sorted(name for name in set(sys.modules) - before if not name.startswith("core.accounts"))
print("late:", late)
"""


@elsewhere
def test_a_first_own_key_finds_everything_imported(fake: FakeProvider) -> None:
    """Also where no provider with an SDK is configured. An import would stop the loop of a worker that serves."""
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "AI_PROVIDERS": "classic",
        "GEMINI_BASE_URL": fake.url,
        "PYTHONWARNINGS": "ignore",
        "ENV_FILE": os.devnull,
    }
    done = subprocess.run(
        [sys.executable, "-c", FIRST_KEY],
        cwd=settings.BASE_DIR, env=environ, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "late: []"


STARTED = """
import logging, os, runpy, sys, types
start = runpy.run_path("gunicorn.conf.py")["post_worker_init"]
import config.wsgi
from core.runtime import Stage
start(types.SimpleNamespace(log=logging.getLogger(), stage=lambda: Stage.SERVING))
print("imported:", "google.genai" in sys.modules, flush=True)
os._exit(0)  # its jobs are a worker's
"""


@elsewhere
def test_a_worker_has_imported_the_sdks_before_it_serves() -> None:
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "WORKER_CLASS": "gthread",
        "AI_PROVIDERS": "classic",
        "PYTHONWARNINGS": "ignore",
        "ENV_FILE": os.devnull,
    }
    done = subprocess.run(
        [sys.executable, "-c", STARTED],
        cwd=settings.BASE_DIR, env=environ, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1:] == ["imported: True"], done.stderr


def test_a_figure_that_can_not_be_written_costs_no_answer(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics.attempts, "labels", no_space)
    monkeypatch.setattr(metrics.first_text, "labels", no_space)
    assert read_all(build().router.open(prompt(), cancel=Cancel()))


def no_space(*labels: str) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_no_visitors_key_makes_a_worker_read_the_systems_certificates(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It took 75 ms for each visitor's key, in which a worker does nothing else."""

    def read(*_: object, **__: object) -> None:
        raise AssertionError("certificates are read for a connection that is never made")

    monkeypatch.setattr(ssl, "create_default_context", read)
    build().own("AIza-visitor")


def test_all_pools_of_a_worker_read_the_systems_certificates_once(
    settings: Settings, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEEPSEEK_BASE_URL = settings.GEMINI_BASE_URL = "https://127.0.0.1:1"
    read: list[ssl.SSLContext] = []

    def reading(make: Callable[[], ssl.SSLContext] = ssl.create_default_context) -> ssl.SSLContext:
        read.append(make())
        return read[-1]

    monkeypatch.setattr(ssl, "create_default_context", reading)
    providers = build()
    providers.own("AIza-visitor")
    assert (sorted(providers.pools), len(read)) == (["deepseek", "gemini", "own"], 1)

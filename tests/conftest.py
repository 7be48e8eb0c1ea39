"""Fixtures for every test: real servers (`live`, `serve`) and a real browser (`browser`, `page`)."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from core.runtime import running_jobs
from tests import flushing, static_files
from tests.databases import drop_template, ensure_template
from tests.scheduling import LongestFirst, place
from tests.server.harness import Live, RedisDatabases, Servers
from tools import browsers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page
    from xdist.remote import Producer

CHROMIUM = browsers.find()
# No example is timed: a busy machine is no failure.
hypothesis.settings.register_profile("fortune", deadline=None)
hypothesis.settings.load_profile("fortune")
# Milliseconds to wait for what a page should come to show.
PATIENCE = 60_000
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


def pytest_configure() -> None:
    # A shell starts a job in the background with SIGINT ignored, and so would be every server that a test interrupts.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # A fresh clone has collected no static files yet, and WhiteNoise warns of their missing folder.
    Path(__file__).parent.parent.joinpath("var", "static").mkdir(parents=True, exist_ok=True)
    static_files.list_once()
    flushing.flush_used_tables()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[object]:
    # Modules and tests that are collected stay: looking through them for rubbish took an eighth of the time.
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    # Ten thousand collected tests stay to the end, and would be walked by every full collection.
    gc.collect()
    gc.freeze()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LongestFirst:
    return LongestFirst(config, log)


@pytest.hookimpl(trylast=True)  # after pytest-randomly, whose order is kept among the tests of one place
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place(item.nodeid))
    for item in items:
        folders = Path(item.nodeid.partition("::")[0]).parts
        if "server" in folders or "browser" in folders:
            item.add_marker(pytest.mark.server)
        if "browser" in folders:
            item.add_marker(pytest.mark.browser)


def pytest_sessionfinish(session: pytest.Session) -> None:
    # Once: in the process that started xdist's workers, or in the only one.
    if "PYTEST_XDIST_WORKER" not in os.environ and os.environ.get("DATABASE_URL"):
        drop_template()


@pytest.fixture(autouse=True)
def default_language() -> None:
    """Begin in Korean: Django's test client leaves a thread in the language of the last page that it asked for."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def no_job_outlives_its_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Wait for the jobs that a test has started: they may be using the database that it gives back."""
    for database in ("db", "transactional_db"):
        if database in request.fixturenames:
            request.getfixturevalue(database)  # set up before this, and so torn down after it
    before = set(running_jobs())
    yield
    for job in set(running_jobs()) - before:
        assert job.join(30), f"the job {job.name} outlives its test"


@pytest.fixture(scope="session")
def services() -> None:
    """PostgreSQL and Redis are there."""
    if not os.environ.get("DATABASE_URL"):
        pytest.fail(
            "no services: run `make test`, or python tools/services.py --ephemeral -- python -m pytest …"
        )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, services: None) -> None:
    """Copy the test database from the template: nothing is left to migrate."""
    from django.conf import settings

    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = ensure_template()


@pytest.fixture(scope="session")
def redis_databases(services: None) -> RedisDatabases:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    return RedisDatabases(os.environ["REDIS_URL"], worker, workers)


@pytest.fixture(scope="module")
def serve(
    redis_databases: RedisDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Live]]:
    """Start a server: `serve(WORKER_CLASS="gthread", DEEPSEEK_BASE_URL=fake.url, …)`; ended after the module.

    Every server gets a fresh database. Several over the same data: `serve(beside=first)`.
    """
    servers = Servers(redis_databases, tmp_path_factory.mktemp("server"))
    yield servers.start
    servers.end()


@pytest.fixture(scope="session")
def shared(
    redis_databases: RedisDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Live]]:
    """A running server of this environment, for tests that ask as visitors do: `shared(CLASSIC_PACE="0")`.

    It may have served other tests before, and rows and counters of theirs are in its databases.
    """
    servers = Servers(redis_databases, tmp_path_factory.mktemp("shared"))
    running: dict[frozenset[tuple[str, str]], Live] = {}

    def shared(**environ: str) -> Live:
        key = frozenset(environ.items())
        if key not in running:
            running[key] = servers.start(**environ)
        return running[key]

    yield shared
    servers.end()


@pytest.fixture(scope="module")
def live(shared: Callable[..., Live]) -> Live:
    """One gevent worker with the rule-based provider."""
    return shared()


@pytest.fixture(scope="module", params=["gevent", "gthread"])
def either(request: pytest.FixtureRequest, shared: Callable[..., Live]) -> Live:
    """As `live`, once under gevent and once under the roll-back's threads."""
    return shared(WORKER_CLASS=request.param)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Only for a module: its event loop would stop Django's ORM in other tests' threads."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)  # a busy machine is no failure

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                # No other name has an address.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
            ],
        )
        yield browser
        browser.close()


def _is_wrong(message: ConsoleMessage) -> bool:
    """Return whether a page logged an error: not that a busy machine sent a form away, which the page sends again."""
    sent_away = "503" in message.text and "/static/" not in message.location["url"]
    return message.type == "error" and not sent_away


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page: `open_page(live.url, "phone", java_script_enabled=False, …)`.

    Fails the test afterwards if a page threw, or logged an error to its console.
    """
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_page(base_url: str, size: str = "desktop", **options: Any) -> Page:
        width, height = SIZES[size]
        touch = {"has_touch": True, "is_mobile": True} if size == "phone" else {}
        settings = {"base_url": base_url, "locale": "ko-KR", "viewport": {"width": width, "height": height}}
        context = browser.new_context(**(settings | touch | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: wrong.append(f"threw: {error}"))
        page.on("console", lambda message: wrong.append(message.text) if _is_wrong(message) else None)
        return page

    open_page.wrong = wrong  # type: ignore[attr-defined]  # a test that expects an error clears it
    yield open_page
    for context in contexts:
        context.close()
    assert not wrong, wrong


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest, open_page: Callable[..., Page], live: Live) -> Page:
    """A page on `live`, once in a phone-sized and once in a desktop window."""
    return open_page(live.url, request.param)

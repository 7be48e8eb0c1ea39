"""Fixtures for every test: real servers (`live`, `serve`) and a real browser (`browser`, `page`)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from tests.scheduling import LongestFirst, place
from tests.server.harness import Databases, Live, RedisDatabases, start

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from xdist.remote import Producer

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# No example is timed: a busy machine is no failure.
hypothesis.settings.register_profile("fortune", deadline=None)
hypothesis.settings.load_profile("fortune")
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


def pytest_configure() -> None:
    # A fresh clone has collected no static files yet, and WhiteNoise warns of their missing folder.
    Path(__file__).parent.parent.joinpath("var", "static").mkdir(parents=True, exist_ok=True)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LongestFirst:
    return LongestFirst(config, log)


@pytest.hookimpl(trylast=True)  # after the shuffle, which stays within each place
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place(item.nodeid))
    for item in items:
        folders = Path(item.nodeid.partition("::")[0]).parts
        if "server" in folders or "browser" in folders:
            item.add_marker(pytest.mark.server)
        if "browser" in folders:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    if not os.environ.get("DATABASE_URL"):
        pytest.fail(
            "no services: run `make test`, or python tools/services.py --ephemeral -- python -m pytest …"
        )
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    databases = Databases(os.environ["DATABASE_URL"], f"live_{worker}")
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def redis_databases() -> RedisDatabases:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    return RedisDatabases(os.environ["REDIS_URL"], worker, workers)


@pytest.fixture(scope="module")
def serve(
    databases: Databases, redis_databases: RedisDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Live]]:
    """Start a server: `serve(WORKER_CLASS="gthread", DEEPSEEK_BASE_URL=fake.url, …)`; ended after the module.

    Every server gets a fresh database. Several over the same data: `serve(beside=first)`.
    """
    folder, numbers = tmp_path_factory.mktemp("server"), count(1)
    started: list[Live] = []
    made: list[str] = []

    def serve(*, beside: Live | None = None, wait: bool = True, **environ: str) -> Live:
        if beside:
            database, redis_url = beside.environ["DATABASE_URL"], beside.environ["REDIS_URL"]
        else:
            database, redis_url = databases.new(), redis_databases.new()
            made.append(database)
        log = folder / f"{next(numbers)}.log"
        live = start(database=database, redis_url=redis_url, log=log, environ=environ, wait=wait)
        started.append(live)
        return live

    yield serve
    for live in started:
        if not live.stopped:
            live.stop()
    for database in made:
        databases.drop(database)


@pytest.fixture(scope="module")
def live(serve: Callable[..., Live]) -> Live:
    """One gevent worker with the rule-based provider, shared by the module's tests."""
    return serve()


@pytest.fixture(scope="module", params=["gevent", "gthread"])
def either(request: pytest.FixtureRequest, serve: Callable[..., Live]) -> Live:
    """As `live`, once under gevent and once under the roll-back's threads."""
    return serve(WORKER_CLASS=request.param)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Only for a module: its event loop would stop Django's ORM in other tests' threads."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

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
                # Every other name is nowhere.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
            ],
        )
        yield browser
        browser.close()


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
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: wrong.append(f"threw: {error}"))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
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

"""Requests of every client besides pages: HEAD, robots.txt, a favicon; and bodies of unknown length."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

# Every answer may ask for the site's switches, which a process knows for five seconds (core/site/switches.py).
pytestmark = pytest.mark.django_db

PUBLIC = [
    "/", "/fortune/", "/about/", "/accuracy/", "/privacy/", "/fortune/glossary/", "/fortune/glossary.json", "/fortune/match/", "/fortune/pillars/",
    "/offline/", "/sw.js", "/manifest.webmanifest", "/robots.txt", "/favicon.ico", "/view/", "/healthz",
    "/accounts/login/", "/accounts/signup/",
]  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_head_is_answered_wherever_get_is(path: str) -> None:
    get, head = Client().get(path), Client().head(path)
    assert head.status_code == get.status_code in {200, 302}
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


def test_robots_are_kept_from_what_is_somebodys_own() -> None:
    answer = Client().get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert "Disallow: /fortune/readings/" in answer.content.decode()


def test_the_favicon_is_an_icon_of_this_site() -> None:
    assert Client().get("/favicon.ico")["Location"].startswith("/static/icons/")


def test_a_body_of_unknown_length_is_told_so_and_not_taken_for_empty() -> None:
    request = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": None}
    client = Client()
    environ = client._base_environ(PATH_INFO=reverse("fortune:chart_api"), REQUEST_METHOD="POST") | request
    del environ["CONTENT_LENGTH"]
    answer = client.request(**environ)
    assert answer.status_code == 411

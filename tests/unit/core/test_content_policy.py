"""The content security policy is in every answer, as django-csp writes it, but for Django's own pages of mistakes."""

from __future__ import annotations

import pytest
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from core.site.middleware.content_policy import ContentPolicyMiddleware

HEADER = "Content-Security-Policy"


def directives(middleware: type, status: int = 200) -> set[str]:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=status)

    policy: str = middleware(answer)(RequestFactory().get("/")).get(HEADER, "")
    return {part.strip() for part in policy.split(";")}


def test_it_is_what_django_csp_writes() -> None:
    assert directives(ContentPolicyMiddleware) == directives(CSPMiddleware)
    assert "script-src 'self'" in directives(ContentPolicyMiddleware)


@pytest.mark.parametrize("status", [404, 500])
def test_pages_of_mistakes_have_it_but_with_debug(settings: Settings, status: int) -> None:
    assert directives(ContentPolicyMiddleware, status) != {""}
    settings.DEBUG = True
    assert directives(ContentPolicyMiddleware, status) == {""}
    assert directives(ContentPolicyMiddleware, 403) != {""}


def test_a_view_may_set_its_own() -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={HEADER: "default-src 'none'"})

    assert ContentPolicyMiddleware(answer)(RequestFactory().get("/"))[HEADER] == "default-src 'none'"

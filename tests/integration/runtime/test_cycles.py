"""A reading's objects are freed at once: there is no reference cycle among them."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from core.db.pool import release
from core.llm.types import ProviderError
from core.runtime import spawn
from fortune.forms.reading import ReadingForm
from fortune.models import Reading
from tests.fakes.fake import FakeProvider
from tests.integration.llm.conftest import Made, ask, read_all

BIRTH = {"gender": "female", "calendar": "solar", "birth_date": "1990-05-15", "birth_time": "12:00"}


@pytest.fixture(autouse=True)
def uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_a_form_that_was_not_rendered() -> None:
    form = ReadingForm(BIRTH)
    assert form.is_valid()
    gone = weakref.ref(form)
    del form
    assert gone() is None


@pytest.mark.django_db(transaction=True)
def test_djangos_wrapper_of_a_connection() -> None:
    gone: list[weakref.ref[object]] = []

    def look() -> None:
        assert not Reading.objects.exists()
        gone.append(weakref.ref(connections["default"]))
        release()
        gone.append(weakref.ref(connections["default"]))
        assert not Reading.objects.exists()

    job = spawn("test", look)  # a wrapper of its own, which no test runner holds
    assert job.join(10)
    assert job.error is None
    assert [wrapper() for wrapper in gone] == [None, None]


def test_a_request_with_all_that_middleware_hangs_on_it() -> None:
    from config.wsgi import Handler

    def answer(request: HttpRequest) -> HttpResponse:
        assert request.user
        return HttpResponse(request.path)

    stack = SessionMiddleware(AuthenticationMiddleware(MessageMiddleware(answer)))
    request = Handler.request_class(RequestFactory().post("/fortune/", BIRTH).environ)
    assert request.POST["gender"] == "female"
    response = stack(request)
    response._resource_closers.append(request.close)
    gone = weakref.ref(request)
    del request
    assert response.content == b"/fortune/"
    response.close()
    assert gone() is None


@pytest.mark.parametrize("script", ["count=3", "count=300,interval=0.05", "chaos=rst,at=1"])
def test_an_answer_of_a_model(script: str) -> None:
    with FakeProvider() as fake:
        made = Made(fake.url)
        stream = ask(made.deepseek(script))
        gone = weakref.ref(stream._exchange)  # type: ignore[attr-defined]
        if script == "count=3":
            read_all(stream)
        elif "chaos" in script:
            with pytest.raises(ProviderError):
                read_all(stream)
        stream.close()
        del stream
        assert gone() is None
        made.close()

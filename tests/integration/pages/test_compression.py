"""Pages are compressed for browsers that ask for it; streams, short answers and what is compressed already are not."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from core.site.middleware.compression import CompressionMiddleware
from tests.integration.site.helpers import browser, member, reading

PAGE = b"<p>" + "봄비를 머금은 들".encode() * 200
GZIP = {"accept-encoding": "gzip, deflate, br"}


def answer(response: HttpResponse, accepts: str = "gzip, deflate, br") -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": accepts})
    return CompressionMiddleware(lambda _request: response)(request)


def test_a_page_is_compressed_and_says_so() -> None:
    made = answer(HttpResponse(PAGE, headers={"ETag": '"state"', "Vary": "Cookie"}))
    assert made["Content-Encoding"] == "gzip"
    assert gzip.decompress(made.content) == PAGE
    assert int(made["Content-Length"]) == len(made.content) < len(PAGE) / 2
    assert made["Vary"] == "Cookie, Accept-Encoding"
    assert made["ETag"] == 'W/"state"'


@pytest.mark.parametrize("accepts", ["", "br", "identity"])
def test_who_does_not_take_gzip_gets_the_page_as_it_is(accepts: str) -> None:
    made = answer(HttpResponse(PAGE, headers={"ETag": '"state"'}), accepts)
    assert (made.content, made["Vary"], made["ETag"]) == (PAGE, "Accept-Encoding", '"state"')
    assert not made.has_header("Content-Encoding")


@pytest.mark.parametrize("accepts", ["gzip;q=0.5", "br, gzip"])
def test_gzip_is_found_among_others(accepts: str) -> None:
    assert answer(HttpResponse(PAGE), accepts)["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "make",
    [
        lambda: HttpResponse(b"short"),
        lambda: StreamingHttpResponse([PAGE], content_type="text/event-stream"),
    ],
)
def test_what_compression_would_not_help_is_left_alone(make: Callable[[], HttpResponse]) -> None:
    assert not answer(make()).has_header("Content-Encoding")


def test_what_is_compressed_already_is_left_alone() -> None:
    made = answer(HttpResponse(PAGE, headers={"Content-Encoding": "br"}))
    assert (made.content, made["Content-Encoding"]) == (PAGE, "br")


def test_the_length_of_a_page_tells_nothing_of_its_secrets() -> None:
    assert len({len(answer(HttpResponse(PAGE)).content) for _ in range(50)}) > 1


@pytest.mark.django_db
def test_a_reading_is_compressed_and_its_etag_still_spares_a_visit() -> None:
    alice = member()
    client = browser(alice)
    row = reading(owner=alice, text="## 봄\n\n맑은 물이에요.\n")
    page = row.get_absolute_url()
    client.get("/fortune/")
    found = client.get(page, headers=GZIP)
    assert "맑은 물이에요." in gzip.decompress(found.content).decode()
    again = client.get(page, headers={**GZIP, "if-none-match": found["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
def test_the_form_is_compressed_on_a_first_visit() -> None:
    assert Client().get("/fortune/", headers=GZIP)["Content-Encoding"] == "gzip"

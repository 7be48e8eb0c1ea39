"""Oddities of model streams through the real server: bytes in; events, stored text and page out.

One server asks two providers, of which only one answers: each case in its own wire format.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from tests.fakes.oddities import FORMS, T1, WHOLE, Case
from tests.fakes.oddities_of_gateways import CASES
from tests.fakes.raw import HEAD, HOLD, RESET, RawProvider, Step, raw_provider
from tests.server.harness import Live
from tests.server.visitor import BIRTH, Visitor, events, text_of

MORE = "가을에는 반가운 소식이 와요."
REFUSED: list[Step] = [b"HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"]
PAGE = b"<html><title>Bad gateway</title></html>"
# Answers without a word, as (status and headers, body): the other provider is asked.
NO_WORD = {
    **{
        f"{status} with a page": (b"%d No\r\nContent-Type: text/html" % status, PAGE)
        for status in (301, 307, 400, 402, 403, 404, 408, 413, 425, 429, 500, 502, 503, 504, 529)
    },
    "401 with half a body": (b"401 No\r\nContent-Length: 100", b"no"),
    "500 said to be packed": (b"500 No\r\nContent-Encoding: gzip", b"no"),
    "429 until a date": (b"429 No\r\nRetry-After: Wed, 21 Oct 2099 07:28:00 GMT", b"{}"),
    "503 until nonsense": (b"503 No\r\nRetry-After: soon,", b"{}"),
    "204": (b"204 No", b""),
    "200 and nothing": (b"200 OK", b""),
    "a page for events": (b"200 OK\r\nContent-Type: text/event-stream", PAGE),
    "comments alone": (b"200 OK", b": keep-alive\n\n" * 3),
    "an error for events": (b"200 OK\r\nContent-Type: application/json", b'{"error":{"code":429}}'),
}
# Ends that a run is interrupted by, each with the steps of an answer that ends so.
BREAKS = {
    "connect": lambda form: [RESET],
    "truncated": lambda form: [],
    "malformed": lambda form: [b"data: {nonsense\n\n"],
    "server": lambda form: [b'data: {"error":{"code":500}}\n\n'],
    "timeout_idle": lambda form: [HOLD],
    "unfinished": lambda form: [form.end("something_new") + form.done],
}


@dataclass
class Site:
    """A server and its two providers."""

    live: Live
    openai: RawProvider
    gemini: RawProvider
    visitor: Visitor
    births: Iterator[date] = field(
        default_factory=lambda: (date(1950, 1, 1) + timedelta(days=day) for day in range(20_000))
    )

    def will_answer(self, form: str, *answers: list[Step]) -> RawProvider:
        """Let one provider answer so, and the other refuse."""
        asked, other = (self.openai, self.gemini) if form == "openai" else (self.gemini, self.openai)
        other.will_answer(REFUSED)
        asked.will_answer(*answers)
        # Failures of the case before must not keep this one from being asked.
        store = self.live.redis()
        for key in store.scan_iter("llm:*:circuit"):
            store.delete(key)
        return asked

    def begin(self) -> str:
        """Ask for a reading that nobody has asked for; its address."""
        answer = self.visitor.post("/fortune/", {**BIRTH, "birth_date": next(self.births).isoformat()})
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def watch(self, address: str) -> list[tuple[str, dict[str, Any]]]:
        answer = self.visitor.get(f"{address}events", headers={"Accept": "text/event-stream"})
        return events(answer.content.decode())

    def stored(self, address: str) -> dict[str, Any]:
        found: dict[str, Any] = self.visitor.get(address.rstrip("/") + ".json").json()
        return found

    def page(self, address: str) -> tuple[str, bool, bool]:
        """The page's text without its tags and white space, whether it is marked as cut, and offers to go on."""
        body = self.visitor.get(address).text
        words = re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]+>", "", body)))
        return words, "data-cut hidden" not in body, "data-retry hidden" not in body

    def press(self, address: str, what: str) -> int:
        answer = self.visitor.post(f"{address}{what}", headers={"Accept": "application/json"})
        return answer.status_code


@pytest.fixture(scope="module")
def site(serve: Callable[..., Live]) -> Iterator[Site]:
    with raw_provider() as openai, raw_provider() as gemini:
        live = serve(
            AI_PROVIDERS="deepseek,gemini",
            DEEPSEEK_API_KEY="k",
            DEEPSEEK_BASE_URL=openai.url,
            GEMINI_API_KEY="k",
            GEMINI_BASE_URL=gemini.url,
            AI_IDLE_TIMEOUT="2",
            AI_TOTAL_TIMEOUT="30",
            RATELIMIT_ENABLE="false",
        )
        yield Site(live, openai, gemini, Visitor(live))


def tail(form: str, text: str) -> list[Step]:
    """A whole answer of one piece."""
    made = FORMS[form]()
    return [HEAD, made.event(text) + made.end(made.stop) + made.done]


def shown(found: list[tuple[str, dict[str, Any]]]) -> str:
    """The text that a browser has at the end: what came after the last ``reset``."""
    resets = [place for place, (name, _) in enumerate(found) if name == "reset"]
    return text_of(found[resets[-1] :] if resets else found)


@pytest.mark.parametrize(("form", "case"), CASES, ids=str)
def test_a_text_is_stored_and_shown_as_it_was_sent(site: Site, form: str, case: Case) -> None:
    asked = site.will_answer(form, list(case.steps), tail(form, MORE))
    address = site.begin()
    found = site.watch(address)
    text, end = case.text.replace("\0", ""), case.end
    if end == "length":  # goes on by itself, once
        text, end = text + MORE, "stop"
        assert len(asked.requests) == 2
    stored = site.stored(address)
    assert stored["text"] == text
    assert stored["status"] == ("done" if end == "stop" else "interrupted")
    assert shown(found) == text
    name, data = found[-1]
    assert name == ("done" if end == "stop" else "failed")
    assert data.get("retryable", False) is (end not in ("stop", "blocked"))
    words, is_cut, can_go_on = site.page(address)
    assert "".join(text.split())[:400] in words
    assert is_cut is (end != "stop")
    assert can_go_on is (end not in ("stop", "blocked"))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", [*NO_WORD, "white space alone", "a limit first", "a filter first"])
def test_where_there_was_no_word_the_other_provider_writes_all_of_it(
    site: Site, form: str, kind: str
) -> None:
    made = FORMS[form]()
    if kind in NO_WORD:
        head, body = NO_WORD[kind]
        steps: list[Step] = [b"HTTP/1.1 " + head + b"\r\nConnection: close\r\n\r\n" + body]
    else:
        reason = {"a limit first": made.length, "a filter first": made.refused}.get(kind, made.stop)
        steps = [HEAD, made.event("\n\n"), made.event(" ") + made.end(reason) + made.done]
    site.will_answer(form, steps)
    other = "gemini" if form == "openai" else "openai"
    (site.gemini if other == "gemini" else site.openai).will_answer(tail(other, WHOLE))
    address = site.begin()
    found = site.watch(address)
    assert found[-1][0] == "done"
    assert shown(found) == site.stored(address)["text"] == WHOLE


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", BREAKS)
def test_a_text_that_broke_off_is_continued_from_exactly_there(site: Site, form: str, kind: str) -> None:
    made = FORMS[form]()
    asked = site.will_answer(form, [HEAD, made.event(T1), *BREAKS[kind](made)], tail(form, MORE))
    address = site.begin()
    assert site.watch(address)[-1][0] == "failed"
    assert site.stored(address)["text"] == T1
    assert site.press(address, "retry") == 303
    site.watch(address)
    stored = site.stored(address)
    assert (stored["status"], stored["text"]) == ("done", T1 + MORE)
    assert len(stored["versions"]) == 1
    assert T1 in str(asked.requests[-1]["body"])


@pytest.mark.parametrize("form", FORMS)
def test_a_text_is_continued_three_times_and_then_no_more(site: Site, form: str) -> None:
    made = FORMS[form]()
    broken: list[Step] = [HEAD, made.event(T1), RESET]
    parts = [f"{number}번째로 이어서 써요. " for number in range(1, 4)]
    asked = site.will_answer(form, broken, *([HEAD, made.event(part), RESET] for part in parts))
    address = site.begin()
    site.watch(address)
    for _ in parts:
        assert site.press(address, "retry") == 303
        site.watch(address)
    assert site.press(address, "retry") == 409
    assert len(asked.requests) == 4
    assert site.stored(address)["text"] == T1 + "".join(parts)
    assert site.page(address)[1:] == (True, False)


@pytest.mark.parametrize("form", FORMS)
def test_a_text_that_a_filter_ended_is_not_asked_for_again(site: Site, form: str) -> None:
    made = FORMS[form]()
    asked = site.will_answer(form, [HEAD, made.event(T1) + made.end(made.refused) + made.done])
    address = site.begin()
    site.watch(address)
    for _ in range(5):
        assert site.press(address, "retry") == 409
    assert len(asked.requests) == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_text_that_is_stopped_keeps_what_it_has(site: Site, form: str) -> None:
    made = FORMS[form]()
    site.will_answer(form, [HEAD, made.event(T1), HOLD])
    address = site.begin()
    with site.visitor.get(
        f"{address}events", headers={"Accept": "text/event-stream"}, stream=True
    ) as watched:
        lines = watched.iter_lines(decode_unicode=True)
        next(line for line in lines if line.startswith("event: text"))
        assert site.press(address, "stop") == 204
        assert "event: done" in list(lines)
    stored = site.stored(address)
    assert (stored["status"], stored["text"]) == ("stopped", T1)
    assert site.page(address)[1:] == (True, True)  # whoever stopped it may go on


@pytest.mark.parametrize("form", FORMS)
def test_one_429_with_an_hour_is_seen_and_bounded(site: Site, form: str) -> None:
    wait: list[Step] = [
        b"HTTP/1.1 429 No\r\nRetry-After: 3600\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    ]
    asked = site.will_answer(form, wait)
    for _ in range(3):
        address = site.begin()
        site.watch(address)
    assert len(asked.requests) == 1
    store = site.live.redis()
    name = "deepseek:deepseek-chat" if form == "openai" else "gemini:gemini-2.5-flash-lite"
    circuit = store.hgetall(f"llm:{{{name}}}:circuit")
    seconds, _ = store.time()
    assert 0 < int(circuit[b"open_until"]) / 1000 - seconds <= 121

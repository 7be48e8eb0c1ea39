"""Beginning a reading is done in turn; whoever is refused is told at once, with a page that tries again by itself."""

from __future__ import annotations

import html
import logging
import re
from typing import Any

import pytest
from django.test import Client

from core.runtime import spawn
from core.streams import Run
from core.streams.hub.turns import Turns
from core.streams.node import node
from fortune.models import Reading
from tests.integration.site.helpers import browser
from tests.integration.streams.conftest import Script, wait_until

FORM = {"birth_date": "1990-05-15", "gender": "female", "name": '"><script>', "token": "press-1"}
NOBODYS = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def taken() -> Any:
    """The only turn, in somebody else's hands."""
    node().admission.turns = Turns(1, patience=0.01)
    return node().admission.turns.take()


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {html.unescape(name): html.unescape(value) for name, value in found}


def test_a_page_that_is_refused_sends_the_same_form_again_by_itself(taken: Any, script: Script) -> None:
    client = browser()
    answer = client.post("/fortune/?from=here", FORM)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert re.search(
        rf'<form method="post" action="/fortune/\?from=here" data-again="{answer["Retry-After"]}">', page
    )
    assert hidden(page) == FORM
    assert "js/again" in page and "<script>" not in page
    assert "Set-Cookie" not in answer, "nobody is remembered who was not let in"
    assert not Reading.objects.exists() and script.prompts == []
    taken.release()
    begun = client.post("/fortune/?from=here", hidden(page))
    assert begun.status_code == 303
    # The same press once more is the same reading.
    assert client.post("/fortune/?from=here", FORM)["Location"] == begun["Location"]
    assert Reading.objects.count() == 1


def test_what_another_site_has_sent_is_not_made_our_own(taken: Any) -> None:
    """The page that sends it again adds nothing, a token against forgery least of all."""
    forged = Client(
        enforce_csrf_checks=True, headers={"accept": "text/html", "origin": "https://evil.example"}
    )
    page = forged.post("/fortune/", FORM).content.decode()
    assert hidden(page) == FORM
    taken.release()
    assert forged.post("/fortune/", hidden(page)).status_code == 403


def test_a_refusal_is_no_error_of_ours(taken: Any, caplog: pytest.LogCaptureFixture) -> None:
    assert browser().post("/fortune/", FORM).status_code == 503
    assert [record.levelname for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_is_in_the_visitors_language(taken: Any, language: str) -> None:
    page = browser(**{"accept-language": language}).post("/fortune/", FORM).content.decode()
    assert f'<html lang="{language}">' in page
    assert ("다시 해 보기" in page) == (language == "ko")


@pytest.mark.parametrize("path", ["streaming", "daily", "topic"])
def test_a_program_is_told_in_json(taken: Any, path: str) -> None:
    answer = Client(headers={"accept": "*/*"}).post(f"/fortune/api/{path}/", FORM)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
    assert 1 <= int(answer["Retry-After"]) <= 10


@pytest.mark.parametrize(
    "path",
    [
        "/fortune/match/",
        *(f"/fortune/readings/{NOBODYS}/{what}" for what in ("more/", "ask/", "retry", "regenerate")),
    ],
)
def test_everything_that_begins_a_run_takes_a_turn(taken: Any, path: str) -> None:
    assert browser().post(path, FORM).status_code == 503


@pytest.mark.parametrize("path", ["/", "/fortune/", "/healthz", "/accounts/login/"])
def test_everything_else_needs_no_turn(taken: Any, path: str) -> None:
    assert browser().get(path).status_code == 200


def test_a_stop_needs_no_turn(taken: Any) -> None:
    assert browser().post(f"/fortune/readings/{NOBODYS}/stop").status_code == 404


def test_a_late_loop_sends_newcomers_away(monkeypatch: pytest.MonkeyPatch, script: Script) -> None:
    monkeypatch.setattr(node().watchdog, "late_by", lambda: 0.6)
    assert browser().post("/fortune/", FORM).status_code == 503
    monkeypatch.setattr(node().watchdog, "late_by", lambda: 0.4)
    assert browser().post("/fortune/", FORM).status_code == 303


@pytest.mark.parametrize("form", [FORM, {"birth_date": "nonsense"}])
def test_a_turn_is_passed_on_however_a_request_ends(form: dict[str, str], script: Script) -> None:
    node().admission.turns = Turns(1, patience=0.01)
    for _ in range(3):
        assert browser().post("/fortune/", form).status_code in (303, 422)


def test_whoever_only_waits_for_the_text_holds_no_turn(script: Script) -> None:
    node().admission.turns = Turns(1, patience=60)
    script.hold_at = 1
    answers: list[Any] = []
    waiting = spawn(
        "visitor", lambda: answers.append(browser(accept="*/*").post("/fortune/api/daily/", FORM))
    )
    wait_until(lambda: node().hub.subscriber_count() == 1)
    assert browser().post("/fortune/", FORM | {"token": "press-2"}).status_code == 303
    script.gate.set()
    assert waiting.join(30)
    assert answers[0].status_code == 200
    wait_until(lambda: not node().hub.active)
    assert Run.objects.count() == 2

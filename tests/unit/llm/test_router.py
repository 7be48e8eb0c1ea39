"""The order of providers, the retry loop and its bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from core.llm.breaker import Breaker, Limits
from core.llm.cancel import Cancel, Cancelled
from core.llm.events import Event, Tally
from core.llm.pricing import most_micro
from core.llm.router import RetryBudget, Router
from core.llm.types import Deadlines, Message, Prompt, Provider, ProviderError, Usage

PROMPT = Prompt("", ())


class Said:
    """A stream that says its pieces; an error among them is raised."""

    model, finish_reason = "m", "stop"

    def __init__(self, provider: str, pieces: list[str | ProviderError], continues: bool) -> None:
        self.provider = provider
        self.continues = continues
        self.closed = False
        self.usage = Usage(1, 2)
        self._pieces = list(pieces)

    def read(self) -> str | None:
        if not self._pieces:
            return None
        piece = self._pieces.pop(0)
        if isinstance(piece, BaseException):
            raise piece
        return piece

    def close(self) -> None:
        self.closed = True


@dataclass
class Scripted:
    """A provider that does what its script says, call by call; the last line stays."""

    name: str
    script: list[ProviderError | BaseException | list[str | ProviderError]]
    model: str = "m"
    calls: int = 0
    deadlines: list[Deadlines] = field(default_factory=list)
    streams: list[Said] = field(default_factory=list)

    def open(self, prompt: Prompt, *, deadlines: Deadlines, cancel: Cancel) -> Said:
        if cancel.is_set():
            raise Cancelled
        line = self.script[min(self.calls, len(self.script) - 1)]
        self.calls += 1
        self.deadlines.append(deadlines)
        if isinstance(line, BaseException):
            raise line
        self.streams.append(Said(self.name, line, bool(prompt.prefix)))
        return self.streams[-1]


def routed(
    *providers: Provider,
    last: Provider | None = None,
    own: Callable[[str], Provider] | None = None,
    deadlines: Deadlines = Deadlines(),  # noqa: B008 - frozen
) -> Router:
    return Router(providers, deadlines=deadlines, breaker=Breaker(None), last=last, own=own, backoff=0.0)


def text_of(router: Router, prompt: Prompt = PROMPT, **more: object) -> str:
    stream = router.open(prompt, cancel=Cancel(), **more)  # type: ignore[arg-type]
    text = ""
    while (piece := stream.read()) is not None:
        text += piece
    return text


def test_the_first_that_answers_writes() -> None:
    first, second = Scripted("a", [["하나", "둘"]]), Scripted("b", [["셋"]])
    assert text_of(routed(first, second)) == "하나둘"
    assert (first.calls, second.calls) == (1, 0)


def test_a_failure_before_the_first_text_goes_to_the_next_at_once() -> None:
    first, second = Scripted("a", [ProviderError("server")]), Scripted("b", [["셋"]])
    assert text_of(routed(first, second)) == "셋"
    assert (first.calls, second.calls) == (1, 1)


def test_a_stream_that_breaks_before_its_first_text_is_closed_and_replaced() -> None:
    first, second = Scripted("a", [[ProviderError("connect")]]), Scripted("b", [["셋"]])
    assert text_of(routed(first, second)) == "셋"
    assert first.streams[0].closed


def test_after_the_first_text_nothing_is_tried_again() -> None:
    first, second = Scripted("a", [["하나", ProviderError("connect")]]), Scripted("b", [["셋"]])
    stream = routed(first, second).open(PROMPT, cancel=Cancel())
    assert stream.read() == "하나"
    with pytest.raises(ProviderError, match="connect"):
        stream.read()
    assert (first.calls, second.calls) == (1, 0)


def test_when_all_failed_those_that_may_answer_are_asked_once_more() -> None:
    first = Scripted("a", [ProviderError("server"), ["하나"]])
    second = Scripted("b", [ProviderError("auth")])
    assert text_of(routed(first, second)) == "하나"
    assert (first.calls, second.calls) == (2, 1)


def test_the_last_resort_writes_when_the_second_round_failed_too() -> None:
    first, last = Scripted("a", [ProviderError("server")]), Scripted("classic", [["규칙"]])
    assert text_of(routed(first, last=last)) == "규칙"
    assert (first.calls, last.calls) == (2, 1)


def test_without_providers_the_last_resort_writes() -> None:
    assert text_of(routed(last=Scripted("classic", [["규칙"]]))) == "규칙"


def test_the_error_met_last_is_raised() -> None:
    with pytest.raises(ProviderError, match="b: auth"):
        text_of(
            routed(
                Scripted("a", [ProviderError("bad_request", "a")]),
                Scripted("b", [ProviderError("auth", "b")]),
            )
        )


class Time(Cancel):
    """A clock that a wait moves on."""

    __slots__ = ("now", "waits")

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0
        self.waits: list[float] = []

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        self.now += seconds
        return False


def test_a_retry_waits_as_long_as_it_was_asked_to() -> None:
    first = Scripted("a", [ProviderError("rate_limited", retry_after=2.0), ["하나"]])
    time = Time()
    clock = lambda: time.now  # noqa: E731
    router = Router([first], deadlines=Deadlines(), breaker=Breaker(None, clock), clock=clock, backoff=0.1)
    assert router.open(PROMPT, cancel=time).read() == "하나"
    (wait,) = time.waits
    assert 2.05 <= wait <= 2.15  # with its jitter
    assert first.calls == 2


@pytest.mark.parametrize("asked", [60.0, 3000.0])
def test_a_retry_that_is_too_far_off_is_not_made(asked: float) -> None:
    first, last = Scripted("a", [ProviderError("rate_limited", retry_after=asked)]), Scripted("c", [["규칙"]])
    router = routed(first, last=last)
    assert text_of(router) == "규칙"
    assert text_of(router) == "규칙"
    assert first.calls == 1, "it was asked again though it wanted to be left alone"
    assert router.states() == {"a:m": "open"}


def test_a_retry_past_the_total_deadline_is_not_made() -> None:
    first = Scripted("a", [ProviderError("rate_limited", retry_after=5.0)])
    with pytest.raises(ProviderError):
        text_of(routed(first, deadlines=Deadlines(total=1.0)))
    assert first.calls == 1


@pytest.mark.parametrize(
    "kind", ["timeout_first_token", "timeout_idle", "bad_request", "auth", "blocked", "pool"]
)
def test_some_failures_are_not_worth_a_second_try(kind: str) -> None:
    first = Scripted("a", [ProviderError(kind)])  # type: ignore[arg-type]
    with pytest.raises(ProviderError):
        text_of(routed(first))
    assert first.calls == 1


def test_retries_are_a_tenth_of_first_tries() -> None:
    budget = RetryBudget(share=0.1, most=3)
    assert [budget.withdraw() for _ in range(4)] == [True, True, True, False]
    for _ in range(100):
        budget.deposit()
    assert [budget.withdraw() for _ in range(4)] == [True, True, True, False]


def test_when_many_fail_the_budget_ends_the_retries() -> None:
    first, last = Scripted("a", [ProviderError("malformed")]), Scripted("c", [["규칙"]])
    router = routed(first, last=last)
    for _ in range(100):
        text_of(router)
    assert 100 < first.calls <= 100 + 10 + 100 * 0.1


def test_an_open_breaker_leaves_the_provider_alone() -> None:
    first, second = Scripted("a", [ProviderError("server")]), Scripted("b", [["셋"]])
    router = routed(first, second)
    for _ in range(Limits().failures * 3):
        text_of(router)
    assert first.calls == Limits().failures
    assert router.states() == {"a:m": "open", "b:m": "closed"}


def test_a_stream_that_stalls_late_counts_for_the_breaker() -> None:
    first = Scripted("a", [["하나", ProviderError("timeout_idle")]])
    router = routed(first)
    for _ in range(Limits().failures):
        with pytest.raises(ProviderError):
            text_of(router)
    assert router.states() == {"a:m": "open"}


def test_an_own_key_asks_its_own_provider_and_never_moves_the_breaker() -> None:
    shared, last = Scripted("gemini", [["공용"]]), Scripted("classic", [["규칙"]])
    own = Scripted("gemini", [ProviderError("server")])
    router = routed(shared, last=last, own=lambda key: own)
    for _ in range(Limits().failures * 2):
        assert text_of(router, own_key="k") == "규칙"
    assert shared.calls == 0
    assert router.states() == {"gemini:m": "closed"}


@pytest.mark.parametrize("kind", ["auth", "bad_request", "rate_limited"])
def test_a_fault_of_the_own_key_is_told_not_papered_over(kind: str) -> None:
    own = Scripted("gemini", [ProviderError(kind)])  # type: ignore[arg-type]
    router = routed(last=Scripted("classic", [["규칙"]]), own=lambda key: own)
    with pytest.raises(ProviderError, match=kind):
        text_of(router, own_key="k")


def test_a_text_that_was_whole_already_is_no_failure() -> None:
    first, last = Scripted("a", [[ProviderError("empty", "a")]]), Scripted("classic", [["규칙"]])
    with pytest.raises(ProviderError, match="empty"):
        text_of(routed(first, last=last), Prompt("", (), prefix="다 쓴 글"))
    assert (first.calls, last.calls) == (1, 0)


def test_a_stop_ends_the_way_through_the_providers() -> None:
    cancel = Cancel()
    first = Scripted("a", [ProviderError("server")])
    second = Scripted("b", [Cancelled()])
    with pytest.raises(Cancelled):
        routed(first, second).open(PROMPT, cancel=cancel)
    cancel.set()
    with pytest.raises(Cancelled):
        routed(first).open(PROMPT, cancel=cancel)


def test_what_happens_is_told_without_a_word_per_token() -> None:
    told: list[Event] = []
    first = Scripted("a", [ProviderError("auth")])
    second = Scripted("b", [["하나", *["둘"] * 500]])
    text_of(routed(first, second), on_event=told.append)
    assert [(event.what, event.provider, event.kind) for event in told] == [
        ("attempt", "a", ""),
        ("failed", "a", "auth"),
        ("attempt", "b", ""),
        ("first_text", "b", ""),
        ("failed_over", "b", "auth"),
        ("ended", "b", ""),
    ]
    assert told[-1].usage == Usage(1, 2)


def test_the_total_deadline_covers_all_attempts() -> None:
    first, second = Scripted("a", [ProviderError("server")]), Scripted("b", [["셋"]])
    text_of(routed(first, second, deadlines=Deadlines(total=50.0)))
    assert second.deadlines[0].total < 50.0


class Purse:
    """A budget that has so much, and notes what is put aside and settled."""

    def __init__(self, micro: int) -> None:
        self.micro = micro
        self.settled: list[int] = []

    def reserve(self, micro: int) -> int | None:
        if micro > self.micro:
            return None
        self.micro -= micro
        return micro

    def settle(self, reservation: int, micro: int) -> None:
        self.micro += reservation - micro
        self.settled.append(micro)


ASKED = Prompt("당신은 명리학자입니다.", (Message("user", "올해는 어떤가요?"),), max_tokens=100)
MOST = most_micro("m", ASKED)


def paid(purse: Purse, *providers: Provider, run_limit: int = 10**9, **more: object) -> Router:
    router = routed(*providers, **more)  # type: ignore[arg-type]
    router.budget, router.run_limit = purse, run_limit  # type: ignore[assignment]
    return router


def counted(router: Router, prompt: Prompt = ASKED) -> tuple[str, int]:
    """The text, and what it cost."""
    tally = Tally()
    return text_of(router, prompt, on_event=tally.note), tally.micro


def test_every_request_to_a_paid_model_is_counted_where_it_is_made() -> None:
    purse = Purse(10**6)
    first = Scripted("a", [ProviderError("truncated"), ["하나"]])
    _, micro = counted(paid(purse, first))
    assert first.calls == len(purse.settled) == 2
    assert all(purse.settled)
    assert micro == sum(purse.settled) == 10**6 - purse.micro


@pytest.mark.parametrize(
    ("kind", "costs"),
    [("truncated", True), ("timeout_first_token", True), ("blocked", True), ("empty", True)]
    + [(kind, False) for kind in ("connect", "auth", "rate_limited", "server", "bad_request", "pool")],
)
def test_a_failure_costs_what_the_provider_takes_for_it(kind: str, costs: bool) -> None:
    purse = Purse(10**6)
    first = Scripted("a", [ProviderError(kind)])  # type: ignore[arg-type]
    counted(paid(purse, first, last=Scripted("classic", [["규칙"]])))
    assert bool(sum(purse.settled)) is costs


def test_what_is_beyond_the_days_money_is_written_by_the_rules() -> None:
    purse, told = Purse(MOST - 1), list[Event]()
    first, last = Scripted("a", [["하나"]]), Scripted("classic", [["규칙"]])
    assert text_of(paid(purse, first, last=last), ASKED, on_event=told.append) == "규칙"
    assert (first.calls, purse.settled) == (0, [])
    assert [event.what for event in told] == ["unpaid", "attempt", "first_text", "failed_over", "ended"]


def test_a_run_has_a_ceiling_of_its_own_over_all_its_requests() -> None:
    last = Scripted("classic", [["규칙"]])
    for spent, calls in ((0, 1), (1, 0)):
        first = Scripted("a", [["하나"]])
        router = paid(Purse(10**6), first, last=last, run_limit=MOST)
        counted(router, replace(ASKED, spent_micro=spent))
        assert first.calls == calls
    first = Scripted("a", [ProviderError("truncated"), ["하나"]])
    assert counted(paid(Purse(10**6), first, last=last, run_limit=MOST + 1))[0] == "규칙"
    assert first.calls == 1, "its second try did not count the first"


def test_an_answer_that_is_stopped_or_never_read_is_paid_for_once() -> None:
    for read in (0, 1, 2):
        purse, tally = Purse(10**6), Tally()
        first = Scripted("a", [["하나", "둘", Cancelled()]])  # type: ignore[list-item]
        stream = paid(purse, first).open(ASKED, cancel=Cancel(), on_event=tally.note)
        for _ in range(read):
            stream.read()
        stream.close()
        stream.close()
        assert purse.settled == [tally.micro]


def test_a_providers_nonsense_costs_no_more_than_was_put_aside() -> None:
    purse = Purse(10**6)
    first = Scripted("a", [["하나"]])
    router = paid(purse, first)
    stream = router.open(ASKED, cancel=Cancel())
    first.streams[0].usage = Usage(2**31 - 1, 2**31 - 1)
    while stream.read() is not None:
        pass
    assert purse.settled == [MOST]


def test_the_rules_and_a_visitors_own_key_cost_nothing() -> None:
    purse = Purse(10**6)
    own = Scripted("gemini", [["내 것"]])
    router = paid(purse, last=Scripted("classic", [["규칙"]]), own=lambda key: own)
    tally = Tally()
    text_of(router, ASKED, own_key="k", on_event=tally.note)
    text_of(router, ASKED, on_event=tally.note)
    assert (tally.micro, purse.settled) == (0, [])


def test_what_a_filter_refused_is_not_asked_again() -> None:
    first = Scripted("a", [ProviderError("blocked")])
    counted(paid(Purse(10**6), first, last=Scripted("classic", [["규칙"]])))
    assert first.calls == 1

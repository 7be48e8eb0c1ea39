"""Prometheus metrics of the providers: per attempt and per answer, never per token."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

from core.llm.budget import Spent
from core.llm.events import Event
from core.redis import Minutes

attempts = Counter("fortune_llm_attempts", "Requests to a provider", ["provider"])
failures = Counter("fortune_llm_failures", "Failed attempts and broken answers", ["provider", "kind"])
refused = Counter("fortune_llm_refused", "Calls kept back by the breaker", ["provider"])
failovers = Counter(
    "fortune_llm_failovers", "Answers of another provider than the first choice", ["provider"]
)
first_text = Histogram(
    "fortune_llm_first_text_seconds",
    "Seconds from the request to the first text",
    ["provider"],
    buckets=(0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 13, 20, 40),
)
tokens = Counter("fortune_llm_tokens", "Tokens as the provider counts them", ["provider", "kind"])
cost = Counter("fortune_llm_cost_micro_usd", "Estimated cost of answers on our keys", ["provider"])
breaker = Gauge(
    "fortune_llm_breaker_open",
    "1 while calls are kept from a provider",
    ["provider"],
    multiprocess_mode="livemostrecent",
)
unpaid = Counter(
    "fortune_llm_unpaid", "Requests that were not made because a budget was used up", ["provider"]
)
spent_today = Gauge(
    "fortune_llm_spent_today_micro_usd",
    "Estimated cost of the Korean day, of all workers, as last seen",
    multiprocess_mode="livemostrecent",
)
budget_today = Gauge(
    "fortune_llm_budget_micro_usd", "What a Korean day may cost", multiprocess_mode="livemostrecent"
)
sockets = Gauge(
    "fortune_llm_sockets", "Connections in use to a provider", ["provider"], multiprocess_mode="livesum"
)


def watch_breaker(circuit: str, is_open: bool) -> None:
    """Tell that a circuit (provider and model) has opened or closed."""
    breaker.labels(circuit.partition(":")[0]).set(int(is_open))


def watch_budget(spent: Spent) -> None:
    """Tell what the day has cost, of what it may."""
    spent_today.set(spent.micro)
    budget_today.set(spent.limit)


def record(event: Event) -> None:
    """Count one event of the router."""
    name = event.provider
    match event.what:
        case "attempt":
            attempts.labels(name).inc()
        case "refused":
            refused.labels(name).inc()
        case "unpaid":
            unpaid.labels(name).inc()
        case "failed_over":
            failovers.labels(name).inc()
        case "first_text":
            first_text.labels(name).observe(event.seconds)
        case "failed" | "broke":
            failures.labels(name, event.kind).inc()
    usage = event.usage
    if usage.input_tokens or usage.output_tokens:
        tokens.labels(name, "input").inc(usage.input_tokens)
        tokens.labels(name, "cached").inc(usage.cached_tokens)
        tokens.labels(name, "output").inc(usage.output_tokens)
    if event.cost_micro:
        cost.labels(name).inc(event.cost_micro)


def record_minute(event: Event, minutes: Minutes) -> None:
    """Count for the operators' page what providers were asked on our keys, what failed, and what it cost."""
    if event.own:
        return  # a visitor's wrong key says nothing about the provider
    if event.what == "attempt":
        minutes.add(f"asked:{event.provider}")
    elif event.what in ("failed", "broke"):
        minutes.add(f"failed:{event.provider}")
    if event.cost_micro:
        minutes.add("cost", event.cost_micro)

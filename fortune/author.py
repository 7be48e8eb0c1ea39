"""The product's answers to the platform about a run: the prompt, the key to use, and the end of the run."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from core.accounts import profiles
from core.limits import quota
from core.limits.days import korean_day
from core.llm.types import Prompt
from core.streams import Run, Status
from fortune import casting
from fortune.casting import chart_of
from fortune.fragment_cache import fragment_cache
from fortune.models import Kind, Reading
from fortune.readings.inputs import Person, ReadingInput
from fortune.readings.names import names_hidden
from fortune.readings.prompts import prompt_of
from fortune.readings.texts import LANGUAGES
from fortune.saju import Chart

GONE = "taken-away"
OWN_PROVIDER = "gemini"
# The number of earlier questions that are sent along with a new one.
TURNS = 6


class ReadingAuthor:
    """The author of readings' runs. ``Run.subject`` is the reading's id."""

    def prompt(self, run: Run) -> Prompt:
        reading = Reading.objects.select_related("parent").get(pk=run.subject)
        chart = chart_of(reading.birth, reading.options)
        return prompt_for(reading, chart, other_of(reading), now=run.created_at)

    def own_key(self, run: Run) -> str | None:
        owner = Reading.objects.select_related("owner__profile").get(pk=run.subject).owner
        profile = getattr(owner, "profile", None)
        # A run on an own key is not charged, so it must never use the site's key. A key that was removed in the
        # meantime is refused by Gemini, and the rules write the reading.
        return profile.own_key or GONE if profile else GONE

    def forget(self, subjects: Collection[UUID]) -> None:
        fragment_cache().forget(subjects)
        casting.forget()

    def finished(self, run: Run) -> None:
        now = run.finished_at or datetime.now(UTC)
        if run.own_key:
            _note_own_key(run, now)
        # A model that was asked costs money, whether the visitor stops it before the first word or its filter does.
        # Other failures are not the visitor's fault.
        is_given_back = not run.cost_micro or (run.status == Status.FAILED and run.can_be_retried)
        if not run.text and is_given_back:
            quota.refund(subject=run.id, now=now)


def _note_own_key(run: Run, now: datetime) -> None:
    """Note what a run on an own key tells of the key, if it tells anything."""
    works = bool(run.text) and run.provider == OWN_PROVIDER
    if not works and run.error_code != "auth":
        return
    owner = Reading.objects.filter(pk=run.subject).values_list("owner_id", flat=True).first()
    if owner is not None:
        profiles.note_own_key(user_id=owner, works=works, now=now)


def other_of(reading: Reading) -> Chart | None:
    """Return the chart of the second person: of a 궁합, or of the 궁합 that a question is about."""
    about = _about(reading)
    return chart_of(about.other_birth, about.other_options) if about.other_chart else None


def _about(reading: Reading) -> Reading:
    """Return the reading that a question is about, any other reading itself."""
    return reading.parent if reading.kind == Kind.QUESTION and reading.parent else reading


def prompt_for(reading: Reading, chart: Chart, other: Chart | None, *, now: datetime) -> Prompt:
    """Return the prompt for ``reading``. A question reads the earlier conversation from the database."""
    turns: tuple[tuple[str, str], ...] = ()
    if reading.kind == Kind.QUESTION:
        turns, other = _turns_before(reading), other or other_of(reading)
    return prompt_of(inputs_of(reading, chart, other, today=korean_day(now), turns=turns))


def inputs_of(
    reading: Reading,
    chart: Chart,
    other: Chart | None,
    *,
    today: date,
    turns: tuple[tuple[str, str], ...] = (),
) -> ReadingInput:
    """Return the inputs of ``reading``; ``chart`` and ``other`` are cast from its births.

    Names stay behind: where the visitor wrote one in a question too, a pronoun takes its place.
    """
    about = _about(reading)
    names = {about.other_label: "other", reading.label: "me"}

    def without(text: str) -> str:
        return names_hidden(text, names, language=reading.language)

    made = ReadingInput(
        kind=reading.kind,
        person=Person.of(chart),
        today=today,
        language=reading.language if reading.language in LANGUAGES else LANGUAGES[0],
        mode=reading.mode,
        topic=reading.topic,
        other=Person.of(other) if other is not None else None,
        relation=about.relation if other is not None else "",
        day=reading.date,
        question=without(reading.question),
        turns=tuple((without(question), without(answer)) for question, answer in turns),
    )
    if about is reading:
        return made
    asked_on = korean_day(about.created_at)
    parent = replace(
        made, kind=about.kind, topic=about.topic, day=about.date, today=asked_on, question="", turns=()
    )
    return replace(made, about=parent)


def _turns_before(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Return the conversation so far as (question, answer), oldest first."""
    earlier = list(
        Reading.objects.filter(parent=reading.parent, created_at__lt=reading.created_at)
        .order_by("-created_at")
        .only("id", "question")[:TURNS]
    )
    texts = dict(
        Run.objects.filter(subject__in=[r.id for r in earlier])
        .order_by("epoch")
        .values_list("subject", "text")
    )
    return tuple((r.question, texts.get(r.id, "")) for r in reversed(earlier))

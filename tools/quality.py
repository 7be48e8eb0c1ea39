"""Print how the readings fare: what they share, what the checks find, what is heard of a crisis, what is read from questions.

``make quality`` runs it. docs/quality.md has the figures and what they mean.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.corpora import figures, sharing

_FRESH = ("phone", "phone-en", "posts", "posts-en", "asides", "asides-en", "last", "last-en")
_LATER = (
    "stories",
    "chat",
    "english",
    "stories-2",
    "chat-2",
    "english-2",
    "stories-3",
    "chat-3",
    "english-3",
    "stories-4",
    "chat-4",
    "english-4",
    "stories-5",
    "chat-5",
    "english-5",
)
_TYPED = ("first", "second", "third", "fourth")


def main() -> None:
    """Print one table for the sharing and one for the corpora."""
    _print_sharing()
    _print_corpora()


def _print_sharing() -> None:
    few = range(sharing.FEW)
    rows: list[tuple[str, str, Callable[[str], float]]] = [
        ("40 people, full reading", "12 %", sharing.people),
        ("40 people, teacher's reading", "12 %", lambda language: sharing.people(language, "teacher")),
        ("general and teacher's, one person", "40 %", sharing.modes),
        (
            "two days, one person",
            "25 %",
            lambda language: sum(sharing.days(n, language) for n in few) / len(few),
        ),
        (
            "two years, one person",
            "25 %",
            lambda language: sum(sharing.years(n, language) for n in few) / len(few),
        ),
        (
            "topic, day, year, answer: said in the full one",
            "0 %",
            lambda language: sharing.repeated("general", language),
        ),
        (
            "the same, after the teacher's reading",
            "0 %",
            lambda language: sharing.repeated("teacher", language),
        ),
    ]
    print(f"{'shared sentences':<44}{'Korean':>8}{'English':>9}   at most")
    for name, most, measure in rows:
        print(f"{name:<44}{measure('ko'):>8.1%}{measure('en'):>9.1%}   {most}")


def _print_corpora() -> None:
    print(f"\n{'corpora':<44}{'found':>8}{'alarms':>9}   sentences")
    contradictions = (
        ("contradictions", figures.grounding, ("tuned", "kept back")),
        ("contradictions as models say them", figures.said, ("first", "second", "third")),
        ("contradictions, facts filled in", figures.filled, figures.FILLED),
        ("contradictions, fresh", figures.fresh, figures.FRESH),
        ("contradictions, later", figures.later, (*figures.LATER, "harmless", "harmless, second")),
        ("contradictions, latest", figures.latest, (*figures.LATEST, "harmless")),
        ("contradictions in English", figures.english, figures.ENGLISH),
    )
    for name, measured, named in contradictions:
        for part in named:
            _print_corpus(f"{name}, {part}", measured(part))
    for half in ("looked at", "kept"):
        _print_corpus(f"crisis, {half}", figures.crisis(half))
    for part in (*_TYPED, "fifth", "sixth", "seventh"):
        _print_corpus(f"crisis as people write it, {part}", figures.crisis(part, "crisis_typed.txt"))
    for part in ("first", "second", "third"):
        _print_corpus(f"crisis in fresh words, {part}", figures.crisis(part, "crisis_fresh.txt"))
    for part in ("fourth", "fifth", "sixth", "seventh", "eighth"):
        _print_corpus(f"crisis in later words, {part}", figures.crisis(part, "crisis_later.txt"))
    parts = (
        ("questions.txt", ""),
        ("questions_kept.txt", ""),
        *(("questions_typed.txt", part) for part in _TYPED),
        *(("questions_fresh.txt", part) for part in _FRESH),
        *(("questions_later.txt", part) for part in _LATER),
    )
    for corpus, part in parts:
        read = figures.questions(corpus, part)
        print(f"{f'{corpus} {part}: all four parts':<44}{read.recall:>8.1%}{'':>9}   {read.wanted}")


def _print_corpus(name: str, found: figures.Figures) -> None:
    print(f"{name:<44}{found.recall:>8.1%}{found.alarms:>9.1%}   {found.wanted} + {found.unwanted}")


if __name__ == "__main__":
    main()

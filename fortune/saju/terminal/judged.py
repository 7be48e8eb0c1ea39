"""Judgements as JSON in Korean words: strength, pattern and useful element, with the reason."""

from __future__ import annotations

from typing import Any

from fortune.saju.cycle import ELEMENTS_KO
from fortune.saju.derive.facts import Facts
from fortune.saju.derive.judgements.open_hour import open_hour
from fortune.saju.glossary import ko
from fortune.saju.statements import reasons


def judgement_json(f: Facts) -> dict[str, Any]:
    """Return the judgements of a chart; ``hours`` only where the hour is unknown: of the twelve, how many give which."""
    useful = f.useful
    found: dict[str, Any] = {
        "strength": {"level": ko(f.strength.level), "percent": f.strength.score},
        "structure": {
            "name": ko(f.structure.key),
            "candidates": [ko(row.key) for row in f.structure.candidates],
            "reason": reasons.STRUCTURE[f.structure.rule][0],
        },
        "useful": {
            "chosen": ELEMENTS_KO[useful.chosen.element],
            "eokbu": ELEMENTS_KO[useful.eokbu.element],
            "johu": ELEMENTS_KO[useful.johu.element],
            "tonggwan": None if useful.tonggwan is None else ELEMENTS_KO[useful.tonggwan.element],
            "method": ko(useful.chosen.method),
            "reason": f"{reasons.USEFUL[useful.chosen.rule][0]} {reasons.VERDICT[useful.verdict][0]}",
        },
    }
    if f.pillars.hour is None:
        hours = open_hour(f.pillars, f.schools)
        found["hours"] = {
            "strength": {ko(key): count for key, count in hours.levels},
            "structure": {ko(key): count for key, count in hours.structures},
            "useful": {ELEMENTS_KO[element]: count for element, count in hours.useful},
        }
    return found

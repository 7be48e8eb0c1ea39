"""Recall and false alarms of the checks over the corpora, and what is read from questions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fortune.readings.classic.question.asked import Asked
from fortune.readings.grounding import Truth, check
from fortune.readings.rendering.render import spoken
from fortune.readings.safety import crisis_in
from tests.unit.readings.charts import inputs, person

HERE = Path(__file__).parent
FILLED = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
    *("thirteenth", "fourteenth"),
)
"""The parts of ``grounding_filled.txt``."""
FRESH = ("first", "beside", "second", "third", "fourth", "fifth", "sixth", "seventh")
"""The parts of ``grounding_fresh.txt``."""
LATER = ("korean", "english", "korean, second", "english, second", "korean, third", "english, third")
"""The parts of ``grounding_later.txt``."""
LATEST = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"),
)
"""The parts of ``grounding_latest.txt``."""
ENGLISH = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth"),
)
"""The parts of ``grounding_english.txt``."""
_CHARTS = {
    "A": (1990, 5, 15, 12, "female"),
    "B": (1984, 2, 5, 0, "female"),
    "C": (2000, 1, 1, 12, "male"),
    "D": (1975, 10, 3, 7, "male"),
    "E": (1968, 7, 21, 20, "female"),
    "F": (2003, 3, 9, 5, "male"),
    "G": (1989, 6, 24, 18, "female"),
    "H": (1974, 5, 13, 13, "female"),
    "I": (1956, 6, 23, 12, "male"),
    "J": (1969, 3, 28, 6, "male"),
    "K": (1967, 4, 14, 4, "male"),
    "L": (1967, 3, 24, 0, "male"),
    "M": (1961, 8, 3, 0, "female"),
    "N": (2005, 7, 21, 5, "female"),
    "O": (1966, 6, 20, 5, "female"),
    "P": (1973, 11, 20, 2, "female"),
    "Q": (1981, 3, 1, 19, "female"),
    "R": (1979, 6, 9, 5, "female"),
    "S": (1956, 8, 6, 4, "female"),
    "T": (1962, 1, 5, 16, "male"),
    "U": (1968, 11, 13, 20, "male"),
    "V": (1970, 1, 25, 19, "female"),
    "W": (1979, 11, 14, 16, "female"),
    "X": (1970, 8, 20, 13, "male"),
    "Y": (1998, 9, 6, 9, "male"),
    "Z": (1968, 3, 11, 3, "female"),
    "AA": (1992, 6, 24, 10, "male"),
    "BB": (1955, 2, 9, 17, "female"),
    "CC": (1967, 5, 6, 4, "male"),
    "DD": (1964, 5, 14, 6, "female"),
    "EE": (1993, 8, 1, 4, "male"),
    "FF": (1986, 8, 2, 3, "male"),
    "GG": (1994, 11, 2, 21, "female"),
    "HH": (1959, 8, 30, 9, "male"),
    "II": (2001, 4, 17, 14, "female"),
    "JJ": (1982, 1, 12, 7, "male"),
    "K1": (1987, 2, 20, 22, "female"),
    "K2": (1972, 9, 14, 11, "male"),
    "K3": (1996, 12, 5, 15, "male"),
    "K4": (1963, 5, 28, 7, "female"),
    "K5": (1991, 8, 17, 0, "male"),
    "K6": (1978, 4, 9, 17, "female"),
    "K7": (1958, 1, 22, 9, "female"),
    "K8": (2002, 10, 30, 13, "female"),
    "K9": (1983, 7, 3, 20, "male"),
    "K10": (1999, 3, 26, 2, "female"),
    "K11": (1965, 11, 11, 6, "male"),
    "K12": (1976, 6, 15, 23, "female"),
    "K13": (1985, 5, 2, 14, "male"),
    "K14": (1993, 1, 30, 4, "female"),
    "K15": (1954, 9, 9, 19, "male"),
    "K16": (1971, 12, 12, 10, "female"),
    "K17": (1988, 8, 8, 21, "female"),
    "K18": (1995, 2, 14, 7, "male"),
    "K19": (1969, 6, 30, 15, "male"),
    "K20": (1980, 10, 10, 1, "female"),
    "K21": (2004, 4, 23, 11, "male"),
    "K22": (1960, 12, 1, 22, "female"),
    "K23": (1977, 7, 17, 18, "male"),
    "K24": (1990, 1, 9, 5, "female"),
    "K25": (1986, 3, 18, 14, "female"),
    "K26": (1994, 6, 9, 8, "male"),
    "K27": (1967, 9, 25, 3, "female"),
    "K28": (2000, 11, 20, 17, "male"),
    "K29": (1982, 8, 25, 11, "male"),
    "K30": (1997, 4, 30, 22, "female"),
    "K31": (1974, 1, 19, 16, "male"),
    "K32": (2003, 11, 2, 7, "female"),
    "K33": (1988, 11, 3, 10, "female"),
    "K34": (1979, 4, 22, 14, "male"),
    "K35": (1996, 8, 19, 5, "female"),
    "K36": (1964, 1, 27, 21, "male"),
    "K37": (1992, 7, 14, 16, "male"),
    "K38": (1984, 10, 28, 3, "female"),
    "K39": (1970, 5, 9, 19, "female"),
    "K40": (2001, 12, 24, 8, "male"),
    "K41": (1995, 6, 2, 0, "female"),
    "K42": (1959, 3, 16, 12, "male"),
    "K43": (1981, 9, 27, 18, "male"),
    "K44": (1975, 2, 11, 10, "female"),
    "EA": (1971, 9, 12, 15, "female"),
    "EB": (1988, 12, 3, 9, "male"),
    "EC": (1996, 2, 20, 22, "female"),
    "ED": (1963, 6, 8, 11, "male"),
    "EQ": (1985, 4, 27, 6, "male"),
    "EF": (1999, 8, 19, 13, "female"),
    "EG": (1977, 1, 30, 3, "female"),
    "EH": (1952, 10, 5, 20, "male"),
    "EI": (1993, 5, 9, 17, "male"),
    "EJ": (1980, 11, 22, 8, "female"),
    "EK": (2002, 7, 3, 0, "male"),
    "EL": (1965, 3, 17, 11, "female"),
    "EM": (1972, 6, 30, 9, "male"),
    "EN": (1991, 10, 11, 4, "female"),
    "EO": (1959, 1, 19, 18, "male"),
    "EP": (2004, 4, 8, 15, "female"),
    "ER": (1983, 8, 30, 14, "female"),
    "ES": (1994, 12, 17, 22, "male"),
    "ET": (1974, 2, 10, 6, "female"),
    "EU": (2000, 9, 27, 10, "male"),
    "EV": (1961, 5, 22, 1, "male"),
    "EW": (1989, 3, 3, 20, "female"),
    "EX": (1978, 7, 19, 12, "male"),
    "EY": (1997, 11, 5, 5, "female"),
    "FA": (1987, 1, 14, 9, "male"),
    "FB": (1968, 4, 2, 17, "female"),
    "FC": (1995, 7, 8, 2, "male"),
    "FD": (1979, 12, 25, 11, "female"),
    "FE": (2001, 8, 17, 19, "female"),
    "FI": (1957, 6, 3, 8, "male"),
    "FG": (1984, 10, 29, 23, "female"),
    "FH": (1992, 1, 21, 7, "male"),
    "GA": (1982, 6, 21, 14, "female"),
    "GB": (1970, 11, 3, 7, "male"),
    "GC": (1998, 2, 25, 21, "female"),
    "GD": (1966, 9, 14, 5, "male"),
    "GE": (1990, 12, 28, 11, "female"),
    "GF": (1975, 4, 17, 16, "male"),
    "GH": (1987, 10, 11, 1, "male"),
    "GI": (1955, 5, 25, 18, "female"),
    "GJ": (1993, 1, 8, 12, "male"),
    "GK": (2003, 8, 2, 9, "female"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """``recall``: the share found of what must be; ``alarms``: the share found of what must not be."""

    recall: float
    alarms: float
    wanted: int
    unwanted: int
    missed: tuple[str, ...]
    alarmed: tuple[str, ...]

    @classmethod
    def of(cls, rows: list[tuple[str, bool, bool]]) -> Figures:
        """Return the figures of (sentence, must be found, was found)."""
        missed = tuple(text for text, wanted, found in rows if wanted and not found)
        alarmed = tuple(text for text, wanted, found in rows if not wanted and found)
        wanted = sum(1 for row in rows if row[1])
        unwanted = len(rows) - wanted
        return cls(
            1 - len(missed) / max(1, wanted),
            len(alarmed) / max(1, unwanted),
            wanted,
            unwanted,
            missed,
            alarmed,
        )


def _lines(name: str, half: str) -> list[str]:
    """Return the lines of a corpus: "tuned" those that the code was tuned on, "kept back" the others, "" all."""
    lines = _part(name, "")
    return {"tuned": lines[::2], "kept back": lines[1::2], "": lines}[half]


def grounding(half: str = "") -> Figures:
    """Return how well contradictions are marked."""
    return _marked(_lines("grounding.txt", half))


def said(part: str = "") -> Figures:
    """Return how well contradictions are marked in sentences that were written before the claims reader was read."""
    return _marked(_part("grounding_said.txt", part))


def filled(part: str = "") -> Figures:
    """Return how well contradictions are marked in sentences whose facts the engine filled in, true and false alike."""
    return _marked(_part("grounding_filled.txt", part))


def fresh(part: str = "") -> Figures:
    """Return how well contradictions are marked in sentences written without the patterns in view, in every kind."""
    return _marked(_part("grounding_fresh.txt", part))


def later(part: str = "") -> Figures:
    """Return how well contradictions are marked in sentences as language models write them, Korean or English."""
    return _marked(_part("grounding_later.txt", part))


def latest(part: str = "") -> Figures:
    """Return how well contradictions are marked in Korean sentences as models write whole readings."""
    return _marked(_part("grounding_latest.txt", part))


def english(part: str = "") -> Figures:
    """Return how well contradictions are marked in English sentences whose labels the engine computed."""
    return _marked(_part("grounding_english.txt", part))


def _marked(lines: list[str]) -> Figures:
    truths = {name: Truth.of(inputs(who=person(*birth))) for name, birth in _CHARTS.items()}
    truths |= {name.lower(): Truth.of(inputs("daily", who=person(*birth))) for name, birth in _CHARTS.items()}
    rows = []
    for line in lines:
        kind, chart, text = line.split(" ", 2)
        rows.append((line, kind == "F", bool(check(spoken(text.replace("⏎", "\n")), truths[chart]))))
    return Figures.of(rows)


def sentences(name: str = "grounding.txt") -> list[str]:
    """Return the sentences of a grounding corpus."""
    return [line.split(" ", 2)[2] for line in _part(name, "")]


def crisis(part: str = "", name: str = "crisis.txt") -> Figures:
    """Return how well words of crisis are heard, of one part of a corpus or of all."""
    rows = []
    for line in _part(name, part):
        sign, _, words = line.partition(" | ")
        found = crisis_in(words)
        rows.append((line, sign != "none", sign in found if sign != "none" else bool(found)))
    return Figures.of(rows)


def _part(name: str, part: str) -> list[str]:
    """Return the lines of a corpus that stand below "== part =="; "" for all."""
    rows, at = [], ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            at = line.strip("= ")
        elif line and not line.startswith("#") and part in ("", at):
            rows.append(line)
    return rows


def question_rows(name: str = "questions.txt", part: str = "") -> list[tuple[str, ...]]:
    """Return (who, subject, form, year, question) of each line; "earlier > question" is a follow-up."""
    return [tuple(cell.strip() for cell in line.split("|")) for line in _part(name, part)]


def asked(question: str) -> Asked:
    """Return what is read from a line's question."""
    *earlier, last = (part.strip() for part in question.split(">"))
    return Asked.of(inputs("question", question=last, turns=tuple((row, "") for row in earlier)))


def questions(name: str = "questions.txt", part: str = "") -> Figures:
    """Return how many questions are read in all their parts; "a/b" in a line accepts either."""
    rows = []
    for who, subject, form, year, question in question_rows(name, part):
        read = asked(question)
        rows.append(
            (
                question,
                True,
                read.who in who.split("/")
                and read.subject in subject.split("/")
                and read.form in form.split("/")
                and read.year == int(year),
            )
        )
    return Figures.of(rows)

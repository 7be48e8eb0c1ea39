"""Write docs/samples/: the interpreter's readings of seven lives in every kind, for people to read.

Run as `python -m tools.docs.samples`. The births are invented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from fortune.readings.classic import compose
from fortune.readings.inputs import Person, ReadingInput
from fortune.readings.rendering.render import plain_text
from fortune.saju import Birth, cast

FOLDER = Path(__file__).parents[2] / "docs" / "samples"
ON = dt.date(2026, 11, 29)
# By life: the birth, a topic, a question that such a person (or a parent) asks, and whom the 궁합 is with.
LIVES: dict[str, tuple[Birth, str, str, str, str]] = {
    "child": (Birth("solar", 2020, 4, 11, 9, 20, "female"), "study", "우리 아이는 언제 한글을 가르치면 좋을까요?", "family", "40"),
    "student": (Birth("solar", 2009, 9, 3, 22, 10, "male"), "study", "내년 수능 공부는 언제 힘을 내면 좋을까요?", "friends", "classmate"),
    "22": (Birth("solar", 2004, 7, 20, 6, 15, "male"), "career", "전역하고 나서 취업 준비는 무엇부터 하면 좋을까요?", "lovers", "sweetheart"),
    "25": (Birth("solar", 2001, 2, 17, 14, 40, "female"), "love", "올해 안에 취업할 수 있을까요?", "lovers", "lover"),
    "40": (Birth("solar", 1986, 6, 25, 5, 30, "male"), "wealth", "내년에 이직해도 될까요?", "couple", "spouse"),
    "60": (Birth("solar", 1966, 12, 8, None, None, "female"), "health", "퇴직한 뒤에 무엇을 하면 좋을까요?", "colleagues", "40"),
    "88": (Birth("lunar", 1938, 3, 5, 18, 0, "male"), "compatibility", "손주들과 잘 지내려면 어떻게 할까요?", "family", "child"),
}  # fmt: skip
# The others of the 궁합 that are none of these.
OTHERS: dict[str, Birth] = {
    "classmate": Birth("solar", 2009, 5, 22, 7, 45, "female"),
    "sweetheart": Birth("solar", 2005, 3, 14, 13, 30, "female"),
    "lover": Birth("solar", 1999, 10, 8, 11, 20, "male"),
    "spouse": Birth("solar", 1988, 1, 19, 21, 0, "female"),
}


def samples() -> dict[str, str]:
    """File name → text: a file for each life, with all kinds of readings, and the English and teacher's ones."""
    births = {name: birth for name, (birth, *_) in LIVES.items()} | OTHERS
    people = {name: Person.of(cast(birth)) for name, birth in births.items()}
    found = {f"{name}-ko.md": "\n".join(_readings(name, people)) for name in LIVES}
    found["teacher-hour-unknown-ko.md"] = compose(ReadingInput("full", people["60"], ON, mode="teacher"))
    for name, kind in (
        ("22", "full"),
        ("25", "full"),
        ("child", "full"),
        ("88", "full"),
        ("40", "daily"),
        ("student", "year"),
    ):
        inputs = ReadingInput(
            kind, people[name], ON, language="en", year=ON.year + 1 if kind == "year" else None
        )
        found[f"{kind}-{name}-en.md"] = compose(inputs)
    for name, one, other, relation in (
        ("match", "40", "60", "colleagues"),
        ("match-child", "child", "40", "family"),
        ("match-grandchild", "88", "child", "family"),
    ):
        pair = ReadingInput("match", people[one], ON, language="en", other=people[other], relation=relation)
        found[f"{name}-en.md"] = compose(pair)
    return found


def _readings(name: str, people: dict[str, Person]) -> Iterator[str]:
    """Yield every kind of reading for one life, each under its name."""
    _birth, topic, question, relation, other = LIVES[name]
    who = people[name]
    wanted = {
        "총평": ReadingInput("full", who, ON),
        "주제": ReadingInput("topic", who, ON, topic=topic),
        "오늘": ReadingInput("daily", who, ON),
        "신년운세": ReadingInput("year", who, ON, year=ON.year + 1),
        "궁합": ReadingInput("match", who, ON, other=people[other], relation=relation),
        "질문": ReadingInput("question", who, ON, question=question),
    }
    for title, inputs in wanted.items():
        yield f"# {title}\n\n{compose(inputs)}"


def readable(text: str) -> str:
    """Return the text with its titles and without its evidence markers."""
    lines = (line if line.startswith("#") else plain_text(line).rstrip("\n") for line in text.split("\n"))
    return "\n".join(lines)


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in samples().items():
        (FOLDER / name).write_text(readable(text), "utf-8")
        print(FOLDER / name)


if __name__ == "__main__":
    main()

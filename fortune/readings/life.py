"""The facts of a life that a reading needs: age, stage of life, gender. Never a birth date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fortune.saju.korean import josa
from fortune.saju.statements.statement import Statement

# (up to this 만 나이, key, Korean, English). The words are those of everyday life in Korea.
STAGES = (
    (6, "infant", "학교에 가기 전의 어린아이", "a child before school"),
    (12, "child", "초등학생 나이의 어린이", "a child of primary-school age"),
    (18, "teen", "중고등학생 나이의 청소년", "a teenager of secondary-school age"),
    (24, "young", "공부하거나 첫 일을 찾는 청년", "a young adult who studies or looks for first work"),
    (34, "adult", "일과 관계의 자리를 잡아 가는 청년", "a young adult settling into work and relationships"),
    (49, "midlife", "일과 가족의 책임이 큰 중년", "someone in midlife with much work and family to carry"),
    (64, "mature", "다음 삶을 준비하는 장년", "someone in later midlife, preparing what comes next"),
    (79, "senior", "삶을 갈무리하며 쉬어 가는 노년", "someone in older age, with more rest and looking back"),
    (
        200,
        "elder",
        "건강과 가까운 사람이 가장 중요한 고령",
        "someone of great age, for whom health and close ones come first",
    ),
)
CHILDREN = ("infant", "child")
MINORS = (*CHILDREN, "teen")
OLD = ("senior", "elder")
GENDERS = {"female": ("여성", "a woman"), "male": ("남성", "a man")}


@dataclass(frozen=True, slots=True)
class Life:
    """When somebody was born, and their gender. The date itself never leaves this value."""

    born: date
    gender: str

    def age(self, on: date) -> int:
        """Return the 만 나이 on a day."""
        had_birthday = (on.month, on.day) >= (self.born.month, self.born.day)
        return on.year - self.born.year - (not had_birthday)

    def korean_age(self, year: int) -> int:
        """Return the 세는 나이 in a calendar year."""
        return year - self.born.year + 1

    def stage(self, on: date) -> str:
        """Return the key of the stage of life (``STAGES``)."""
        return stage_of(self.age(on))[1]


def stage_of(age: int) -> tuple[int, str, str, str]:
    """Return the row of ``STAGES`` for a 만 나이; somebody not yet born stands in the first."""
    return next(row for row in STAGES if age <= row[0])


def life_facts(life: Life, on: date, year: int | None) -> Iterator[Statement]:
    """Yield age, stage of life and gender on a day, or through a ``year`` where the reading is about one."""
    if year is None:
        age = life.age(on)
        counted = life.korean_age(on.year)
        told = f"나이는 만 {age}세, 세는 나이로 {counted}세예요."
        told_en = f"Age {age} ({counted} by Korean counting)."
    else:
        age = year - life.born.year
        counted = life.korean_age(year)
        told = f"그해에 만 {age}세가 되고, 세는 나이로는 {counted}세예요."
        told_en = f"Turns {age} that year ({counted} by Korean counting)."
    _, key, words, words_en = stage_of(age)
    yield Statement("life.age", told, told_en, (), "fact")
    yield Statement(
        "life.stage",
        f"{josa(words, '이에요/예요')}.",
        f"{words_en[0].upper()}{words_en[1:]} ({key}).",
        (),
        "fact",
    )
    named, named_en = GENDERS[life.gender]
    yield Statement("life.gender", f"{josa(named, '이에요/예요')}.", f"{named_en.capitalize()}.", (), "fact")

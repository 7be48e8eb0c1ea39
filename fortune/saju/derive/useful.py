"""용신: what would balance the chart, by 억부, 조후 and 통관, each with the rule that led to it."""

from __future__ import annotations

from typing import NamedTuple

from fortune.saju.cycle import STEMS, Pillars
from fortune.saju.derive.elements import Elements
from fortune.saju.derive.strength import Strength
from fortune.saju.schools import COMMON, Schools

METHODS = ("eokbu", "johu", "tonggwan")
ROLES = ("yongsin", "huisin", "gisin", "gusin", "hansin")
RULES = (
    "strong_by_seal", "strong_by_self", "strong_to_the_end",
    "weak_by_officer", "weak_by_output", "weak_by_wealth",
    "cold_month", "hot_month", "mild_month", "two_in_conflict",
)  # fmt: skip

# 궁통보감 in 서락오's summary: for each day stem the stems wanted in the months 寅卯辰巳午未申酉戌亥子丑, the
# first the most; at most three are kept. Handbooks agree on the first stem and vary in the later ones.
_JOHU = """
甲 丙癸 庚丙丁 庚丁壬 癸丁庚 癸丁庚 癸丁庚 庚丁壬 庚丁丙 庚甲丁 庚丁丙 丁庚丙 丁庚丙
乙 丙癸 丙癸 癸丙戊 癸 癸丙 癸丙 丙癸己 癸丙丁 癸辛 丙戊 丙 丙
丙 壬庚 壬己 壬甲 壬庚癸 壬庚 壬庚 壬戊 壬癸 甲壬 甲戊庚 壬戊己 壬甲
丁 甲庚 庚甲 甲庚 甲庚 壬庚癸 甲壬庚 甲庚丙 甲庚丙 甲庚戊 甲庚 甲庚 甲庚
戊 丙甲癸 丙甲癸 甲丙癸 甲丙癸 壬甲丙 癸丙甲 丙癸甲 丙癸 甲丙癸 甲丙 丙甲 丙甲
己 丙庚甲 甲癸丙 丙癸甲 癸丙 癸丙 癸丙 丙癸 丙癸 甲丙癸 丙甲戊 丙甲戊 丙甲戊
庚 戊甲壬 丁甲庚 甲丁壬 壬戊丙 壬癸 丁甲 丁甲 丁甲丙 甲壬 丁丙 丁甲丙 丙丁甲
辛 己壬庚 壬甲 壬甲 壬甲癸 壬己癸 壬庚甲 壬甲戊 壬甲 壬甲 壬丙 丙戊壬 丙壬戊
壬 庚丙戊 戊辛庚 甲庚 壬辛庚 癸庚辛 辛甲 戊丁 甲庚 甲丙 戊丙庚 戊丙 丙丁甲
癸 辛丙 庚辛 丙辛甲 辛 庚壬癸 庚辛壬 丁 辛丙 辛甲壬 庚辛戊 丙辛 丙丁
"""
_ROWS = tuple(line.split()[1:] for line in _JOHU.split("\n") if line)


def _turned(row: list[str]) -> tuple[tuple[int, ...], ...]:
    """Return a row written from 寅 as one indexed by branch from 子."""
    cells = tuple(tuple(STEMS.index(sign) for sign in cell) for cell in row)
    return cells[10:] + cells[:10]


JOHU: tuple[tuple[tuple[int, ...], ...], ...] = tuple(_turned(row) for row in _ROWS)
"""``JOHU[day stem][month branch]``: the stems wanted, the most wanted first."""


class Choice(NamedTuple):
    """One method's answer. ``stems`` only where the method names stems (조후)."""

    method: str
    element: int
    rule: str
    stems: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        return f"useful.{self.method}"

    @property
    def roles(self) -> tuple[int, int, int, int, int]:
        """The elements of 용신, 희신, 기신, 구신, 한신 when this choice is put first."""
        return roles(self.element)


class Useful(NamedTuple):
    """``tonggwan`` is None when no two elements stand against each other.

    ``roles``: the elements of 용신, 희신, 기신, 구신, 한신 for the primary choice.
    """

    eokbu: Choice
    johu: Choice
    tonggwan: Choice | None
    primary: str
    roles: tuple[int, int, int, int, int]


def useful(pillars: Pillars, counted: Elements, force: Strength, schools: Schools = COMMON) -> Useful:
    """Return all three 용신, and the roles of the elements for the one the school puts first."""
    day, month = pillars.day.index % 10, pillars.month.index % 12
    eokbu = _eokbu(day // 2, counted.weights, force)
    johu = _johu(day, month)
    first = johu if schools.useful == "johu" else eokbu
    return Useful(eokbu, johu, _tonggwan(counted.weights), first.method, first.roles)


def roles(element: int) -> tuple[int, int, int, int, int]:
    """용신; 희신 feeds it; 기신 governs it; 구신 feeds 기신; 한신 is what 용신 feeds, the rest."""
    return element, (element + 4) % 5, (element + 3) % 5, (element + 2) % 5, (element + 1) % 5


def role_of(useful: Useful, element: int) -> str:
    """Return the role (용신 … 한신) that ``element`` plays for a chart."""
    return ROLES[useful.roles.index(element)]


def _eokbu(own: int, weights: tuple[int, ...], force: Strength) -> Choice:
    """억부: restrain the strong, support the weak, by the group that weighs most."""
    output, wealth, officer = (weights[(own + step) % 5] for step in (1, 2, 3))
    if force.score >= 50:
        if weights[own - 1] > weights[own]:
            return Choice("eokbu", (own + 2) % 5, "strong_by_seal")
        # Past 85 resisting is held to provoke (왕자의설): let it flow out. So too without any 관성.
        if force.score >= 85 or officer == 0:
            return Choice("eokbu", (own + 1) % 5, "strong_to_the_end")
        return Choice("eokbu", (own + 3) % 5, "strong_by_self")
    heaviest = max(officer, output, wealth)
    if heaviest == officer:
        return Choice("eokbu", (own + 4) % 5, "weak_by_officer")
    if heaviest == output:
        return Choice("eokbu", (own + 4) % 5, "weak_by_output")
    return Choice("eokbu", own, "weak_by_wealth")


def _johu(day: int, month: int) -> Choice:
    """조후: warmth and moisture, by the table of 궁통보감."""
    wanted = JOHU[day][month]
    rule = "cold_month" if month in (11, 0, 1) else "hot_month" if month in (5, 6, 7) else "mild_month"
    return Choice("johu", wanted[0] // 2, rule, wanted)


def _tonggwan(weights: tuple[int, ...]) -> Choice | None:
    """통관: of two elements in 극 with at least 30 % each, the one that leads from one to the other."""
    total = sum(weights)
    pairs = [
        (weights[a] + weights[(a + 2) % 5], a)
        for a in range(5)
        if 10 * weights[a] >= 3 * total and 10 * weights[(a + 2) % 5] >= 3 * total
    ]
    if not pairs:
        return None
    return Choice("tonggwan", (max(pairs)[1] + 1) % 5, "two_in_conflict")

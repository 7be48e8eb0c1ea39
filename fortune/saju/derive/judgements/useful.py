"""용신: what would balance the chart, by 억부, 조후, 통관 and 종격, each with its rule, and which of them is put first.

억부 restrains the strong and supports the weak with what the chart has; after 적천수천미, a chart that is very strong is
let flow out. 조후 asks 궁통보감 for every month, not for winter and summer alone. Where the two differ, ``Verdict`` says
which one leads and why.
"""

from __future__ import annotations

from typing import NamedTuple

from fortune.saju.cycle import Pillars
from fortune.saju.derive.judgements.exceptional import RULES as EXCEPTIONAL_RULES
from fortune.saju.derive.judgements.exceptional import Exceptional
from fortune.saju.derive.judgements.force import Forces
from fortune.saju.derive.judgements.seasons import JOHU, PLENTY, PRESSING, SEASONS
from fortune.saju.derive.judgements.strength import EDGES, Strength
from fortune.saju.schools import COMMON, Schools

METHODS = ("eokbu", "johu", "tonggwan", "jonggyeok")
ROLES = ("yongsin", "huisin", "gisin", "gusin", "hansin")
RULES = (
    "strong_by_seal", "strong_by_mother", "strong_by_self", "strong_flows_out", "strong_let_flow", "strong_to_wealth",
    "level_by_officer", "level_resists", "weak_resists", "weak_resists_in_season", "weak_by_officer", "weak_by_output",
    "weak_on_seal", "weak_by_wealth", "weak_without_seal",
    "cold_month", "cold_lingers", "mild_month", "hot_month", "heat_lingers", "cool_month", "dry_month",
    "two_in_conflict", "two_forces",
    *EXCEPTIONAL_RULES,
)  # fmt: skip
VERDICTS = (
    "same",
    "follows",
    "season_helps",
    "season_chooses",
    "season_warms",
    "season_in_middle",
    "season_school",
    "strength_against_season",
    "strength_beside_season",
)

HEAVY_SEAL = 30
"""Per cent of 인성 from which it cuts off the 식상 that would let a followed force out."""
ROOTED, FED = 300, 600
"""Hundredths of points of root with which that element, or the one that feeds it, stands."""
FLOOD = 50
"""Per cent of 인성 from which, without 재성 to check it, the day stem is helped to hold it (母慈滅子, 順母助子)."""
OPEN = 2000
"""Hundredths of points of root with which 식상, though hidden, goes before an officer that shows without a root."""
FIRM = 1500
"""Hundredths of points of root from which 인성 that is hidden is leaned on though 재성 is the heaviest."""
MIDDLE = 6
"""How far from 50 per cent a chart is balanced enough for the season to lead."""
HEAVY = 30
"""Per cent of 관성 from which a weak chart without 인성 resists it with 식상 (식신제살)."""
FAINT = EDGES[1]
"""The strength (태약) below which a chart under an officer can't spare output, whatever the season asks for."""
LEVEL, VERY_STRONG = 58, 70
"""Per cent up to which a strong chart under heavy 관성 resists it or hands it on, and from which it is let flow out."""


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
    """``tonggwan`` is None when no two elements stand against each other, ``jonggyeok`` when no force is followed.

    ``primary`` is the method put first and ``verdict`` why (``VERDICTS``). ``roles``: the elements of 용신, 희신, 기신,
    구신, 한신 for that choice.
    """

    eokbu: Choice
    johu: Choice
    tonggwan: Choice | None
    jonggyeok: Choice | None
    primary: str
    verdict: str
    roles: tuple[int, int, int, int, int]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every method's choice, of those that have one."""
        found = (self.eokbu, self.johu, self.tonggwan, self.jonggyeok)
        return tuple(choice for choice in found if choice is not None)

    @property
    def chosen(self) -> Choice:
        """The choice put first."""
        found = {"johu": self.johu, "jonggyeok": self.jonggyeok}.get(self.primary)
        return found or self.eokbu


def useful(
    pillars: Pillars,
    held: Forces,
    force: Strength,
    followed: Exceptional | None,
    schools: Schools = COMMON,
) -> Useful:
    """Return every method's 용신, and the one put first. ``followed``: from ``exceptional``."""
    day, month = pillars.day.index % 10, pillars.month.index % 12
    johu = _johu(day, month)
    eokbu = _eokbu(day // 2, held, force.score, johu.element)
    jonggyeok = None if followed is None else _jonggyeok(day // 2, held, followed)
    primary, verdict = _verdict(day // 2, held, force, (eokbu, johu, jonggyeok), schools)
    chosen = {"johu": johu, "jonggyeok": jonggyeok}.get(primary) or eokbu
    return Useful(eokbu, johu, _tonggwan(held), jonggyeok, primary, verdict, chosen.roles)


def roles(element: int) -> tuple[int, int, int, int, int]:
    """용신; 희신 feeds it; 기신 governs it; 구신 feeds 기신; 한신 is what 용신 feeds, the rest."""
    return element, (element + 4) % 5, (element + 3) % 5, (element + 2) % 5, (element + 1) % 5


def role_of(useful: Useful, element: int) -> str:
    """Return the role (용신 … 한신) that ``element`` plays for a chart."""
    return ROLES[useful.roles.index(element)]


def _verdict(
    own: int, held: Forces, force: Strength, choices: tuple[Choice, Choice, Choice | None], schools: Schools
) -> tuple[str, str]:
    """Return the method put first and why: a followed force, then the season where it helps the balance, else 억부.

    Of what would restrain a strong chart, what the season asks for goes first; the very strong are let flow instead.
    """
    eokbu, johu, jonggyeok = choices
    if schools.useful == "johu":
        return "johu", "season_school"
    if jonggyeok is not None:
        return "jonggyeok", "follows"
    if eokbu.element == johu.element:
        return "eokbu", "same"
    if own == 0 and johu.element == 1 and held.free[1] and johu.rule in ("cold_month", "cold_lingers"):
        return "johu", "season_warms"
    if _season_stands(own, held, force.strong, johu):
        pressing = PRESSING.get(johu.rule) == johu.element
        if pressing and _restrains(own, johu) == force.strong:
            return "johu", "season_helps"
        both = _restrains(own, johu) and _restrains(own, eokbu)
        if force.strong and force.score < VERY_STRONG and both and johu.element != PLENTY.get(johu.rule):
            return "johu", "season_chooses"
        if pressing and abs(force.score - 50) <= MIDDLE:
            return "johu", "season_in_middle"
    against = eokbu.roles.index(johu.element) in (2, 3)
    return "eokbu", "strength_against_season" if against else "strength_beside_season"


def _season_stands(own: int, held: Forces, strong: bool, johu: Choice) -> bool:
    """Return whether what the season asks for shows with a root, or fed by one that has it."""
    if not held.free[johu.element]:
        return False
    if own == 4 and strong and johu.rule == "cold_month" and _present(held, 0):
        return False  # 수 in winter is let flow (冲奔之水可順不可逆)
    return held.roots[johu.element] >= ROOTED or held.roots[(johu.element + 4) % 5] >= FED


def _restrains(own: int, choice: Choice) -> bool:
    return (choice.element - own) % 5 in (1, 2, 3)


def _present(held: Forces, element: int) -> bool:
    """Return whether a chart has an element to use: shown among the stems, or well rooted."""
    return held.free[element] > 0 or held.roots[element] >= 900


def _eokbu(own: int, held: Forces, score: float, season: int) -> Choice:
    """억부: restrain the strong, support the weak, by what the chart has to do it with. ``season``: what 조후 asks for."""
    if _two_forces(own, held):
        return Choice("eokbu", (own + 1) % 5, "two_forces")
    if score < 50:
        return _support(own, held, season if score >= FAINT else None)
    same, output, officer, seal = (held.points[(own + step) % 5] for step in (0, 1, 3, 4))
    shows_output, shows_officer = held.free[(own + 1) % 5] > 0, held.free[(own + 3) % 5] > 0
    if score < LEVEL and officer >= same and (shows_output or held.free[(own + 4) % 5]):
        step, rule = (1, "level_resists") if shows_output else (4, "level_by_officer")
        return Choice("eokbu", (own + step) % 5, rule)
    if held.share((own + 4) % 5) >= FLOOD and not _present(held, (own + 2) % 5):
        return Choice("eokbu", own, "strong_by_mother")
    if seal > same and _present(held, (own + 2) % 5):
        return Choice("eokbu", (own + 2) % 5, "strong_by_seal")
    # Past 70 resisting is held to provoke (왕자의설): let it flow out.
    if score >= VERY_STRONG and _present(held, (own + 1) % 5):
        return Choice("eokbu", (own + 1) % 5, "strong_let_flow" if shows_officer else "strong_flows_out")
    rooted = held.roots[(own + 3) % 5] >= 500
    if shows_officer and rooted and not (shows_output and output >= officer):
        return Choice("eokbu", (own + 3) % 5, "strong_by_self")
    if shows_output or (not rooted and held.roots[(own + 1) % 5] >= OPEN):
        return Choice("eokbu", (own + 1) % 5, "strong_flows_out")
    if shows_officer:
        return Choice("eokbu", (own + 3) % 5, "strong_by_self")
    if _present(held, (own + 2) % 5) and not _present(held, (own + 1) % 5):
        return Choice("eokbu", (own + 2) % 5, "strong_to_wealth")
    return Choice("eokbu", (own + 1) % 5, "strong_flows_out")


def _two_forces(own: int, held: Forces) -> bool:
    """Return whether the signs are the day stem's element and its output alone, four signs each (양기성상)."""
    signs = [held.shown[e] + held.main.count(e) for e in range(5)]
    same, output = signs[own] + 1, signs[(own + 1) % 5]
    return len(held.main) == 4 and same == output == 4


def _support(own: int, held: Forces, season: int | None) -> Choice:
    output, wealth, officer = (held.points[(own + step) % 5] for step in (1, 2, 3))
    seal = (own + 4) % 5
    heaviest = max(output, wealth, officer)
    if season is not None and heaviest == officer and season == (own + 1) % 5 and _present(held, season):
        return Choice("eokbu", season, "weak_resists_in_season")
    pressed = heaviest == officer and held.share((own + 3) % 5) >= HEAVY
    if pressed and held.free[(own + 1) % 5] and not held.free[seal] and held.roots[seal] < FIRM:
        return Choice("eokbu", (own + 1) % 5, "weak_resists")
    if _present(held, seal) and (heaviest != wealth or held.free[seal] or held.roots[seal] >= FIRM):
        rule = {output: "weak_by_output", officer: "weak_by_officer"}.get(heaviest, "weak_on_seal")
        return Choice("eokbu", seal, rule)
    if heaviest == wealth:
        return Choice("eokbu", own, "weak_by_wealth")
    loosened_by_wood = own == 1 and heaviest == output  # 토다화회: what smothers fire, wood breaks up
    if _present(held, own) and not loosened_by_wood:
        return Choice("eokbu", own, "weak_without_seal")
    return Choice("eokbu", seal, "weak_by_output" if heaviest == output else "weak_by_officer")


def _johu(day: int, month: int) -> Choice:
    """조후: warmth and moisture, by the table of 궁통보감."""
    wanted = JOHU[day][month]
    return Choice("johu", wanted[0] // 2, SEASONS[month], wanted)


def _jonggyeok(own: int, held: Forces, followed: Exceptional) -> Choice:
    """종격 and 화격: go with the force that is followed, towards where it flows if the chart has a way for it.

    After 적천수천미: 종아 wants the child's child, 종재 is fed by output or else flows into 관성, a strong one flows out or
    else is fed (旺之極者不可損), and a transformed one that is plentiful flows out.
    """
    output, wealth = (own + 1) % 5, (own + 2) % 5
    if followed.rule == "follows_output":
        leads = held.free[wealth] or wealth in held.main or held.share(wealth) >= 10
        element = wealth if leads else output
    elif followed.rule == "follows_wealth":
        element = output if held.share(output) >= 10 else (own + 3) % 5
    elif followed.rule == "follows_officer":
        element = followed.element
    elif followed.rule == "transformed":
        element = (followed.element + (1 if held.share(followed.element) >= 50 else 4)) % 5
    else:
        seal = (own + 4) % 5
        flows = (held.free[output] or output in held.main) and held.share(seal) < HEAVY_SEAL
        element = output if flows else seal
    return Choice("jonggyeok", element, followed.rule)


def _tonggwan(held: Forces) -> Choice | None:
    """통관: of two elements in 극 with at least 30 % each, the one that leads from one to the other."""
    weights, total = held.points, held.total
    pairs = [
        (weights[a] + weights[(a + 2) % 5], a)
        for a in range(5)
        if 10 * weights[a] >= 3 * total and 10 * weights[(a + 2) % 5] >= 3 * total
    ]
    if not pairs:
        return None
    return Choice("tonggwan", (max(pairs)[1] + 1) % 5, "two_in_conflict")

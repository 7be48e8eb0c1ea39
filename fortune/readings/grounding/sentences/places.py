"""The place that a value is said of: the nearest one before it, or the one right behind it."""

from __future__ import annotations

import re

from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import BORN, BREAK, Sentence

CELLS = ("cell", "place")
# 겁재와 정재, 년주 및 월주의: two of a kind, or two places, that are joined.
_WITH = re.compile(
    r"^(?:와|과|하고|이랑|랑|및|·|,|/|이나|또는)?\s?(?:및 |그리고 )?(?:의 )?$"
    r"|^,? (?:and|or) $"
    r"|^(?:에|은|는|이|가)?, $"
)
# 편관이 월지에, Direct Officer sits in the month branch: the place stands behind its value.
_BEHIND = re.compile(
    r"^(?:의 자리[가는]|이|가|은|는|인|의|을|를|\(|,)?\s?(?:바로 |각각 |모두 |둘 다 |자리한 |나란히 |함께 |같이 )?$"
    r"|^ (?:sits |sitting |is |are |is found |found |stands |standing |placed |located |residing |resides |present "
    r"|lies |appears |falls |star )?(?:in|on|at|under|below|beneath|within) (?:the |your )$"
    r"|^ (?:sits|is|lies|stands|rests) $"
    # up to four other words, if none joins, compares or begins something else
    r"|^(?! (?:and|or|with|to|for|from|clash|between|meets?|of|behind|around|beside|near|against))(?!.* between )(?: [a-z]+){1,4} (?:the |your )$"
    r"|^ $|^$"
)
# 2026년, 병오; the month pillar, Gap-in: said once more in other words.
_APPOSED = re.compile(
    r"^\)?년(?:,|이고,?|이며,?|으로,?|이라) $"
    r"|^, the year of (?:the )?$|^ year, $"
    r"|^\)?,(?: which)? (?:brings?|carries|holds|means|marks|delivers|offers) (?:an? |the |you |your )*$"
    r"|^, (?:곧 |즉 |바로 |[A-Z][a-z]+ \(|an? |the |is (?:a |an |the |your )?)$"
)
_VIEWED_FROM = re.compile(
    r"(?: ?\S{2}(?:\([^)]{1,4}\))?)?(?:(?:[을를]|로)? ?기준|[을를] (?:중심으로|놓고) (?:보|볼|따)|에서 (?:보|볼|본)|(?:으)?로 (?:보면|볼 때|따지|따져|치면))"
)
_NEXT_TO = re.compile(r"옆|곁|이웃|마주|둘러싼|나머지|다른 (?:지지|천간|글자|기둥)")
INSTEAD = re.compile(
    r"^(?:의 (?:해|달|날|운|시기|대운|기운|자리|별))?(?:이|가) (?:아니라|아닌) (?:바로 )?$"
    r"|^(?:에|이|가|을|를) (?:\S+ )?[가-힣]+지(?:는)? (?:않고|않으며|않아|못하고) (?:바로 |오히려 )?$"
)
_MAX_GAP, _MAX_GAP_EN = 18, 34


def is_near(gap: str) -> bool:
    """Return whether two mentions with ``gap`` between them may belong together."""
    if _APPOSED.search(gap):
        return True
    if _NEXT_TO.search(gap):
        return False
    # Hanja, a dash or a quotation mark may stand among English words: only Hangul makes a gap a Korean one.
    longest = _MAX_GAP_EN if max(gap, default="") < "가" else _MAX_GAP
    return len(gap) <= longest and not BREAK.search(gap)


def places_of(s: Sentence, at: int, kinds: tuple[str, ...], through: tuple[str, ...] = ()) -> list[Mention]:
    """Return the mentions of ``kinds`` that the one at ``at`` is said of.

    ``through``: kinds that may stand between. Several places joined by "and" share the value; a row of places
    followed by a row of values is read pairwise.
    """
    value = s.mentions[at]
    behind = s.mentions[at + 1] if at + 1 < len(s.mentions) else None
    before = _before(s, at, kinds, through)
    if behind is not None and behind.kind == value.kind and not before and _WITH.search(s.gap(value, behind)):
        row = [m for m in places_of(s, at + 1, kinds, through) if m.start > value.start]
        last = at + 1 + _follows(s, at + 1, value.kind)
        return _row_behind(s, at, last, kinds) if row else []  # 겁재와 정재가 월주에
    if behind is not None and behind.kind in kinds and _BEHIND.search(s.gap(value, behind)):
        if behind.value == "day.stem" and value.kind == "god":
            return before  # the Resource stars behind the Day Master
        if _VIEWED_FROM.match(s.text, behind.end):
            return before  # 미토는 일주를 기준으로 볼 때 공망
        if behind.value == "day.stem" and re.match(
            r"(?:\S{0,4} )?(?:에게|한테|의 입장|입장|을 기준|의 눈|이 보기|에 대해)", s.text[behind.end :]
        ):
            return before  # 신금은 일간에게 겁재: seen by it, not in it
        if _has_own(s, at + 1, value):
            return before  # 병화가 월간과 일간의 신금을
        third = s.mentions[at + 2] if at + 2 < len(s.mentions) else None
        if (
            third is not None
            and (third.kind == value.kind or {third.kind, value.kind} == {"stem", "branch"})
            and len(s.gap(behind, third)) <= 1
            and s.gap(value, behind).strip()
        ):
            return before  # 을목은 일간 임수에게 …: the cell has a value of its own
        tight = len(s.gap(value, behind)) <= 2 and "," not in s.gap(value, behind)
        if not before or (tight and behind.kind in ("place", "decade")):
            return _row_behind(s, at, at, kinds)
    return before


def _has_own(s: Sentence, at: int, value: Mention) -> bool:
    """Return whether the joined places from ``at`` on have a sign of their own behind them."""
    row = joined_places(s, at)
    last = at + len(row) - 1
    own = s.mentions[last + 1] if last + 1 < len(s.mentions) else None
    is_sign = own is not None and own.kind == value.kind and own.kind in ("stem", "branch")
    return bool(len(row) > 1 and own and is_sign and s.gap(row[-1], own) == "의 ")


_AND_AT = re.compile(r"^(?:와|과|하고|이랑|, ?|·)\s?$|^ and (?:the |your )?$")


def _row_behind(s: Sentence, at: int, last: int, kinds: tuple[str, ...]) -> list[Mention]:
    """Return the places behind joined values, ``last`` the last of them: all, or as many read in order.

    해수와 진토가 일지와 시지에: each of two values has its own.
    """
    first = last
    while (
        first
        and s.mentions[first - 1].kind == s.mentions[last].kind
        and _WITH.search(s.gap(*s.mentions[first - 1 : first + 1]))
    ):
        first -= 1
    row = _joined_behind(s, last + 1, kinds)
    return [row[at - first]] if len(row) == last - first + 1 > 1 and first <= at else row


def joined_places(s: Sentence, at: int) -> list[Mention]:
    """Return the place at ``at`` with those that "and" joins to it."""
    row = [s.mentions[at]]
    for one in s.mentions[at + 1 : at + 4]:
        if one.kind != row[-1].kind or not _AND_AT.match(s.gap(row[-1], one)):
            break
        row.append(one)
    return row


def _joined_behind(s: Sentence, at: int, kinds: tuple[str, ...]) -> list[Mention]:
    """Return the place at ``at`` with those that are joined to it: 식신이 월간과 시간에 떠 있어요."""
    row = [one for one in joined_places(s, at) if one.kind in kinds]
    is_at = re.match(r"에|,? ?(?:is|are|$)|[,.]", s.text[row[-1].end :])
    return row if is_at else row[:1]


def _before(s: Sentence, at: int, kinds: tuple[str, ...], through: tuple[str, ...]) -> list[Mention]:
    value, right = s.mentions[at], s.mentions[at]
    run = 0  # values of the same kind between this one and its place
    for step in range(at - 1, -1, -1):
        left = s.mentions[step]
        gap = s.gap(left, right)
        if left.kind in kinds:
            row = _row(s, step, kinds)
            if run and len(row) > run and _WITH.search(s.gap(s.mentions[step + 1], s.mentions[step + 2])):
                return [row[run]] if len(row) > run else row
            if not run and len(row) > 1 and _follows(s, at, value.kind) >= len(row) - 1:
                return [row[0]]
            apposed = gap == ", " and s.text[left.end - 1].isascii()
            return row if apposed or is_near(gap) else []
        joined = left.kind == value.kind and _WITH.search(gap)
        if left.kind == value.kind and INSTEAD.search(gap):
            pass  # 갑목이 아니라 경금: what the one isn't, the other is
        elif joined:
            run += 1
        elif left.kind not in (*through, "self") or not is_near(gap):
            return []
        right = left
    return []


def _row(s: Sentence, at: int, kinds: tuple[str, ...]) -> list[Mention]:
    """Return the places joined with the one at ``at`` by "and", in order."""
    row = [s.mentions[at]]
    for step in range(at - 1, -1, -1):
        left = s.mentions[step]
        if left.kind != row[0].kind or not _WITH.search(s.gap(left, row[0])):
            break
        row.insert(0, left)
    return row


def _follows(s: Sentence, at: int, kind: str) -> int:
    """Return how many more values of ``kind`` are joined to the one at ``at`` by "and"."""
    n = 0
    for one, two in zip(s.mentions[at:], s.mentions[at + 1 :], strict=False):
        if two.kind != kind or not _WITH.search(s.gap(one, two)):
            break
        n += 1
    return n


def other_time(s: Sentence, place: Mention, one: Mention) -> bool:
    """Return whether a passing pillar meets the cell: 올해 오화가 월지에 …."""
    return any(
        m.kind in ("year", "month", "decade", "today")
        and m.end <= max(place.start, one.start)
        and not BORN.match(s.text, m.end)
        for m in s.mentions
    )

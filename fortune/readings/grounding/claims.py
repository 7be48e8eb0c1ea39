"""Claims: what a sentence says of which place in whose chart.

``read`` turns a sentence's mentions into claims by standing: a value belongs to the nearest place before it
("월지에는 편관이"), or to the one right behind it ("경진 일주", "편관이 월지에"). What the claim is worth is decided
by the table alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from fortune.readings.grounding.lexicon import Mention
from fortune.readings.grounding.scope import BREAK, Sentence


class Claim(NamedTuple):
    """``value`` is said to be (``affirmed``) or not to be among the true ones of ``topic`` at ``where``."""

    topic: str
    where: Any
    value: Any
    affirmed: bool
    start: int
    end: int
    who: str = ""


_WITH = re.compile(
    r"^(?:와|과|하고|이랑|랑|및|·|,|/|이나|또는)?\s?(?:및 |그리고 )?(?:의 )?$|^,? (?:and|or) $|^(?:에|은|는|이|가)?, $"
)
_BEHIND = re.compile(
    r"^(?:이|가|은|는|인|의|을|를|\(|,)?\s?(?:바로 |각각 |모두 |둘 다 |자리한 )?$|^ (?:sits |is |are |stands |lies |appears |falls |star )?(?:in|on|at|under|below) (?:the |your )$"
    r"|^ $|^$"
)
DENIED = re.compile(
    r"^[)'’\"”]?(?:이|가|은|는|도|을|를|에는|에)?\s?(?:(?:이|당신의|당신) ?(?:사주|명식|원국|팔자)에(?:는|서는)? )?(?:전혀 |결코 |절대 |하나도 |보통 )?(?:아니|아닌|아닙|아녜|없(?!지 ?않|는 ?것은? ?아니|진 ?않)|보이지 ?않|드러나지 ?않|들어 ?있지 ?않"
    r"|있지 ?않|찾(?:을|아볼) ?수 ?없|이루지 ?않|하지 ?않|되지 ?않|일어나지 ?않|not\b)"
)
_DENIED_EN = re.compile(r"\b(?:not|no|isn't|never|without|lacks?)\b|n't\b")
_APPOSED = re.compile(r"^, (?:[A-Z][a-z]+ \(|is (?:a |an |the )?)$")
_MAX_GAP, _MAX_GAP_EN = 18, 34


def read(s: Sentence) -> Iterator[Claim]:
    """Yield the claims that a sentence makes."""
    for at, one in enumerate(s.mentions):
        reader = _READERS.get(one.kind)
        if reader is not None:
            yield from reader(s, at, one)


def claim(s: Sentence, topic: str, where: Any, value: Any, *parts: Mention, **more: Any) -> Iterator[Claim]:
    """Yield one claim over the letters of ``parts``, unless the sentence leaves it open."""
    start, end = min(m.start for m in parts), max(max(m.end for m in parts), more.get("end", 0))
    last = _WORD_END.match(s.text, end) if "end" in more else None
    word_end = last.end() if last else end
    if s.is_open(start, end) or s.is_open(start, word_end):
        return
    affirmed = more.get("affirmed")
    if affirmed is None:
        affirmed = not is_denied(s, start, end)
    yield Claim(topic, where, value, affirmed, start, word_end, s.who(start))


_WORD_END = re.compile("[가-힣]*")


def is_denied(s: Sentence, start: int, end: int) -> bool:
    """Return whether what stands between ``start`` and ``end`` is denied by the words in it or behind it."""
    return bool(DENIED.search(s.clause_after(end)) or _DENIED_EN.search(s.text, start, end))


def is_near(gap: str) -> bool:
    """Return whether two mentions with ``gap`` between them may belong together."""
    if _APPOSED.search(gap):
        return True
    longest = _MAX_GAP_EN if gap.isascii() else _MAX_GAP
    return len(gap) <= longest and not BREAK.search(gap)


def places_of(s: Sentence, at: int, kinds: tuple[str, ...], through: tuple[str, ...] = ()) -> list[Mention]:
    """Return the mentions of ``kinds`` that the one at ``at`` is said of.

    ``through``: kinds that may stand between. Several places joined by "and" share the value; a row of places
    followed by a row of values is read pairwise.
    """
    value = s.mentions[at]
    behind = s.mentions[at + 1] if at + 1 < len(s.mentions) else None
    before = _before(s, at, kinds, through)
    if behind is not None and behind.kind in kinds and _BEHIND.search(s.gap(value, behind)):
        tight = len(s.gap(value, behind)) <= 2 and "," not in s.gap(value, behind)
        if not before or (tight and behind.kind in ("place", "decade")):
            return [behind]
    return before


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
            return row if is_near(gap) else []
        joined = left.kind == value.kind and _WITH.search(gap)
        if joined:
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


_CELLS = ("cell", "place")
_SIGN_KINDS = ("stem", "branch", "ganji", "element")


def _cell_value(topic: str, through: tuple[str, ...]) -> Any:
    """Return a reader of one kind of value that stands in a cell or on a pillar."""

    def reader(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
        for place in places_of(s, at, _CELLS, through):
            if _other_time(s, place, one):
                continue
            name = "hidden" if topic == "god" and s.in_hiding(one.start) else topic
            yield from claim(s, name, place.value, one.value, place, one)

    return reader


def _other_time(s: Sentence, place: Mention, one: Mention) -> bool:
    """Return whether a passing pillar meets the cell: 올해 오화가 월지에 …."""
    return any(
        m.kind in ("year", "month", "decade", "today") and m.end <= max(place.start, one.start)
        for m in s.mentions
    )


def _sign(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    found = places_of(s, at, _CELLS, ("god", "hidden") if _is_bracketed(s, at) else ("hidden",))
    for place in found:
        if _other_time(s, place, one) or "끼리" in s.text:
            continue
        kind, value = one.kind, one.value
        if kind == "stem" and s.in_hiding(one.start) and not place.value.endswith(".stem"):
            kind = "hidden"
        elif kind == "stem" and place.value.endswith(".branch"):
            if s.text[one.start : one.start + 2] == "신금":  # 辛 and 申 are both spelt so
                kind, value = "branch", 8
            else:
                continue
        if kind == "branch" and place.value.endswith(".stem"):
            continue
        yield from claim(s, kind, place.value, value, place, one)
    if found:
        return
    for year in places_of(s, at, ("year",), ("ganji",)):
        if re.search("천간|지지", s.text[year.end : one.start]):
            yield from claim(s, f"year_{one.kind}", year.value, one.value, year, one)
            return
    among = _AMONG.search(s.text[: one.start])
    if (
        among
        and _STANDS.search(s.text[one.end :])
        and not s.in_time(one.start)
        and not s.in_hiding(one.start)
    ):
        yield from claim(s, one.kind, "*", one.value, one)
    elif one.kind == "stem":
        yield from _self(s, at, one, "stem", one.value)


_AMONG = re.compile(r"(?:천간|지지|사주|명식|원국|팔자)(?: ?안)?(?:에|에는|에서|에도|으로)(?: [가-힣]+)? ?$")
_STANDS = re.compile(r"^(?:이|가|은|는|도) ?(?:\S+ ?개나? |\S+ )?(?:있|떠|투출|자리|놓|드러|없|보이)")


def _is_bracketed(s: Sentence, at: int) -> bool:
    return at > 0 and s.gap(s.mentions[at - 1], s.mentions[at]).strip() in ("(", "인", ",")


_SELF_AFTER = re.compile(
    r"^(?: ?일간| ?\)?의 ?사람|(?:이라는|라는)? ?(?:같은|닮은) 사람|인 사람이|인 당신|답게|답고|(?:으)?로 (?:태어|타고|나)|의 (?:기운|성정|기질|성품|성격)을 (?:타고|지닌|지니고|가지고|가진)"
    r"| 기운을 (?:타고|지니고)|의 기운으로 태어| 기운으로 태어| ?일간| 타입| 성향의 사람| 체질| person| type| individual| native)"
)
_SELF_IS = re.compile(
    r"^[)'’\"”]?(?:이에요|예요|입니다|이죠|이고|이며|이라|라서|이랍니다|이십니다|이세요|인데|\.|,| and|$)"
)
_SELF_TOPIC = re.compile(
    r"(?:당신|본인|회원님|[가-힣]님|나|자신)(?:은|는|이란 사람은)\s(?:[가-힣·,]+\s){0,3}?['‘\"“]?$|(?:당신|본인|나)의 (?:본질|중심|본모습|기본 기운|타고난 기운)(?:은|는)\s['‘\"“]?$"
    r"|\b(?:[Yy]ou are|[Yy]ou're|[Yy]ou were born|[Aa]s)\s(?:an? |the |truly |essentially )*(?:of |under )?$"
)


def _self(s: Sentence, at: int, one: Mention, topic: str, value: Any) -> Iterator[Claim]:
    """Read the day stem told as the person: 당신은 병화예요, 병화 같은 사람, 병화로 태어난."""
    after, before = s.text[one.end :], s.text[: one.start]
    told = _SELF_TOPIC.search(before)
    if not (_SELF_IS.search(after) or _SELF_AFTER.search(after)):
        told = None
    if told or (
        _SELF_AFTER.search(after)
        and not s.in_time(one.start)
        and not re.search(r"(?:아주|마치|꼭)\s$", before)
    ):
        if re.match(r"^ ?일간", after) and at + 1 < len(s.mentions) and s.mentions[at + 1].kind == "cell":
            return
        if re.match(r"^ ?(?:같은|닮은)", after) and one.kind == "element":
            return
        me = Mention("self", True, told.start(), told.end()) if isinstance(told, re.Match) else one
        yield from claim(s, topic, "day.stem", value, me, one)


def _element(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    found = places_of(s, at, ("cell",)) if not s.in_hiding(one.start) else []
    for place in found:
        if not _other_time(s, place, one) and re.match(_COPULA, s.text[one.end :]):
            yield from claim(s, "element", place.value, one.value, place, one)
    # 당신은 굳은 나무예요 is a picture; 당신은 목(木)이에요 is a claim.
    if not found and not s.text.startswith(("나무", "불", "물", "흙", "쇠"), one.start):
        yield from _self(s, at, one, "element", one.value)


_COPULA = r"^(?:\)|의 기운| 기운|의| 오행)?(?:이에요|예요|입니다|이고|이며|이라|라서|이죠|인|이니|인데|,|\.)"
_BORN = {
    "year": re.compile(r"^[)]?(?:년생|년에 태어|년 출생|년에 출생|생이|년 태생)"),
    "month": re.compile(r"^[)]?(?:월에 태어|월생|월 태생)"),
    "day": re.compile(r"^[)]?(?:일에 태어|날에? 태어|일생|일 출생)"),
    "hour": re.compile(r"^[)]?(?:시에 태어|시생)"),
}


def _ganji(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    after = s.text[one.end :]
    for place, born in _BORN.items():
        if born.search(after):
            yield from claim(s, "pillar", place, one.value, one)
            return
    found = places_of(s, at, ("place", "decade", "year", "month", "today"), ("age", "when", "stem", "branch"))
    for anchor in found:
        if anchor.kind == "place":
            yield from claim(s, "pillar", anchor.value, one.value, anchor, one)
        elif anchor.kind == "decade":
            yield from _decade(s, at, one, anchor, "decade")
        elif anchor.kind == "year":
            yield from claim(s, "year", anchor.value, one.value, anchor, one)
        elif anchor.kind == "month" and not re.search(r"\d일", s.gap(anchor, one)):
            yield from claim(s, "month", (_year_before(s, at), anchor.value), one.value, anchor, one)
        elif re.match(r"^[)]?(?:일|이에요|예요|입니다|이고|이라|라|의|,|\.|$)", after):
            yield from claim(s, "day", "", one.value, anchor, one)


def _year_before(s: Sentence, at: int) -> int:
    return next((m.value for m in reversed(s.mentions[:at]) if m.kind == "year"), 0)


_PASSING_NOW = re.compile(
    r"^(?:을|를|의|에)? ?(?:지나|보내|살고|살아가|걷고|걷는|머물|통과|한가운데|한창|중이|중에|있어|있으|흐르는 중|접어든|들어와 있)"
)


def _decade(s: Sentence, at: int, one: Mention, anchor: Mention, topic: str) -> Iterator[Claim]:
    """Read which 대운 a pillar or a ten god is said of: the present one, the next, that from an age on."""
    where: Any = "any"
    start = min(one.start, anchor.start)
    named = one
    for m in s.mentions:
        near = m.end <= start and not BREAK.search(s.text[m.end : start].replace(", ", " "))
        last = max(anchor.end, one.end)
        behind = m.start >= last and len(s.text[last : m.start]) <= 4
        if m.kind == "when" and (near or (behind and m.value == "now")):
            where, named = m.value, m
        elif m.kind in ("age", "year") and (near or behind) and where == "any":
            where, named = _since(s, m), m
    if _PASSING_NOW.search(s.text[max(one.end, anchor.end) :]) and where == "any":
        where = "now"
    if topic == "decade" or where != "any":
        yield from claim(s, topic, where, one.value, anchor, one, named)


def _since(s: Sentence, m: Mention) -> Any:
    """Return ("from age", 33) for "33세부터" and "33–42세", ("age", 35) for "35세에는", ("from year", 2023)."""
    after, text = s.text[m.end :], s.text[m.start : m.end]
    begins = re.match(r"^ ?(?:부터|~|∼|–|-|에서|에 시작|에 들어|to )", after) or re.search(r"[~∼–-]", text)
    if m.kind == "year":
        return ("from year", m.value) if begins and m.value > 1000 else "any"
    return ("from age", m.value[1]) if begins and m.value[0] == "age" else m.value


_GOD_TIME = re.compile(
    r"^(?:의 ?(?:해|기운|시기|운|흐름|날|때)|(?:이|가) (?:함께 |같이 |나란히 |동시에 )?(?:들어|찾아|작용|오는|온|되는|됩)| ?운|이에요|예요|입니다|에 해당|이라|이고|의 하루| ?대운| 해| 날|년|라| year)"
)


def _god(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    yield from _in_cells["god"](s, at, one)
    yield from _sign_god(s, at, one)
    after = s.text[one.end :]
    brings = (
        re.search(
            r"^ (?:brings|is|carries|holds|marks|means) (?:a |an |the |you )*$",
            s.gap(s.mentions[at - 1], one),
        )
        if at
        else None
    )
    if not (brings or _GOD_TIME.search(after)) or re.match(r"^(?:이|가) \S*(?:게|히) ", after):
        return
    for anchor in places_of(s, at, ("year", "today", "decade"), ("ganji", "when", "age")):
        if anchor.kind == "year" and not _has_month(s, anchor, one):
            yield from claim(s, "year_god", anchor.value, one.value, anchor, one)
        elif anchor.kind == "today":
            yield from claim(s, "day_god", "", one.value, anchor, one)
        elif anchor.kind == "decade":
            yield from _decade(s, at, one, anchor, "decade_god")


def _has_month(s: Sentence, anchor: Mention, one: Mention) -> bool:
    return any(m.kind in ("month", "decade") for m in s.mentions)


_IS_GOD = re.compile(
    r"^(?:은|는|이|가|\(| \()? ?(?:이 사주에서는?|당신|나|일간|본인|회원님|[가-힣]{2}|당신의 사주)?(?:에게는?|한테는?|에게서는?)? ?(?:바로 )?$|^ is (?:your |the )?$|^ \($"
)
_GOD_OF = re.compile(
    r"^(?:인|이자|에 해당하는|에 속하는|을 뜻하는|를 뜻하는|을 상징하는|이 되는|가 되는|\()? ?$"
)


def _sign_god(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read what a sign or an element is to the day stem: 병화는 편관, 재성인 목, 목(재성)."""
    before = next((m for m in reversed(s.mentions[:at]) if m.kind != "self"), None)
    behind = s.mentions[at + 1] if at + 1 < len(s.mentions) else None
    if before is not None and before.kind in ("stem", "branch", "element"):
        gap = s.gap(before, one)
        after = s.text[one.end :]
        says = gap.strip() == "(" or re.match(
            r"^(?: 역할|이에요|예요|입니다|이고|이며|이라|라서|이죠|에 해당|이 되|가 되|이니|인데|의 역할|으로 작용|로 작용|[.,])",
            after,
        )
        if _IS_GOD.search(gap) and says and gap:
            yield from claim(s, "sign_god", (before.kind, before.value), one.value, before, one)
    elif behind is not None and behind.kind in ("stem", "branch", "element"):
        gap = s.gap(one, behind)
        if gap.strip() and _GOD_OF.search(gap):
            yield from claim(s, "sign_god", (behind.kind, behind.value), one.value, one, behind)


def _judged(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 용신 and the like: the element or the group of ten gods named for it."""
    for step in (at + 1, at - 1):
        if not 0 <= step < len(s.mentions):
            continue
        other = s.mentions[step]
        first, second = (one, other) if step > at else (other, one)
        gap = s.gap(first, second)
        if (
            other.kind not in ("element", "god")
            or not is_near(gap)
            or re.search(r"돕|도와|생하|살리|극하|막|받쳐|(?<!기)운|설기", gap)
        ):
            continue
        if step < at and not re.match(
            r"^(?:의 기운|의| 기운|기운)?(?:을|를|이|가) (?:바로 )?$| is (?:your |the )*$", gap
        ):
            continue
        yield from claim(s, "useful", one.value, (other.kind, other.value), one, other)
        if step > at:
            yield from _joined(s, step, one)
        return


def _joined(s: Sentence, step: int, role: Mention) -> Iterator[Claim]:
    """Yield the further elements of a row: 용신은 목과 화."""
    while step + 1 < len(s.mentions) and s.mentions[step + 1].kind == "element":
        one, two = s.mentions[step], s.mentions[step + 1]
        if not re.match(r"^(?:와|과|, | 그리고 |·)\s?$", s.gap(one, two)):
            return
        yield from claim(s, "useful", role.value, (two.kind, two.value), role, two)
        step += 1


_STRENGTH_AFTER = re.compile(
    r"^(?:이|은|는)? ?(?:한|하|해|합|이에요|예요|입니다|사주|인 |으로|에 |쪽|이라|이고|이며|명식|이지|편|판정|가 |\.|,|아니|이 아니|이 아닌|chart)"
)


def _strength(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    after = s.text[one.end :]
    near = [m for m in s.mentions if m.kind == "strength" and m is not one and abs(m.start - one.start) < 8]
    if _STRENGTH_AFTER.search(after) and not near:
        end = one.end + (
            len(after) - len(after.lstrip("한 사주")) if after.startswith(("한 사주", " 사주")) else 0
        )
        denied = bool(
            re.match(
                r"^(?:한|하)? ?(?:사주|편|쪽|명식)?(?:이|가|은|는|지는|지)? ?(?:아니|아닌|아닙|않)", after
            )
        )
        yield from claim(s, "strength", "", one.value, one, affirmed=not denied, end=end)


_STARRED = re.compile(
    r"^(?:들)?(?:이|가|은|는|도|을|를)? ?(?:전혀 |하나도 |하나 |두 개 |함께 |강하게 |뚜렷이 |\S+에 )?(?P<says>있|없|자리|들어|놓여|앉|작용|갖|가지|지니|타고|보이|드러|품|많|의 영향)"
)
_NO_NATAL = re.compile(r"^[^,.]{0,12}(?:(?<!기)운이|시기|때|들어오|들어와|찾아오|해예요|해입)")


def _star(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    found = places_of(s, at, _CELLS, ("branch", "ganji", "star", "stage"))
    for place in found:
        yield from claim(s, "star", place.value, one.value, place, one)
    after = s.text[one.end :]
    said = _STARRED.search(after)
    if not found and said and not s.in_time(one.start) and not _NO_NATAL.search(after):
        denied = bool(
            re.search("없|보이지|있지|드러나지", said[0] + after[said.end() :][:4])
        ) and not re.match(r".{0,12}없(?:지 않|는 것은 아니)", after)
        yield from claim(s, "star", "*", one.value, one, affirmed=not denied, end=one.end + said.end())


def _stage(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    found = places_of(s, at, _CELLS, ("branch", "ganji", "star", "stage"))
    for place in found:
        if place.value != "day.stem" and not _other_time(s, place, one):
            yield from claim(s, "stage", place.value, one.value, place, one)
    after = s.text[one.end :]
    if found or s.in_time(one.start) or not re.search(r"운성", s.text):
        return
    if re.match(
        r"^(?:지|의 자리|의 기운)?(?:에|이|가|을|를|은|는|도)? ?(?:앉|있|없|놓|들|자리|갖|가지|지니|타고|깔|보이|해당)",
        after,
    ):
        yield from claim(s, "stage", "*", one.value, one)


def _void(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    found = places_of(s, at, _CELLS, ("branch",))
    after = s.text[one.end :]
    is_told = re.match(r"^(?:이에요|예요|입니다|이|에|을|의|으로|되|된|, |\.|$)", after)
    if found and is_told and not _other_time(s, found[0], one):
        for place in found:
            yield from claim(s, "void_at", place.value, True, place, one)
        return
    base = "year" if re.search(r"(?:년주|연주|년지|띠)(?:로|를| 기준)", s.text) else ""
    signs = [m for m in s.mentions if m.kind == "branch"]
    for sign in signs:
        near = (
            sign.start > one.end and is_near(s.text[one.end : sign.start])
        ) or 0 <= one.start - sign.end <= 4
        if near and not s.in_time(one.start):
            yield from claim(s, "void", base, sign.value, one, sign)
    pair = re.match(
        r"(?:은|는|이|: ?)? ?([자축인묘진사오미신유술해])[·, ]?([자축인묘진사오미신유술해])(?=이에요|예요|입니다|이고|,|\.|이|$)",
        after,
    )
    if pair and not signs:
        for letter in pair.groups():
            yield from claim(
                s, "void", base, "자축인묘진사오미신유술해".index(letter), one, end=one.end + pair.end()
            )


def _nayin(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    found = places_of(s, at, ("place",), ("ganji",))
    for place in found:
        yield from claim(s, "nayin", place.value, one.value, place, one)
    if not found:
        yield from claim(s, "nayin", "*", one.value, one)


def _structure(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    after = s.clause_after(one.end)
    if not re.search(r"후보|가능성|볼 수도|가까|가깝|성립하|되려|깨지", after) and not s.in_time(one.start):
        yield from claim(s, "structure", "", one.value, one)


_ZODIAC_IS = re.compile(
    r"^(?:예요|이에요|입니다|로 태어|라서|인 당신|답게|이고|의 해에 태어|생|이시|이신|이세요|인데|이라|이죠|이며|가 아니|에 해당|\.| 해에 태어|인 만큼|답고)"
)


def _zodiac(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    after = s.text[one.end :]
    if _ZODIAC_IS.search(after):
        yield from claim(s, "branch", "year.branch", one.value, one)


def _animal_year(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    after, before = s.text[one.end :], s.text[: one.start]
    if re.match(r"^에 태어|^에 나", after) or re.search(r"born in (?:the |a )?$", before):
        yield from claim(s, "branch", "year.branch", one.value, one)
        return
    for year in places_of(s, at, ("year",), ("ganji",)):
        yield from claim(s, "year_branch", year.value, one.value, year, one)


def _season(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    yield from claim(s, "season", "", one.value, one)


def _samjae(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    for year in places_of(s, at, ("year",), ("ganji",)):
        yield from claim(s, "year_samjae", year.value, one.value, year, one)


def _luck_age(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    found = re.match(r"^(?:는|가|은|이|:)? ?(?:만 )?(?P<n>\d{1,2})(?!\d)", s.text[one.end :])
    if found:
        yield from claim(s, "luck_age", "", int(found["n"]), one, end=one.end + found.end())


def _first_age(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 첫 대운은 3세에 시작."""
    first = [m for m in s.mentions[:at] if m.kind == "when" and m.value == 0]
    ages = [m for m in s.mentions[at + 1 :] if m.kind == "age" and m.value[0] == "age"]
    if (
        ages
        and not first
        and re.match(r"^ ?(?:부터|에) (?:바뀌|시작|교체|들어)", s.text[ages[0].end :])
        and not any(m.kind == "ganji" for m in s.mentions)
    ):
        yield from claim(s, "luck_turn", "", ages[0].value[1], one, ages[0])
    if first and ages and not any(m.kind == "ganji" for m in s.mentions) and is_near(s.gap(one, ages[0])):
        yield from claim(s, "luck_age", "", ages[0].value[1], one, ages[0])


def _direction(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    if any(m.kind == "decade" and abs(m.start - one.start) < 16 for m in s.mentions):
        yield from claim(s, "direction", "", one.value, one)


_in_cells = {"god": _cell_value("god", (*_SIGN_KINDS, "hidden"))}
_READERS = {
    "god": _god, "stem": _sign, "branch": _sign, "element": _element, "ganji": _ganji, "useful": _judged,
    "strength": _strength, "star": _star, "stage": _stage, "void": _void, "nayin": _nayin, "structure": _structure,
    "zodiac": _zodiac, "animal_year": _animal_year, "season": _season, "samjae": _samjae, "luck_age": _luck_age,
    "decade": _first_age, "direction": _direction,
}  # fmt: skip

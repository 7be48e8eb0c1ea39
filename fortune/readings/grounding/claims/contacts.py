"""Claims about contacts between signs and cells: 합, 충, 형, 파, 해 and the rest."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.endings import IS, verbs
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.places import is_near
from fortune.readings.grounding.sentences.scope import BREAK, Sentence
from fortune.saju.cycle import BRANCHES
from fortune.saju.derive.relations import TRIADS

_CELLS = ("cell", "place")
_TURNED = re.compile(r"([목화토금수])국(?![가-힣]{3})|(?<=합)([목화토금수])")
# 유축 반합은 금이 아니라 물을 키우는, 갑기합은 토로 변해요
_TURNS = re.compile(
    r"^(?:\([^)]{1,6}\))?(?:의)? ?(?:기운|힘|세력)?(?:(?:을|를|이) (?:더 |더욱 )?(?:키우|키웁|키운|키워|돋우|강하게|만들|만드|만듭|만든|낳|이루|이룬|이룹|이뤄|북돋|불러)|으?로 (?:변|바뀌|바뀐|향하|기울|화하|흐르))"
)
_PASSING = ("year", "decade", "today", "month")
_EXISTS = re.compile(
    r"^(?:살|의 관계|관계|국)?(?:이|가|은|는|도|을|를)? ?"
    r"(?:(?P<none>전혀 없|하나도 없|없(?!지 ?않)|보이지 ?않|찾아볼 수 없|일어나지 ?않)"
    r"|(?P<some>(?:\S{1,3} ?개나? )?\S{0,4} ?"
    rf"(?:{verbs('있|이루|이뤄|들어 ?있|보이|자리|많|형성|성립|나타나')})))"
)


# 월간 경금과 시간 을목 사이에는 아무 관계가 없어요
_NOTHING = re.compile(
    r"(?:의)? ?사이에(?:는|서는)? (?:아무런?|별다른|특별한|어떤) (?:관계|작용|접점|합도 충|합이나 충)[이가도은는]? ?(?:없|보이지)"
)


def untouched(s: Sentence) -> Iterator[Claim]:
    """Yield that two cells have no contact at all."""
    found = _NOTHING.search(s.text) if "사이에" in s.text else None
    before = [
        m for m in s.mentions if found and m.end <= found.start() and m.kind in (*_CELLS, "stem", "branch")
    ]
    cells = [m for m in before if m.kind in _CELLS]
    if found and before and len(cells) == 2 and before[-1].end == found.start():
        where = frozenset(c.value for c in cells)
        yield from claim(s, "touched", comparable(where), False, *cells, affirmed=True, end=found.end())


def relations(s: Sentence) -> Iterator[Claim]:
    """Yield claims about contacts: between two cells, between signs, or that there is such a contact at all."""
    for at, one in enumerate(s.mentions):
        if one.kind == "signs":
            yield from _of_signs(s, at, one)
        elif one.kind == "relation":
            yield from _of_cells(s, at, one)


# 축술미 삼형 가운데 술과 미만; 인묘진이 모두 모이는 해에는, 자오묘유가 모두 있는 사람은
_OF_NONE = re.compile(
    r"^ ?(?:가운데|중)|^[이가은는]? ?(?:\S+ ){0,2}\S{0,4}[는을] (?:해|때|날|달|시기|사람|분|(?:사주|명식|경우)(?:도|가 있|를|에는|라면))"
)


def _of_signs(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    part, signs, kind = one.value
    if _OF_NONE.match(s.text[one.end :]):
        return
    if re.match(
        r"^(?:은|는) .*(?:비유|상징|뜻|의미|말[하해합]|가리)", s.text[one.end :]
    ) and not _OF_CHART.search(s.text):
        return
    yield from _completed(s, at, one)
    cells, times = _joined_cells(s, at), [m for m in s.mentions[:at] if m.kind in _PASSING]
    own = [m for m in _cells_before(s, at) if m.kind in _CELLS]
    if times and kind and len(own) == 1 and times[0].start < own[0].start:
        yield from _of_passing(s, times, own[0], one._replace(value=kind))
    if cells and kind and not times:
        where = frozenset(c.value for c in cells)
        yield from claim(s, "relation", where, kind, one, *cells)
    if kind in ("samhap", "banghap") and len(signs) == 2 and _WHOLLY.match(s.text[one.end :]):
        for whole in (t for t, _ in TRIADS[kind] if {BRANCHES[sign] for sign in signs} <= set(t)):
            yield from claim(s, "signs", (part, tuple(map(BRANCHES.index, whole))), True, one)
    if len(signs) >= 2 and kind:
        yield from claim(s, "contact", (part, signs), kind, one)
        turned = _TURNED.search(s.text, one.start, one.end + 18)
        if turned:
            yield from claim(
                s, "turned", (part, signs), "목화토금수".index(turned[1] or turned[2]), one, end=turned.end()
            )
        yield from _turning(s, at, one, (part, signs))
    if (
        not s.in_time(one.start)
        and not re.search(r"(?:운에서|들어오|만나면|오면)", s.text)
        and len(signs) >= 2
        and not _is_of_visitor(s, at)
    ):
        yield from claim(s, "signs", (part, signs), True, one)


def _is_of_visitor(s: Sentence, at: int) -> bool:
    """Return whether a sign without a cell meets those of cells: 경금이 일간 을목과 을경합을, of a time that was told before."""
    rest = list(s.mentions[:at])
    kind = rest[-1].kind if rest else ""
    while (
        len(rest) > 1
        and rest[-1].kind in (kind, "cell", "self")
        and not _IS_ACTOR.match(s.text, rest[-1].end)
    ):
        rest.pop()
    own = s.mentions[len(rest) : at]
    has_cell = len(rest) > 1 and rest[-2].kind in ("cell", "place")
    is_met = kind in ("stem", "branch") and any(m.kind in ("cell", "self") for m in own) and not has_cell
    return bool(rest and is_met and rest[-1].kind == kind and _IS_ACTOR.match(s.text, rest[-1].end))


_IS_ACTOR = re.compile(r"(?:\([^)]{1,4}\))?[이가은는] ")


# 내년에 축술미 삼형이 완성돼요
_COMPLETED = re.compile(
    r"^(?:살|국)?[이가은을를]? ?(?:\S+ )?(?:완성|채워|갖춰|갖추|모두 모|다 모|온전)(?!\S*지[는도]? ?(?:않|못))"
)


def _completed(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read that the branch of a year joins those of the chart to a contact."""
    years = [m for m in s.mentions[:at] if m.kind == "year"]
    part, signs, _ = one.value
    if (
        part == "branch"
        and len(years) == 1
        and not re.search("[다라]면", s.text[: one.start])
        and _COMPLETED.match(s.text[one.end :])
    ):
        decade = _decade_before(s, at)
        passing = ("ganji", decade.value) if decade else years[0].value
        yield from claim(s, "completed", (passing, signs), True, decade or years[0], one, given=True)


def _decade_before(s: Sentence, at: int) -> Mention | None:
    """Return the pillar of the 대운 that a sentence speaks of: 2030년부터는 임진 대운으로."""
    rows = itertools.pairwise(s.mentions[:at])
    return next((own for own, m in rows if m.kind == "decade" and own.kind == "ganji"), None)


# 해축 방합이 온전히 이루어져
_WHOLLY = re.compile(r"^[이가은는]? ?(?:온전|완성|완전|빠짐없이|다 갖)")
_JOINS = re.compile(r"^(?:와|과|하고|·|, ?)\s?$")
# 갑기합으로 묶인 것은 일간과 월간, 월지와 일지가 술미형으로
_BESIDE = re.compile(r"^(?:[은는이가을를도]|의 두 글자[는가])? ?(?:서로 |함께 )?$")


def _joined_cells(s: Sentence, at: int) -> list[Mention]:
    """Return the two cells that a named contact is said to join, before it or behind it in its clause."""
    one = s.mentions[at]
    rest = [m for m in s.mentions[at + 1 :] if m.kind != "relation"]  # 자미 원진과 해가 일지와 시지에
    behind, before = rest[:2], _cells_before(s, at)[-2:]
    if [c.kind for c in behind] == ["cell", "cell"] and not BREAK.search(s.gap(one, behind[0])):
        is_pair = _JOINS.match(s.gap(*behind)) or re.match(r"(?:의)? ?사이", s.text[behind[1].end :])
        if is_pair and re.match(rf"[을를에은이가의]|에서| ?사이|{IS}|\.", s.text[behind[1].end :]):
            return list(behind)
    if len(before) == 2 and _BESIDE.match(s.text[max(before[1].end, s.mentions[at - 1].end) : one.start]):
        return before
    return []


def _turning(s: Sentence, at: int, one: Mention, where: tuple[str, tuple[int, ...]]) -> Iterator[Claim]:
    """Read the element that a contact is said to turn into: 유축 반합은 물을 키워요."""
    for element in s.mentions[at + 1 : at + 4]:
        if element.kind != "element" or element.start > one.end + 24:
            return
        if _TURNS.match(s.text[element.end :]):
            yield from claim(s, "turned", where, element.value, one, element)
            return


def _with(s: Sentence, at: int) -> list[Mention]:
    """Return the two signs of "Ding combines with the Geng stem", the relation at ``at`` between them."""
    if not 0 < at < len(s.mentions) - 1:
        return []
    left, one, right = s.mentions[at - 1 : at + 2]
    if left.kind in _CELLS and at > 1 and re.match(r"^ (?:in|on|of) your $", s.gap(s.mentions[at - 2], left)):
        left = s.mentions[at - 2]  # the Dragon in your day branch combines with the Dogs
        return _with_sign(s, left, s.mentions[at - 1], one, right)
    return _with_sign(s, left, left, one, right)


def _with_sign(s: Sentence, left: Mention, last: Mention, one: Mention, right: Mention) -> list[Mention]:
    pair = [_sign(left), _sign(right)]
    told = re.match(r"^ with (?:the |your )?$", s.gap(one, right)) and is_near(s.gap(last, one))
    return pair if told and pair[0].kind == pair[1].kind and pair[0].kind in ("stem", "branch") else []


# 술미형으로 부딪쳐요: the first name says what they do.
_MANNER = re.compile(r"^살?(?:으?로|[을를] 이루어|[이가] 되어) (?:서로 )?$")


def _of_cells(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    if pair := _with(s, at):
        yield from _made(s, pair, one, own=not s.in_time(one.start))
        return
    if (
        at
        and s.mentions[at - 1].kind in ("signs", "relation")
        and _MANNER.match(s.gap(*s.mentions[at - 1 : at + 1]))
    ):
        return
    after = s.text[one.end :]
    cells = _cells_before(s, at) or _cells_behind(s, at) or _cells_between(s, at)
    times = [m for m in s.mentions if m.kind in _PASSING]
    if not times and len(cells) == 1:
        times = _other_times(s)
    if cells and _is_object(s, cells, one):
        return  # 병화가 월간과 일간의 신금을 합해요: the first sign and each of them
    if not cells and (s.in_time(one.start) or {m.kind for m in times} - {"year"}):
        return
    if len(cells) >= 2 and not times:
        if len(cells) > 2 and re.search(
            "각각|따로|저마다|양쪽|동시에|차례로|뿐만? 아니라|물론", s.gap(cells[0], one)
        ):
            pairs = [frozenset({cells[0].value, c.value}) for c in cells[1:]]
        else:
            pairs = [frozenset(c.value for c in cells[-3:])]
        for where in pairs:
            yield from claim(s, "relation", comparable(where), one.value, cells[0], one)
    elif len(cells) == 1 and times and times[0].start < one.start:
        yield from _of_passing(s, times, cells[0], one)
    elif not cells and not times:
        yield from _bare_relation(s, at, one, after)


_BOTH = re.compile(r"^(?:[도만]|이)? ?(?:하고|되고|할 뿐|이면서|이자|인 동시에|이고) $|^(?:과|와|·|, ) ?$")


def _cells_before(s: Sentence, at: int) -> list[Mention]:
    """Return the cells that stand before a contact, their own signs among them: 일지 술토와 월지 진토가 충."""
    cells: list[Mention] = []
    right = s.mentions[at]
    for left in reversed(s.mentions[:at]):
        if left.kind == "relation" and _BOTH.match(s.gap(left, right)):
            right = left  # 합도 하고 형도 하는
            continue
        is_cell = left.kind in _CELLS
        if not (is_cell or left.kind in ("stem", "branch", "ganji", "animal")):
            break
        if not _is_joined(s.gap(left, right)):
            break
        if is_cell:
            cells.insert(0, left)
        right = left
    return cells


def _is_object(s: Sentence, cells: list[Mention], one: Mention) -> bool:
    """Return whether the cells are what a sign before them, without a cell of its own, meets."""
    at = s.mentions.index(cells[0])
    actor = s.mentions[at - 1] if at else None
    if len(cells) < 2 or actor is None or actor.kind not in ("stem", "branch"):
        return False
    is_actor = re.match(r"^(?:\([^)]*\))?[이가은는] $", s.gap(actor, cells[0]))
    return bool(is_actor and re.search(r"[을를] ", s.text[cells[-1].end : one.start]))


def _cells_behind(s: Sentence, at: int) -> list[Mention]:
    """Return the cells right behind "a clash between"."""
    gap = s.text[s.mentions[at].end :][: _gap_to_next(s, at)]
    told = re.match(r" (?:between|of) (?:the |your )?$", gap)
    return [m for m in s.mentions[at + 1 : at + 3] if m.kind in _CELLS] if told else []


def _cells_between(s: Sentence, at: int) -> list[Mention]:
    """Return the two places of "the union of 甲 and 己 takes place between the day and the hour"."""
    rows = [m for m in s.mentions[at + 1 :] if m.kind in _CELLS]
    is_told = len(rows) == 2 and re.search(r"\bbetween (?:the |your )?$", s.text[: rows[0].start])
    return rows if is_told else []


def _is_joined(gap: str) -> bool:
    joins = r"^(?:와|과|하고|이랑|랑|, |·|,)\s?$|^ and (?:the |your )?$|^, (?:are|stand|form|make) (?:an? )?$"
    return is_near(gap) or bool(re.match(joins, gap))


def _other_times(s: Sentence) -> list[Mention]:
    """Return pillars told as a time (병오년의 오화), or the day where a sentence only says 오늘."""
    told = [m for m in s.mentions if m.kind == "ganji" and re.match(r"\)?(?:년|대운)", s.text[m.end :])]
    today = s.text.find("오늘 ")
    return told or ([Mention("today", True, today, today + 2)] if today >= 0 else [])


def _of_passing(s: Sentence, times: list[Mention], cell: Mention, one: Mention) -> Iterator[Claim]:
    """Read a contact of a time's pillar with a cell: 올해 오화는 일지와 충, 지금 대운의 술토가 월지와 합."""
    first = times[0]
    if {m.kind for m in times} != {first.kind}:
        return
    which: object = first.value
    if first.kind == "today":
        which = ""
    elif first.kind == "month":
        which = (0, first.value) if first.value > 12 else None
    elif first.kind == "decade":
        own = next((m for m in s.mentions if m.kind == "ganji" and s.gap(m, first) in (" ", "")), None)
        is_now = any(m.kind == "when" and m.value == "now" for m in s.mentions)
        which = ("ganji", own.value) if own else "now" if is_now else None
    if which is not None:
        yield from claim(s, "passing_relation", (first.kind, which, cell.value), one.value, cell, one)


def _gap_to_next(s: Sentence, at: int) -> int:
    return s.mentions[at + 1].start - s.mentions[at].end if at + 1 < len(s.mentions) else 0


def comparable(where: frozenset[str]) -> frozenset[str]:
    """Return the cells as their pillars where one of them is a whole pillar."""
    places = {w for w in where if "." not in w}
    return frozenset(w.partition(".")[0] for w in where) if places else where


def _bare_relation(s: Sentence, at: int, one: Mention, after: str) -> Iterator[Claim]:
    signs = [_sign(m) for m in s.mentions[max(0, at - 3) : at] if m.kind in _SIGNS]
    if not signs and re.match(r"^(?: in your chart)?(?: is| stands)? between ", after):
        signs = [_sign(m) for m in s.mentions[at + 1 : at + 3] if m.kind in _SIGNS]
        if len(signs) == 2 and signs[0].kind == signs[1].kind:
            yield from _made(s, signs, one)
        return
    if len(signs) >= 2 and is_near(_IN_CHART.sub("", s.gap(signs[-1], one))):
        if _DEFINES.match(after) and not _OF_CHART.search(s.text):
            return
        is_pair = s.text[signs[0].start].isascii()
        if len({m.kind for m in signs}) == 1:
            own = not re.search("만나|오면|들어", s.text)
            yield from _made(s, signs[-2:] if is_pair else signs, one, own=own)
        return
    said = _EXISTS.search(after)
    if said and not re.match(r"^[^,.]{0,14}(?:(?<!기)운이|(?<!기)운에|시기|때|들어오)", after):
        affirmed = not said["none"]
        yield from claim(s, "relation", "*", one.value, one, affirmed=affirmed, end=one.end + said.end())


_IN_CHART = re.compile(r" in (?:the \w+ of )?(?:your|the) chart")
# 자수와 오화는 서로 충하는 글자예요: of the signs, wherever they stand.
_DEFINES = re.compile(r"^하는 (?:글자|관계|사이|오행|기운)(?:이|예|입)")
_OF_CHART = re.compile("당신|사주|명식|원국|지지에|천간에|일지|월지|년지|시지")
_SIGNS = ("stem", "branch", "animal")


def _sign(one: Mention) -> Mention:
    """Return an animal of English as the branch that it is."""
    return one._replace(kind="branch") if one.kind == "animal" else one


def _made(s: Sentence, signs: list[Mention], one: Mention, *, own: bool = True) -> Iterator[Claim]:
    """Yield that signs stand in the chart, and that they make such a contact."""
    part, numbers = signs[0].kind, tuple(m.value for m in signs)
    if own:
        yield from claim(s, "signs", (part, numbers), True, one, *signs)
    yield from claim(s, "contact", (part, numbers), one.value, one, *signs)

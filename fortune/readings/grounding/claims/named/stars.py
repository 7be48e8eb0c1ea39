"""Claims on 신살, 12운성, 공망 and 납음."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.endings import IS, OF_CHART, SITS, verbs
from fortune.readings.grounding.names.mention import ROMAN_BRANCHES, Mention
from fortune.readings.grounding.sentences.places import CELLS, is_near, other_time, places_of
from fortune.readings.grounding.sentences.scope import Sentence
from fortune.readings.grounding.sentences.shin import as_branch
from fortune.saju.cycle import BRANCHES_KO

_STARRED = re.compile(
    r"^(?:들)?(?:의 (?:기운|힘|에너지|별|매력|끼|기질|작용))?(?:이|가|은|는|도|을|를)? ?"
    rf"(?:{OF_CHART}(?:에는?|에서는?|에도) )?"
    r"(?:전혀 |하나도 |하나 |(?:두|세|여러) ?(?:개|곳에?)(?:나|씩)? |여럿 |둘이나 |셋이나 |함께 |강하게 |뚜렷이 |\S+에 )?"
    rf"(?P<says>{verbs('있|없|자리|들어|놓여|앉|작용|갖|가지|지니|타고|보이|드러나|품|많|의 영향')}"
    r"|강(?:해서|해(?= )|해요|합니다|하고|하며|하니|한 (?:사주|명식|팔자|편이)))"
)
_NO_NATAL = re.compile(
    r"^(?:(?![서고며어아] |니 |지만|라 )[^,.]){0,12}(?:(?<!기)운이|시기|때|들어오|들어와|찾아오|해예요|해입)"
)


def star(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read a 신살 on a pillar, or anywhere in the chart."""
    found = places_of(s, at, CELLS, ("branch", "ganji", "star", "stage"))
    there = _IS_THERE.match(s.text, one.end)
    if there and not found:
        is_none = there["none"] or re.search(r"\b[Nn]o $", s.text[: one.start])
        yield from claim(s, "star", "*", one.value, one, affirmed=not is_none, end=there.end())
        return
    have = _HAVE_STAR.search(s.text[: one.start]) if s.text[one.start].isascii() else None
    if have and not found:
        yield from claim(s, "star", "*", one.value, one, affirmed=not (have["none"] or have["no"]))
    borne = not found and _BORNE.search(s.text[one.end :])
    if borne:
        yield from claim(s, "star", "day", one.value, one, end=one.end + borne.end())
        return
    for place in found:
        yield from claim(s, "star", place.value, one.value, place, one)
    if not found and not have and not s.in_time(one.start):
        yield from _anywhere(s, one)


# 괴강의 기운을 타고난 일주, 백호의 일주
_BORNE = re.compile(r"^(?:의|살의)? ?(?:(?:기운|힘|에너지)\S )?(?:\S+ )?일주(?=라|로|예|입|이|의|답)")


def _anywhere(s: Sentence, one: Mention) -> Iterator[Claim]:
    """Read that a 신살 is in the chart, or is not."""
    after = s.text[one.end :]
    said = _STARRED.search(after)
    if said and not _NO_NATAL.search(after):
        denied = bool(
            re.search("없|보이지|있지|드러나지|지 못", said[0] + after[said.end() :][:5])
        ) and not re.match(r".{0,12}없(?:지[는도]? 않|진 않|는 것은 아니)", after)
        yield from claim(s, "star", "*", one.value, one, affirmed=not denied, end=one.end + said.end())
    elif (_OF_READER.search(s.text) and not _DEFINED.search(after)) or _LISTED.search(s.text[: one.start]):
        yield from claim(s, "star", "*", one.value, one)


_LISTED = re.compile(r"(?:신살|길성|귀인)(?: ?목록)?: (?:[가-힣]+(?:, |·|/| / ))*$")
_IS_THERE = re.compile(
    r"(?: star)? (?:is|appears|shows(?: up)?|stands|does) "
    r"(?:(?P<none>absent|missing|not)|(?:strongly |also |clearly )?(?:present|found|active|in|there))\b"
)
_HAVE_STAR = re.compile(
    r"\b(?:[Yy]ou (?:were born with|are (?:blessed|gifted) with|do )?|[Tt]here (?:is|are) |[Yy]our chart )"
    r"(?P<none>not |don't |doesn't |lacks? )?(?:also |clearly )?"
    r"(?:carry|have|possess|hold|bear|lack|carries|has|holds|contains|shows)? ?(?P<no>no )?(?:the |a |an |your )?$"
)


# 천을귀인이 당신을 돕고 있어요: a star that does something for the reader is there. 도화살은 매력을 뜻해요 is no claim.
_OF_READER = re.compile(r"신살(?:로|을|은|중|에|이|: )|당신|회원님|본인(?!의 )|이 사주|명식|원국")
_DEFINED = re.compile(
    r"^[^.]{0,40}"
    r"(?:뜻|말[하합해]|상징|의미|불리|부르|이란|라고|나타내|관련|길성|흉살|별이|기운이에|기운입|해에|때)"
    r"|^(?:와|과|,|·|이나|이란|운)"
)


_THE_OTHERS = re.compile("나머지|다른")


def stage(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read a 12운성 of a pillar, or anywhere in the chart."""
    found = places_of(s, at, CELLS, ("branch", "ganji", "star", "stage"))
    feet = [m for m in s.mentions if m.kind == "cell" and m.value.endswith(".branch")]
    is_theirs = len(feet) == 1 and not _THE_OTHERS.search(s.text, feet[0].end, one.start)
    if is_theirs and (not found or found[0].value == "day.stem"):
        found = feet  # 유금 월지는 일간에게 태의 자리
    if [m.value for m in found] == ["day.stem"] and _over(s, at):
        found = []  # 일간이 유금에 제왕으로 뿌리내려
    for place in found:
        if place.value != "day.stem" and not other_time(s, place, one):
            yield from claim(s, "stage", (_whose(s), place.value), one.value, place, one)
    after = s.text[one.end :]
    if not found and (pair := _over(s, at)):
        stem, branch = pair
        yield from claim(
            s, "stage_over", (stem.value if stem.kind == "stem" else None, branch.value), one.value, stem, one
        )
        return
    if not found and (sign := _pillar_before(s, at, "branch")):
        yield from claim(s, "sign_stage", sign.value, one.value, sign, one)
        return
    if not found and (pillar := _pillar_before(s, at)):
        yield from claim(s, "pillar_stage", pillar.value, one.value, pillar, one)
        return
    if not found and SITS.search(after) and not s.in_time(one.start):
        yield from claim(s, "stage", (None, "day.branch"), one.value, one)
        return
    if found or s.in_time(one.start) or not re.search(r"운성", s.text):
        return
    if re.match(
        r"^(?:지|의 자리|의 기운)?(?:에|이|가|을|를|은|는|도)? ?"
        r"(?:앉|있|없|놓|들|자리|갖|가지|지니|타고|깔|보이|해당)",
        after,
    ):
        yield from claim(s, "stage", (None, "*"), one.value, one)


_IS_STAGE = re.compile(rf"(?:\([^)]{{1,4}}\))?[은는] \S{{1,3}}?(?:\([^)]\))?(?:{IS}|,)")


def _pillar_before(s: Sentence, at: int, kind: str = "ganji") -> Mention | None:
    """Return the pillar or the branch whose stage is told by its name alone: 기미의 12운성은 관대, 자수의 십이운성은 태."""
    one = s.mentions[at - 1] if at else None
    if one is None or one.kind != kind:
        return None
    if kind == "branch" and _IS_STAGE.match(s.text, one.end):
        return one  # 유금은 건록이고, 자수는 장생이며
    return (
        one
        if re.match(r"^\)?(?:의|는|은) (?:십이|12)?운성(?:은|으로는?|상) $", s.gap(one, s.mentions[at]))
        else None
    )


def _whose(s: Sentence) -> int | str | None:
    """Return the stem whose stage is told: its number, "day" of the day stem, None where the sentence names none."""
    stems = {m.value for m in s.mentions if m.kind == "stem"}
    if any(m.value == "day.stem" for m in s.mentions):
        return "day"
    return int(stems.pop()) if len(stems) == 1 else None


def _over(s: Sentence, at: int) -> tuple[Mention, Mention] | None:
    """Return the stem, or the day stem, and the branch that a stage is said of: 정화가 해수를 만나면 절지."""
    before = [m for m in s.mentions[max(0, at - 3) : at] if m.kind not in ("self", "stage")]
    signs = [m for m in before if m.kind == "branch"]
    stems = [m for m in before if m.kind == "stem" or (m.kind == "cell" and m.value == "day.stem")]
    if len(signs) != 1 or len(stems) != 1:
        return None
    gap = s.gap(before[-1], s.mentions[at])
    if not is_near(gap) and not re.match(r"^ ?(?:위)?에 (?:앉|놓)[^.,]{0,10} $", gap):
        return None
    if not re.search(
        r"만나|에서|에게|위|에 |[은는이가] | (?:at|over|on|above|meets|meeting) ",
        s.gap(*sorted((stems[0], signs[0]), key=lambda m: m.start)),
    ):
        return None
    return stems[0], signs[0]


def void(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read which signs are 공망, or which pillar stands in it."""
    found = places_of(s, at, CELLS, ("branch",))
    after = s.text[one.end :]
    god = s.mentions[at - 1] if at else None
    told = _IN_VOID.match(after)
    if god is not None and god.kind == "god" and told and re.match(r"^(?:이|가|은|는) $", s.gap(god, one)):
        if not s.in_time(god.start):
            yield from claim(s, "god_void", god.value, not told["no"], god, one, affirmed=True)
        return
    free = re.match(
        r"^(?:에서 (?:자유|벗어)|과는? (?:무관|상관|관계)|을 (?:피(?=[했한해하])|비켜|면[했한해하]))", after
    )
    is_told = free or re.match(r"^(?:이에요|예요|입니다|이|에|을|의|으로|되|된|, |\.|$)", after)
    if (
        found
        and is_told
        and not _BASES.search(s.text, found[0].start, one.start)
        and not other_time(s, found[0], one)
    ):
        for place in found:
            more: dict[str, Any] = {"affirmed": False} if free else {}
            yield from claim(s, "void_at", place.value, True, place, one, **more)
        return
    bases = [m for m in _BASES.finditer(s.text) if m.start() < one.end + 30]
    before = [m for m in bases if m.start() < one.start]
    base = "year" if (before[-1:] or bases) and (before[-1:] or bases)[0][0][0] in "년연띠" else ""
    branches = [as_branch(s, m) for m in s.mentions if m.kind in ("stem", "branch")]
    signs = [m for m in branches if m.kind == "branch" and _is_void_of(s, m, one)]
    for sign in signs if not s.in_time(one.start) else ():
        yield from claim(s, "void", base, sign.value, one, sign)
    yield from _void_pair(s, one, base) if not signs else ()
    spelt = _VOID_EN.match(after)
    for name in (spelt[1].lower(), spelt[2].lower()) if spelt else ():
        for names in ROMAN_BRANCHES:
            if name in names:
                yield from claim(
                    s, "void", base, names.index(name), one, end=one.end + (spelt.end() if spelt else 0)
                )
                break


def _is_void_of(s: Sentence, sign: Mention, one: Mention) -> bool:
    """Return whether a branch stands right beside 공망, or before the pillar that it is counted from."""
    if sign.start > one.end:
        return is_near(s.text[one.end : sign.start])
    return 0 <= one.start - sign.end <= 4 or bool(_COUNTED_FROM.match(s.text[sign.end : one.start]))


# 정재가 공망에 들지 않아, 관성이 공망이라
_IN_VOID = re.compile(
    rf"^(?:에 )?(?:(?P<no>(?:들|빠지|놓이|걸리)지 ?않|이 아니|을 (?:피한|피해|피했)|에서 벗어)|들|빠[져졌진]|놓|걸[려린렸]|{IS})"
)
_BASES = re.compile(r"(?:[년연일]주|[년연일]지|띠)(?: ?\S{2}(?:\([^)]{1,4}\))?)?(?:로|를|을|에서| 기준)")
# 축토는 년주 갑자를 기준으로 한 공망에
_COUNTED_FROM = re.compile(rf"(?:\([^)]{{1,4}}\))?[은는이가도] {_BASES.pattern}[^.,]{{0,14}}$")
_VOID_EN = re.compile(
    r"(?: branches| signs)?(?: \([^)]*\))?(?: of (?:your|the) (?:day pillar|day|chart))?"
    r" (?:are|is|(?:falls?|lies?|sits?|lands?|rests?) (?:on|in|at|upon)) ([A-Z][a-z]+) and ([A-Z][a-z]+)\b"
)
_TWO = r"([자축인묘진사오미신유술해])(?:[·, ]|, |[와과] )?([자축인묘진사오미신유술해])"
_PAIR = re.compile(
    r"(?:(?:에 (?:드는|든|해당하는|속하는|걸린|놓인|빠진)|인) (?:글자|지지|것|자리|두 글자)[은는이가]|은|는|이|인|: ?)? ?"
    rf"{_TWO}(?={IS}|,|\.|이| ?공망|[은는을를가](?= )|에 (?:있|놓|해당|들|자리)|[으]?로 |$)"
)
_PAIR_EMPTY = re.compile(rf"(?<![가-힣]){_TWO}(?:이|가|은|는)? (?:비어|빈|비게|비는|공망)")
_PAIR_AHEAD = re.compile(rf"(?<![가-힣]){_TWO} ?$")


def _void_pair(s: Sentence, one: Mention, base: str) -> Iterator[Claim]:
    """Read two branches of one syllable each, behind 공망 or before it: 공망은 신유, 신유 공망이라."""
    after = s.text[one.end :]
    pair, end, given = _PAIR.match(after), one.end, after.startswith("인")
    if pair is not None:
        end += pair.end()
    elif re.match(rf"(?:{IS})", after):
        pair, given = _PAIR_AHEAD.search(s.text[: one.start]), True
    if pair is None and (pair := _PAIR_EMPTY.search(s.text, 0, one.end)):
        end = one.end
    for letter in pair.groups() if pair is not None else ():
        yield from claim(s, "void", base, BRANCHES_KO.index(letter), one, end=end, given=given)


def nayin(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read the 납음 of a pillar, or of any."""
    found = places_of(s, at, ("place",), ("ganji",))
    for place in found:
        yield from claim(s, "nayin", place.value, one.value, place, one)
    if not found:
        yield from claim(s, "nayin", "*", one.value, one)

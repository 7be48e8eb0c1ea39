"""Claims on 삼재: which years are, by their number, by their branches or by their animals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.endings import IS
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.names.words import ANIMAL_BRANCHES, ANIMALS_EN
from fortune.readings.grounding.sentences.places import is_near, places_of
from fortune.readings.grounding.sentences.scope import Sentence
from fortune.saju.cycle import BRANCHES_KO

_IS_TIME = re.compile(
    r"^(?: ?기간|의 시기|인 시기|의 해| 중)?"
    r"(?:이에요|예요|입니다|이고|이며|이라|라서|에 (?:있|해당|들)|이 아니|가 아니)"
    r"|^(?:의 한(?:가운데|복판)|[을를] (?:지나|겪|보내고)|[이가] (?:든|들었)|에 접어)"
)
_YEARS_SAMJAE = re.compile(
    rf"(?<![가-힣])[{BRANCHES_KO}](?:년?(?:[·, ]|, )?[{BRANCHES_KO}]){{1,2}}년(?:에|이|은|은 모두|에는)? ?$"
)
_SAMJAE_YEARS = re.compile(
    rf"(?:가|는|은|이|의)? ?(?:드는 해는 |되는 해는 |해는 |들어오는 해는 )?[{BRANCHES_KO}]"
    rf"(?:년?(?:[·, ]|, )?[{BRANCHES_KO}]){{1,2}}(?:(?=년| ?세 해)|(?<=[{BRANCHES_KO}].[{BRANCHES_KO}].[{BRANCHES_KO}])(?={IS}))"
)


# 삼재에서 벗어난 해: of a year that is none; 벗어나는 해 may be the third of the three.
_OUT_OF = re.compile(
    r"(?:에서(?:는)? (?:이미 |완전히 |이제 )?(?:벗어났|벗어난|벗어나 ?있|빠져나온|빠져나왔|나온)"
    r"|(?:와|과)는? (?:전혀 |아무 )?(?:무관|관계|상관|거리가|인연이 없)"
    r"|(?:은|는|이|가) 아직 (?:먼|멀|오지|시작되지|들어오지)"
    r"|(?:이|가) (?:이미 |다 |모두 |완전히 )?(?:지나간|지난(?!다)|끝난(?!다)|끝났|끝나(?= )|물러간))"
)


_ANIMAL = "|".join(ANIMAL_BRANCHES)
# 삼재는 돼지, 쥐, 소의 해에 찾아와요; begins in the year of the Tiger
_SAMJAE_ANIMALS = re.compile(
    rf"[는은가이] (?:\S+ )?(?P<row>(?:{_ANIMAL})(?:띠)?(?:(?:, ?|·| |[와과] |이랑 )(?:{_ANIMAL})(?:띠)?){{1,2}})(?:의| )? ?(?:세 )?해"
)
_SAMJAE_EN = re.compile(
    r"\)?(?: \w+){0,6} in the years? of the (?P<row>[A-Z][a-z]+(?:(?:, |,? and )(?:the )?[A-Z][a-z]+){0,2})"
)

# 원숭이해, 닭해, 개해에 삼재를 맞습니다
_ANIMALS_SAMJAE = re.compile(
    rf"(?<![가-힣])(?P<row>(?:{_ANIMAL})(?:띠)?(?:(?:의)? ?해)?(?:(?:, ?|·| |[와과] )(?:{_ANIMAL})(?:띠)?(?:(?:의)? ?해)?){{2}})"
    r"(?:에|마다|에는|가|는|은)? (?:\S+ )?$"
)
# 삼재는 뱀띠 해에 시작돼요, with the animal left out
_AT_ANIMAL = re.compile(r"[는은가이] (?:에|부터)(?:는)? (?:\S+ )?(?:시작|들어|찾아|끝)")
_WHICH_IS = re.compile(r"^에 (?:해당하는|속하는|드는) $")
# 올해로 삼재가 끝나요: this year is the third of the three
_WITH_IT = re.compile(r"^년?(?:을 끝으로|를 끝으로|으?로) (?:\S+ )?$")
_IT_ENDS = re.compile(
    r"(?:[이가은는]|에서)? ?(?:모두 |다 |완전히 )?(?:끝나|끝이|끝납|끝난(?!다[고는면])|마무리|벗어나|벗어납|나가)"
)


def _samjae_animals(s: Sentence, one: Mention) -> Iterator[Claim]:
    """Read the animals of the years that are 삼재."""
    found = _SAMJAE_ANIMALS.match(s.text, one.end)
    of_others = found and re.match(
        r"에 (?:드는|맞는|맞이하는|해당하는) (?:사람|이|분|경우)", s.text[found.end() :]
    )
    for name in re.findall(_ANIMAL, found["row"]) if found and not of_others else ():
        yield from claim(s, "samjae", "", ANIMAL_BRANCHES[name], one, end=found.end() if found else 0)
    ahead = _ANIMALS_SAMJAE.search(s.text, 0, one.start) if not found and one.value == "samjae" else None
    for name in re.findall(_ANIMAL, ahead["row"]) if ahead else ():
        yield from claim(s, "samjae", "", ANIMAL_BRANCHES[name], one)
    english = _SAMJAE_EN.match(s.text, one.end)
    for name in re.findall(r"[A-Z][a-z]+", english["row"]) if english else ():
        if name.lower() in ANIMALS_EN:
            branch = ANIMALS_EN.index(name.lower())
            yield from claim(s, "samjae", "", branch, one, end=english.end() if english else 0)


def _of_animal(s: Sentence, at: int, one: Mention, *, denied: bool) -> Iterator[Claim]:
    """Read what a year is to those of an animal: 올해는 토끼띠의 눌삼재."""
    rest = [m for m in s.mentions[:at] if m.kind not in ("samjae", "ganji")][-2:]
    if [m.kind for m in rest] == ["year", "zodiac"] and _TO_ANIMAL.match(s.text, rest[1].end):
        where = (rest[0].value, rest[1].value)
        more: dict[str, Any] = {"affirmed": False} if denied else {}
        yield from claim(s, "zodiac_samjae", where, one.value, rest[0], one, given=True, **more)


_TO_ANIMAL = re.compile(
    r"(?: ?(?:분|생))?(?:들)?(?:에게는?|한테는?|의|가|는|로서는?|인 (?:당신|회원님)(?:에게|의)?)(?: |$)"
)


def samjae(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read which year is 삼재."""
    years = places_of(s, at, ("year",), ("ganji", "samjae"))
    out = _OUT_OF.match(s.text, one.end)
    yield from _samjae_animals(s, one)
    behind = s.mentions[at + 1] if at + 1 < len(s.mentions) else None
    if behind and behind.kind == "year" and not years and _WHICH_IS.match(s.gap(one, behind)):
        years = [behind]  # 날삼재에 해당하는 올해
    if (
        behind
        and behind.kind == "animal_year"
        and _AT_ANIMAL.match(s.text[one.end : behind.start] + s.text[behind.end :])
    ):
        yield from claim(s, "samjae", "", behind.value, one, behind)
    if not years and not s.is_english:
        yield from _of_animal(s, at, one, denied=out is not None)
    for year in () if s.is_english else years:
        if one.value == "samjae" and _WITH_IT.match(s.gap(year, one)) and _IT_ENDS.match(s.text, one.end):
            yield from claim(s, "year_samjae", year.value, "nal_samjae", year, one, given=True)
            continue
        more: dict[str, Any] = {"affirmed": False, "given": True} if out else {}
        yield from claim(s, "year_samjae", year.value, one.value, year, one, **more)
    listed = _SAMJAE_YEARS.match(s.text, one.end) or _YEARS_SAMJAE.search(s.text, 0, one.start)
    for letter in re.findall(f"[{BRANCHES_KO}]", listed[0]) if listed else ():
        yield from claim(s, "samjae", "", BRANCHES_KO.index(letter), one, end=listed.end() if listed else 0)
    now = [m for m in s.mentions[:at] if m.kind == "when" and m.value == "now" and is_near(s.gap(m, one))]
    if now and not years and (out or _IS_TIME.search(s.text[one.end :])):
        affirmed = "아니" not in s.text[one.end : one.end + 9] and not out
        yield from claim(s, "year_samjae", 0, one.value, now[-1], one, affirmed=affirmed)

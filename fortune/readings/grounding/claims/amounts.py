"""Claims about how much there is of something: counts, 없다, 많다, the most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.claim import DENIED, Claim, claim
from fortune.readings.grounding.names.endings import IS, OF_CHART
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.names.numbers import NUMBER, number
from fortune.readings.grounding.sentences.scope import BREAK, Sentence
from fortune.saju.korean import ELEMENT_KEYS

_THING = (
    r"^\)?(?:성|별)?"
    r"(?: (?:기운|오행)(?:을 가진|의) 글자[가는은]"
    r"|이?라는 (?:[가-힣]{1,4} )?[가-힣]{1,4}(?=[이가은는도을를] )"
    r"|의|에 해당하는|에 속하는|을 뜻하는|를 뜻하는|을 나타내는|를 나타내는)? ?"
    r"(?:기운|에너지|성분|글자|힘|세력|요소|오행|자리|쪽|개수|갯수|비율)?(?:들)?"
    r"(?:이|가|은|는|도|을|를|만|의)?"
)
_ADVERBS = (
    rf"(?: ?(?:{OF_CHART}(?:에서?|에서?는|에도)"
    r"|(?:총 )?(?:여덟|8) ?글자 (?:중|가운데)(?:에서?|에는)?"
    r"|이미|역시|또한|함께|아주|매우|전혀|하나도|거의|꽤|상당히|특히|다소|조금|약간|유난히|모두|전부"
    r"|무려|총|합해서|합쳐서|단|딱|겨우|겉으로는?"
    r"|(?:단 )?한 (?:글자|개|점|줌|톨|방울|그루|줄기|조각)도"
    r"|단 하나도|하나조차|전체적으로|완전히|아예|너무|제법|무척|굉장히|비교적|가장|제일|크게|넉넉히"
    r"|또렷이|고작|각각|저마다|오직|단지|그리|별로"
    r"|(?!뚜렷|두드러|강하|많|약하)[가-힣]{1,6}(?:에|에는|에서|에서는|에도|안에|중에|으로|게|히)"
    r"|(?<= )(?![가-힣]*(?:이|가|은|는|을|를|의|면|고|며|지|서|한|된|던|없|있) )"
    r"(?!없|있|많|강|약|적은|부족|넘|가득|보이|드러|빠져|비어|결|품|들어|갖|가지|지니|존재|나타|찾|전무"
    r"|부재|왕성|우세|발달|끊|글자|(?:한|두|세|네|다섯|여섯|일곱|여덟) ?(?:글자|개))[가-힣]{1,5}(?= )))*"
)
_TAIL = _THING + _ADVERBS + " ?"
COUNT = re.compile(
    _TAIL + rf"(?:부족|결핍|과다|없음)? ?[(:]? ?(?P<n>{NUMBER}) ?"
    r"(?P<unit>개|글자|자(?=[ 가로예를입,.]|$)|곳|(?:그루|송이|방울|줄기|덩이|자루|점|줌|톨)(?=(?:[가이])? (?:있|자라|서 )|뿐|밖에|이?나 (?:있|되|돼))|군데|번(?!째)|뿐|씩|만(?= )|(?=밖에|을 차지|이나 차지))"
    r"(?!째| ?(?:중|가운데)|도 (?:없|보이지|들어|찾|드러))(?:씩)?(?P<only>밖에)?"
)
BARE = re.compile(
    r"^(?:\(|: ?|은 |는 |이 |가 | )?(?P<n>\d)(?![\d월년일세%점대개글자])(?!·\d)(?=[,.)· 이로으]|$)"
    r"|^\)? (?P<alone>하나|둘|셋|넷)(?=\S{1,2}(?: |이))"
    r"|^(?:이|가|은|는|도) (?:(?!없|하나)[가-힣]{1,4}(?:에|에만|서|로|히|나) |모두 |벌써 |총 )?(?P<word>하나|둘|셋|넷|다섯|여섯)"
    r"(?=예요|이에요|이고|,|입니다|이며|이나|뿐| |이라|인(?= )|로(?= )|으로|씩|\.|$)"
)
# 금의 기운이 사주의 절반에 못 미치는 한 글자뿐입니다
_FAR = re.compile(
    rf"^(?:의 기운| 기운)?[이가은는] (?:[^,.]{{2,24}}[는은던한] (?P<n>{NUMBER}) ?(?:개|글자|자)(?=뿐|{IS}|밖에|에 (?:불과|그))"
    rf"|[^,.은는이가]{{2,24}} (?P<word>{NUMBER})(?: ?개| ?글자)?(?=뿐(?:이|입|인)|이 전부|밖에 없))"
)
_BEFORE = re.compile(
    rf"(?<![가-힣\d])(?P<n>{NUMBER}) ?(?:개|글자)(?:의|인| 이상의|나 되는) ?$"
    rf"|(?:중|가운데)(?:에)? (?P<of>{NUMBER})(?: ?개| ?글자)?(?:이|가|는|은) (?:모두 )?$"
)
_SOME = (
    r"없지[는도]? ?않|없진 ?않"
    r"|없는 ?(?:것|건|게)은? ?아니|있(?!지 ?않)|존재|갖추(?!지 못)"
    r"|갖고|가지고|지니고|들어 ?있|자리|품고|드러나(?!지| ?있지)|보이(?!지)"
    r"|보여"
)
_NONE = (
    r"없(?!지[는도]? ?않|는 ?(?:것|건|게)은? ?아니|진 ?않|애)|전무|끊겨 ?있|끊어져 ?있"
    r"|보이지 ?않|드러나(?: ?있)?지 ?않|나타나지 ?않|빠져|결핍|비어"
    r"|찾아볼 수 ?없|찾기 어렵|찾을 수 ?없|부재|텅 비|한 점도 안|안 보이|눈에 띄지 ?않|자취를 감|실종|존재하지 ?않|들어 ?있지 ?않|있지 ?않|결여"
    r"|(?:갖|가지|갖추|지니|품)지 ?못"
)
_MANY = (
    r"많(?!지 ?않|아[지져질]|을|던)|과다|가득|넘치|넘쳐|풍부|무성|울창|빽빽|몰려|치우쳐"
    r"|태과|수두룩|즐비|그득|빼곡|포진|빈틈없|잔뜩|겹겹|꽉"
    r"|(?:사주|명식|원국)[를을] (?:이끌|주도|지배|채우|채운|움직)"
)
_STRONG = r"강(?=[하한해합](?!지|져))|왕성|센(?= )|세요|두드러|발달|뚜렷|지배|우세|힘이 있|돋보|튼튼|넉넉|두텁|두터|두둑|든든|탄탄|묵직|빵빵"
_FEW = (
    r"적(?:은|어요|습니다|고|지만|다|으며)(?!응)|부족"
    r"|약(?=[하한해합](?!지|져))|모자라|모자란|미약|미미|희박|희미|빈약|드물|옅|얇|메마|말라"
    r"|적은"
)
_SAYS = re.compile(
    _TAIL
    + rf"(?:(?P<none>{_NONE})|(?P<some>{_SOME})|(?P<many>{_MANY})|(?P<strong>{_STRONG})|(?P<few>{_FEW}))"
)
_MOST = re.compile(
    _THING + r" ?[^,.]{0,8}?(?:가장|제일)(?: 크게| 많이| 강하게)? ?"
    r"(?:(?P<most>많|강|왕성|왕하|왕한|두드러|발달|우세|뚜렷|큰|크|세|차지|풍부|압도)"
    r"|(?P<least>적|약|부족|모자라|작|희박))"
)
_MOST_BEFORE = re.compile(
    r"(?:가장|제일|압도적으로|단연) ?"
    r"(?:(?P<most>많은|강한|힘이 센|힘센|센|힘이 강한|기운이 강한|세력이 강한|영향력이 큰|왕성한"
    r"|두드러진|두드러지는|발달한|강하게 나타나는|많이 차지하는|큰 비중을 차지하는|큰)"
    r"|(?P<least>적은|약한|부족한|모자란))"
    r"(?: 것|건| 오행| 기운| 글자| 십성| 원소| 힘| 게)?(?:은|는|이|가)? ?(?:바로 )?$"
)
_NONE_BEFORE = re.compile(
    r"(?:(?P<none>없는|빠진|빠져 있는|결핍된|비어 있는|전무한|하나도 없는|보이지 않는)"
    r"|(?P<few>부족한|약한|모자란)"
    r"|(?P<many>가득 채운|가득 메운|차지하는|차지한|지배하는|주도하는|이끄는))"
    r"(?: 것| 오행| 기운| 글자| 원소)?(?:은|는|이)? (?:바로 )?(?:아예 글자가 없는 )?$"
)
# 수가 부족하다 못해 없는, 부족한 정도가 아니라 아예 없는
_BEYOND = re.compile(
    rf"(?:부족|약|모자라)\S* (?:못해|정도가 아니라|것이 아니라|게 아니라|수준을 넘어) [^,.]{{0,8}}?(?:{_NONE})"
)
# 편관은 강한 압박을: the adjective belongs to the noun behind it.
_OF_ANOTHER = re.compile(
    r"(?:은|는|의) (?:아주 |매우 )?"
    r"(?:강한|많은|적은|약한|부족한|풍부한|뚜렷한) "
    r"(?!편|사주|것|명식|구조|상태|당신|셈|팔자|축|오행|기운)[가-힣]"
)
CHANGES = re.compile(
    r"^(?:(?!라 |[서고며어아여해] |니 |지만|기 때문|므로|탓에|덕분)[^,.]){0,16}?"
    r"(?:[아어해]지|[아어해]져|들어오|들어와|찾아오|다가오|늘어|채우|채워|보완|더하|시기|때(?!문)|순간"
    r"|[해달날]에|해예요|(?<![가-힣])운이|[대세월]운이|줄어|필요)"
)
PLAIN = ("물", "불", "흙", "쇠", "나무")
"""Words for an element that are also those for the thing itself."""


def amounts(s: Sentence) -> Iterator[Claim]:
    """Yield claims about elements, ten gods and their groups: how many, none, many, few, the most, the least."""
    for at, one in enumerate(s.mentions):
        if one.kind not in ("element", "god", "yinyang") or s.in_hiding(one.start) or _in_cell(s, at):
            continue
        row = _row(s, at)
        if row is None or s.in_time(one.start):
            continue
        for what, value, start, end in _told(s, row[-1], one):
            if what == "count" and len(row) > 1 and not re.search("각각|씩", s.text):
                continue
            affirmed = (
                what != "count" or s.text[:end].endswith("밖에") or not DENIED.search(s.clause_after(end))
            )
            part = Mention(one.kind, one.value, start, one.end)
            yield from claim(s, what, key(one), value, part, affirmed=affirmed, end=end)


def counted(found: re.Match[str]) -> int:
    groups = found.groupdict()
    return number(next(word for word in (groups["n"], groups.get("word"), groups.get("alone")) if word))


def key(one: Mention) -> str:
    return ELEMENT_KEYS[one.value] if one.kind == "element" else str(one.value)


def _in_cell(s: Sentence, at: int) -> bool:
    """Return whether a cell was named just before: 월지에 편관이 있어요 counts nothing."""
    for left in reversed(s.mentions[:at]):
        if BREAK.search(s.text[left.end : s.mentions[at].start]):
            return False
        if left.value == "day.stem":
            continue
        if left.kind in ("cell", "place", "useful", "year", "decade", "today", "month"):
            return True
    return False


def _row(s: Sentence, at: int) -> list[Mention] | None:
    """Return the mentions joined from this one on ("목과 화가 없어요"), the last of which has the verb."""
    row = [s.mentions[at]]
    for two in s.mentions[at + 1 : at + 6]:
        gap = s.gap(row[-1], two)
        if two.kind != row[-1].kind or not re.match(
            r"^(?:와|과|이랑|랑|하고|·|, |/|,| 및 |이나|, 그리고 | and | or )\s?$", gap
        ):
            break
        row.append(two)
    return row


def _told(s: Sentence, last: Mention, one: Mention) -> Iterator[tuple[str, Any, int, int]]:
    """Yield (topic, value, start, end) of what is told behind ``last`` or before ``one``."""
    rest, before = s.text[last.end : last.end + 44], s.text[: one.start]
    found = _MOST.search(rest)
    if found and not CHANGES.search(rest[found.end() :]):
        yield "amount", "most" if found["most"] else "least", one.start, last.end + found.end()
    ahead = _MOST_BEFORE.search(before)
    if ahead:
        force = re.match(r"(?:의)? ?기운|", rest)
        yield (
            "amount",
            "most" if ahead["most"] else "least",
            ahead.start(),
            last.end + (force.end() if force else 0),
        )
        return
    found = COUNT.search(rest) or BARE.search(rest)
    if found:
        n = counted(found)
        yield "count", n, one.start, last.end + found.end()
        return
    found = _FAR.search(rest)
    if found:
        yield "count", counted(found), one.start, last.end + found.end()
        return
    ahead = _BEFORE.search(before)
    if ahead and not re.search(r"중 $|가운데 $", before):
        yield "count", number(ahead["n"] or ahead["of"]), ahead.start(), last.end
        return
    ahead = _NONE_BEFORE.search(before)
    if ahead and re.match(rf"^(?:의 ?기운| 기운)?(?:{IS})", rest):
        yield "amount", _named(ahead), ahead.start(), last.end
        return
    yield from _said(s, rest, one, last)


def _said(s: Sentence, rest: str, one: Mention, last: Mention) -> Iterator[tuple[str, Any, int, int]]:
    """Yield the amount that a word behind ``last`` says, without a number."""
    found = _SAYS.search(rest)
    if found and _OF_ANOTHER.match(rest):
        return
    beyond = _BEYOND.match(rest, found.start("few")) if found and found["few"] else None
    if beyond:
        yield "amount", "none", one.start, last.end + beyond.end()
        return
    if found and not CHANGES.search(rest[found.end() - 1 :]) and not _is_saying(s, one, rest):
        yield "amount", _named(found), one.start, last.end + found.end()


def _named(found: re.Match[str]) -> str:
    return next(name for name, text in found.groupdict().items() if text)


def _is_saying(s: Sentence, one: Mention, rest: str) -> bool:
    """Return whether the words only look like a term: 아무 상관이 없어요, 인성이 좋은 사람, 물이 많은 곳."""
    word, before = s.text[one.start : one.end], s.text[: one.start]
    if word == "상관":
        return bool(re.search(r"(?:아무|별|와|과|하고|는 데|든|큰)\s?$", before))
    plain = word in PLAIN
    return (
        plain
        and not re.match(
            r"^(?:의)? ?기운"
            r"|^(?:이|가|은|는|도)? (?:(?:하나도|전혀|아예|거의|한 글자도) )?(?:없|부족|가장|많은 사주|강|약)",
            rest,
        )
        and not re.search("사주|명식|원국|팔자|오행", s.text)
    )

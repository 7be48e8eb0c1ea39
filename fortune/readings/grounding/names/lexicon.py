"""The things of a chart that a sentence names, and where they stand in it.

``mentions`` reads a sentence once, with one pattern, and returns what it names in order. It decides nothing: what
is said of what is read by ``claims``.
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache
from typing import Any

from fortune.readings.grounding.names.bare import with_bare
from fortune.readings.grounding.names.endings import IS
from fortune.readings.grounding.names.english import ROMAN_SIGNS
from fortune.readings.grounding.names.mention import ROMAN_BRANCHES, ROMAN_STEMS, Mention
from fortune.readings.grounding.names.numbers import age_at
from fortune.readings.grounding.names.pictures import coloured, elemental
from fortune.readings.grounding.names.values import BRANCH_WORDS, STEM_WORDS, value_of
from fortune.readings.grounding.names.words import NOT_AFTER, NOT_BEFORE, WORDS
from fortune.saju.cycle import BRANCHES, BRANCHES_KO, ELEMENTS, ELEMENTS_KO, STEMS, STEMS_KO

_S, _B, _SK, _BK = STEMS, BRANCHES, STEMS_KO, BRANCHES_KO
# A pillar's name ends here: 갑자 is one, 갑자기 is not.
AFTER = (
    rf"(?=$|[^가-힣]|{IS}|이지|이다|[년월일시]|대운|운|띠|생|라[서는고면]|라며|에[는서도]"
    r"|으로|답게|처럼|까지|부터|이란|[은는이가을를의과와로고도인에](?:[^가-힣]|$))"
)
_TAIL = (
    r"(?:의|이|가|은|는|을|를|도|과|와|만|로|으로|라[는 서고면]|인|이고"
    r"|이에요|예요|입니다|이라|이며|에|기운|기|오행|성분)"
)
_ROMAN = "|".join(
    f"(?:{'|'.join(stems)})[- ]?(?:{'|'.join(branches)})"
    for stems, branches in zip(ROMAN_STEMS, ROMAN_BRANCHES, strict=True)
)
# Signs that an element may follow, but for words of English: In, You, O.
_WITH_ELEMENT = sorted(
    {name for names in (*ROMAN_STEMS, *ROMAN_BRANCHES) for name in names} - {"in", "you", "o", "yin"}
)
# June 2027 is a month, and its pillar not that of 2027.
_NO_MONTH = "".join(f"(?<!{name} )" for name in calendar.month_name[1:])
_GROUPS = (
    rf"(?P<rel>(?<![가-힣])(?!인사해 )[{_BK}]{{2,3}} ?"
    r"(?:육합|삼합국|삼합|반합|방합국|방합|[목화토금수]국|삼형살?|상형|자형|원진살?|귀문|충"
    r"|합[목화토금수](?=[^가-힣]|[은이의을]|로)|합(?=[^가-힣]|[이을은과도]|의|으로|가)"
    r"|(?<!신유)(?<!사유)형(?=[^가-힣]|[이을은과도]|살|의|으로)|파(?=[^가-힣]|[가를는와도]|의|로)|해(?=[^가-힣]|가|를|의)))",
    r"(?P<triad>(?=[신해인사축진자])(?<![가-힣])(?:신자진|해묘미|인오술|사유축|인묘진|사오미|신유술|해자축|인사신|축술미|진술축미|인신사해|자오묘유)"
    r"(?=(?:[이가은는]| ?(?:의 )?(?:세|네) ?(?:글자|기운)[가이])? ?(?:\S+ ){0,2}?"
    r"(?:모이|모여|모인|모였|갖추|갖춰|갖춘|이루|이룬|이뤄|이뤘|다 있|모두 있|결합|뭉치|뭉쳐|완성|합쳐|채워))"
    rf"|(?=[{_B}]{{3}})(?:(?<=frame of )|(?<=frame \()|(?<=harmony of )|(?<=harmony \()|(?<=combination of ))"
    rf"[{_B}]{{3}})",
    rf"(?P<srel>(?<![가-힣])[{_SK}]{{2}} ?(?:천간합|천간충|합[목화토금수](?=[^가-힣]|[은이의을]|로)|합(?=[^가-힣]|[이을은의가과도]|으로)|충))",
    rf"(?P<hrel>[{_S}{_B}]{{2,3}} ?"
    r"(?:六合|三合|方合|半合|合|沖|冲|刑|破|害|육합|삼합|반합|방합|합|충|형|파|해|원진))",
    rf"(?P<ganji>[{_SK}][{_BK}] ?\( ?[{_S}][{_B}](?:[日年月時]柱)? ?\)|[{_S}][{_B}](?: ?\([{_SK}][{_BK}]\))?)",
    rf"(?P<birth_month>(?<![가-힣])[{_BK}]월(?:\([{_B}]月\))?"
    r"(?=에 (?:태어|난 |나신)|생(?![가-힣])|생(?=이|인|으로|답)|의 (?:기운|정기)을 (?:받|품|안|타)"
    rf"|의 (?:{'|'.join(STEM_WORDS)})|에 난 )"
    rf"|(?:(?<=태어난 달은 )|(?<=태어난 달이 )|(?<=생월이 )|(?<=생월은 ))[{_BK}]월"
    rf"|(?:[{_BK}]\()?[{_B}]\)?[月월](?=에 (?:태어|난 )|의 [{_S}]|生))",
    rf"(?P<birth_hour>(?<![가-힣])[{_BK}]시(?=에 (?:태어|난 |나신)|생(?![가-힣]))"
    rf"|(?:(?<=태어난 시는 )|(?<=태어난 시가 )|(?<=생시가 )|(?<=생시는 ))[{_BK}]시"
    rf"|(?<=태어난 시간은 )[{_BK}]시"
    rf"|(?<=태어난 시각은 )[{_BK}]시"
    rf"|[{_B}]時(?=에 (?:태어|난 )|生))",
    rf"(?P<kganji>(?<![\d십])(?!정해 [두놓보주야])[{_SK}][{_BK}]{AFTER})",
    rf"(?P<roman>\b(?!(?i:jeong-?in)\b)(?i:{_ROMAN})\b(?: ?\([{_S}][{_B}]\))?)",
    rf"(?P<stem>(?<![가-힣])(?:{'|'.join(STEM_WORDS)})(?: ?\((?:[{_S}{_B}]|[음양陰陽])[^)]{{0,6}}\))?"
    rf"|[{_SK}]\([{_S}]\)[{ELEMENTS_KO}]?"
    rf"|[{_S}][{ELEMENTS}]?(?:\([{_SK}][{ELEMENTS_KO}]?\))?)",
    rf"(?P<branch>(?<![가-힣])(?:{'|'.join(BRANCH_WORDS)})(?: ?\([{_B}][^)]{{0,6}}\))?"
    rf"|[{_BK}]\([{_B}]\)[{ELEMENTS_KO}]?"
    rf"|[{_B}][{ELEMENTS}]?(?:\([{_BK}][{ELEMENTS_KO}]?\))?)",
    r"(?P<stem_yy>(?<![가-힣])[양음](?:의 )?"
    r"(?:나무|쇠|흙|불|물|[목화토금수](?=[ 이가은는을를의인로으예입이,.]))(?:\([木火土金水]\))?)",
    r"(?P<stem_en>\b"
    rf"(?:(?i:yin|yang)|{'|'.join(name.capitalize() for name in _WITH_ELEMENT)})[- ]"
    r"(?:(?i:wood|fire|earth|metal|water)|stem)\b)",
    r"(?P<branch_en>(?=[ZCMSWXH])(?:(?<=\bat )|(?<=\bover ))(?:Zi|Chou|Mao|Chen|Si|Wu|Wei|Shen|Xu|Hai)\b(?![- ][A-Z]))",
    rf"(?P<roman_sign>(?<![A-Za-z'-])(?:{'|'.join(name.capitalize() for name in ROMAN_SIGNS)})\b(?![-'’])(?: ?\([{_S}{_B}]\))?)",
    rf"(?P<absolute>{_NO_MONTH}(?<![\d/])(?:19|20)\d\d(?:년도?|(?!\d)))",
    r"(?P<month>(?<!\d)\d{1,2}월)",
    rf"(?P<month_en>\b(?:{'|'.join(calendar.month_name[1:])})(?= of (?:the |this |next |20\d\d)))",
    r"(?P<gender>"
    r"(?:(?<=^)|(?<=[,.] )|(?<=당신은 )|(?<=당신이 )|(?<=회원님은 )|(?<=본인은 )|(?<=사주는 )"
    r"|(?<=명식은 )|(?<=성별은 )|(?<=성별: )|(?<=성별이 ))"
    r"(?:여성|여자|여명|남성|남자|남명)"
    rf"(?=분?(?:으?로 태어|인 (?:당신|회원님|본인)| 사주|의 사주|이시|으?로서|, |{IS}))"
    r"|(?<=as a )(?:wo)?man\b"
    r"|(?<=you are a )(?:wo)?man\b"
    r"|(?<=born a )(?:wo)?man\b"
    r"|(?<=year-old )(?:wo)?man\b)",
    r"(?P<age>(?:만 ?)?(?<!\d)\d{1,2} ?(?:[~∼–-] ?\d{1,2} ?)?[세살]"
    r"|(?<!\d)\d0대"
    r"|\b\d{1,2}(?=[- ]year[- ]old)|\bage (?:of )?\d{1,2}"
    r"|(?:(?<=[Yy]ou are )|(?<=[Yy]ou're ))\d{1,2}(?= now| years|,| and)"
    r"|\b\d{1,2}(?=[–-]\d{1,2}\b))",
    rf"(?P<element>(?<![가-힣A-Za-z])(?:나무|쇠|흙|불|물|[{ELEMENTS_KO}]|[{ELEMENTS}])"
    rf"(?:\([{ELEMENTS}{ELEMENTS_KO}氣기]{{1,2}}\))?(?={_TAIL}|$|[^가-힣]))",
    r"(?P<element_en>\b(?i:wood|fire|earth|metal|water)\b)",
    r"(?P<rel1>"
    r"(?<![가-힣])(?:합(?=[도만은] |이 |을 |으로|을|이|의 관계|해[요서]?|하|입|예|은)"
    r"|충(?=이|을|의 |으로|은|도 |만 |해|하|합|돼|되|돌|관계|살|입|이에요| 관계)"
    r"|형살?(?=이 |을 |살|도 (?:하|되|이루)|은 (?:되|아니|없|하)|으로| 관계|의 관계|이에)"
    r"|(?:파|(?<!의 )해)(?=의 관계|가 |를 | 관계|예요)"
    r"|[沖冲合刑破害]))",
)
_ENGLISH = sorted((w for w in WORDS if w.isascii()), key=len, reverse=True)
_KOREAN = sorted((w for w in WORDS if not w.isascii()), key=len, reverse=True)
# The letters that a pattern may begin with, and those that anything may: all others, two thirds of a text, are passed over.
_PATTERN_HEADS = (
    f"a-zA-Z\\d{_S}{_B}{_SK}{_BK}{ELEMENTS}{ELEMENTS_KO}양음만남여나쇠흙불물합충형파해沖冲合刑破害"
)
_HEADS = "".join({word[0] for word in _KOREAN}) + _PATTERN_HEADS


def _guarded(word: str) -> str:
    """Return the pattern of a Korean word after its first letter."""
    before, after = NOT_BEFORE.get(word), NOT_AFTER.get(word)
    return (f"(?<![{before}].)" if before else "") + re.escape(word[1:]) + (f"(?!{after})" if after else "")


def _by_first(words: list[str]) -> dict[str, list[str]]:
    """Return the words by their first letter: alternatives that begin with a plain letter are told apart by it alone."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[0], []).append(word)
    return heads


def _branches(heads: dict[str, list[str]], size: int = 32) -> str:
    """Return the words as one pattern, ``size`` first letters behind one look ahead: so a letter is told apart in few steps."""
    rows = [f"{head}(?:{'|'.join(map(_guarded, heads[head]))})" for head in sorted(heads)]
    return "|".join(
        f"(?=[{''.join(row[0] for row in rows[at : at + size])}])(?:{'|'.join(rows[at : at + size])})"
        for at in range(0, len(rows), size)
    )


_WORD = _branches(_by_first(_KOREAN))
_ENGLISH_WORD = "|".join(
    rf"[{head}{head.upper()}](?<!\w.)(?ai:{'|'.join(re.escape(word[1:]) for word in words)})\b"
    for head, words in _by_first(_ENGLISH).items()
)
_MASTER = re.compile(
    rf"(?=[{_HEADS}])"
    rf"(?:(?P<word>{_WORD})"
    rf"|(?=[{_PATTERN_HEADS}])(?:{'|'.join(_GROUPS)})"
    rf"|(?=[a-zA-Z0-9])(?P<english>{_ENGLISH_WORD}))"
)
# A term's Hanja in brackets belongs to it; a sign in brackets is named by itself.
_GLOSS = re.compile(
    rf" ?\((?!(?:[{_S}{_B}]))[가-힣 ,·]{{0,8}}(?:(?![{_S}{_B}])[一-鿿]){{1,4}}[가-힣 ,·]{{0,8}}\)"
)


@lru_cache(maxsize=64)  # a streamed paragraph is read for each language and person
def mentions(sentence: str) -> tuple[Mention, ...]:
    """Return what a sentence names, in order."""
    found: list[Mention] = []
    for match in _MASTER.finditer(sentence):
        name = match.lastgroup or ""
        kind, value = value_of(name, match.group(), sentence, match.start())
        kind, value, end = _whole(kind, value, sentence, match.end())
        if not kind or (found and match.start() < found[-1].end):
            continue
        if kind == "all_elements" and found and match.start() - found[-1].end <= 1:
            continue  # 목 오행은: its own element
        last = found[-1] if found else None
        if last and (kind, value) == last[:2] and sentence[last.end : match.start()].strip() == "(":
            found[-1] = last._replace(end=end + sentence.startswith(")", end))
            continue  # Nobleman star (천을귀인)
        gloss = _GLOSS.match(sentence, end) if name in ("word", "english", "element") else None
        found.append(Mention(kind, value, match.start(), gloss.end() if gloss else end))
    return tuple(with_bare(found, sentence))


def _whole(kind: str, value: Any, sentence: str, end: int) -> tuple[str, Any, int]:
    """Return what a name is together with the word behind it, of which it is only the first half: 서른여덟, 푸른 소."""
    if kind == "tens":
        aged = age_at(value, sentence, end)
        return ("age", ("age", aged[0]), aged[1]) if aged else ("", None, end)
    if kind == "colour":
        seen = coloured(value, sentence, end)
    elif kind in ("element", "stem") and sentence[end - 1].isascii():
        seen = elemental(value if kind == "element" else value // 2, sentence, end)
    else:
        return kind, value, end
    if seen:
        return "ganji", seen[0], seen[1]
    return ("" if kind == "colour" else kind), value, end

"""Claims on the reader's age that name no single year of it: 칠순을 넘긴 지금, 예순 초반의 당신, in your late sixties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.claims.life import is_of_luck
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.names.numbers import AGES_EN, DECADES, NAMED_AGES, TENS, age_en
from fortune.readings.grounding.sentences.scope import Sentence

_OLDEST = 120
_BASE = "|".join((*NAMED_AGES, *DECADES, *(word for word in TENS if word != "열")))
# 예순 초반, 오십 줄, 40대 중반; and how it is stood to: 칠순을 넘긴, 쉰을 앞둔, 마흔 무렵의.
_PHRASE = re.compile(
    rf"(?<![가-힣\d])(?:(?P<word>{_BASE})|(?P<tens>[2-9]0)(?=대))"
    r"(?P<decade> ?대| 줄)?(?: ?(?P<part>초반|중반|후반|초입))?"
    r"(?:(?P<past>[을를의]? ?(?:고개를 |문턱을 )?(?P<just>갓 |막 )?(?:훌쩍 |이미 |벌써 )?(?:넘긴|넘은|넘어선|넘기신|넘으신)|[이가] (?:지난|지나신))"
    r"|(?P<before>[을를] (?:눈앞에 |코앞에 |목전에 |곧 )?(?:앞둔|앞두신|둔|바라보는|바라보시는)|[이가] (?:눈앞|코앞|목전)인)"
    r"|(?P<about> ?(?:무렵|즈음|언저리|안팎|전후)(?:의|인|에 (?:선|있는))?)"
    r"|(?P<entered>에 (?:막 |갓 )?(?:접어든|들어선|접어드신|들어서신|이른))"
    r"|(?P<at>의|인|을 (?:지나는|보내는|살아가는|건너는)|이신))?"
)
# One look for what any phrase has, so that most sentences are passed over.
_HINT = re.compile(rf"{_BASE}|[2-9]0대")
# The three ways in which a phrase is said of now: 칠순을 넘긴 지금, 당신은 어느덧 마흔을 넘겼어요, 서른에 접어들며 … 하고 있겠군요.
_BEHIND = re.compile(r" ?(?:지금|(?:당신|회원님)(?:은|도|에게|께|, | )|현재|올해|이 시기|여러모로 지금)")
_AHEAD = re.compile(
    r"(?:지금(?:은|의 당신은)?|현재|올해|이제(?:는)?|당신(?:은|도)|회원님(?:은|도)),? (?:어느덧 |이미 |막 |벌써 |곧 )?$"
)
_SAID = re.compile(
    r"(?:(?P<said>이에요|예요|입니다|이시|이네|이군|이고|이니|이라|의 나이|에 (?:접어들었|들어섰|접어드셨))"
    r"|(?P<said_past>[을를] (?:갓 |막 |이미 |훌쩍 )?(?:넘겼|넘었|넘어섰|넘기셨|넘으셨))"
    r"|(?P<said_before>[을를] (?:앞두고|바라보고) (?:있|계)))"
)
# 당신은 환갑을 앞두고 있으며: of the reader, though the sentence goes on to a 대운.
_OF_READER = re.compile(r"(?:당신|회원님|본인)[은도],? (?:어느덧 |이미 |막 |벌써 |곧 |이제 )?$")
_TURNING = re.compile(r"에 (?:막 )?(?:접어들|들어서)(?:며|면서|어|고)(?=.{0,40}(?:고 있|있겠|있을 거|계시))")
_NEAR = 3


# At 20 you learn, at 40 you teach: two ages are of nobody now.
_AT_AGE = re.compile(rf"\b[Aa]t (?:{AGES_EN}|\d\d)\b")
_NUMBERED = re.compile("[0-9]|t[yi]")  # 44, forty, forties, fortieth


def ages(s: Sentence) -> Iterator[Claim]:
    """Yield the years within which a sentence says the reader's age is now."""
    of_luck = is_of_luck(s)
    is_hinted = s.has_hangul and _HINT.search(s.text)
    for found in _PHRASE.finditer(s.text) if is_hinted else ():
        told, end = found.groupdict(), found.end()
        turning = _TURNING.match(s.text, end)
        said = _SAID.match(s.text, end) if _AHEAD.search(s.text, 0, found.start()) else None
        behind = _BEHIND.match(s.text, end)
        is_near_it = behind and (told["past"] or told["before"])
        if of_luck and not is_near_it and not (said and _OF_READER.search(s.text, 0, found.start())):
            continue
        if turning or said or behind:
            told |= said.groupdict() if said else {}
            years = _years(told, turning=turning is not None)
            last = turning or said or behind
            if years is not None and last is not None:
                yield from _within(s, found.start(), last.end(), years)
    is_english = not of_luck and "ou" in s.text and _NUMBERED.search(s.text) is not None
    for found in _EN.finditer(s.text) if is_english and len(_AT_AGE.findall(s.text)) < 2 else ():
        if not _NOT_NOW.search(s.text.lower(), 0, found.start()):
            yield from _within(s, found.start(), found.end(), _years_en(found))


def _within(s: Sentence, start: int, end: int, years: tuple[int, int]) -> Iterator[Claim]:
    if s.who(start) != "other":
        part = Mention("age", years, start, end)
        yield from claim(s, "age_within", years, True, part, affirmed=True, given=True)


def _years(told: dict[str, Any], *, turning: bool) -> tuple[int, int] | None:
    """Return the first and the last age that a Korean phrase allows; None where it names a single year of life."""
    word, is_decade = told["word"], bool(told["decade"] or told["tens"] or told["part"])
    base = int(told["tens"]) if told["tens"] else {**TENS, **DECADES, **NAMED_AGES}[word]
    if told["past"] or told.get("said_past"):
        base += {"중반": 4, "후반": 7}.get(told["part"] or "", 0)
        return base, base + _NEAR if told["just"] else _OLDEST
    if told["before"] or told.get("said_before"):
        return base - 6, base
    if turning or told["entered"]:
        return base - 1, base + (9 if is_decade and not told["part"] and not turning else 4)
    if told["about"]:
        return base - _NEAR, base + _NEAR
    if not is_decade:
        return None
    return _part_of(base, told["part"])


def _part_of(base: int, part: str | None) -> tuple[int, int]:
    first, last = {None: (0, 9), "초반": (0, 4), "초입": (0, 3), "중반": (3, 7), "후반": (6, 10)}[part]
    return base + first, base + last


_TENS_EN = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|[2-9]0s"
_TENTHS = "twentieth|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth"
_EN = re.compile(
    rf"\bIn your (?:(?P<part_now>early|mid|middle|late)[- ])?(?P<tens_now>{_TENS_EN}) now\b|"
    r"(?:\b(?:[Yy]ou are|[Yy]ou're)(?: now| already| still)?|\b[Nn]ow|\b[Aa]s someone|\b[Bb]eing|\b[Tt]hat you are)"
    rf" in (?:your|the) (?:(?P<part>early|mid|middle|late)[- ])?(?P<tens>{_TENS_EN})\b"
    rf"|\bIn your (?P<part_still>early|mid|middle|late)[- ](?P<tens_still>{_TENS_EN}), (?:you are|you're|you have|you've) (?:finally|now|already|still)\b"
    r"|\b(?:[Yy]ou have|[Yy]ou've|[Yy]ou are|[Yy]ou're|[Hh]aving)(?: now| already| just| recently| well)*"
    rf" (?:(?P<past>passed|past|over|crossed|beyond)|(?P<turned>turned|reached)|(?P<before>approaching|nearing|almost|nearly|close to))"
    rf" (?P<age>{AGES_EN}|[2-9]\d)\b"
    rf"|\b(?:[Aa]t|[Nn]ow|[Aa]ged) (?P<exact>{AGES_EN}|[2-9]\d), (?:you are|you're|you have|you've|your life is)\b"
    rf"|\b[Nn]ow,? at (?P<now>{AGES_EN}|[2-9]\d), you\b"
    rf"|\b[Yy]ou(?:'ll)? (?:turn(?:ed)?|will turn|have turned|celebrated?|reach(?:ed)?) (?:your )?(?P<this_year>{AGES_EN}|[2-9]\d)(?:th|st|nd|rd)?(?: birthday)? (?:this|in the present) year\b"
    rf"|\b[Yy]ou (?:celebrated?|had|have|will celebrate) your (?P<birthday>{_TENTHS}) birthday this year\b"
    rf"|\b(?:[Yy]ou are|[Yy]ou're)(?: now| already)? (?P<is>{AGES_EN})(?= now|,|\.| and| years| this year)"
)


_NOT_NOW = re.compile(
    r"\b(?:when|once|until|till|by the time|before|after|says?|said|thinks?|claims?|whether|as though|nothing|by then)\b"
    r"[^,.;]{0,30}$"
)


def _years_en(found: re.Match[str]) -> tuple[int, int]:
    """Return the first and the last age that an English phrase allows."""
    told = found.groupdict()
    if tens := told["tens"] or told["tens_now"] or told["tens_still"]:
        base = int(tens[:2]) if tens[0].isdigit() else age_en(tens.removesuffix("ies") + "y")
        part = {"early": "초반", "late": "후반", "mid": "중반", "middle": "중반"}.get(
            told["part"] or told["part_now"] or told["part_still"] or ""
        )
        return _part_of(base, part)
    if birthday := told["birthday"]:
        n = age_en(birthday.removesuffix("ieth") + "y")
        return n, n
    exact = told["exact"] or told["now"] or told["is"] or told["this_year"]
    n = age_en(exact or told["age"] or "")
    if exact:
        return n, n
    if told["before"]:
        return n - 6, n
    return (n, n + _NEAR) if told["turned"] else (n, _OLDEST)

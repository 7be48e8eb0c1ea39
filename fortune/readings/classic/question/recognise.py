"""Recognise in a question's words the matter, the person and the form, by ``vocabulary`` and ``words``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from fortune.readings.classic.question import words
from fortune.readings.classic.question.vocabulary import (
    FORMS,
    GRAVE,
    PEOPLE,
    SAID_LAST,
    SUBJECTS,
    VAGUE,
    VOLITION,
    spelt_out,
)

_Patterns = dict[str, re.Pattern[str]]


def _compiled(patterns: Mapping[str, str], after: str = "") -> _Patterns:
    """Return the patterns compiled, for text in lower case.

    re.IGNORECASE would have each of the 11,172 syllables of a [가-힣] compared with its capital: 1 ms for each such class.
    """
    return {key: re.compile(f"(?:{found}){after}") for key, found in patterns.items()}


def _with_words(patterns: Mapping[str, str], lists: Mapping[str, str]) -> dict[str, str]:
    """Return the patterns with the words of the dictionary joined to each."""
    keys = (*patterns, *(key for key in lists if key not in patterns))
    parts = {key: (patterns.get(key, ""), words.pattern(lists.get(key, ""))) for key in keys}
    return {key: "|".join(filter(None, row)) for key, row in parts.items()}


_people = _with_words(PEOPLE, words.PEOPLE)
_subjects = _with_words(SUBJECTS, words.MATTERS)
_PEOPLE, _FORMS = _compiled(_people), _compiled(FORMS)
_DOING = _compiled(_people, r"(?:님|들)*(?:이|가|은|는|께서)(?![가-힣])")
_GRAVE = _compiled({key: _subjects[key] for key in GRAVE})
_VAGUE = _compiled({key: _subjects[key] for key in VAGUE})
_PLAIN: dict[str, re.Pattern[str]] = _compiled(
    {key: found for key, found in _subjects.items() if key not in (*GRAVE, *VAGUE)}
)
_TALES = {
    "__reunion": f"(?:{_subjects['breakup']}|차[인였])[^?!]{{0,24}}?"
    r"(?:연락|톡|돌아[오올와]|붙잡|다시)[가-힣 ]{0,8}",
    "__heart": r"(?:[남여]친|애인|[남여]자 ?친구|그 ?(?:사람|남자|여자)|걔)[이가은는도] [^.?!]{0,8}"
    r"전 ?(?:[남여]친|애인|여자|남자)[^.?!]{0,12}",
    **{
        f"__{key}": f"(?:{_subjects[key]})[^.?!]{{0,24}}?(?:{tail})[가-힣 ]{{0,6}}"
        for key, tail in SAID_LAST.items()
    },
}
_PLAIN = _compiled(_TALES) | _PLAIN
# Words that run together, as they are typed in a hurry: looked for where nothing else was found.
_LOOSE = _compiled(
    {key: found for key, row in words.MATTERS.items() if (found := words.pattern(row, loose=True))}
)
# Helping or stopping somebody: about whom that is, the story tells.
TOWARDS = re.compile(
    r"앉[히힐]|시[키킬]|(?<![가-힣])보[내낼](?!온)|가르[치칠]|타이[르를]|혼[내낼]|깨[우울]|달[래랠]"
    r"|[줘주]어?(?:야|도)|말려|말릴|허락|도와|용서|믿어 ?[줘도]|[가-힣]실 ?(?:수|까)|\b(?:him|her|them)\b"
)
ME = re.compile(r"(?<![가-힣])(?:저[는도]?|제가|나[는도]?|내가)(?![가-힣])|\bI\b")
# A person told as no more than that: 그냥 친구라는데.
SAID_TO_BE: Final = (
    r"(?:친구|동창|동료|선배|후배|동생|오빠|누나|언니|형|사촌|직원|상사)(?:이)?라"
    r"(?:는데|고 ?(?:하|해|했)|며|면서|네)[가-힣]*"
)
# Somebody for whose sake something is done, whose house it is, or who only gives advice is not whom a question is about.
_ASIDE = re.compile(
    r"(?:부모님?|친구|아들|딸) ?[집댁](?:에서|에|으로)"
    r"|(?:아이|애|자식|부모님|가족)(?:들)?[을를]? ?(?:생각(?:해|하)|때문|땜|위해)[가-힣]*"
    r"|[가-힣]+(?:은|는|이|가|도) (?:[가-힣]+ ){0,3}[가-힣]*[하보두오우시으리기치지]라(?:는데|던데|고|네|셔)"
    # somebody that one doesn't have yet, or hears of: 남편 복, 여친이 언제 생길까, 썸만 타다가
    r"|미래의? ?(?:남편|아내|와이프|신랑|배우자|남친|여친|애인)"
    r"|(?:남편|아내|와이프|신랑|배우자|며느리|사위) ?될 ?(?:사람|분|남자|여자)"
    r"|(?<![가-힣])(?:남편|아내|배우자|처|남자|여자|애인|자식|자녀|부모|친구|형제) ?"
    r"(?:복|운|감|상)(?![가-힣]?(?:사|담))"
    r"|(?:남자 ?친구|여자 ?친구|남친|여친|애인)(?:을|를|이|가|은|는)? ?"
    r"(?:도대체 |대체 |진짜 )?(?:언제 ?(?:쯤 ?)?)?(?:생[기길긴겨김]|만[들나날]|사귈|사귀고|구[하해할])"
    r"|썸만|썸 ?타다[가만]?|(?:만나는|사귀는|마음 ?주는) ?(?:사람|친구|남자|여자)마다"
    r"|with (?:two|three|a|\d) (?:kids|children|child|sons?|daughters?)"
    r"|(?:near|close to|with) (?:my|our) (?:parents|family|mom|mother|folks)"
    rf"|{SAID_TO_BE}"
    # a role of one's own, a couple told as one, a daughter-in-law still to come, friends whom one lacks
    r"|(?:엄마|아빠|부모|남편|아내|며느리|딸|아들|장남|맏이|팀장|선배|상사|친구)(?:로서|입장에서)"
    r"|(?:엄마|아빠)(?:예요|에요|입니다|이에요|인데요?|임)(?![가-힣])"
    r"|(?:아버지|어머니|부모님|할아버지|선대|시부모님?) ?"
    r"(?:때부터|대부터|대에서|가 ?하시던|께서 ?하시던|(?:한테|께) ?물려)"
    r"|(?:엄마|아빠|부모|할머니|할아버지)가 ?(?:될|되[는고려])"
    r"|(?:저희|우리) ?부부(?! ?(?:사이|싸움|관계))"
    r"|(?:며느리|사위)(?:를|을|감을?)? ?(?:언제 ?)?(?:데려|보[나게려고는실]|볼|봐|얻|맞[이을])[가-힣]*"
    r"|친구(?:가|도|는|이|들이)? ?(?:하나도 |한 ?명도 |왜 ?)?(?:없|안 ?생|안 ?남|적[어은])[가-힣]*"
    r"|(?:애들?|아이들?|자식들?) ?"
    r"(?:클|다 ?클|다 ?키|대학|학교 ?갈|졸업)[가-힣 ]{0,4}(?:때까지|까지)[가-힣]*"
    r"|(?:친구|지인|동생|형|오빠|누나|언니|친척|선배|남편|아빠|부모님?) ?"
    r"(?:빚)?보증(?:을)? ?(?:잘못 ?)?(?:섰|서서|서 ?[줬주]었?)"
    r"|배우자(?=[는가] ?어떤 ?사람)"
    r"|(?<![가-힣])(?:애|아이|자식|자녀)(?:도|가|는|이)? ?(?:아직 |하나도 )?없[가-힣]*"
    r"|(?:get|find|have|meet) (?:a|my) (?:boyfriend|girlfriend|husband|wife|partner)"
    r"|future (?:husband|wife|spouse|partner|boyfriend|girlfriend)"
    r"|with (?:the|my|our) (?:kids|children|family)"
    r"|직원 ?(?:하나|둘|셋|넷|다섯|\d+|[가-힣]+ ?명)"
    r"|[가-힣]+ (?:시집|장가|대학|군대) ?(?:다 )?(?:보내|가)(?:고|면)"
    r"|(?:팀장|부장|과장|차장|실장|원장|점장|임원|교감|교장) ?(?:자리|직책|승진|진급)"
)
# A word of kin that is used of others: the friend, the lover.
_CALLED = (
    (re.compile(r"(?:그냥 |단지 )?(?:친한|아는) ?(?:동생|친구|오빠|누나|형|언니|사람)(?:이)?라(?:는데|고|며|면서)"), " "),
    (re.compile(r"(?:친해진|친하던|알게 ?된|조리원|유치원|어린이집|같은 ?반|놀이터) ?(?:엄마|언니|맘)(?!니)"), "친구"),
    (re.compile(r"(?:친한|아는|동네|옆집|직장|학교|교회) ?(?:형|누나|언니|오빠|동생|엄마)(?!니)"), "친구"),
    (re.compile(
        r"(?:만나는|사귀는|사귄|만난|좋아하는|짝사랑하는|헤어진|썸 ?타는) ?(?:[가-힣]+ )?"
        r"(?:오빠|누나|형|동생|분|애들?|선배|후배|사람|친구|남자|여자)(?!마다|[이도은]? ?없)"), "애인"),
    (re.compile(r"(?:소개팅(?:한|했던|으로 ?만난)|소개 ?받은|선 ?본) ?(?:분|사람|남자|여자)"), "애인"),
    # a child that is not born yet
    (re.compile(
        r"(?:뱃속|배 ?속|태어날|둘째|셋째|아이|아기|애) ?(?:의 )?"
        r"(?:아기|아이|애|아들|딸|성별)?(?:[을를이가는은])? ?(?:언제 ?)?"
        r"(?= ?(?:올까|와 ?줄|찾아|낳|가질|가지|가져|갖|생기|생길|성별|계획|아들[일인]|딸[일인]))"), " "),
    # 애 of a grown person: 친했던 애, 같이 일하는 애
    (re.compile(
        r"(?:친했던|친한|친하던|같이 ?(?:노는|놀던|다니는|사는)) ?(?:[가-힣]+ )?"
        r"(?:애|녀석|놈)(?=[가는를들도랑한 ]|$)"), "친구"),
    (re.compile(
        r"(?:알바|일|근무|회사|직장|부서|팀)(?:에서)? ?(?:같이 ?)?(?:하는|일하는|있는|온|들어온) ?"
        r"(?:애|녀석|놈)(?=[가는를들도랑한 ]|$)"), "동료"),
    (re.compile(
        r"(?:남친|여친|남자 ?친구|여자 ?친구|애인)(?:네|의)? ?"
        r"(?:엄마|어머니|어머님|아버지|아버님|부모님?|집안|가족)"), "시댁"),
    (re.compile(
        r"같은 ?(?:부서|회사|팀|직장|사무실) ?"
        r"(?:형|누나|언니|오빠|동생|사람|분|애)(?=[가는이은를을랑와과도한 ]|$)"), "동료"),
    (re.compile(r"(?<![가-힣])딸[기꾹]"), " "),
    (re.compile(r"(?:군대|학교|대학|고교|고등학교|중학교|동네) ?(?:동기|선임|후임|동창|선배|후배)"), "친구"),
    (re.compile(r"^형들 "), ""),
    (re.compile(r"(?:아들|딸)(?:일|인)[까지가]"), " "),
)  # fmt: skip
# Somebody who was named before, in the story or in an earlier question.
THEY: Final = "they"
_THEY = re.compile(
    r"(?:그|이) ?(?:사람|남자|여자|분)(?![가-힣]?들)|그이"
    r"|(?<![가-힣])[걔얘](?=[가는를랑한네도 ]|$)|(?<![가-힣])상대(?:방)?"
)
PRONOUN = re.compile(r"\b(?:he|him|his|she|her|they|them)\b", re.IGNORECASE)
LETTING_GO = re.compile(r"놓아 ?[줘줄]|놔 ?[줘줄]|붙잡")
ONLY_ME = re.compile(r"(?<![가-힣])(?:저만|나만)(?![가-힣])")
_VOLITION = re.compile(VOLITION)
# An intention that is told, not asked (다시 수능 준비할까 하는데 …).
_INTENDED = re.compile(r"[가-힣]+까 ?(?:하는데|합니다|해서|하고 ?있|싶은데|생각 ?중인데|생각하는데)")


def clauses(question: str) -> list[str]:
    """Return the sentences of a question, spelt out; a story comes before what is asked, or after it."""
    return [spelt_out(part) for part in re.split(r"(?<=[.?!\n…])\s+|\n+", question) if part.strip()]


def asking(rows: list[str]) -> str:
    """Return the sentences of a question that ask: those that end in a question mark, or else sound like it."""
    marked = [row for row in rows if row.endswith("?")]
    return " ".join(marked or [row for row in rows if form(row) != "open"] or rows)


def _first(patterns: _Patterns, text: str) -> str:
    """Return the first key whose pattern is found; "" for none."""
    return next((key for key, pattern in patterns.items() if pattern.search(text)), "")


def _last(patterns: _Patterns, text: str) -> str:
    """Return the key of the pattern that is found furthest on, of several the first; "" for none."""
    best, end = "", 0
    for key, pattern in patterns.items():
        found = max((row.end() for row in pattern.finditer(text)), default=0)
        if found > end:
            best, end = key, found
    return best


def subject(*scopes: str) -> str:
    """Return the matter that is asked about: in the first of the scopes that names a plain matter, or else a vague one."""
    lowered = [scope.lower() for scope in scopes]
    plain = (_first(_GRAVE, scope) or _last(_PLAIN, scope) for scope in lowered)
    vague = (_first(_VAGUE, scope) for scope in lowered)
    loose = (_last(_LOOSE, scope) for scope in lowered)
    return next(filter(None, (*plain, *vague, *loose)), "").lstrip("_")


def mentioned(text: str) -> dict[str, int]:
    """Return how often each plain or grave matter is named; a word within a longer one of another doesn't count."""
    lowered = text.lower()
    found = [
        (*row.span(), key.lstrip("_"))
        for patterns in (_GRAVE, _PLAIN)
        for key, pattern in patterns.items()
        for row in pattern.finditer(lowered)
    ]
    counts: dict[str, int] = {}
    for start, end, key in found:
        within = any(a <= start and end <= b and b - a > end - start and k != key for a, b, k in found)
        if not within:
            counts[key] = counts.get(key, 0) + 1
    return counts


def who(text: str, *, doing: bool = False) -> str:
    """Return about whom words are: who does what is asked about (이, 가, 은, 는) before all others that are named.

    ``doing``: nobody who is only named counts.
    """
    text = _without_asides(text)
    named = _THEY.sub(" ", text)
    found = (
        _first(_DOING, named)
        or ("" if doing else _first(_PEOPLE, named))
        or (THEY if _THEY.search(text) else "")
    )
    return "pupils" if found == "child" and _PEOPLE["pupils"].search(text) else found


def people(text: str) -> list[str]:
    """Return all whom words name, those who do something first."""
    named = _THEY.sub(" ", _without_asides(text))
    doing = [key for key, pattern in _DOING.items() if pattern.search(named)]
    return doing + [key for key, pattern in _PEOPLE.items() if key not in doing and pattern.search(named)]


def _without_asides(text: str) -> str:
    """Return words in lower case, with those called by a word of kin named as what they are, and without asides."""
    text = text.lower()
    for called, meant in _CALLED:
        text = called.sub(meant, text)
    return _ASIDE.sub(" ", text)


def form(asks: str) -> str:
    """Return the form of a question: of what is for oneself to decide, whether to do it and not whether it will be."""
    asks = asks.lower()
    plain = _INTENDED.sub(" ", asks)
    found = _first(_FORMS, plain) or _first(_FORMS, asks) or "open"
    if found in ("will", "open") and plain != asks:
        return "should"
    return "should" if found == "will" and _VOLITION.search(asks) and not _first(_DOING, asks) else found

"""A story around a question: which matter it tells, when the question itself names none."""

from __future__ import annotations

import re
from typing import Final

from fortune.readings.classic.question import recognise
from fortune.readings.classic.question.vocabulary import TAKEN_UP

# Words that only accompany a story: how it feels, where somebody was, something seen by the way.
_BY_THE_WAY: Final = re.compile(
    r"(?:밤에 ?|요즘 ?)?잠(?:이|도|을)? ?(?:안 ?[오와옵]|못 ?[자이]|설[치쳐])[가-힣]*"
    r"|(?:심장|가슴)이? ?(?:두근|철렁|터질|쿵|벌렁|내려앉|답답)[가-힣]*"
    r"|(?:체력|건강)(?:이|도)? ?(?:좀 ?)?(?:걱정|안 ?따라|달려|달리|딸[려리])[가-힣]*"
    r"|(?:스트레스|우울|불안|짜증|피곤|무기력|현타|자존감|자괴감)[가-힣]*"
    r"(?: ?(?:받|쌓|심|와|오|해|떨어|들)[가-힣]*)?"
    r"|(?:여행|데이트|결혼식|휴가) ?(?:사진|가서|갔다|다녀|중에|때)[가-힣]*"
    r"|(?:인스타|프사|프로필|카톡)(?:에서|에|은|는|를|이)? "
    r"|(?:학교|유치원|어린이집|학원) ?(?:가기|안 ?간다|가는 ?(?:것|게|걸)|가면|갔다|다녀)[가-힣]*"
    r"|(?:회사|직장|학교|학원|알바|교회|모임|동호회)(?:에서|에|를|을)? ?"
    r"(?:다니면서|다니는데|다니고|만난|만나|알게|끝나고|갔다)[가-힣]*"
    r"|(?:퇴근|출근|야근)(?:하고|하면|하다|길에|길|해서|후에?)"
    r"|같은 ?(?:부서|회사|팀|반|과|동네|학교|직장)"
    r"|(?:월급|생활비|용돈)(?:도|은|을|를|이)? ?(?:안 ?[주줘]|빠듯|모자라|쪼개)[가-힣]*"
    r"|육아(?:하면서|하다가?|하느라|하며)"
    r"|결혼(?:한 ?지)? ?\d+ ?년 ?(?:차|째|찬)[가-힣]*"
    r"|(?:대학교?|학교|고등학교)(?:를|을)? ?졸업(?:하고|한 ?지|했[는고])[가-힣]*"
    r"|\bcomments? (?:on|about) my [a-z]+"
    r"|(?:자격증|운동|다이어트|공부|영어|헬스)(?:도|이든|이나|이며|을? ?시작해도)(?![가-힣])"
    # where somebody was or went
    r"|(?:시골|헬스장|학교|병원|회사|직장|사무실|교회|성당|절|카페|식당|마트|지하철|버스|집|동네|학원"
    r"|유치원|어린이집|도서관|공항|비행기|군대|공장|미국|일본|베트남|호주|캐나다|중국|서울|부산|대구"
    r"|인천|광주|대전|울산|제주|지방|외국|해외)에서(?!만)(?! ?(?:살|사[는고]|나[가오와]|잘[리릴렸]|쫓))"
    r"|(?:육아 ?휴직|휴직|휴가|출장|여행|군대|회식|수업|야근|회의|운동|유학|연수|파견|훈련)"
    r"(?:도|을|를|이)? ?(?:잘 ?|다 ?)?"
    r"(?:끝나고|끝나자|끝내고|마치고|다녀[오와온왔]|갔다|중이라|중에|가서|가는|도중|잘)[가-힣]*"
    r"|돌아가[신시셨]+ ?(?:뒤|후|지|다음|이후|나서|고 ?나서|고 ?나니)(?:에|로|부터)?"
    # when something was, whom somebody is said to be
    r"|(?:애|아이|아기)(?:를|을)? ?낳고(?: ?나서)?"
    r"|(?:결혼|이사|입사|취직|취업|졸업|출산|퇴사|퇴직|입학|이민|개업)(?:하고|한|했던|할|오고)? ?"
    r"(?:나서|나니|뒤로?|후로|이후로?|때(?:도|는|부터)?|직후|전에는?|하자마자)(?![가-힣])"
    rf"|{recognise.SAID_TO_BE}"
    r"|(?:복직|취직|취업|이직|승진|입사|이사|결혼|졸업|은퇴|퇴직|제대)하(?:더니|고부터|면서부터|자마자)"
    r"|\b(?:[Ii]'?m|[Hh]e'?s|[Ss]he'?s|am|is) (?:\d+, |already |newly )?divorced\b"
    r"|\b(?:friends|everyone|siblings|sisters) (?:are|is) (?:all )?married\b"
    r"|\bsince \d{4}\b"
    r"|\b(?:can'?t sleep|crying|so stressed|stressed out|cried)\b"
)
# The cause of a quarrel.
_CAUSE: Final = re.compile(
    r"(?<![가-힣])(?:[가-힣]*[^이가은는도랑와과하고\s] )?[가-힣]+ ?(?:때문에|문제로|땜에|일로) ?"
    r"(?=(?:크게 |자주 |맨날 |매일 |또 |심하게 |대판 )?(?:다투|다퉜|다퉈|싸[우워웠]|틀어|부딪|말다툼))"
)
_COMPILED: Final = {key: re.compile(words) for key, words in TAKEN_UP.items()}
# The opinion of somebody else on one's own matter.
_OPINION: Final = re.compile(
    r"(?<![가-힣])[가-힣]+(?:은|는|이|가|도|만|들은|들이) (?:[가-힣]+ ){0,4}[가-힣]*"
    r"(?:자고|자(?= 하)|라고|다고|다네|자네|냐고|말리|반대|모른 ?척|모릅|몰라|모르[고는]|조[르른]|졸라"
    r"|난리|성화|시큰둥|관심 ?없|편(?:만|을)? ?[드들]|래(?:요|서)?(?![가-힣])|랍니다|라네)[가-힣]*"
    r"(?: (?:하|해|했|합|그러|그래|드[시네]|들어)[가-힣]*)?"
)
# The people whom a matter is with; of all whom a story names, they come first.
_WITH: Final = {
    "people": ("boss", "colleague", "friend"), "family": ("inlaw", "parent", "sibling"), "child": ("child",),
    "heart": ("partner",), "reunion": ("partner",), "breakup": ("partner",), "affair": ("spouse", "partner"), "divorce": ("spouse",), "spouse": ("spouse",),
    "grief": ("parent", "spouse", "child"),
}  # fmt: skip
# Words for ending something; the story tells with whom.
_ENDS: Final = re.compile(
    r"끝[내낼]|정리|그만 ?(?:만나|두|해|할)|헤어|놓아|놔 ?[줘줄]|갈라|\bend (?:it|things)\b|\bleave\b"
)
_ENDED: Final = {"spouse": "divorce", "partner": "breakup", "friend": "people", "boss": "change"}
_BUSY: Final = ("change", "business", "job", "invest", "house", "debt", "work", "study", "exam")
# Several misfortunes at once.
_TROUBLES: Final = re.compile(
    r"되는 ?(?:일|게)|안 ?풀[려리]|(?:나쁜|안 ?좋은|힘든) ?일(?:만|이 ?(?:겹|계속|자꾸))|악재|겹[치쳐쳤]|꼬[이인일여였]|(?<![가-힣])[가-힣]{2,}에 [가-힣]{2,}에 [가-힣]{2,}까지|삼재|one thing after another"
)
# In a household's matters a person counts only as the one who acts; in other matters it is enough to be named.
_HOUSEHOLD: Final = ("house", "move", "money", "invest", "business", "law", "pregnancy", "luck")
# Of these the one counts in whose sentence they are told, whoever else is named: the ill, not those who care.
_ILL: Final = ("health",)
# Matters that a question names plainly enough to be about them, whatever the story told.
_OUTRIGHT: Final = re.compile(
    r"모[셔시실](?:야|고|까|어야)"
    r"|(?:이|나쁜|안 ?좋은|좋은|제|내|올해|내년) ?(?:[가-힣]+ )?운(?:은|이|도|세)"
    r"|(?<![가-힣])이 ?일(?:을|이|도) ?(?:[가-힣]+ )?(?:해도|계속|맞)"
    r"|왜[^?]{0,10}꼬[이인일였]|소심|예민|내성적|우유부단|낯가"
    r"|운세|팔자|제 ?인생|내 ?인생|성격|이 ?모양|인복|인간 ?관계"
    r"|(?:남매|형제|자매|가족|부모님?|엄마|아빠|시댁|친구|동료)(?:과|와|들|끼리)?(?:의)? ?사이"
)


def beside(matter: str, rows: list[str]) -> str:
    """Return with whom a matter is, of those whom the rows name; "" where it is with nobody above others."""
    named = recognise.people(" ".join(rows))
    return next((key for key in _WITH.get(matter, ()) if key in named), "")


def who(matter: str, rows: list[str], *, own: bool) -> str:
    """Return about whom a story is: with whom its matter is, or else who does something in it.

    ``own``: the matter is one's own, so that what others think of it makes it no matter of theirs.
    """
    rows = [_CAUSE.sub(" ", row) for row in rows]
    if found := beside(matter, rows):
        return found
    if not own:
        of_matter = [row for row in rows if matter in _ILL and matter in recognise.mentioned(row)]
        return recognise.who(" ".join(of_matter)) or recognise.who(" ".join(rows))
    text = " ".join(
        row if matter == "health" else _OPINION.sub(" ", row)  # that something is seen is no opinion
        for row in rows
        if matter in (*recognise.mentioned(row), recognise.subject(row))
    )
    return recognise.who(text, doing=matter in _HOUSEHOLD)


def subject(asks: str, rows: list[str]) -> tuple[str, bool]:
    """Return the matter that is asked about, and whether it is a guess: of its story, as the question names none itself."""
    story = [_BY_THE_WAY.sub(" ", _CAUSE.sub(" ", row)) for row in rows if row not in asks]
    told, itself = _told(story), recognise.subject(asks)
    found = itself if _OUTRIGHT.search(asks) and itself else _chosen(asks, rows, story, told)
    return found, bool(found and told and not itself)


def _chosen(asks: str, rows: list[str], story: list[str], told: list[str]) -> str:
    """Return the matter, by what the question names and ``told``, the matters of its story."""
    named, lowered = set(recognise.mentioned(asks)), asks.lower()
    if _ENDS.search(asks) and named <= {"breakup", "divorce"} and not set(told[:1]) & set(_BUSY):
        people = recognise.people(" ".join(rows))
        asked = recognise.people(asks)
        if found := next((_ENDED[key] for key in _ENDED if key in people and key not in asked[:1]), ""):
            return found
    if len(told) > 1 and not named and any(_TROUBLES.search(row) for row in story):
        return "luck"
    # the question's own words tell which of the matters it goes on with, or else the one that is told most
    follows = [key for key in told if key in _COMPILED and _COMPILED[key].search(lowered)]
    # 손절 is said of friends and of shares, 회복 of illness and of losses
    of_another = len(named) == 1 and named <= {"people", "health"} - set(told)
    if told and (not named or (of_another and follows[:1] == ["invest"])):
        return (follows or told)[0]
    return recognise.subject(asks, *reversed(story))


def _told(story: list[str]) -> list[str]:
    """Return the matters that a story tells, the one that is told most first, of several the latest."""
    score: dict[str, float] = {}
    for near, row in enumerate(reversed(story)):
        for key, count in recognise.mentioned(row).items():
            score[key] = score.get(key, 0) + max(0.7, 1 - 0.15 * near) * (1 + 0.5 * (min(count, 3) - 1))
    return sorted(score, key=lambda key: -score[key])

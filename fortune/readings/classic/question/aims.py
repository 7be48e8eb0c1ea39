"""Aims of a question beyond its form: a shortcoming, a direction, a year, a warning."""

from __future__ import annotations

import re
from typing import Final

_BETWEEN = ("people", "spouse", "family", "love", "child", "breakup", "teacher")
# The aim, the matters it is of, the forms, and the words that tell it.
_AIMS: Final = (
    ("or_not", (), ("which",),
        r"말까|말지|말[아어](?:요|야)?(?=$|[?.! ])"
        r"|남을|남아|그냥|계속|기다|버틸|참을"
        r"|\bor not\b|\bstay\b|\bkeep\b|\bwait\b|\bhang on\b|\bhold on\b|\bstick\b|\bsit tight\b"),
    ("mind", _BETWEEN, ("why", "will", "what", "open", "how"),
        r"싫어|미워|미움|좋아|생각|마음|(?<![가-힣])맘|(?<![가-힣])속[이을마]|화[가를났]|삐[지졌친]|서운|진심|무시"
        r"|\b(?:hates?|likes?|loves?|thinks?|feels?|angry|mad at)\b"),
    ("careful", ("luck", "self", "money", "work", "people", "family", "love"), ("what", "will", "open", "how", "should"),
        r"조심|주의(?!력)|위험|피해야"
        r"|\b(?:careful|watch out|avoid|beware)\b"),
    ("sell", ("house",), ("when", "will", "should", "open", "which"),
        r"(?<![가-힣])팔[까아릴리려지고면]|안 ?팔|나[갈가][까나]|안 ?나[가갈]|내놓|내놨|매도|처분"
        r"|\b(?:sell|selling|sold)\b"),
    ("leaves", ("people", "work"), ("when", "will", "open"),
        r"(?:나가|나갈|떠나|떠날|바뀌|바뀔|잘리|잘릴|짤리|짤릴"
        r"|관두|그만두|그만둘|퇴사|이직|발령|사라지|없어지)"
        r"|\b(?:leave|quit|get fired|go away)\b"),
    ("cut", ("people",), ("should", "which", "open", "how"),
        r"손절|절교|끊[을어고는]|계속 ?(?:봐|만나|볼|보[는고])|멀리할|멀리해|그만 ?(?:만나|봐|볼)"
        r"|정리할|정리해|거리를? ?(?:둬|둘)"
        r"|\b(?:cut (?:him|her|them|off|ties)|stay friends|end the friendship|stop seeing)\b"),
    ("has", ("people", "money", "love", "marriage", "promotion", "study", "work", "business"), ("will", "open", "why", "should"),
        r"(?:복|운|덕|팔자|기운|재주|소질|사주)(?:이|은|도|에는?)? ?(?:[가-힣]+ ){0,3}"
        r"(?:있[나을는긴어]|없[나을는어]|많[나은을]|타고)"
        r"|(?:인복|인덕|돈복|재물복|재복|처복|남편복|배우자복|관운)(?:이|은|도)? ?(?:있|없|많|적)"),
    ("habit", ("health",), ("when", "will", "should", "open", "which"),
        r"살(?:을|이)? ?(?:좀 )?(?:빠|빼|뺄|찌)|다이어트"
        r"|금연|금주|담배|술(?:을)? ?(?:끊|줄)|운동|체중|몸무게"
        r"|\b(?:lose weight|diet|quit smoking|quit drinking|work ?out|gym)\b"),
    ("lend", ("debt",), (), r"빌려 ?(?:[주줄줘달]|준다|드[리려])|꿔 ?[주줄줘달]|보증|\b(?:lend|co-?sign)\b"),
    ("shadow", ("self",), (), r"단점|약점|부족|모자란|고칠 ?점|고쳐야|\b(?:weakness\w*|flaws?|shortcomings?)\b"),
    ("gift", ("self",), (), r"장점|강점|매력|무기|잘하는|재능|\b(?:strengths?|good at|gifts?|charm)\b"),
    ("direction", ("move", "house"), (), r"방향|방위|[동서남북]쪽|\b(?:direction|north|south|east|west)\b"),
    ("years", (), ("when",), r"몇 ?살|몇 ?년|나이|어느 ?해|\b(?:how old|what age|what year|which year)\b"),
)  # fmt: skip
_BULLIED: Final = re.compile(
    r"따돌|왕따|은따|괴롭힘|괴롭혀|괴롭힌|학폭|맞고 ?(?:왔|와)|\bbull(?:y|ied|ying)\b"
)
# For text in lower case (``recognise`` says why).
# A room, a flat or a shop that is to be let, and not sold.
_LET: Final = re.compile(
    r"(?<![가-힣])(?:방|(?:가게 ?)?자리|원룸|투룸|사무실|점포|상가)[이가을를도은는]? ?(?:언제 ?|아직 ?|계속 ?|왜 ?|잘 ?)*(?:안 ?)?"
    r"(?:나[가갈갔]|빠[지져질졌]|내놓|내놨|비어|찼|차[나요지는])"
    r"|(?:세입자|임차인)(?:를|가|이)? ?(?:언제 ?)?(?:들어|구[해하할]|올|오[나는]|안 ?[들구와오]|없)|공실|(?<![가-힣])세(?:를|도)? ?(?:놓|놨|내[주줬]|[주줬][고는려었])|임대(?:를|가|로)? ?(?:안|놓|내놓|내놨|주)"
    r"|(?:월세|전세)(?:를|로|가|도)? ?(?:내놓|내놨|놓|놨|안 ?나[가갈]|안 ?빠)"
    r"|\b(?:find(?:ing)? (?:a )?(?:new )?tenants?|rent (?:it|them|(?:my|our|the) [a-z]+) out"
    r"|let (?:my|our|the) (?:flat|room|house|apartment|place)|(?:is|been|standing) vacant)\b"
)
_COMPILED = tuple((aim, of, forms, re.compile(words)) for aim, of, forms, words in _AIMS)


HOMES: Final = ("sell", "let")
BULLIED: Final = ("bullied", "bullied_self")


def selling(text: str, found: str) -> str:
    """Return "let" for "sell" where the words around a question tell of a place that is to be let; else what was found."""
    return "let" if found in ("", "sell") and _LET.search(text.lower()) else found


def bullied(text: str, subject: str, *, of_child: bool, young: bool, mine: bool) -> str:
    """Return "bullied" for a parent's words, "bullied_self" for a young person's own; "" where nobody is bullied.

    ``young``: the chart is a child's or a teenager's, so that words without "I" are a parent's as well.
    """
    if (
        not (of_child or young)
        or subject not in ("child", "people", "study")
        or not _BULLIED.search(text.lower())
    ):
        return ""
    return "bullied" if of_child or not mine else "bullied_self"


def aim(asks: str, who: str, subject: str, form: str, *, mine: bool) -> str:
    """Return the aim of the words beyond their form; "" for none. ``mine``: they speak of what oneself does."""
    if subject == "health" and form == "why" and who == "me":
        return "tired"
    if who != "me" and form == "why" and subject in _BETWEEN and not mine:
        return "mind"
    if form == "when" and subject == "marriage":
        return "years"
    asks = asks.lower()
    for key, of, forms, words in _COMPILED:
        if key == "leaves" and (who not in ("boss", "colleague") or mine):
            continue
        fits = (not of or subject in of) and (not forms or form in forms)
        if fits and words.search(asks) and not (key == "mind" and (who == "me" or form == "how")):
            return key
    return ""

"""Safety: a help line at signs of crisis, and advice to see a professional.

Words of self-harm in any input show the 109 line instead of a reading, and cost no quota. The list holds whole
phrases, because saju itself is full of 사(死), 살(殺) and 절(絶).
"""

from __future__ import annotations

import re

from fortune.readings.texts import text

LINE = "109"

_CRISIS = re.compile(
    r"(?<![가-힣])자살|동반 ?자살|(?<![가-힣])자해|극단적(?:인)? ?(?:선택|생각)|목숨(?:을|이)? ?(?:끊|버리)|스스로 (?:목숨|생을)|생을 (?:마감|끝내)"
    r"|(?:살고|살아가고) ?싶지(?:가|도|는)? ?않|살기(?:가)? ?싫|살 ?(?:이유|의미|의욕)(?:가|도|이|를)? ?(?:없|모르)"
    r"|(?:^|[^가-힣])(?:그냥 |다 |확 |같이 |차라리 )*죽(?:고 ?(?:만 ?)?싶|어 ?버(?:리(?:고|면|자)|릴|려)|을래|을까(?:요| 봐| 생각| 고민)?(?=$|[^가-힣])|는 ?게 ?(?:나을|낫|편)|으면 ?(?:편|좋|끝|나을|되|다)|어야 ?(?:겠|할|끝|하나))"
    r"|죽는 (?:방법|법)|죽을 (?:방법|생각|결심|용기)|뛰어 ?내(?:리(?:고|려|면)|릴까|릴래|려 ?버)|손목(?:을)? ?(?:긋|그었|그을)"
    r"|사라지고 ?싶|사라져 ?버리고 ?싶|없어지고 ?싶|(?:번개탄|유서)|약을? (?:다 |한꺼번에 )+(?:먹|삼키)|수면제(?:를)? (?:다|많이|모으)"
    r"|세상(?:을|에서)? ?(?:떠나고|사라지고|하직)|(?:태어나지|눈(?:을)? ?뜨지) ?(?:말|않)(?:았|을|고)"
)
_CRISIS_EN = re.compile(
    r"\b(?:suicid\w*|self[- ]?harm\w*|kill(?:ing)? myself|hurt(?:ing)? myself|end(?:ing)? (?:my|it) (?:life|all)"
    r"|tak(?:e|ing) my (?:own )?life|(?:want|wish|going|ready) to die|wish i (?:was|were) (?:dead|never born)"
    r"|(?:don'?t|do not|dont) (?:want|wanna) to (?:live|be alive|exist)|no (?:reason|point) (?:to|in) liv\w*"
    r"|better off dead|cut(?:ting)? myself|overdos\w*|can'?t go on (?:living|any ?more))\b",
    re.IGNORECASE,
)
# Harmless phrases that the list would match. Everyday ones such as 배고파 죽겠다 are not in the list at all.
_HARMLESS = re.compile(r"자살골|자살 ?예방|죽고 ?못 ?사|죽을까 ?봐 ?무서운 ?영화")

_CAUTIONS = {
    "health": re.compile(
        r"건강|아프|아픈|아파|병원|질병|수술|치료|진단|암(?:에|이|은|일|인)|우울|불면|임신|출산|난임|약을|증상|다이어트"
        r"|\b(?:health|ill(?:ness)?|sick|disease|surgery|hospital|pregnan\w*|depress\w*|cancer|medicine)\b",
        re.IGNORECASE,
    ),
    "money": re.compile(
        r"투자|주식|코인|비트코인|부동산|청약|대출|빚|펀드|로또|복권|창업|매수|매도|집을? (?:사|팔)|땅을"
        r"|\b(?:invest\w*|stocks?|crypto\w*|bitcoin|loans?|mortgage|debt|lottery|real estate)\b",
        re.IGNORECASE,
    ),
    "law": re.compile(
        r"소송|고소|고발|재판|변호사|법원|합의금|이혼|상속|계약서|위자료|형사|민사|처벌"
        r"|\b(?:lawsuit|sue|court|lawyer|divorce|inherit\w*|custody|contract)\b",
        re.IGNORECASE,
    ),
}


def mentions_crisis(*inputs: str) -> bool:
    """Return whether any of the visitor's own words speak of self-harm. Check it before anything is written."""
    return any(
        _CRISIS.search(words) or _CRISIS_EN.search(words)
        for words in (_HARMLESS.sub("", given) for given in inputs if given)
    )


def crisis_text(language: str) -> str:
    """Return the text that is shown instead of a reading: the help line, kindly."""
    return text(language, "question.crisis")


def cautions(question: str) -> tuple[str, ...]:
    """Return the domains among "health", "money" and "law" that a question touches."""
    return tuple(key for key, pattern in _CAUTIONS.items() if pattern.search(question))


def disclaimer(keys: tuple[str, ...], language: str) -> str:
    """Return a sentence for each domain that advises to see a professional."""
    return " ".join(text(language, f"care.{key}") for key in keys)

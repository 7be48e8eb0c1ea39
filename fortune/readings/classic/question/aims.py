"""Aims of a question beyond its form: a shortcoming, a direction, a year, a warning."""

from __future__ import annotations

import re
from typing import Final

_BETWEEN = ("people", "spouse", "family", "love", "child", "breakup", "teacher")
# The aim, the matters it is of, the forms, and the words that tell it.
_AIMS: Final = (
    ("or_not", (), ("which",),
        r"말까|말지"
        r"|말[아어](?:요|야)?(?=$|[?.! ])|남을|남아|그냥|계속|기다|버틸"
        r"|참을|\bor not\b|\bstay\b|\bkeep\b|\bwait\b"),
    ("mind", _BETWEEN, ("why", "will", "what", "open", "how"),
        r"싫어|미워|미움|좋아|생각|마음|(?<![가-힣])맘|(?<![가-힣])속[이을마]"
        r"|화[가를났]|삐[지졌친]|서운|진심|무시"
        r"|\b(?:hates?|likes?|loves?|thinks?|feels?|angry|mad at)\b"),
    ("careful", ("luck", "self", "money", "work", "people", "family", "love"), ("what", "will", "open", "how", "should"),
        r"조심|주의(?!력)|위험|피해야"
        r"|\b(?:careful|watch out|avoid|beware)\b"),
    ("lend", ("debt",), (), r"빌려 ?(?:[주줄줘달]|준다|드[리려])|꿔 ?[주줄줘달]|보증|\b(?:lend|co-?sign)\b"),
    ("shadow", ("self",), (), r"단점|약점|부족|모자란|고칠 ?점|고쳐야|\b(?:weakness\w*|flaws?|shortcomings?)\b"),
    ("gift", ("self",), (), r"장점|강점|매력|무기|잘하는|재능|\b(?:strengths?|good at|gifts?|charm)\b"),
    ("direction", ("move", "house"), (), r"방향|방위|[동서남북]쪽|\b(?:direction|north|south|east|west)\b"),
    ("years", (), ("when",), r"몇 ?살|몇 ?년|나이|어느 ?해|\b(?:how old|what age|what year|which year)\b"),
)  # fmt: skip
_COMPILED = tuple((aim, of, forms, re.compile(words, re.IGNORECASE)) for aim, of, forms, words in _AIMS)


def aim(asks: str, who: str, subject: str, form: str, *, mine: bool) -> str:
    """Return the aim of the words beyond their form; "" for none. ``mine``: they speak of what oneself does."""
    if who != "me" and form == "why" and subject in _BETWEEN and not mine:
        return "mind"
    if form == "when" and subject == "marriage":
        return "years"
    for key, of, forms, words in _COMPILED:
        fits = (not of or subject in of) and (not forms or form in forms)
        if fits and words.search(asks) and not (key == "mind" and (who == "me" or form == "how")):
            return key
    return ""

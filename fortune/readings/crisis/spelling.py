"""Spellings that hide a word, resolved: syllables apart, letters between them, slang."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# 자1살, 죽.고, 죽_고, 자♡살: what stands between two syllables, without a space.
_BETWEEN = re.compile(
    r"(?<=[가-힣ㄱ-ㅣ])[^\w\s가-힣ㄱ-ㅣ,.?!…~]+(?=[가-힣ㄱ-ㅣ])|(?<=[가-힣])[\d._~*-]{1,2}(?=[가-힣])"
)
_STRETCHED = re.compile(r"([가-힣ㄱ-ㅣ~.!?ㅠㅜ])\1{2,}")
_SPACED_OUT = re.compile(r"(?<![가-힣])[가-힣](?: [가-힣]){2,}(?![가-힣])")  # 죽 고 싶 어
_SLANG: Final = (
    (re.compile(r"쥭|듁|죾|쥬ㄱ|주거(?= ?버)|주글(?=까|래)|주그(?= ?면)"), lambda m: {"주거": "죽어", "주글": "죽을", "주그": "죽으"}.get(m[0], "죽")),
    (re.compile(r"(?<=죽)(?:구|꼬|고만|그) ?(?=[싶시십씹])"), "고 "),
    (re.compile(r"(?<=죽고)\s?(?:시[퍼포프픈풉픔푸펐]|십[다네어따]|싶[따당엉오])"), " 싶다"),
    (re.compile(r"죽고파"), "죽고 싶"),
    (re.compile(r"(?<![가-힣])(?:뒤|뒈|디)지(?= ?(?:고 ?(?:싶|파)|는 ?(?:게|것|편)|면 ?(?:편|되|돼|끝|다)))"), "죽"),
    (re.compile(r"(?<![가-힣])(?:뒤|뒈|디)질(?=까(?:요|$|[^가-힣])|래(?:요|$|[^가-힣?]))"), "죽을"),
    (re.compile(r"(?<=죽)(?:을|는|ㄹ) ?(?:거|꺼|듯|것)(?= ?(?:같|하))"), "을 것"),
    (re.compile(
        r"(?<![가-힣])ㅈㅅ(?= ?(?:하고|할까|할래|생각|각이|마렵|시도|충동|방법|하는|밖에|가고|뿐))"
        r"|(?<![가-힣ㄱ-ㅣ])ㅈ ?ㅏ ?ㅅ ?ㅏ ?ㄹ|ㅈ ?ㅏ ?살"
        r"|자ㅅ(?=$|[^가-힣ㄱ-ㅣ]|생각|하고|각|뿐)|자ㅅ ?ㅏ ?ㄹ|ja살|자sal"
        r"|자쌀(?=하|각|시도)|쟈살"
        r"|살자[^.?!]{0,14}(?:거꾸로|반대로|뒤집)"), "자살"),
    (re.compile(r"(?<![가-힣ㄱ-ㅣ])ㅈㄱ ?(?=싶)"), "죽고 "),
)  # fmt: skip


def normalised(words: str) -> str:
    """Return the words as they would be spelt: composed, without what was put between syllables, slang resolved."""
    # A letter of Hangul that stands by itself stays one: NFKC would make it the beginning of a syllable.
    text = "".join(
        c if "ㄱ" <= c <= "ㆎ" else unicodedata.normalize("NFKC", c)
        for c in unicodedata.normalize("NFC", words)
    )
    text = _INVISIBLE.sub("", text).replace("’", "'")
    text = _SPACED_OUT.sub(lambda found: found[0].replace(" ", ""), text)
    text = _STRETCHED.sub(r"\1", _BETWEEN.sub("", text))
    for spelling, meant in _SLANG:
        text = spelling.sub(meant, text)
    return re.sub(r"\s+", " ", text).strip()

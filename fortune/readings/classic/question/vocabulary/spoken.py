"""Spoken, hurried and dialect spellings."""

from __future__ import annotations

import re
from typing import Final

# Spoken, hurried and dialect spellings, written as the patterns expect them.
_SPOKEN: Final = tuple(
    (re.compile(spelt), meant)
    for spelt, meant in (
        (r"[욬욯]", "요"), (r"닼", "다"), (r"넼", "네"), (r"앜", "아"), (r"칰", "치"),
        (r"조아(?=[하해한할])|죠아(?=[하해한할])", "좋아"),
        (r"시러(?![가-힣])|시름(?=$|[?.! ])", "싫어"),
        (r"(?<![가-힣])(?:칭구|칀구|친규)", "친구"),
        (r"(?<![가-힣])(?:와잎|왚)", "와이프"),
        (r"(?<![가-힣])머(?=[임야예지에이]|라고)", "뭐"),
        (r"[ㅋㅎㅠㅜㅡ]+|\^+|;{2,}|~+", " "),
        # an idiom that names a part of the body, or money, means neither
        (
            r"무릎(?:까지|을)? ?꿇[가-힣]*"
            r"|(?:골치|가슴|마음)[이가도]? ?(?:너무 |참 )?아[파프픈팠][가-힣]*"
            r"|허리[가]? ?휘[가-힣]*|등골|발[ ]?벗고|속 ?(?:썩|터)[가-힣]*"
            r"|손[이]? ?떨[가-힣]*|목 ?빠지게", " "),
        (r"왤케|왜케|왜 ?이리|와 ?이리|왜 ?일케", "왜 이렇게"),
        (
            r"어캄|어카[지냐노]|어케|어뜨케|어떠케|우째|우짜(?=면|노|까|꼬)|우야(?=꼬|노|면)"
            r"|어쩌(?=[면죠지까나]|야)|어쩔까|어떡해|어떡(?=하|할|함)|어쩜", "어떻게 "),
        (r"언제쯤|온제|은제|운제", "언제"),
        (r"므슨|먼(?= 일)|뭔(?=[ ]?[가-힣])", "무슨"),
        (r"(?<![가-힣])머(?=[를할해하]| ?하)", "뭐"),
        (r"시엄(?:니|마)|시모(?![가-힣])", "시어머니"),
        (r"시압지|시아빠", "시아버지"),
        (r"(?<!시)아부지|압지|아바이|부친", "아버지"),
        (r"어무이|어매|엄니|울 ?엄마|모친|오마니", "어머니"),
        (r"(?<![가-힣])울 ?(?=[가-힣])", "우리 "),
        (r"겄(?=[지제나네어])", "겠"),
        (r"(?<=[가-힣])(?:ㄹ랑가|랑가)(?:요|예)?", "까요"),
        (r"(?<=[가-힣])(?:가|까|지|나|데|제|노|꼬)(?:예|여|유|염|욤|용)(?=[?.! ]|$)", lambda m: m[0][0] + "요"),
        (r"(?<=[가-힣])습?니꺼(?=[?.! ]|$)", "나요"),
    )
)  # fmt: skip


def spelt_out(text: str) -> str:
    """Return the text with spoken spellings written as the patterns expect them."""
    for spelt, meant in _SPOKEN:
        text = spelt.sub(meant, text)
    return re.sub(r"\s+", " ", text).strip()

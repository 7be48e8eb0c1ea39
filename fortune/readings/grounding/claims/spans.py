"""Claims on how long a 대운 lasts: 갑인 대운은 만 50세에서 59세까지, 지금의 대운은 2021년부터 2031년까지, and which way all of them run."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.endings import verbs
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence

_TO = r"(?:부터|에서|에 시작(?:해서?|되어|돼)|[~∼–-])"
_VERBS = verbs(
    "시작하|시작되|시작됐|들어서|들어섰|들어오|접어들|열리|열렸|바뀌|찾아오|찾아와|맞이하|펼쳐지|다가오|오"
)
_BEGUN = rf"(?:부터|에(?:는)? (?:이미 |막 |새로 |처음 )?(?:{_VERBS}))"
_PART = r"(?: ?(?:말|초|봄|여름|가을|겨울|[상하]반기|중반|무렵|즈음|\d{1,2}월)(?:쯤|경)?)?"
_ENDED = rf"(?:까지|이면 (?:{verbs('끝나|저물')})|을 끝으로|년?에 (?:{verbs('끝나|마무리|저물')}))"
_SPAN = re.compile(
    rf"(?:만 ?)?(?<!\d)(?P<first>\d{{1,3}})[세살]?{_TO} ?(?:만 ?)?(?P<last>\d{{1,3}})[세살]"
    rf"|(?P<from>(?:19|20)\d\d)년?{_TO} ?(?P<to>(?:19|20)\d\d)년?(?:까지|[ ,.)]|$)"
    rf"|(?P<begun_in>(?:19|20)\d\d)년{_PART}{_BEGUN}"
    r"|(?:시작되|시작하|열리|바뀌|들어오)는 (?:것|건|때|해|시점|시기)[은는]? (?P<begins_in>(?:19|20)\d\d)년"
    r"|(?:끝나|마무리되|저무|막을 내리)는 (?:것|건|때|해|시점|시기)[은는]? (?P<ends_in>(?:19|20)\d\d)년"
)
_RUNS = re.compile(
    r"^(?:은|는|이|가|의 (?:흐름|방향|순서)[은는이가])(?: \S+){0,5}? "
    r"(?:(?P<back>거꾸로|역방향으로|반대 방향으로|거슬러|뒤로)|(?P<on>순방향으로|순서대로|차례대로))"
    r" ?(?:흐|흘|돌|이(?=[며고라다에])|예요|입니|나아|가[며고는]|갑|간다|진행|펼|거슬|올라|이어)"
)
# 신사 대운이 끝나고 경진 대운이, 신사 대운에서 경진 대운으로
_THEN = re.compile(
    r"^(?:(?:이|을|은) (?:끝나고|끝나면|마치고|마치면|지나고|지나면|지나서|보내고|거쳐|뒤로하고)|에서|(?:의)? 다음(?:은|에는)?|에 이어|이 지나고 나면)"
    r" (?:곧 |바로 |새로운 |다시 )?$"
)
_IS_NAME = re.compile(r"^\)? ?$|^인 $")


def spans(s: Sentence) -> Iterator[Claim]:
    """Yield when the one 대운 of a sentence is said to begin and to end, and the way in which they follow each other."""
    decades = [m for m in s.mentions if m.kind == "decade"]
    if not decades or s.text[decades[0].start].isascii():
        return
    if found := _RUNS.match(s.text[decades[0].end :]):
        way = "backward" if found["back"] else "forward"
        end = decades[0].end + found.end()
        yield from claim(s, "direction", "", way, decades[0], affirmed=True, end=end)
    yield from _in_order(s)
    subject = _subject(s, decades)
    if subject is None:
        return
    one, where = subject
    for m in s.mentions:
        if m.kind == "age" and m.value[0] == "age" and not re.search("[~∼–-]", s.text[m.start : m.end]):
            after = s.text[m.end :]
            for topic, pattern in (("decade_start", _BEGUN), ("decade_end", _ENDED)):
                if re.match(pattern, after):
                    yield from claim(s, topic, where, m.value, one, m, given=True)
    for found in _SPAN.finditer(s.text):
        part = Mention("age", 0, found.start(), found.end())
        for name, n in found.groupdict().items():
            if n is not None:
                topic = "decade_end" if name in ("last", "to", "ends_in") else "decade_start"
                value = ("year" if len(n) == 4 else "age", int(n))
                yield from claim(s, topic, where, value, one, part, given=True)


def _in_order(s: Sentence) -> Iterator[Claim]:
    """Yield that one 대운 follows another."""
    named = [
        (one, word)
        for one, word in itertools.pairwise(s.mentions)
        if one.kind == "ganji" and word.kind == "decade" and s.gap(one, word) in (" ", "")
    ]
    for (one, word), (two, _) in itertools.pairwise(named):
        if _THEN.match(s.gap(word, two)):
            yield from claim(s, "decade_after", one.value, two.value, one, two, given=True)


def _subject(s: Sentence, decades: list[Mention]) -> tuple[Mention, Any] | None:
    """Return the one 대운 that a sentence names by its pillar or as that of now, and how the table calls it."""
    named = [
        m
        for m in s.mentions
        if m.kind == "ganji" and _IS_NAME.match(s.gap(*sorted((m, decades[0]), key=lambda one: one.start)))
    ]
    others = [m for m in s.mentions if m.kind == "ganji" and m not in named]
    if len(decades) > 1 or others or any(m.kind in ("god", "relation", "signs") for m in s.mentions[:1]):
        return None
    if named:
        return named[0], ("ganji", named[0].value)
    whens = [m for m in s.mentions if m.kind == "when" and m.end <= decades[0].start]
    if len(whens) == 1 and re.match(r"^ (?:[가-힣]+[는은] )?$", s.gap(whens[0], decades[0])):
        return whens[0], whens[0].value
    return None

"""Claims on what holds the day stem up: 득령, 득지, 득시, 득세 by name and as verbs, and its roots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.endings import IS
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.places import joined_places
from fortune.readings.grounding.sentences.scope import Sentence

# 득령과 득지를 모두 하지 못했어요: the verb behind the last of a row is of each.
_NAMES = r"(?:(?:,| 및|[·와과도은는을를]| ?모두| ?둘 다| ?다| ?그리고| ?함께| ?이미)* ?(?:득[령지시세]|실[령지])){0,3}"
_LACKS = r"(?:하지|되지|이루지|얻지|갖추지|받지)(?:는|도)? ?(?:못|않)|못 ?(?:하|했|한|해|얻)|에(?:는|도)? 실패|없|아니|안 [됐되돼]|실패|놓치|놓쳤|놓친|잃"
_HAS = rf"하|한|했|해|함|합|된|되|됐|돼|갖|얻|이루|이룬|이뤘|성공|상태|사주|명식|(?:{IS})|있"
_TOLD = re.compile(
    rf"^(?:\([^)]*\))?{_NAMES}(?:을|를|은|는|도|이|가|만)? ?(?:모두|둘 다|다|전부|함께|이미|잘|전혀|온전히)? ?"
    rf"(?:(?P<lacks>{_LACKS})|(?P<has>{_HAS}))"
)


def tested(s: Sentence, at: int, one: Mention) -> Iterator[Claim]:
    """Read 득령했어요, 득지하지 못했어요, 실령한 임수."""
    key, held = one.value
    found = _TOLD.match(s.text[one.end :])
    if found is None:
        return
    of = _subject(s, one.start, one.end + found.end())
    if of is not False:
        value = held != bool(found["lacks"])
        yield from claim(s, "test", (key, of), value, one, affirmed=True, end=one.end + found.end())


_HELP = r"(?:힘|도움|지지|지원|생조|생|세력|뒷받침|응원|후원)"
_OF = rf"(?:인? ?\S\S)?의 {_HELP}"
_TAKES = re.compile(
    rf"(?:(?P<deukryeong>월령(?:의 {_HELP})?|(?:월지|태어난 달|태어난 계절|월주|(?<!\S)달|(?<!\S)계절){_OF})"
    rf"|(?P<deukji>(?:일지|앉은 ?자리){_OF})|(?P<deuksi>(?:시지|태어난 시){_OF})"
    rf"|(?P<deukse>(?:주변(?: ?글자들?)?|(?:나머지|다른|주위) ?글자들?)의 {_HELP}))"
    r"(?:[을를은는도]|까지|마저)? (?:(?!못|어떻게|얼마나|언제)\S+ ){0,2}?"
    r"(?:(?P<no>(?:얻|받|입|누리|타)지[는도]? ?(?:못|않)|못 ?(?:얻|받)|잃|놓치|놓쳤|놓친|놓쳐)"
    r"|(?P<yes>얻|받|입(?!니|장)|등에 업|타고 ?(?:나|났|난|태어)))"
)
_GIVES = re.compile(
    r"(?:(?P<deukryeong>월지|월령|태어난 달|태어난 계절)|(?P<deukji>일지|앉은 자리)|(?P<deuksi>시지))"
    r"(?:인? ?\S\S)?[이가은는] (?:\S+ )?(?:일간|당신|나)(?:인? \S\S)?[을를] (?:\S+ )?"
    r"(?:(?P<no>(?:돕|받쳐 ?주|생해 ?주|생하|지지하|뒷받침하)지[는도]? ?(?:못|않))"
    r"|(?P<yes>돕(?!지)|도와|도우|받쳐|생해|생하|지지하|지지해|뒷받침|밀어))"
)
_AT_EN = r"(?P<where{0}>(?:birth )?(?:month(?: branch)?|season)|day branch|hour branch)"
_EN = re.compile(
    r"\b(?:(?:with|has|have|gets?|gains?|enjoys?|receives?) (?:the )?(?:full |strong )?"
    r"(?:support|backing|help) (?:of|from)"
    r"|(?:is|are|being) (?:well |strongly )?(?:supported|backed|strengthened|helped) by) "
    rf"(?:the |your |its )?{_AT_EN.format('')}\b"
    r"|\b(?P<no>lacks?|without|gets? no|has no|have no|is not|isn't|are not|aren't)(?: the| any)? "
    r"(?:support(?:ed)?|backing|backed|help(?:ed)?) (?:of|from|by) "
    rf"(?:the |your |its )?{_AT_EN.format('_no')}\b"
    rf"|{_AT_EN.format('_gives')}(?: \([^)]*\))? (?P<denied>does not |doesn't )?"
    r"(?:supports?|helps?|backs?|strengthens?) (?:you|your|the day master)\b"
    r"|\b(?:is|are|being|born) [“']?(?P<season>in|out of) season\b"
)
_KEYS = ("deukryeong", "deukji", "deuksi", "deukse")
_KEYS_EN = {
    "month": "deukryeong",
    "month branch": "deukryeong",
    "season": "deukryeong",
    "day branch": "deukji",
    "hour branch": "deuksi",
}
_ROOTLESS = re.compile(
    r"뿌리[가도]? ?(?:전혀 |하나도 )?(?:없(?!지 ?않)|내리지 ?못)|통근하지 ?못|통근[이을]? ?(?:안 되|못|없)"
    r"|뿌리를 (?:전혀 )?(?:내리지|두지|얻지) ?못|무근[한하이의]"
)
_HELD = (
    "월령", "월지", "달의", "계절의", "일지", "자리의", "자리가", "시지", "난 시", "난 달", "글자의", "주변",
)  # fmt: skip
_HELD_EN = ("support", "back", "strengthen", "help", " season")
_OF_STRENGTH = ("stem", "cell", "strength", "test")
_ROOTS = ("뿌리", "통근", "무근")


def support(s: Sentence) -> Iterator[Claim]:
    """Yield claims told as verbs: 월령을 얻었어요, 태어난 달의 힘을 받아, 뿌리가 없어요."""
    text = s.text
    if s.has_latin and any(word in text for word in _HELD_EN):
        for found in _EN.finditer(text):
            where = found["where"] or found["where_no"] or found["where_gives"] or "season"
            held = not (found["no"] or found["denied"] or found["season"] == "out of")
            yield from _told(s, found, _KEYS_EN[where.removeprefix("birth ")], held)
    if s.has_hangul and any(word in text for word in _HELD):
        for found in (*_TAKES.finditer(text), *_GIVES.finditer(text)):
            key = next(key for key in _KEYS if found.groupdict().get(key))
            if (
                key == "deukse"
                and "글자" not in found[0]
                and not any(m.kind in _OF_STRENGTH for m in s.mentions)
            ):
                continue  # 당신은 주변의 도움을 받아 어려움을 넘겨요: by people
            yield from _told(s, found, key, bool(found["yes"]))
    if s.has_hangul and any(word in text for word in _ROOTS):
        yield from _roots(s)
        yield from _rooted(s)
        yield from _roots_at(s)


_ROOTED = re.compile(
    r"^(?:에|에서|를|을) (?:깊이 |든든히 |단단히 |굳게 )?(?:뿌리를 (?:내[려리렸]|두|둔|박)|통근[하한해했])"
)


# 을목의 뿌리는 월지와 시지에 있어요
_ROOT_IS = re.compile(r"(?:뿌리|통근처)(?:는|가) (?:바로 |각각 )?$")
_ROOT_AT = re.compile(r"에 (?:있(?!지)|놓|자리|내[려리렸]|두|박)")


def _roots_at(s: Sentence) -> Iterator[Claim]:
    """Read the cells that the root of the stem before is said to be in."""
    for at, one in enumerate(s.mentions):
        stems = [m for m in s.mentions[:at] if m.kind == "stem"]
        if one.kind != "cell" or len(stems) != 1 or not _ROOT_IS.search(s.text, 0, one.start):
            continue
        row = [cell for cell in joined_places(s, at) if cell.value.endswith(".branch")]
        for cell in row if row and _ROOT_AT.match(s.text, row[-1].end) else ():
            yield from claim(s, "rooted", (cell.value, stems[0].value // 2), True, stems[0], cell)


def _rooted(s: Sentence) -> Iterator[Claim]:
    """Read that a stem has its root in a cell: 갑목이 월지에 뿌리를 내려."""
    for stem, cell in zip(s.mentions, s.mentions[1:], strict=False):
        if (
            stem.kind == "stem"
            and cell.kind == "cell"
            and cell.value.endswith(".branch")
            and re.match(r"^(?:\([^)]*\))?[이가은는도] $", s.gap(stem, cell))
            and not s.in_time(stem.start)
            and (found := _ROOTED.match(s.text[cell.end :]))
        ):
            where = (cell.value, stem.value // 2)
            yield from claim(s, "rooted", where, True, stem, cell, end=cell.end + found.end())


def _roots(s: Sentence) -> Iterator[Claim]:
    for found in _ROOTLESS.finditer(s.text):
        of = _subject(s, found.start(), found.end())
        if of is not False and of is not None:
            part = Mention("root", "", found.start(), found.end())
            yield from claim(s, "root", ("*", of), False, part, affirmed=True)


def _told(s: Sentence, found: re.Match[str], key: str, held: bool) -> Iterator[Claim]:
    of = _subject(s, found.start(), found.end())
    if of is not False:
        part = Mention("test", key, found.start(), found.end())
        yield from claim(s, "test", (key, of), held, part, affirmed=True, end=found.end())


_IF = re.compile(r"면[ ,]")  # 여름에 태어나면 득령했다고 말해요
_ADNOMINAL = re.compile(r"^[가-힣]{0,3} $")


_HELD_UP = ("stem", "element", "cell", "place", "god", "star", "ganji")


def _subject(s: Sentence, start: int, end: int) -> Any:
    """Return the stem or element that is held up, None where the day stem is meant, False of anything else."""
    behind = next((m for m in s.mentions if m.start >= end), None)
    if (
        behind is not None
        and _ADNOMINAL.match(s.text[end : behind.start])
        and s.text[behind.start - 2] in "은은한난된긴춘룬린"
    ):
        return _of(behind)
    before = [m for m in s.mentions if m.end <= start and m.kind in _HELD_UP]
    while before and before[-1].kind in ("cell", "place") and before[-1].value != "day.stem":
        before.pop()
    if s.in_time(start) or _IF.search(s.text, 0, start):
        return False
    return _of(before[-1]) if before else None


def _of(one: Mention) -> Any:
    if one.kind in ("stem", "element"):
        return one.kind, one.value
    return None if one.kind in ("cell", "strength", "self") or one.kind == "place" else False

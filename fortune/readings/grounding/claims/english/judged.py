"""How strong the day stem is, which element helps or harms, and the season of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim
from fortune.readings.grounding.claims.english.clauses import Clause
from fortune.saju.glossary import TERMS

_STRONG = r"strong|stronger than (?:average|not|most)|robust|vigorous|powerful|sturdy|mighty|hardy|well[- ](?:supported|rooted|fed|resourced|fortified)|overpowering|potent|full of strength"
_WEAK = r"weak|weaker than (?:average|not|most)|frail|fragile|delicate|feeble|vulnerable|underpowered|unsupported|poorly supported|short of (?:support|strength)|under[- ]supported|depleted|faint"
FORCES = frozenset(
    (
        *("strong", "stronger", "robust", "vigorous", "powerful", "sturdy", "mighty", "hardy", "supported", "rooted", "fed"),
        *("resourced", "fortified", "overpowering", "potent", "strength", "weak", "weaker", "frail", "fragile", "delicate"),
        *("feeble", "vulnerable", "underpowered", "unsupported", "support", "depleted", "faint"),
    )
)  # fmt: skip
"""The words without which nothing is said to be strong or weak: one of each phrase above."""
_FORCE = rf"(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK}))"
_NEITHER = re.compile(r"\b(?:strong|weak) (?:nor|or|and)\b|\bneither\b|\bnot\b")
_ANY_FORCE = re.compile(rf"\b{_FORCE}\b", re.IGNORECASE)
_SELF = r"(?:(?:overall )?strength(?= ?:)|day master|self[- ]element|day stem|core self|(?:your|the|this) (?:chart|self))"
_SELF_IS = re.compile(
    rf"\b(?:your |the |this )?{_SELF}(?: here| of yours| itself| in this chart)?(?: ?\([^)]*\))?(?:,? ?(?:[A-Z]\w+ ){{0,2}})?(?:, [^,.;]{{3,36}}, )?,? ?"
    rf"(?: ?:|is|are|being|looks?|leans?|runs|reads as|counts as|comes (?:out|across)(?: as)?|tends? to be|appears?|seems?|remains?|stands?|feels?|proves?|can be called|falls|lands)"
    rf"(?: (?!not\b|neither\b|less\b|more\b)[\w-]+){{0,4}}? (?:on the )?{_FORCE}\b(?! (?:will|personality|character|sense|in\b|on\b|as\b|at\b|enough|pull|tie))",
    re.IGNORECASE,
)
_FORCE_SELF = re.compile(
    rf"\b(?:a|an|your|this|such a)(?: \w+){{0,2}} {_FORCE}(?:,? (?:and |yet |but )?\w+)? (?:day master|self[- ]element|day stem|chart|constitution of chart)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    rf"\b(?:call|find|judge|consider|rate|deem|read|see|label)s? (?:the|your|this) {_SELF}(?: here)?(?: as| to be)?(?: (?!not\b|less\b)\w+){{0,2}}? {_FORCE}\b",
    re.IGNORECASE,
)
_SIDE = re.compile(
    rf"\b(?:your |the |this )?{_SELF}\b[^.;]{{0,60}}\b(?:(?:on|to|toward) the|(?:makes|leaves|keeps|renders) it(?: very| rather| quite)?) {_FORCE}\b",
    re.IGNORECASE,
)


# a rather weak Geng; I read your Earth as strong; …, which makes it strong
_FORCE_SIGN = re.compile(rf"\b(?:a|an|this|your|such a)(?: \w+){{0,2}} {_FORCE}(?:,? \w+)? $", re.IGNORECASE)
_SIGN_FORCE = re.compile(rf"^(?: (?!and\b|or\b)\w+)? as (?:\w+ )?{_FORCE}\b", re.IGNORECASE)
_IS_FORCE = re.compile(
    rf"^ is (?:(?:very|extremely|exceptionally|remarkably|overwhelmingly|far too|too|slightly|rather|quite) )?{_FORCE}\b(?! (?:in|enough)\b)",
    re.IGNORECASE,
)
_IT_FORCE = re.compile(
    rf"\b(?:makes it|leaves it|is|it's|counts as|keeps it)(?: (?!not\b|less\b)\w+){{0,3}}? {_FORCE}\b",
    re.IGNORECASE,
)


_YOURS = re.compile(r"\b[Yy]our $")


def force_of_signs(c: Clause) -> Iterator[Claim]:
    """Read the strength of a stem or an element, which is the reader's where it is the day's own."""
    for one in c.of("stem", "element", "cell"):
        found = None
        if one.kind == "element" and _YOURS.search(c.before(one)):
            found = _IS_FORCE.match(c.after(one)) or _SIGN_FORCE.match(c.after(one))
        elif one.kind != "cell":
            found = _FORCE_SIGN.search(c.before(one)) or _SIGN_FORCE.match(c.after(one))
        elif one is c.subject and one.value == "day.stem":
            found = _IT_FORCE.search(c.text)
        if found and not (c.is_timed or c.of("place")) and (one.kind != "element" or found.start() == 0):
            where = "" if one.kind == "cell" else (one.kind, one.value)
            yield from c.claim("strength", where, "strong" if found["strong"] else "weak", one, affirmed=True)


_EXTREMELY = re.compile(
    r"\b(?:extremely|exceptionally|overwhelmingly|profoundly|desperately)\b", re.IGNORECASE
)


def strength(c: Clause) -> Iterator[Claim]:
    """Read that the day stem, or the chart, is strong or weak."""
    if not _ANY_FORCE.search(c.text) or c.is_timed or _NEITHER.search(c.text):
        return
    for found in (
        *_SELF_IS.finditer(c.text),
        *_FORCE_SELF.finditer(c.text),
        *_SIDE.finditer(c.text),
        *_CALLED.finditer(c.text),
    ):
        part = c.part("strength", "", found)
        value = "strong" if found["strong"] else "weak"
        if _EXTREMELY.search(found[0]):
            value = f"very_{value}"
        yield from c.claim("strength", "", value, part, affirmed=True)


_PATTERN_IS = re.compile(
    r"\b[Tt]he (?:pattern|structure|frame)\b[^.;:]{0,40}? is (?:the |an? )?(?:that of (?:the )?)?$"
)
_AS_STRUCTURE = re.compile(r"^ (?:structure|frame|pattern|formation|configuration|format)\b")


def structure(c: Clause) -> Iterator[Claim]:
    """Read a 격국 that is named by its ten god: an Indirect Resource structure."""
    for one in c.of("god"):
        key = f"{one.value}_gyeok"
        is_named = _AS_STRUCTURE.match(c.after(one)) or _PATTERN_IS.search(c.before(one))
        if key in TERMS and is_named and not c.is_timed:
            yield from c.claim("structure", "", key, one)


_YOU = (
    r"(?:you|your (?:whole )?(?:chart|day master|system|nature|pillars)|the (?:chart|day master)|this chart)"
)
_MOST = r"(?: (?:most|above all|more|badly|truly|really|especially|a (?:little|bit|lot)|some|plenty|of|first|the|your|is))*"
_NEEDS = re.compile(
    rf"\b{_YOU}(?: (?!not\b|never\b|don't\b|do\b|does\b|have\b)\w+){{0,2}}? (?:needs?|craves?|thirsts? for|hungers? for|longs? for|calls? (?:out )?for|asks? for|benefits? from|benefits? most from|thrives? (?:on|with)|welcomes?|turns? to|looks? to|reach(?:es)? for|waits? for|(?:is|are) waiting for|(?:is|are) (?:helped|healed|restored|balanced|thirsty|hungry) (?:by|for)){_MOST} $"
    r"|\belement (?:that )?(?:you|your chart|your day master)(?: (?:should|must|can|need to|ought to|will want to|have to))? (?:lean on|rely on|seek|trust|court|cultivate|invite|look for|welcome|turn to|surround yourself with)(?: \w+)? (?:is )?$"
    r"|\bwhat you need(?: most| above all| more than anything| now)* is $"
    rf"|\bwhat(?: {_YOU})?(?: \w+)? (?:helps?|supports?|heals?|balances?|needs?|serves?|lifts?)(?: {_YOU})?(?: (?:most|best))?(?: is|:|,|\?) (?:the )?$"
    r"|\b(?:medicine|remedy|cure|antidote|tonic|lifeline|saving grace|prescription|(?:ally|friend|helper|champion|saviou?r)|key element|guiding element|healing element)(?: (?:for|of|in) [^,.:]{3,24})?(?: is|:|,|\?) (?:the )?$",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"\b(?:best|most|greatest|truest|key|medicine|remedy|cure|antidote|rescues|saves)\b"
)
_IS_NEEDED = re.compile(
    rf"^(?: (?:element|energy))? is (?:also |clearly |really )?(?:(?:the|your) (?:most )?(?:welcome|needed|precious|vital|important|necessary) (?:element|force|one|energy|thing)\b|(?:the|your|a|this chart's)(?: \w+)? (?:medicine|remedy|cure|antidote|tonic|lifeline|saving grace|prescription|ally|helper|friend|champion|saviou?r|key element|guiding element|healing element|best friend|one that (?:helps|heals|balances|supports|saves)|(?:element|one|thing|energy) (?:for you )?to (?:cultivate|seek|invite|court|lean on|look for|trust|embrace|welcome|follow)|element that (?:helps|heals|balances|supports))\b|what {_YOU}(?: \w+){{0,3}} (?:needs?|craves?|asking for|calling for|thirsts? for|thirsty for|looking for|missing most)|what (?:helps|heals|balances|supports|serves|steadies|saves|rescues|sustains|restores))"
    r"|^ that (?:rescues|saves|helps|heals|supports|balances|sustains) (?:you|your chart|the chart|this chart|your day master)\b"
    rf"|^(?: (?:element|energy))? (?:rescues|saves|helps|heals|supports|serves|balances|benefits) {_YOU} (?:most|best|more than)|^ (?:does|will do|do) you (?:the most |most |a lot of |real )?good|^, please\b",
    re.IGNORECASE,
)
_IS_HARMFUL = re.compile(
    rf"^(?: (?:element|energy))? is (?:also |clearly |really )?(?:the last thing|(?:an?|the|your) (?:element|one|force) (?:for you )?to (?:avoid|limit|fear|beware|keep at)|(?:your|the chart's) (?:enemy|adversary|poison|burden|worst)|(?:unfavou?rable|harmful|unhelpful|hostile|a burden|too much) (?:to|for|here)?|what (?:harms|drains|hurts|burdens|weakens) you|what you should (?:avoid|limit))"
    rf"|^(?: (?:element|energy))? (?:works against|harms|hurts|burdens) {_YOU}",
    re.IGNORECASE,
)
_AVOID = re.compile(
    r"\b(?:[Aa]void(?:ing)?|[Ss]teer clear of|[Ss]tay away from|[Kk]eep away from|[Gg]o easy on|[Bb]eware of|[Ss]hould (?:avoid|limit)|[Bb]e (?:wary|careful) (?:of|with)|[Ww]atch out for)(?: (?:too much|the|any|anything of))* $"
    r"|\b(?:element|one|energy|force) (?:that )?(?:you|to) (?:(?:should|need to|must|have to|ought to) )?(?:be (?:wary|careful|cautious) (?:of|with|about)|watch(?: out for)?|handle with care|keep an eye on|go easy on|beware of|limit|avoid)(?: \w+)? is $"
    r"|\b(?:unfavou?rable|harmful|worst|most difficult|unlucky) element (?:for you )?(?:is|:) $"
)


_AMONG = re.compile(r"^ (?:is|counts) (?:one of|among) (?:your|the) $")


_THE_ONE = re.compile(
    r"^ is the (?:element|one|force|energy)(?: that| which)?(?= (?:does|works|rescues|saves|serves|benefits|harms|hurts|burdens)\b)"
)


def needs(c: Clause) -> Iterator[Claim]:
    """Read the element that is said to help the reader, or to harm."""
    if c.is_timed:
        return
    if roles := c.of("useful"):
        one = next((m for m in c.of("element") if _AMONG.match(c.s.text[m.end : roles[0].start])), None)
        if one is not None:
            yield from c.claim("useful", roles[0].value, ("element", one.value), one, roles[0])
        elif c.subject is not None and c.subject.kind == "element" and not c.of("element")[1:]:
            yield from c.claim("useful", roles[0].value, ("element", c.subject.value), c.subject, roles[0])
        return
    for one in c.of("element"):
        before, after = c.before(one), _THE_ONE.sub("", c.after(one))
        if re.search(r"^ (?:person|people|friend|partner|year)", after):
            continue
        good = (
            _NEEDS.search(before)
            or _IS_NEEDED.search(after)
            or (re.search(r"\bmore $", before, re.IGNORECASE) and after.startswith(", please"))
        )
        bad = _IS_HARMFUL.search(after) or _AVOID.search(before)
        if good or bad:
            is_best = _SUPERLATIVE.search(c.text) and len(c.of("element")) == 1
            role = "harmful" if bad else "yongsin" if is_best else "needed"
            yield from c.claim("useful", role, ("element", one.value), one)


_SEASONS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
SEASONS = frozenset(form for name in _SEASONS for form in (name, f"mid{name}"))
"""The words without which no season is told."""
_BORN = re.compile(
    r"\b(?:[Yy]ou (?:were born|arrived|came into (?:the|this) world)|[Yy]our (?:birth(?:day)?|birth month|month of birth|month pillar|month branch)|[Bb]orn|[Bb]irthday|(?:[Aa]|the) child of|as a)\b"
    r"(?P<gap>[^.;:“”]{0,50}?)\b(?:mid-?)?(?P<season>spring|summer|autumn|fall|winter)\b(?! (?:of \d|sun|rain|river|wind|snow)[^,]{0,20}\bcomes)"
)


_THEN_BORN = re.compile(
    r"\b(?P<season>(?i:spring|summer|autumn|fall|winter))\b[^.;]{0,24} (?:when|as) you were born\b"
    r"|\b[Aa]n? (?P<fronted>spring|summer|autumn|fall|winter)(?:-born)? \w+, you\b"
    r"|\bseason of your birth (?:is|was) (?:\w+ )?(?P<named>spring|summer|autumn|fall|winter)\b"
)


def season(c: Clause) -> Iterator[Claim]:
    """Read the season that the reader is said to be born in."""
    found = _BORN.search(c.text)
    if found and not re.search(r"\b(?:like|loves?|needs?|before|after|between)\b", found["gap"]):
        yield from c.claim("season", "", _SEASONS[found["season"]], c.part("season", "", found))
    elif behind := _THEN_BORN.search(c.text):
        name = behind["season"] or behind["fronted"] or behind["named"]
        yield from c.claim("season", "", _SEASONS[name.lower()], c.part("season", "", behind))

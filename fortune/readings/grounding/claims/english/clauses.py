"""The clauses of an English sentence: each makes one statement, or a row of the same kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fortune.readings.grounding.claims.claim import Claim, claim
from fortune.readings.grounding.names.mention import Mention
from fortune.readings.grounding.sentences.scope import Sentence

# Where another statement begins. A dash, a colon or "it's" only says the first one again.
_SPLIT = re.compile(
    r"; |\. |[.;]$| ?[—–] (?!it's|that is|namely)| - "
    r"|,? (?:but|while|whereas|although|though|because|since(?= [a-z]+ [a-z]+ )|yet(?! more| another| again)|so that|so|which means|and so|even though|as if|as though)\b"
    r"|, and (?=(?:that(?!'s| is)|this|it(?!'s| is)|you|your|the|in|at|on|by|with|when|a|an|[a-z]+ing)\b)"
)
# Said of nobody, of others, or of what might be; searched in small letters, since ignoring case costs three times as much.
_OPEN = re.compile(
    r"\b(?:if|unless|whether|(?<!what )would|could|might|may be|suppose|imagine|were to|should you|as if|as though|hypothetical\w*"
    r"|(?:some|any|every)(?:one|body) (?:who|with|whose|born|has|is|can)|some (?:schools|teachers|readers|people|practitioners|texts|books|say|call)|(?:people|partners|friends|colleagues|clients|lovers|men|women|children|parents) (?:with|who|whose|born|of)|those (?:with|who|born)|(?:any|every|each|another|other) (?:charts?|person|people|readers?|woman|man|friend|colleague|partner|child)|(?:for|in|when) an? (?:\w+ )?(?:chart|person|woman|man|reader)"
    r"|(?:many|some|few|most|all|other) (?:people|readers|teachers|charts)|charts (?:with|that|of|like)|he|she|his|him|her|hers|(?:your|my) (?:friend|mother|father|sister|brother|husband|wife|son|daughter|boss|colleague|child|children|parents?)|a (?:friend|colleague)"
    r"|in general|generally|typically|classics?|ancients?|tradition(?:ally)?|books?|texts?|for example|for instance|e\.g\.|in theory"
    r"|pretend|had you|had (?:the|your)|think of|picture)\b"
)
_THEY = re.compile(r"\b(?:[Tt]hey|[Tt]heir|[Tt]hem)\b")
_HUMANS = re.compile(
    r"\b(?:people|parents|friends|others|children|partners|clients|colleagues|siblings|elders|men|women|persons?|husband|wife|spouse|partner)\b",
    re.IGNORECASE,
)
# Stem combinations between year and month often speak of family.
_LOOSELY = re.compile(r"\b(?:often|usually|sometimes|tends? to|commonly|always|can(?! be (?:found|seen)))\b")
_READER = re.compile(r"\b(?:you|your|yours|yourself|you're|you've|this chart|here)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|never|no|nor|neither|isn't|aren't|without|hardly|rather than|instead of|far from|instead|unlike)\b|n't\b"
)
_NOT_ONLY = re.compile(
    r"\bnot (?:only|just|merely|simply|to mention)\b|\bno (?:doubt|wonder|surprise|secret|question|matter|longer)\b"
)
# A deed of one thing to another, a comparison, a wish: what stands behind is not said of what stands before.
DEED = re.compile(
    r"\b(?:clash\w*|combin\w*|harm\w*|punish\w*|meets?|meeting|met|feeds?|feeding|fed|nourish\w*|produc\w*|generat\w*|creat\w*|births?|supports?|supporting|supported|helps?|helping|helped"
    r"|controls?|controlling|controlled|restrain\w*|attack\w*|cuts?|cutting|drain\w*|exhaust\w*|weaken\w*|strengthen\w*|protect\w*|balanc\w*|warms?|warming|cools?|cooling|melt\w*"
    r"|temper\w*|needs?|needing|wants?|seeks?|looks? (?:to|for)|asks?|invit\w*|await\w*|prefer\w*|loves?|lacks?|miss\w*|against|toward|towards|between|than|like|unlike|near|beside|opposite|around"
    r"|follow\w*|whose|compar\w*|similar|different|react\w*|respond\w*|bonds?|bonded|tied|join\w*|oppos\w*|fac(?:es|ing)|turn(?:s|ed)? (?:to|into|against)|transform\w*|become|before|after|when|until"
    r"|push\w*|pull\w*|press\w*|challeng\w*|fuel\w*|water(?:s|ed)|root(?:s|ed)? in|enrich\w*|depends?|relies|rely|attract\w*|drawn|draws|affect\w*|influences|touch\w*|tension|friction|link\w*|connect\w*|relationship with|answer\w*|also|rather|instead|as well as|along with|together with)\b"
)
_COORDINATED = re.compile(
    r"^,? (?:and|or|nor)(?: also)?(?: (?:the|your|a|an|its|another))?(?: \w+)? $|^(?: above| below| on top| underneath)?, (?:the |your |an? )?$| ?[/&·] ?$"
)


@dataclass(frozen=True)
class Clause:
    """A part of a sentence, from ``start`` to ``end``, with what it names."""

    s: Sentence
    start: int
    end: int
    subject: Mention | None = None
    """The thing that the clause before begins with, where a pronoun at the head of this one stands for it."""

    @cached_property
    def text(self) -> str:
        return self.s.text[self.start : self.end]

    @cached_property
    def lower(self) -> str:
        return self.text.lower()

    @cached_property
    def mentions(self) -> list[Mention]:
        own = [m for m in self.s.mentions if self.start <= m.start < self.end]
        return own if self.subject is None else [self.subject, *own]

    @cached_property
    def is_open(self) -> bool:
        """Return whether the clause says nothing of the reader's own chart."""
        return (
            self.s.asked
            or _OPEN.search(self.lower) is not None
            or (_THEY.search(self.text) is not None and _HUMANS.search(self.s.text) is not None)
            or (_LOOSELY.search(self.text) is not None and _READER.search(self.s.text) is None)
        )

    @cached_property
    def is_timed(self) -> bool:
        """Return whether the clause tells of a year, a month, a day or a decade that passes."""
        times = [m for m in self.s.mentions if m.kind in ("year", "decade", "today", "month")]
        if (
            times
            and all(m.kind == "year" and m.value > 1000 for m in times)
            and _OF_BIRTH.search(self.s.text)
        ):
            return False
        return bool(times) or _TIME.search(self.text) is not None

    def before(self, one: Mention) -> str:
        return self.s.text[self.start : one.start]

    def after(self, one: Mention) -> str:
        """Return the rest of the clause behind a mention, with "'s" behind a pronoun written out."""
        rest = self.s.text[one.end : self.end]
        return f" is{rest[2:]}" if one is self.subject and rest.startswith("'s") else rest

    def of(self, *kinds: str) -> list[Mention]:
        return [m for m in self.mentions if m.kind in kinds]

    def part(self, kind: str, value: Any, found: re.Match[str]) -> Mention:
        """Return words found in ``text`` as what a claim is told with."""
        return Mention(kind, value, self.start + found.start(), self.start + found.end())

    def claim(self, topic: str, where: Any, value: Any, *parts: Mention, **more: Any) -> Iterator[Claim]:
        """Yield one claim over ``parts``; a negation before or between them denies it unless ``affirmed`` is told."""
        if "affirmed" not in more:
            more["affirmed"] = not self.denied(*parts)
        yield from claim(self.s, topic, where, value, *parts, **more)

    def denied(self, *parts: Mention) -> bool:
        """Return whether the clause denies what its parts say of each other."""
        first, last = min(m.start for m in parts), max(m.start for m in parts)
        lead = self.s.text[max(self.start, first - 24) : last]
        return _NOT.search(_NOT_ONLY.sub("", lead)) is not None


_OF_BIRTH = re.compile(r"\b(?:born|birth)\b")
_TIME = re.compile(
    r"\b(?:this|next|last|coming|current) (?:year|month|decade)\b|\b(?:today|tomorrow|of the day|day's|luck|decade|transit\w*|arriv\w*|incoming)\b|\b(?:19|20)\d\d\b"
)


_IT = re.compile(
    r"\W*(?:and |but |so |because |while |yet )*(?:(?:I|we|you)(?:'d|'ll| would)? (?:take|treat|call|consider|see|read|count) )?(?P<it>it|this|that|which)(?= as\b| the\b| your\b|['’]s\b| is\b| was\b| means\b| makes\b| stands\b| sits\b| counts\b| acts\b| plays\b)"
)
_HEAD = re.compile(r"\W*(?:and |but |so |the |your |this |that |a |an )*$", re.IGNORECASE)


def _meant(s: Sentence, start: int, last: Clause | None) -> Mention | None:
    """Return what the pronoun at the head of a clause stands for, if the clause before begins with it."""
    found = _IT.match(s.text, start)
    head = next(iter(last.mentions), None) if last is not None else None
    if (
        found is None
        or head is None
        or last is None
        or len([m for m in last.mentions if m.kind == head.kind]) > 1
    ):
        return None
    if not (head is last.subject or _HEAD.match(s.text[last.start : head.start])):
        return None
    return head._replace(start=found.start("it"), end=found.end("it"))


_DASH = re.compile(" ?[—–-] ")


def clauses(s: Sentence) -> Iterator[Clause]:
    """Yield the clauses of a sentence that name anything."""
    start, last = 0, None
    for stop in [*(found.start() for found in _SPLIT.finditer(s.text)), len(s.text)]:
        if (
            s.text[stop : stop + 1] in " —–-"
            and any(0 < m.start - stop <= 3 for m in s.mentions)
            and _DASH.match(s.text, stop)
        ):
            continue  # Month branch: Dragon – Hurting Officer
        if stop > start:
            last = Clause(s, start, stop, _meant(s, start, last))
            yield last
            start = stop


def joined(c: Clause, row: list[Mention]) -> list[list[Mention]]:
    """Return mentions in groups: those joined by "and" or a comma are one."""
    groups: list[list[Mention]] = []
    for one in row:
        if (
            groups
            and groups[-1][-1].kind == one.kind
            and _COORDINATED.search(c.s.text[groups[-1][-1].end : one.start])
        ):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups

"""Things and their places: a sign, a ten god, a stage or a star in a cell, a god that a sign is, what a branch hides."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from fortune.readings.grounding.claims.claim import Claim
from fortune.readings.grounding.claims.english.clauses import DEED, Clause, joined
from fortune.readings.grounding.names.mention import Mention

_BARE_PLACE = re.compile(
    r"\b(?:in|on|at|of|from|through|by|under|to|inside|within) (?:the|your) (?P<a>year|month|day|hour)\b(?= (?:carries|is|has|shows|brings|holds|stands|sits)|[,.:;)?]|$| (?:and|we|there|you|it)\b)"
    r"|\b(?:the|your) (?P<b>year|month|hour)(?='s\b| (?:carries|holds|is (?:still |also )?(?:that of )?(?:(?:the|an?|your) )?[A-Z]))|, (?:the|your) (?P<d>year|month|day|hour)(?=,)|\b(?:of|in) your (?P<c>year|month|day|hour)\b"
)
_TOPICS = {
    "stem": "stem",
    "branch": "branch",
    "animal": "branch",
    "god": "god",
    "star": "star",
    "ganji": "pillar",
    "nayin": "nayin",
}
# Words before a place by which what stands before them is in it.
_AT = re.compile(
    r"(?:\b(?:in|on|at|under|beneath|below|within|inside|of|atop|from|through|into|across|over|upon|by|to)(?: both| all)?"
    r"(?: (?:the|your|its|this))?(?: (?:top|heart|foot|head|base|very|same|own|roots?|seat|stem|branch)(?: of)?(?: the| your)?)?"
    r"|(?:: |, and )(?:that's|that is|this is|it's)(?: the| your)?|,(?: the| your)?|\((?:the |your )?|\b(?:occup\w+|fills?|rules?|governs?|claims?|crowns?|heads?|marks?|takes?(?: up)?|is|are|holds?|inhabits?|guards?)(?: the| your)?) ?$"
)
_IDENTITY = re.compile(
    r"^(?:'s)?(?: itself| here| element| of this chart)?(?: ?\([^)]*\))?(?: ?[:,=]| is| was| being| called| known as| comes out as| turns out to be| represents?| belongs to)"
    r"(?: (?!no\b|not\b)[a-zA-Z'-]+){0,4},? ?[*\"'“(]*$"
)
_ALLOWED = re.compile(
    r"\b(?:occupied|ruled|governed|held|filled|taken|claimed|marked|coloured|colored|led|headed|guarded|crowned|covered|represented|topped) by\b"
    r"|\b(?:is|comes?|filled|blessed|gifted|marked|graced|topped|crowned|begins|opens|loaded) with\b"
)
_BEING = re.compile(r", (?:being|namely)(?: the| your| an?)? $")
_BY_YOU = re.compile(r"\b(?:right |just |close )?(?:beside|next to|near|around|with) you\b")
_AWAY = re.compile(r"\b(?:with|by|for|from|without|away|toward)\b")


def _places(c: Clause) -> list[Mention]:
    found = c.of("cell", "place")
    for bare in _BARE_PLACE.finditer(c.text):
        name = next(name for name in ("a", "b", "c", "d") if bare[name])
        start = c.start + bare.start(name)
        if not any(m.start <= start < m.end for m in c.mentions):
            found.append(Mention("place", bare[name], start, c.start + bare.end(name)))
    return sorted(found, key=lambda one: one.start)


def values(c: Clause) -> Iterator[Claim]:
    """Read the values of cells: in a clause they stand in turn, a cell and what is in it, or the other way round."""
    places = _places(c)
    if not places or c.of("void"):
        return
    for kinds in (("stem",), ("branch", "animal"), ("god",), ("star",), ("ganji",)):
        named = c.of(*kinds)
        if not named or (c.is_timed and kinds != ("star",)):
            continue
        for place, value in _pairs(c, places, named):
            yield from _value(c, place, value)


def _pairs(c: Clause, places: list[Mention], named: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield each cell with its value, where the order leaves no doubt."""
    place_groups, value_groups = joined(c, places), joined(c, named)
    groups = sorted([*place_groups, *value_groups], key=lambda row: row[0].start)
    if len(place_groups) == 1 and len(value_groups) > 1:
        yield from _before(c, place_groups[0], value_groups)
    if len(place_groups) != len(value_groups):
        if len(place_groups) == 2 and len(value_groups) == 1:
            yield from _nearer(c, place_groups, value_groups[0])
        return
    for one, two in zip(groups[::2], groups[1::2], strict=True):
        if (one in place_groups) == (two in place_groups):
            return
    for one, two in zip(groups[::2], groups[1::2], strict=True):
        row, told = (one, two) if one in place_groups else (two, one)
        if _is_said(c, one, two, is_place_first=one in place_groups):
            yield from _matched(c, row, told)


def _nearer(c: Clause, places: list[list[Mention]], told: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield the cell right behind a value that stands between two: the hour, Yi in its stem."""
    before, behind = places
    if before[-1].end <= told[0].start and told[-1].end <= behind[0].start:
        gap = c.s.text[told[-1].end : behind[0].start]
        if len(gap) < 24 and _AT.search(gap) and "," not in gap:
            yield from _matched(c, behind, told)


_IN_ITS = re.compile(r"^(?: stars?)? (?:of|in|on|at) (?:the|your) $")


def _before(c: Clause, place: list[Mention], told: list[list[Mention]]) -> Iterator[tuple[Mention, Mention]]:
    """Yield the one cell with the last value before it: the only Officer is the Direct Officer of your year stem."""
    nearest = [row for row in told if row[-1].end <= place[0].start][-1:]
    for row in nearest:
        if place[0].value != "day.stem" and _IN_ITS.match(c.s.text[row[-1].end : place[0].start]):
            yield from _matched(c, place, row)


_APART = re.compile(r" and (?:the|your) $")


def _matched(c: Clause, places: list[Mention], told: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    if len(told) == 2 and len(places) == 1 and _APART.search(c.s.text[told[0].end : told[1].start]):
        told = (
            told[1:] if told[0].start < places[0].start else told
        )  # your Bing and the Xin in your hour stem
    if len(places) == len(told) > 1:
        yield from zip(places, told, strict=True)
    elif len(told) == 1 or len(places) == 1:
        yield from ((place, value) for place in places for value in told)


def _is_said(c: Clause, one: list[Mention], two: list[Mention], *, is_place_first: bool) -> bool:
    gap = c.s.text[one[-1].end : two[0].start]
    if is_place_first and len(gap) <= 70 and _BEING.search(gap):
        return True
    gap = _BY_YOU.sub("", gap)
    if len(gap) > 70 or DEED.search(gap) or "." in gap:
        return False
    between = [m for m in c.mentions if one[-1].end < m.start < two[0].start]
    if (one if is_place_first else two)[0].value == "day.stem":
        return _IDENTITY.search(gap) is not None
    if any(m.kind in ("cell", "place", "element") for m in between):
        return False
    if not is_place_first and any(m.kind in ("stem", "branch", "animal", "god") for m in between):
        return False
    if gap == " your " and one[0].kind == "ganji":
        return True  # Ding Mao is your year pillar, Geng Xu your month pillar
    if is_place_first:
        return not _AWAY.search(_ALLOWED.sub("", gap))
    return _AT.search(gap) is not None


def _value(c: Clause, place: Mention, value: Mention) -> Iterator[Claim]:
    topic, half = _TOPICS[value.kind], place.value.partition(".")[2]
    if topic in ("stem", "branch") and half not in ("", topic):
        return
    if topic == "pillar" and (half or place.kind != "place"):
        return
    if topic == "god" and place.value == "day.stem":
        return
    if c.s.in_hiding(value.start):
        return
    if topic == "star":
        yield from c.claim(topic, place.value.partition(".")[0], value.value, place, value)
    else:
        yield from c.claim(topic, place.value, value.value, place, value)


_IS_GOD = re.compile(
    r"\b(?:as|is|are|means|plays|called|known as|counts?|makes?|becomes?|represents?|embod(?:y|ies)|stands? for|symboli[sz]es?|equals|carr(?:y|ies)|wears?|bears?|gives? you|arrives?|comes?|brings?|turns out to be)\b[^,.;]{0,24}$"
    r"|^(?: ?\([^)]*\))?,? (?:your|which is your|the chart's) (?:\w+ )?$|^ ?\((?:the |your )?$|^(?: (?:stems?|branches))?, (?:two|three|both) $|: (?:it's |it is |that's |this is )?(?:the |your |an? )?$|, (?:[Tt]hat's|[Ii]t's|[Tt]hat is|[Ii]t is) (?:the |your |an? )?$|^ ?= ?$"
)
_IS_SIGN = re.compile(
    r"^(?: (?:stars?|element|energy|god))? (?:is|are|comes? (?:as|from|through|in)|appears? as|shows? (?:up )?(?:as|in)|takes the (?:form|shape) of|lives? in|is carried by|is represented by|is expressed (?:by|as|through))"
    r"(?: (?!in\b|on\b|at\b|not\b)\w+){0,3} $|^(?: stars?)?(?: ?\(|: )(?:the )?$|^, (?:the )?$"
)
_OF_SIGN = ("stem", "branch", "animal", "element")


def signs_of_gods(c: Clause) -> Iterator[Claim]:
    """Read what a sign or an element is to the day stem: Bing fire arrives as your Indirect Wealth."""
    row = c.of(*_OF_SIGN, "god", "ganji", "year", "cell", "place")
    for one, two in itertools.pairwise(row):
        gap = c.s.text[one.end : two.start]
        if one.kind == "cell" and one.value != "day.stem" and len(row) > 2 and two.kind == "god":
            at = row.index(one)
            if (
                at
                and row[at - 1].kind in ("stem", "branch", "animal")
                and _APPOSED.search(c.s.text[row[at - 1].end : one.start])
            ):
                one = row[at - 1]  # Geng, your month stem, brings steady income: your Direct Wealth
        if len(gap) > 60 or DEED.search(gap):
            continue
        if one.kind in _OF_SIGN and two.kind == "god" and _IS_GOD.search(gap):
            sign, god = one, two
        elif one.kind == "god" and two.kind in _OF_SIGN and _IS_SIGN.search(gap):
            god, sign = one, two
        elif (
            one.kind == "god"
            and two.kind in ("stem", "branch")
            and gap.endswith(": ")
            and len(c.of("god")) == 1
        ):
            god, sign = one, two  # Indirect Wealth frames the chart: Bing in the year
        else:
            continue
        kind = "branch" if sign.kind == "animal" else sign.kind
        yield from c.claim("sign_god", (kind, sign.value), god.value, sign, god)


_ABOVE = re.compile(
    r"^(?: stars?)?,? (?:(?:sitting|sits|standing|stands|resting|rests|riding|rides) )?(?:above|over|atop|on top of) (?:the|your) $"
)


def gods_over(c: Clause) -> Iterator[Claim]:
    """Read the ten god of the stem above a branch: the Hurting Officer above the Rat."""
    for god, sign in itertools.pairwise(c.mentions):
        is_pair = god.kind == "god" and sign.kind in ("branch", "animal")
        if is_pair and not c.is_timed and _ABOVE.match(c.s.text[god.end : sign.start]):
            yield from c.claim("god_over", sign.value, god.value, god, sign)


_APPOSED = re.compile(r"^(?: ?\([^)]*\))?, (?:in |on )?(?:the |your )$")
_HIDES = re.compile(
    r"\b(?:hid(?:es?|ing)|hidden (?:stems?|in|inside|within|under|beneath|deep|away|below)|conceal\w*|tucked|stores?|stored|storing|keeps?|kept|buried|harbou?rs?|shelters?|contains?|contained|inside|within|secret\w*|beneath the surface|in reserve|stash\w*|lurks?|sleeps?|dormant)\b",
    re.IGNORECASE,
)


def hidden(c: Clause) -> Iterator[Claim]:
    """Read what a branch hides: tucked away inside the Rat is Jia Wood."""
    found = _HIDES.search(c.text)
    if not found:
        return
    holders = [m for m in c.of("branch", "animal", "cell") if not str(m.value).endswith(".stem")]
    cells = [m for m in holders if m.kind == "cell"]
    signs = [m for m in holders if m.kind != "cell"]
    if len(cells) > 1 or len(signs) > 1 or not holders:
        return
    holder = (signs or cells)[0]
    for one in c.of("stem", "god"):
        gap = c.s.text[min(one.end, holder.end) : max(one.start, holder.start)]
        if len(gap) > 60 or (one.kind == "god" and holder.kind != "cell") or c.of("place"):
            continue
        if holder.kind == "cell":
            yield from c.claim("hidden", holder.value, one.value, holder, one)
        else:
            yield from c.claim("inside", holder.value, one.value, holder, one)


_SELF_AT = re.compile(r"\b(?:you|your (?:day master|self|chart|day stem)|day master|it)\b", re.IGNORECASE)


def stages(c: Clause) -> Iterator[Claim]:
    """Read the stage of a stem, or of the day stem, over a branch or at a place."""
    for one in c.of("stage"):
        places = [m for m in _places(c) if m.value != "day.stem"]
        branches, stems = c.of("branch", "animal"), c.of("stem")
        if c.is_timed or len(stems) > 1 or len(c.of("stage")) > 1:
            continue
        if len(places) == 1 and not stems:
            yield from c.claim(
                "stage",
                ("day" if _SELF_AT.search(c.text) else None, places[0].value),
                one.value,
                places[0],
                one,
            )
        elif not places and len(branches) == 1 and (stems or _SELF_AT.search(c.text)):
            stem = stems[0].value if stems else None
            yield from c.claim("stage_over", (stem, branches[0].value), one.value, branches[0], one)


_FOR_DAY = re.compile(r"\b(?:[Ff]or|[Oo]f|[Bb]y) (?:your|the) day pillar$")
_OF_YEAR = re.compile(r"\b(?:year pillar|by (?:the )?year)\b", re.IGNORECASE)


_NO_STAR = re.compile(
    r"\b(?:[Nn]o|[Nn]ot (?:a|one|a single)|[Nn]either an?|[Ww]ithout (?:a|the|any)|lacks? (?:a|the|any)) $"
)
_SHOWS = re.compile(
    r"^(?: stars?)?(?: ?\([^)]*\))? (?:appears?|shows?(?: up)?|is (?:present|there|found|visible|to be found)|stands?|in (?:your|this|the) (?:chart|pillars|eight characters|birth chart))\b"
)


def stars(c: Clause) -> Iterator[Claim]:
    """Read that a star is in the chart, or that none is: no Traveling Horse appears, the Blade in your chart."""
    if c.is_timed or c.of("place", "cell") or _BARE_PLACE.search(c.text):
        return
    for one in c.of("star"):
        none, shown = _NO_STAR.search(c.before(one)), _SHOWS.match(c.after(one))
        if shown or none:
            yield from c.claim("star", "*", one.value, one, affirmed=not none)


# Your day branch, the Dog, is void.
_CELL_VOID = re.compile(
    r"^(?: \([^)]*\))?, (?:the |an? )?\w+(?: \([^)]*\))?, (?:is|falls|lies|sits|stands)(?: (?:in|into))?(?: (?:the|a))? $"
)
_EMPTY = re.compile(r" (?:is|are|fall|stand|count as|come up) empty(?=[.,;]|$| (?:for|in)\b)")


def void(c: Clause) -> Iterator[Claim]:
    """Read which branches are void: Horse and Goat fall into the void for you."""
    others = [
        m
        for m in c.of("place", "cell", "year")
        if not _FOR_DAY.search(c.s.text[max(0, m.start - 10) : m.end])
    ]
    if not c.is_timed and len(others) == 1 and c.of("void"):
        one, at = c.of("void")[0], others[0]
        if at.kind != "year" and _CELL_VOID.match(c.s.text[at.end : one.start]):
            yield from c.claim("void_at", at.value, True, at, one)
    empty = _EMPTY.search(c.text) if len(c.of("branch", "animal")) == 2 else None
    named = [*c.of("void"), *([c.part("void", True, empty)] if empty else [])]
    if not named or c.is_timed or _OF_YEAR.search(c.text) or others:
        return
    one = named[0]
    for sign in c.of("branch", "animal"):
        yield from c.claim("void", "", sign.value, one, sign)

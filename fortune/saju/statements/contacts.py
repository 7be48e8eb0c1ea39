"""Contacts between signs as they are called in Korean: 을경합, 사오미 방합, 술미형."""

from __future__ import annotations

from fortune.saju.cycle import BRANCHES, STEMS
from fortune.saju.derive.relations import BRANCH_KINDS, STEM_KINDS, TRIADS
from fortune.saju.glossary import ko
from fortune.saju.korean import signs_ko

# Kinds whose name is a syllable that follows the signs at once.
_SYLLABLES = {
    "cheongan_hap": "합",
    "cheongan_chung": "충",
    "cheongan_geuk": "극",
    "chung": "충",
    "pa": "파",
    "hae": "해",
    "hyeong": "형",
}


def in_order(kind: str, signs: str) -> str:
    """Return the signs in the order in which tradition names them: "庚乙" of a 천간합 as "乙庚"."""
    if kind in TRIADS:
        return next(named for named, _element in TRIADS[kind] if set(named) == set(signs))
    names, table = (STEMS, STEM_KINDS[kind]) if kind in STEM_KINDS else (BRANCHES, BRANCH_KINDS[kind])
    wanted = {names.index(sign) for sign in signs}
    return next(names[a] + names[b] for a, b in table if {a, b} == wanted)


def called(kind: str, signs: str) -> str:
    """Return the Korean name of a contact with its signs."""
    ordered = in_order(kind, signs)
    spoken = signs_ko(ordered)
    if kind in _SYLLABLES:
        return spoken + _SYLLABLES[kind]
    if kind == "sanghyeong":
        return f"{spoken}형({ko(kind)})"
    return f"{spoken} {ko(kind)}"


def with_signs(kind: str, signs: str) -> str:
    """Return the name of a contact, its signs and its kind: "을경합(乙庚, 천간합)"."""
    name, term = called(kind, signs), ko(kind)
    return f"{name}({in_order(kind, signs)}{'' if term in name else f', {term}'})"

"""Names that visitors gave are for pages only: in words that are sent to a model a pronoun stands in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping

STANDING = {"ko": {"me": "(나)", "other": "(상대)"}, "en": {"me": "(me)", "other": "(the other)"}}
# Labels that people give a chart and that name nobody. Hiding them would only blur a question.
NOBODY = frozenset({
    "나", "저", "본인", "우리", "엄마", "어머니", "아빠", "아버지", "부모님", "남편", "아내", "와이프", "아들", "딸", "아이", "아기",
    "동생", "언니", "오빠", "누나", "친구", "남친", "여친", "연인", "동료", "상사", "선생님", "me", "myself", "mum", "mom", "dad",
    "mother", "father", "husband", "wife", "son", "daughter", "child", "baby", "brother", "sister", "friend", "boss",
})  # fmt: skip
_HANGUL = re.compile(r"[가-힣]+")


def names_hidden(text: str, names: Mapping[str, str], *, language: str) -> str:
    """Return ``text`` without ``names`` (name: "me" or "other"), whole or as people call each other.

    "김하늘" is found in "하늘이랑" too. A given name of one syllable is left, because it is a part of many words.
    """
    standing = STANDING.get(language, STANDING["ko"])
    called = {form: who for name, who in names.items() for form in _forms(name.strip())}
    if not called or not text:
        return text
    longest_first = sorted(called, key=len, reverse=True)
    pattern = re.compile("|".join(_pattern(form) for form in longest_first), re.IGNORECASE)
    by_form = {form.casefold(): who for form, who in called.items()}
    return pattern.sub(lambda found: standing[by_form[found[0].casefold()]], text)


def _forms(name: str) -> set[str]:
    """Return the whole name and the parts by which it may be written."""
    parts = {name, *name.split()}
    if _HANGUL.fullmatch(name) and len(name) in (3, 4):
        parts.add(name[-2:])  # without the family name
    return {part for part in parts if len(part) > 1 and part.casefold() not in NOBODY}


def _pattern(form: str) -> str:
    """Return a pattern for a name at the beginning of a word; a Korean one may be followed by particles."""
    end = (
        "" if _HANGUL.search(form) else r"(?![^\W가-힣])"
    )  # a particle may follow a Latin name at once: "Jane은"
    return rf"(?<!\w){re.escape(form)}{end}"

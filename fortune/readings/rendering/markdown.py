"""The Markdown that models write although they are told not to, as the little of it that a reading shows.

A line is repaired by itself (``repaired``), emphasis within a block (``emphasised``), and the open text of a stream
loses the same signs (``without_signs``), so that nothing is shown and then taken away.
"""

from __future__ import annotations

import re
from typing import Final

# Private characters that stand for our own tags while Markdown and the sanitiser work on the rest.
STRONG_ON, STRONG_OFF, EM_ON, EM_OFF = "\ue001", "\ue002", "\ue003", "\ue004"
_CLOSES: Final = {STRONG_OFF: STRONG_ON, EM_OFF: EM_ON}
_SIGN: Final = re.compile(f"[{STRONG_ON}{STRONG_OFF}{EM_ON}{EM_OFF}]")
# Emphasis whose signs stand beside each other, with words between them.
_PLAIN_PAIR: Final = re.compile(
    rf"{STRONG_ON}[^<{STRONG_ON}-{EM_OFF}]*{STRONG_OFF}|{EM_ON}[^<{STRONG_ON}-{EM_OFF}]*{EM_OFF}"
)
_SIGN_OR_TAG: Final = re.compile(rf"{_SIGN.pattern}|<[^>]*>")

# Without one of these nothing has to be repaired, or is emphasised: most lines.
_REPAIRABLE: Final = re.compile("[-*_`~|#<]")
_EMPHASISED: Final = re.compile("[*_`|]")
_EMPHASIS: Final = re.compile("[*_`]")
_RULE: Final = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")
_FENCE: Final = re.compile(r" {0,3}(?:`{3,}|~{3,})[^`]*")
_HEADING: Final = re.compile(r"^( {0,3}#{2,6})(?=[^\s#])")
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ROW: Final = re.compile(r"[ \t]*\|.*")
_SEPARATOR: Final = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")

# Korean particles follow the closing sign without a space, and models put spaces inside of it: CommonMark's rules
# for what opens and closes emphasis would leave half of all signs standing.
_WITHIN: Final = r"(?:[^*_\n]|\n(?![ \t]*(?:[-+>#|]|\d+[.)])))"  # not over the beginning of an item, say
_STRONG: Final = re.compile(rf"(\*\*|__)(\*?)([ \t]*)(?=\S)({_WITHIN}*?)(?<=\S)([ \t]*)\2\1")
_EM: Final = re.compile(
    r"(?=[*_])(?:(?<![\w*])\*(?=[^\s*])([^*\n]*[^*\s])\*|(?<!\w)_(?=[^\s_])([^_\n]*[^_\s])_(?![a-zA-Z0-9_]))"
)
_LEFT_OVER: Final = re.compile(r"(?=[*_`])(?:\*{2,}|_{2,}|`+|(?<![\w*])\*(?=[^\s*])|(?<!\w)_(?=[^\s_]))")

_ITEM: Final = re.compile(r"^([ \t]*)[-*+][ \t]+", re.MULTILINE)
_QUOTED: Final = re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE)
_TITLE: Final = re.compile(r"^ {0,3}(?:#{1,6}[ \t]+|#{2,6}(?=[^\s#]))", re.MULTILINE)
# Signs at the end of an open text that will turn into form, or not be seen at all, once more has come.
_OPEN_SIGN: Final = re.compile(
    r"(?:[*_`]+|^[ \t]*(?:#{1,6}|[-+>|~]+|[-*_](?:[ \t]*[-*_])*)|<(?:b(?:r[ \t]*/?)?)?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


def repaired(line: str) -> list[str]:
    """Return the lines that a complete line stands for: none for a fence, an empty one for a rule or a break."""
    if not _REPAIRABLE.search(line):
        return [line]
    if _RULE.fullmatch(line):
        return [""]
    if _FENCE.fullmatch(line):
        return []
    if _ROW.fullmatch(line):
        return [_BREAK.sub(" ", line)]
    if "#" in line:
        line = _HEADING.sub(r"\1 ", line)
    return _BREAK.split(line) if "<" in line else [line]


def emphasised(source: str) -> str:
    """Return a block with private characters where emphasis begins and ends, and without signs that emphasise nothing."""
    if not _EMPHASISED.search(source):
        return source
    source = _STRONG.sub(lambda found: f"{found[3]}{STRONG_ON}{found[4]}{STRONG_OFF}{found[5]}", source)
    if _EMPHASIS.search(source):
        source = _EM.sub(lambda match: f"{EM_ON}{match[1] or match[2]}{EM_OFF}", source)
        source = _LEFT_OVER.sub("", source)
    return "\n".join(_table_or_text(source.split("\n"))) if "|" in source else source


def _table_or_text(lines: list[str]) -> list[str]:
    """Return the lines with rows that belong to no table as text: Markdown wants a row of dashes below the first."""
    done: list[str] = []
    in_table = False
    for number, line in enumerate(lines):
        is_row = bool(_ROW.fullmatch(line))
        follows = lines[number + 1] if number + 1 < len(lines) else ""
        in_table = is_row and (in_table or ("-" in follows and bool(_SEPARATOR.fullmatch(follows))))
        done.append(line if in_table or not is_row else _cells(line))
    return done


def _cells(row: str) -> str:
    if "-" in row and _SEPARATOR.fullmatch(row):
        return ""
    return "  ".join(cell.strip() for cell in row.strip().strip("|").split("|"))


def without_signs(source: str, *, is_open: bool = False) -> str:
    """Return Markdown as plain words. ``is_open``: more may follow, so a sign at the end is not shown yet."""
    lines = [part for line in source.split("\n") for part in repaired(line)]
    source = "\n".join(_cells(line) if _ROW.fullmatch(line) else line for line in lines)
    if is_open:
        source = _OPEN_SIGN.sub("", source)
    if "#" in source:
        source = _TITLE.sub("", source)
    source = _without_emphasis(source)
    return _LEFT_OVER.sub("", source) if _EMPHASIS.search(source) else source


def without_pairs(source: str) -> str:
    """Return Markdown without the signs that have found their other half, breaks, and the signs of items."""
    if "<" in source:
        source = _BREAK.sub("\n", source)
    return _without_emphasis(_ITEM.sub("", source))


def _without_emphasis(source: str) -> str:
    """Return Markdown without the signs of emphasis that have found their other half."""
    if _EMPHASIS.search(source):
        source = _STRONG.sub(lambda found: f"{found[3]}{found[4]}{found[5]}", source)
    if _EMPHASIS.search(source):
        source = _EM.sub(lambda match: match[1] or match[2], source)
    return source


def without_marks(source: str) -> str:
    """Return plain words with a dot before the items of a list, and quotations without their sign."""
    source = _ITEM.sub(lambda found: f"{found[1]}• ", source)
    return _QUOTED.sub("", source) if ">" in source else source


def nested(markup: str) -> str:
    """Return HTML without those signs of emphasis that would not be closed within the element they were opened in."""
    if not _SIGN.search(markup):
        return markup
    is_nested = not _SIGN.search(_PLAIN_PAIR.sub("", markup))
    return markup if is_nested else _closed_within(markup)


def _closed_within(markup: str) -> str:
    open_signs: list[tuple[str, int]] = []
    kept: set[int] = set()
    for found in _SIGN_OR_TAG.finditer(markup):
        sign, at = found.group(), found.start()
        if sign.startswith("<"):
            if not sign.startswith("<br"):
                open_signs.clear()
        elif sign in _CLOSES.values():
            open_signs.append((sign, at))
        elif open_signs and open_signs[-1][0] == _CLOSES[sign]:
            kept |= {at, open_signs.pop()[1]}
    return _SIGN.sub(lambda sign: sign[0] if sign.start() in kept else "", markup)

"""The HTML of blocks that are letters and plain punctuation, without a reader of Markdown and without a sanitiser.

Most blocks of a reading are a title, a paragraph, a short list or a quoted line. This is an optimisation: of every block that it
takes, ``render`` would make the same HTML. Nothing that could be a tag, an entity or an escape is let through.
"""

from __future__ import annotations

import re
from typing import Final

# Signs that mean nothing to Markdown and HTML within a line; the private ones stand for our own tags (markdown.py).
_LETTER: Final = "[\\w \"'(),.!?:;…·~%/=—–“”‘’「」『』《》〈〉→・+\\-\ue000-\ue004]"
# A line that begins no item, title or quotation.
_LINE: Final = rf"(?![-+ ]|\d+[.)](?: |\n|$)){_LETTER}+"
_PARAGRAPH: Final = re.compile(rf"{_LINE}(?:\n{_LINE})*")
# A title may begin with a number or a sign of a list: it is one line, and nothing begins within it.
_HEADING: Final = re.compile(rf"(#{{1,6}}) ((?! ){_LETTER}+)")
_QUOTED: Final = re.compile(rf"> {_LINE}(?:\n> {_LINE})*")
_ITEM: Final = re.compile(rf"(?:-|([1-9][0-9]{{0,2}})\.) ({_LINE})")


def html_of(source: str) -> str | None:
    """Return the HTML of a simple block; None for any other."""
    if _PARAGRAPH.fullmatch(source):
        return _paragraph(source)
    if _QUOTED.fullmatch(source):
        lines = source.removeprefix("> ").replace("\n> ", "\n")
        return f"<blockquote>\n{_paragraph(lines)}\n</blockquote>"
    if heading := _HEADING.fullmatch(source):
        level = 3 if heading[1] == "##" else 4
        return f"<h{level}>{heading[2].rstrip(' ')}</h{level}>"
    items = [_ITEM.fullmatch(line) for line in source.split("\n")]
    found = [item for item in items if item is not None]
    # A list has one kind of sign: another one begins another list.
    if len(found) < len(items) or len({item[1] is None for item in found}) > 1:
        return None
    rows = "".join(f"<li>{item[2].rstrip(' ')}</li>\n" for item in found)
    first = found[0][1]
    if first is None:
        return f"<ul>\n{rows}</ul>"
    return f"<ol>\n{rows}</ol>" if first == "1" else f'<ol start="{first}">\n{rows}</ol>'


def _paragraph(lines: str) -> str:
    return "<p>" + "<br>\n".join(line.rstrip(" ") for line in lines.split("\n")) + "</p>"

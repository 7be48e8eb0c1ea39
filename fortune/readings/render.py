"""A reading's Markdown as safe HTML, block by block, the same while it streams and after a refresh.

A block is closed by an empty line or by the line of a heading; what is still open is shown as plain text.
Each block is rendered by itself, so a block once sent never changes. Only a few tags without any
attribute of the writer's leave this module; links, images and HTML are shown as the text they are. Markdown that
was not asked for (tables, rules, fences, emphasis) is repaired first (``markdown``).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

import nh3
from markdown_it import MarkdownIt

from fortune.readings import grounding, markdown
from fortune.readings.evidence import Evidence

MAX_CITATIONS = 6
# The longest block, so that the cost of any text grows only with its length.
MAX_BLOCK = 3_000
_TAGS = {
    *("h2", "h3", "p", "ul", "ol", "li", "strong", "em", "blockquote", "br"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_MARKER = re.compile(r"(?<![ \t])[ \t]*\[\[([^\[\]\n]{0,300})\]\]")
_UNFINISHED = re.compile(
    r"(?<![ \t])[ \t]*\[\[[a-z0-9_.,\- ]*\]?$", re.MULTILINE
)  # a text that ended inside a marker
_OPEN_MARKER = re.compile(r"(?<![ \t])[ \t]*\[(?:\[[^\]\n]*\]?)?$")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_CITATIONS = "\ue000"  # stands for a row of chips, as those of ``markdown`` do for other tags
_STYLES = {
    markdown.STRONG_ON: "<strong>",
    markdown.STRONG_OFF: "</strong>",
    markdown.EM_ON: "<em>",
    markdown.EM_OFF: "</em>",
}
_SIGNS = (_CITATIONS, *_STYLES)
_PRIVATE = re.compile("[\ue000-\uf8ff\r]")
_PIECE = re.compile(r"<[^>]*>|&[a-zA-Z0-9#]+;|[^<&]+|[<&]")

_markdown = (
    MarkdownIt("commonmark", {"html": False, "breaks": True})
    .enable("table")
    .disable(["code", "fence", "html_block", "reference", "lheading", "hr"])
    .disable(["emphasis", "backticks", "link", "image", "autolink", "html_inline"])
)


@dataclass(frozen=True, slots=True)
class Block:
    """One closed block. ``section`` counts the titles begun so far, this one included."""

    html: str
    plain: str
    facts: tuple[str, ...]
    section: int


class Blocks:
    """The blocks of a text that arrives in pieces. An annotator of ``core.streams``.

    Events: "block" {"n", "html", "section"} once for each closed block, "tail" {"text"} when the open
    text has changed.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.reset()

    def reset(self) -> None:
        """Forget all text."""
        self._rest = ""  # the line not yet complete
        self._lines: list[str] = []  # the complete lines of the open block
        self._section = 0
        self._count = 0
        self._tail = ""

    def feed(self, text: str) -> list[tuple[str, Any]]:
        """Add text and return the events that follow from it."""
        events = [self._event(block) for block in self.add(text)]
        return events + self._tail_event()

    def finish(self) -> list[tuple[str, Any]]:
        """Close the open block and return the last events."""
        events = [self._event(block) for block in self.close()]
        return events + self._tail_event()

    def add(self, text: str) -> list[Block]:
        """Add text and return the blocks that it has closed."""
        *complete, rest = (self._rest + _PRIVATE.sub("", text)).split("\n")
        blocks: list[Block] = []
        for line in complete:
            for part in markdown.repaired(self._shortened(line, blocks)):
                blocks += self._line(part)
        self._rest = self._shortened(rest, blocks)
        return blocks

    def _shortened(self, line: str, blocks: list[Block]) -> str:
        """Cut whole blocks of ``MAX_BLOCK`` off the front of a line, and return the rest."""
        while len(line) > MAX_BLOCK:
            blocks += self._closed()
            for part in markdown.repaired(line[:MAX_BLOCK]):
                blocks += self._line(part)
            blocks += self._closed()
            line = line[MAX_BLOCK:]
        return line

    def _line(self, line: str) -> list[Block]:
        """Add a complete line and return the blocks that it closes."""
        if _HEADING.match(line):
            blocks = self._closed()
            self._section += 1
            return [*blocks, self._render(line)]
        if not line.strip():
            return self._closed()
        # A list or a paragraph of many lines ends before it grows past the bound.
        full = sum(map(len, self._lines)) + len(line) > MAX_BLOCK
        blocks = self._closed() if full else []
        self._lines.append(line)
        return blocks

    def close(self) -> list[Block]:
        """Close the open block, if there is one."""
        blocks = self.add("\n") if self._rest else []
        return blocks + self._closed()

    @property
    def tail(self) -> str:
        """The open text as plain words, without markers, whole or begun.

        It is as near as possible to its final look: a sign that appears and then vanishes would flicker.
        """
        source = _without_markers("\n".join([*self._lines, self._rest]))
        return markdown.without_marks(markdown.without_signs(source, is_open=True))

    def _closed(self) -> list[Block]:
        if not self._lines:
            return []
        source, self._lines = "\n".join(self._lines), []
        return [self._render(source)]

    def _render(self, source: str) -> Block:
        return _block(source, self._section, self._evidence)

    def _event(self, block: Block) -> tuple[str, Any]:
        self._count += 1
        return "block", {"n": self._count - 1, "html": block.html, "section": block.section}

    def _tail_event(self) -> list[tuple[str, Any]]:
        before, self._tail = self._tail, self.tail
        return [("tail", {"text": self._tail})] if self._tail != before else []


def blocks(text: str, evidence: Evidence) -> list[Block]:
    """Return all blocks of a finished text."""
    reader = Blocks(evidence)
    return reader.add(text) + reader.close()


def plain_text(text: str) -> str:
    """Return the text for copying: no markers, no Markdown signs."""
    return markdown.without_signs(_without_markers(text)).strip() + "\n"


def _without_markers(source: str) -> str:
    return _OPEN_MARKER.sub("", _MARKER.sub("", source))


def _block(source: str, section: int, evidence: Evidence) -> Block:
    cited: list[tuple[str, ...]] = []

    def cited_by(match: re.Match[str]) -> str:
        ids = (word.strip() for word in match[1].split(","))
        cited.append(tuple(dict.fromkeys(i for i in ids if i in evidence.citations))[:MAX_CITATIONS])
        return _CITATIONS

    source = _UNFINISHED.sub("", _MARKER.sub(cited_by, source))
    markup = nh3.clean(
        _markdown.render(markdown.emphasised(source)), tags=_TAGS, attributes={"ol": {"start"}}
    )
    markup = markdown.nested(re.sub(r"<(/?)h[14-6]>", r"<\1h3>", markup).strip())
    plain = "".join(html.unescape(piece) for piece in _PIECE.findall(markup) if not piece.startswith("<"))
    for sign in _SIGNS:
        plain = plain.replace(sign, "")
    marked = _marked(markup, grounding.check(plain, evidence.truth), evidence.language)
    for sign, tag in _STYLES.items():
        marked = marked.replace(sign, tag)
    rows = iter(cited)
    marked = re.sub(_CITATIONS, lambda _: _citation_row(next(rows), evidence), marked)
    marked = marked.replace("<h2>", f'<h2 data-section="{section}">')
    facts = tuple(dict.fromkeys(fact for ids in cited for fact in ids))
    return Block(marked, plain.strip(), facts, section)


def _citation_row(ids: tuple[str, ...], evidence: Evidence) -> str:
    buttons = (
        f'<button type="button" class="chip" data-fact="{html.escape(fact)}"'
        f' data-cells="{html.escape(" ".join(evidence.citations[fact].cells))}"'
        f' title="{html.escape(evidence.citations[fact].says)}">{html.escape(evidence.citations[fact].label)}</button>'
        for fact in ids
    )
    row = " ".join(buttons)
    return f' <span class="chips">{row}</span>' if row else ""


def _marked(markup: str, findings: tuple[grounding.Finding, ...], language: str) -> str:
    """Return ``markup`` with each finding's letters in <mark>, followed by the engine's statement."""
    if not findings:
        return markup
    out: list[str] = []
    at, todo, inside = 0, list(findings), False
    for piece in _PIECE.findall(markup):
        if piece.startswith("<"):
            # A mark never spans a tag: it is closed before it and opened again after.
            out.append(f'</mark>{piece}<mark class="contradiction">' if inside else piece)
            continue
        letters = [piece] if piece.startswith("&") else list(piece)
        for letter in letters:
            if letter in _SIGNS:
                out.append(f'</mark>{letter}<mark class="contradiction">' if inside else letter)
                continue
            if todo and not inside and at == todo[0].start:
                out.append('<mark class="contradiction">')
                inside = True
            out.append(letter)
            at += len(html.unescape(letter))
            if inside and at >= todo[0].end:
                found = todo.pop(0)
                truth = found.truth_ko if language == "ko" else found.truth_en
                note = html.escape(truth)
                out.append(f'</mark><span class="contradiction-note">{note}</span>')
                inside = False
    return "".join(out)

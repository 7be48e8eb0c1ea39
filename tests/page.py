"""A page's text as its script puts it together (static/js/blocks.js), for tests without a browser."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

_CHIP = re.compile(
    r'<button type="button" class="chip" data-fact="(.*?)" data-cells="(.*?)" title="(.*?)">(.*?)</button>'
)


class Page:
    """The HTML of a page's closed blocks, and its open text."""

    def __init__(self, evidence: str = "근거") -> None:
        self._evidence = evidence  # what it is called in the text's language
        self.blocks: list[str] = []
        self.open = ""
        self._chips: dict[str, str] = {}

    def load(self, blocks: list[str]) -> None:
        """Begin with the HTML of a page that was loaded in the middle of a text."""
        self.blocks = list(blocks)
        for block in blocks:
            for found in _CHIP.finditer(block):
                self._chips[html.unescape(found[1])] = found[0]

    def take_all(self, events: Iterable[tuple[str, Any]]) -> None:
        for name, data in events:
            self.take(name, data)

    def take(self, name: str, data: Any) -> None:
        if name == "tail":
            self.open = data["text"]
        elif name == "reset":
            self.blocks, self.open = [], ""
        elif name in ("text", "blocks"):
            source = self.open + data.get("text", "")
            self.open = self._put_together(data["tail"], source) if "tail" in data else source
            self.blocks += [self._put_together(parts, source) for parts in data.get("blocks", [])]

    def _put_together(self, parts: list[Any], source: str) -> str:
        text, at = "", 0
        for part in parts:
            if isinstance(part, str):
                text += part
            elif isinstance(part, list):
                chips = f'<span class="chips">{" ".join(map(self._chip, part))}</span>'
                text += f'<details class="evidence"><summary>{self._evidence} {len(part)}</summary> {chips}</details>'
            elif part < 0:
                at -= part
            else:
                text += source[at : at + part]
                at += part
        return text

    def _chip(self, told: list[str]) -> str:
        fact, *more = told
        if more:
            cells, says, label = map(html.escape, more)
            self._chips[fact] = (
                f'<button type="button" class="chip" data-fact="{html.escape(fact)}"'
                f' data-cells="{cells}" title="{says}">{label}</button>'
            )
        return self._chips[fact]

"""Pictures of a chart as SVG, drawn on the server.

Colours come from style sheets by class, words from the caller. Each has a title for screen readers; the page says the same in text beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi, sin

from django.utils.safestring import SafeString, mark_safe

from fortune.pages.charts.chart import ELEMENT_CLASSES

RING, CENTRE, MIDDLE = 104.0, 200.0, 182.0
SMALLEST, LARGEST = 17.0, 46.0


def _svg(name: str, width: float, height: float, title: str, body: str) -> SafeString:
    return mark_safe(  # noqa: S308 - every word in it went through escape()
        f'<svg class="{name}" viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="{name}-title">'
        f'<title id="{name}-title">{escape(title)}</title>{body}</svg>'
    )


def _text(x: float, y: float, words: str, css: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{css}">{escape(words)}</text>'


def elements_wheel(title: str, words: Sequence[str], shares: Sequence[float]) -> SafeString:
    """Return the five elements on a ring, each circle's area growing with its share (per cent).

    Arrows on the ring: 상생. Lines inside: 상극. 목 stands at the top, as the year begins with it.
    """
    at = [(CENTRE + RING * sin(2 * pi * i / 5), MIDDLE - RING * cos(2 * pi * i / 5)) for i in range(5)]
    radii = [SMALLEST + (LARGEST - SMALLEST) * (min(share, 60) / 60) ** 0.5 for share in shares]
    lines = "".join(_between(at[i], at[(i + 2) % 5], radii[i], radii[(i + 2) % 5], "geuk") for i in range(5))
    lines += "".join(
        _between(at[i], at[(i + 1) % 5], radii[i], radii[(i + 1) % 5], "saeng") for i in range(5)
    )
    circles = "".join(
        f'<circle class="tile-{name}" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>'
        + (_text(x, y + 5.5, word, f"on-{name} name") if _fits(word, r) else "")
        for name, (x, y), r, word in zip(ELEMENT_CLASSES, at, radii, words, strict=True)
    )
    shown = "".join(
        _text(
            *_outside(i, radii[i]),
            f"{share:g}%" if _fits(words[i], radii[i]) else f"{words[i]} {share:g}%",
            "share",
        )
        for i, share in enumerate(shares)
    )
    return _svg("elements-wheel", 400, 350, title, lines + circles + shown)


def _fits(word: str, radius: float) -> bool:
    """Return whether a name has room in its circle. Hangul is about 16 wide at this size, Latin letters 9."""
    return sum(16 if c > "\u1100" else 9 for c in word) <= 2 * radius - 4


def _outside(i: int, radius: float) -> tuple[float, float]:
    """Return the place of element ``i``'s share: outside its circle, seen from the middle."""
    far = RING + radius + 16
    return CENTRE + (far + 8) * sin(2 * pi * i / 5), MIDDLE - far * cos(2 * pi * i / 5) + 5


def _between(a: tuple[float, float], b: tuple[float, float], ra: float, rb: float, css: str) -> str:
    """Draw a line from circle to circle, with a small head at its end."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = (dx * dx + dy * dy) ** 0.5
    ux, uy = dx / length, dy / length
    x1, y1 = a[0] + ux * (ra + 3), a[1] + uy * (ra + 3)
    x2, y2 = b[0] - ux * (rb + 4), b[1] - uy * (rb + 4)
    px, py = -uy, ux
    head = (
        f"M{x2:.1f} {y2:.1f}L{x2 - 7 * ux + 3.5 * px:.1f} {y2 - 7 * uy + 3.5 * py:.1f}"
        f"L{x2 - 7 * ux - 3.5 * px:.1f} {y2 - 7 * uy - 3.5 * py:.1f}Z"
    )
    return (
        f'<line class="{css}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
        f'<path class="{css}-head" d="{head}"/>'
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One 십성: its name, how many letters, and the element it is for this day stem."""

    word: str
    count: int
    element: str


def gods_bars(title: str, bars: Sequence[Bar], most: int) -> SafeString:
    """Ten bars, two by two in their five groups."""
    rows, unit = [], 150 / max(most, 4)
    # Letters of Hangul are about 15 wide at this size, Latin ones 8.
    left = max(62, *(sum(15 if c > "\u1100" else 8 for c in bar.word) for bar in bars))
    for i, bar in enumerate(bars):
        y = 14 + i * 27 + (i // 2) * 9
        rows.append(_text(left, y + 13, bar.word, "label end"))
        rows.append(f'<rect class="track" x="{left + 10}" y="{y}" width="150" height="16" rx="5"/>')
        if bar.count:
            rows.append(
                f'<rect class="tile-{bar.element}" x="{left + 10}" y="{y}" width="{bar.count * unit:.1f}" '
                f'height="16" rx="5"/>'
            )
        rows.append(_text(left + 172, y + 13, str(bar.count), "label" if bar.count else "label soft"))
    return _svg("gods-bars", left + 194, 320, title, "".join(rows))


def strength_scale(
    title: str, words: Sequence[str], edges: Sequence[float], score: float, weak: str, strong: str
) -> SafeString:
    """Return a scale from weak to strong with eight bands, and a mark at ``score`` (0 … 100)."""
    left, width, top = 10.0, 330.0, 46.0
    bounds = (0.0, *edges, 100.0)
    parts = []
    for i, word in enumerate(words):
        x1, x2 = (left + width * bounds[i + k] / 100 for k in (0, 1))
        here = bounds[i] <= score < bounds[i + 1] or (i == len(words) - 1 and score >= bounds[i])
        css = "band here" if here else "band"
        parts.append(f'<rect class="{css}" x="{x1:.1f}" y="{top}" width="{x2 - x1 - 2:.1f}" height="18"/>')
        if here:
            at = min(max((x1 + x2) / 2, left + 90), left + width - 90)
            parts.append(_text(at, top + 42, word, "label strong"))
    at = left + width * score / 100
    mark = min(max(at, left + 24), left + width - 24)
    parts.append(
        f'<line class="middle" x1="{left + width / 2}" y1="{top - 5}" x2="{left + width / 2}" y2="{top + 23}"/>'
    )
    parts.append(f'<path class="mark" d="M{at:.1f} {top - 3}l-8 -12h16z"/>')
    parts.append(_text(mark, top - 22, f"{score:g}%", "label strong"))
    parts.append(_text(left, top + 42, weak, "label start soft"))
    parts.append(_text(left + width, top + 42, strong, "label end soft"))
    return _svg("strength-scale", 350, 100, title, "".join(parts))


@dataclass(frozen=True, slots=True)
class Arc:
    """A relation to draw: columns by number from the left, above (stems) or below (branches)."""

    columns: tuple[int, ...]
    above: bool
    word: str
    kind: str


def relation_arcs(
    title: str, letters: Sequence[tuple[str, str, str, str] | None], arcs: Sequence[Arc]
) -> SafeString:
    """Arcs between pillars; ``letters`` are (stem, its element class, branch, its class) by column."""
    gap, left, step = 88.0, 46.0, 30.0
    above = _levels([arc for arc in arcs if arc.above])
    below = _levels([arc for arc in arcs if not arc.above])
    head = 26 + step * (1 + max(above.values(), default=-1))
    foot = 26 + step * (1 + max(below.values(), default=-1))
    stems, branches = head, head + 66
    parts = []
    for arc in arcs:
        level = above[arc] if arc.above else below[arc]
        edge = stems - 6 if arc.above else branches + 62
        y = edge - step * (level + 0.75) if arc.above else edge + step * (level + 0.75)
        xs = [left + gap * column for column in arc.columns]
        lean = (level % 3 - 1) * 9
        ends = "".join(f"M{x + lean:.1f} {edge:.1f}V{y:.1f}" for x in xs)
        parts.append(
            f'<path class="arc {arc.kind}" d="{ends}M{xs[0] + lean:.1f} {y:.1f}H{xs[-1] + lean:.1f}"/>'
        )
        middle = (xs[0] + xs[-1]) / 2 + lean
        half = 6 + 7.5 * len(arc.word)
        parts.append(
            f'<rect class="plate" x="{middle - half:.1f}" y="{y - 12:.1f}" width="{2 * half:.1f}" height="24" rx="12"/>'
        )
        parts.append(_text(middle, y + 5, arc.word, f"label {arc.kind}"))
    for column, four in enumerate(letters):
        x = left + gap * column
        for at, k in ((stems, 0), (branches, 2)):
            css = "unknown" if four is None else four[k + 1]
            sign = "?" if four is None else four[k]
            parts.append(
                f'<rect class="tile-{css}" x="{x - 28}" y="{at}" width="56" height="56" rx="12"/>'
                f'<text lang="ko-Hani" x="{x:.1f}" y="{at + 39:.1f}" class="sign on-{css}">{escape(sign)}</text>'
            )
    return _svg("relation-arcs", 2 * left + 3 * gap, branches + 62 + foot, title, "".join(parts))


def _levels(arcs: Sequence[Arc]) -> dict[Arc, int]:
    """Return a height for each arc, so that none crosses another's word; short ones are nearest the letters."""
    taken: list[list[tuple[int, int]]] = []
    found: dict[Arc, int] = {}
    for arc in sorted(arcs, key=lambda a: (a.columns[-1] - a.columns[0], a.columns)):
        span = (arc.columns[0], arc.columns[-1])
        level = 0
        while level < len(taken) and any(a < span[1] and span[0] < b for a, b in taken[level]):
            level += 1
        if level == len(taken):
            taken.append([])
        taken[level].append(span)
        found[arc] = level
    return found


def luck_curve(title: str, words: Sequence[str], heights: Sequence[float]) -> SafeString:
    """Return a line through the heights (−2 to 2) of the ten 대운, the ages below."""
    points = [(30 + n * 38.0, 60 - height * 22) for n, height in enumerate(heights)]
    line = " ".join(f"{x:.0f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle class="tile-fire" cx="{x:.0f}" cy="{y:.1f}" r="4"/>' for x, y in points)
    ages = "".join(_text(x, 132, word, "label") for (x, _), word in zip(points, words, strict=True))
    middle = '<line class="geuk" x1="20" y1="60" x2="384" y2="60"/>'
    curve = f'<polyline class="saeng" fill="none" points="{line}"/>'
    return _svg("luck-curve", 400, 140, title, middle + curve + dots + ages)

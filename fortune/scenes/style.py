"""The style sheet that colours scenes inside pages, in the theme of the page."""

from __future__ import annotations

from typing import Final

from fortune.scenes.palette import (
    LAND_ROLES,
    LANDS,
    MOTIF_ROLES,
    MOTIFS,
    Theme,
    land_colours,
    motif_colours,
    tint_share,
    tint_weight,
)

_HEAD: Final = """/* Scenes of the sixty day pillars. Written by tools/assets/scenes.py from fortune/scenes: change it there. */

.scene-frame { margin: 0; overflow: hidden; border-radius: var(--radius); aspect-ratio: 3 / 2; }
.scene-frame.hero { height: 10rem; max-width: 26rem; margin-bottom: 1rem; aspect-ratio: auto; }
.scene { display: block; width: 100%; height: 100%; }
"""
_STROKE: Final = "fill:none;stroke-linecap:round;stroke-linejoin:round"
_TINTED: Final = "color-mix(in srgb,var(--s{}),var(--st) calc(var(--share)*var(--weight,1)))"


def style_sheet() -> str:
    """Return ``static/css/scenes.css``: the roles, then the colours of all landscapes and motifs in both themes."""
    dark = _colours(Theme.DARK)
    system = _scoped(dark, ':root:not([data-theme="light"])')
    chosen = _scoped(dark, ':root[data-theme="dark"]')
    media = f"@media (prefers-color-scheme: dark) {{\n{system}}}\n"
    return _HEAD + _roles() + _colours(Theme.LIGHT) + _tints() + media + chosen


def _roles() -> str:
    filled = "".join(_painted(role, f"var(--s{role})") for role in LAND_ROLES + MOTIF_ROLES)
    # A browser without color-mix() shows a motif in its own colours, outside its landscape's light.
    tinted = "".join(_painted(role, _TINTED.format(role)) for role in MOTIF_ROLES)
    stops = ".scene .sa{stop-color:var(--sa)}\n.scene .sb{stop-color:var(--sb)}\n"
    return f"{filled}{stops}@supports (color: color-mix(in srgb, red, blue)) {{\n{tinted}}}\n"


def _painted(role: str, value: str) -> str:
    return f".scene .s{role}{{fill:{value}}}\n.scene .k{role}{{{_STROKE};stroke:{value}}}\n"


def _colours(theme: Theme) -> str:
    lands = (_rule(f".land-{name}", land_colours(at, theme)) for at, name in enumerate(LANDS))
    motifs = (_rule(f".motif-{name}", motif_colours(at, theme)) for at, name in enumerate(MOTIFS))
    return "".join((*lands, *motifs))


def _tints() -> str:
    shares = (f".land-{name}{{--share:{tint_share(at):.0%}}}\n" for at, name in enumerate(LANDS))
    weights = (f".motif-{name}{{--weight:{tint_weight(at):g}}}\n" for at, name in enumerate(MOTIFS))
    return "".join((*shares, *weights))


def _rule(selector: str, values: dict[str, str]) -> str:
    return selector + "{" + ";".join(f"--s{role}:{value}" for role, value in values.items()) + "}\n"


def _scoped(rules: str, root: str) -> str:
    return "".join(f"{root} {line}\n" for line in rules.splitlines())

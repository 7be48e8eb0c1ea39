"""The colours of the scenes: eight roles for each landscape, five for each motif, lighter and darker by theme.

A motif stands in its landscape's light: its colours are mixed with the landscape's tint. Style sheets and pictures
do the same sum.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

LANDS: Final = ("ja", "chuk", "in", "myo", "jin", "sa", "o", "mi", "sin", "yu", "sul", "hae")
MOTIFS: Final = ("gap", "eul", "byeong", "jeong", "mu", "gi", "gyeong", "sin", "im", "gye")

# Sky above, sky below, far, middle, near, dark detail, light detail, warm detail; then the tint.
_LANDS: Final = {
    "ja": ("#16213c", "#42597d", "#2c3d5e", "#5d7699", "#dfe6ef", "#1b2843", "#f3efdf", "#8fa5c2", "#2a3b60"),
    "chuk": ("#39456b", "#d8b3b0", "#7484a3", "#a9b7cb", "#e7ebf1", "#46506e", "#fbfaf6", "#c39c93", "#5a6889"),
    "in": ("#a9bccb", "#f5d9ac", "#9fb3ae", "#6a8b81", "#3f6258", "#28443e", "#fdf1d6", "#c7cfae", "#8a9a8c"),
    "myo": ("#cfe0e6", "#fbe6dc", "#b5ccb0", "#93b98a", "#74a36d", "#4c7a52", "#fff8f4", "#e9a3b4", "#e3d5c4"),
    "jin": ("#a8b9bd", "#dfe3d8", "#93aaa4", "#7b9a82", "#5f8568", "#3f6350", "#eef2ea", "#b9cdc8", "#9fb0a8"),
    "sa": ("#8fc4dc", "#f7efcf", "#a9c9a0", "#7fb06a", "#5f9950", "#3d7440", "#fffdf3", "#ecd9a4", "#f2e3b4"),
    "o": ("#5fb0d8", "#fdf0c0", "#a8c690", "#c7c85f", "#e0bf47", "#6d8a3b", "#fffbe8", "#f0d878", "#f7dc8c"),
    "mi": ("#e9c48f", "#f9ead0", "#bfa878", "#c99f5b", "#b58244", "#6f5a33", "#fdf4e0", "#d9752f", "#e2b878"),
    "sin": ("#93a9bd", "#e6e4dc", "#8997a6", "#6a7889", "#4d5b69", "#35424e", "#f4f3ee", "#c0703f", "#8996a2"),
    "yu": ("#6f6a96", "#f3c48e", "#8d7a92", "#b98a5c", "#dcab4c", "#5a4238", "#fdeec4", "#d9622b", "#a98a6e"),
    "sul": ("#7a4a5e", "#ee9a5e", "#9a5f5f", "#7d4846", "#593436", "#3a2328", "#fde0b0", "#d9b483", "#8a4f48"),
    "hae": ("#5d7188", "#c6d2d8", "#8093a5", "#56708a", "#3f5a75", "#2a4059", "#eef3f5", "#a9bcc8", "#5a7188"),
}  # fmt: skip

_SHARES: Final = {
    "ja": 0.3,
    "chuk": 0.24,
    "in": 0.16,
    "myo": 0.08,
    "jin": 0.16,
    "sa": 0.08,
    "o": 0.1,
    "mi": 0.16,
    "sin": 0.18,
    "yu": 0.2,
    "sul": 0.26,
    "hae": 0.22,
}

_MOTIFS: Final = {
    # trunk, its shade, needles, needles in shade, needles in light
    "gap": ("#9a5b3f", "#6f3f2e", "#2f6b4f", "#1f4f3d", "#5c9a6c"),
    # stem, leaf, leaf in shade, flower, its throat
    "eul": ("#4f7a3d", "#6a9f4f", "#3f6f3c", "#b6487e", "#fbe9f1"),
    # disc, its inner light, halo, wide halo, -
    "byeong": ("#d8402b", "#e8603a", "#f19a5a", "#f6c58a", "#f9dcae"),
    # pole, red cloth, blue cloth, light, paper
    "jeong": ("#4a3328", "#c8352f", "#2f4f8f", "#ffd27a", "#fff1c9"),
    # lit face, shaded face, foot, cloud, cloud in shade
    "mu": ("#8b8f7c", "#5f6a62", "#6f7d66", "#fbf6ea", "#dcd8ca"),
    # earth, furrow, crest in light, sprout, sprout in light
    "gi": ("#8a5f3c", "#6b452b", "#a8794f", "#4f8a3f", "#8fc069"),
    # iron, iron in shade, iron in light, beam, roof
    "gyeong": ("#5b6a6c", "#3d4a4e", "#8da0a0", "#9a4c3a", "#454f59"),
    # facet in light, middle facet, shaded facet, top, glint
    "sin": ("#f5fbff", "#bcd3ea", "#8aa6cc", "#e3d4f0", "#ffffff"),
    # water, deep water, light on water, sail, hull
    "im": ("#3f86a8", "#2a6688", "#d5ecf0", "#fbf3e0", "#6b4331"),
    # cloud, cloud in shade, rain, ripple, leaf
    "gye": ("#e6eaec", "#a4b4c0", "#7fa9c4", "#8fb4ca", "#6fa06a"),
}

LAND_ROLES: Final = "abfmndlw"
MOTIF_ROLES: Final = "01234"
TINT: Final = "t"
NIGHT: Final = "#12131d"
DUSK: Final = "#191d3d"
"""These are mixed into the ground and into the sky by the dark theme."""
DIMMED: Final = {"a": 0.66, "b": 0.5, "l": 0.22, "w": 0.28}
"""How much of it, where it is not ``USUAL``: most in the sky, least in what is light."""
USUAL: Final = 0.42


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


def scene_name(stem: int, branch: int) -> str:
    """Return the name of a scene in addresses of files."""
    return f"{MOTIFS[stem]}-{LANDS[branch]}"


def colours(stem: int, branch: int, theme: Theme) -> dict[str, str]:
    """Return the colour of every role of a scene."""
    land, share = land_colours(branch, theme), tint_share(branch) * tint_weight(stem)
    tint = land.pop(TINT)
    motif = motif_colours(stem, theme)
    return land | {role: _mix(colour, tint, share) for role, colour in motif.items()}


def land_colours(branch: int, theme: Theme) -> dict[str, str]:
    """Return the colours of a landscape, its tint among them."""
    found = dict(zip(LAND_ROLES + TINT, _LANDS[LANDS[branch]], strict=True))
    if theme is Theme.LIGHT:
        return found
    return {
        role: _mix(colour, DUSK if role in "ab" else NIGHT, DIMMED.get(role, USUAL))
        for role, colour in found.items()
    }


def motif_colours(stem: int, theme: Theme) -> dict[str, str]:
    """Return the colours of a motif in no landscape's light."""
    found = dict(zip(MOTIF_ROLES, _MOTIFS[MOTIFS[stem]], strict=True))
    return found if theme is Theme.LIGHT else {role: _mix(c, NIGHT, 0.16) for role, c in found.items()}


def tint_share(branch: int) -> float:
    """Return how much of a landscape's tint goes into a motif."""
    return _SHARES[LANDS[branch]]


def tint_weight(stem: int) -> float:
    """Return how much of that share a motif takes: sun, lamp and jewel shine by themselves."""
    return 0.3 if MOTIFS[stem] in ("byeong", "jeong", "sin") else 1.0


def _mix(colour: str, other: str, share: float) -> str:
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in pairs).hex()

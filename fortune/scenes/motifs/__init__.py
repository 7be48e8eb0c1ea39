"""The ten motifs, by stem from 갑 to 계."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from fortune.scenes.land import Land, Motif
from fortune.scenes.motifs.flowing import rain, river
from fortune.scenes.motifs.growing import field, pine, vine
from fortune.scenes.motifs.lasting import bell, mountain
from fortune.scenes.motifs.shining import crystals, lantern, sun

MOTIF_SHAPES: Final[tuple[Callable[[Land], Motif], ...]] = (
    pine, vine, sun, lantern, mountain, field, bell, crystals, river, rain,
)  # fmt: skip

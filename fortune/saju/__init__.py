"""The Saju engine: frozen values in, frozen values out. No Django, no clock, no I/O when called."""

from fortune.saju import places
from fortune.saju.birth import Birth, Options, SajuError
from fortune.saju.calendar import lunar
from fortune.saju.chart import (
    ENGINE_VERSION,
    Candidate,
    Chart,
    birth_of,
    cast,
    digest,
    options_of,
    pillars_of,
    snapshot_of,
)
from fortune.saju.cycle import Pillar, Pillars
from fortune.saju.luck import Luck
from fortune.saju.notices import Correction, Notice
from fortune.saju.places import Place
from fortune.saju.schools import CHOICES, Schools

__all__ = [
    "CHOICES",
    "ENGINE_VERSION",
    "Birth",
    "Candidate",
    "Chart",
    "Correction",
    "Luck",
    "Notice",
    "Options",
    "Pillar",
    "Pillars",
    "Place",
    "SajuError",
    "Schools",
    "birth_of",
    "cast",
    "digest",
    "lunar",
    "options_of",
    "pillars_of",
    "places",
    "snapshot_of",
]

"""The Saju engine: frozen values in, frozen values out. No Django, no clock, no I/O when called.

- In: ``birth`` (a moment and how it is computed), ``schools`` (the choices), ``places``, ``branch_hours`` (a time by
  the name of its 시).
- The chart: ``chart`` (``cast``), over ``calendar``; ``luck`` (대운), ``notes`` (corrections, warnings, an unknown hour).
- From the chart: ``derive`` (ten gods, strength, 용신 …), ``statements`` (what may be said), ``match`` (two charts),
  ``compare`` (hours of a day, two schools), ``moments`` (back from pillars to days).
- Underneath: ``cycle`` (stems, branches and pillars as integers), ``data`` (tables), ``glossary``, ``korean``.
- Out: ``terminal`` (the command line and JSON lines).
"""

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
from fortune.saju.notes.notices import Correction, Notice
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

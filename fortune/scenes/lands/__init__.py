"""The twelve landscapes, from a winter night by the water (자) to the sea at the beginning of winter (해)."""

from __future__ import annotations

from typing import Final

from fortune.scenes.lands.cold import (
    FROZEN_FIELD,
    HARVEST_EVENING,
    HILL_AT_DUSK,
    NIGHT_RIVER,
    ROCKY_RIDGE,
    WINTER_SEA,
)
from fortune.scenes.lands.warm import DRY_FIELD, FOREST_AT_DAWN, MEADOW, NOON_PLAIN, SUNLIT_SLOPE, WET_HILLS

LANDSCAPES: Final = (
    NIGHT_RIVER, FROZEN_FIELD, FOREST_AT_DAWN, MEADOW, WET_HILLS, SUNLIT_SLOPE,
    NOON_PLAIN, DRY_FIELD, ROCKY_RIDGE, HARVEST_EVENING, HILL_AT_DUSK, WINTER_SEA,
)  # fmt: skip

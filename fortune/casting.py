"""Charts that were cast a moment ago: a visit needs the same one for the form, the reading, its page and its events."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from fortune.saju import Birth, Chart, Options, cast

# So many charts a worker keeps, some 20 KB each with their facts: those of the last few seconds.
KEPT: Final = 24


@lru_cache(maxsize=KEPT)
def chart_of(birth: Birth, options: Options) -> Chart:
    """Return the chart of a birth, with the facts that have been derived from it. Raises SajuError as ``cast`` does."""
    return cast(birth, options)


def forget() -> None:
    """Drop all charts: somebody has deleted a reading, whose birth must not stay in memory."""
    chart_of.cache_clear()

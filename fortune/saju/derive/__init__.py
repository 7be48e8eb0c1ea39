"""Everything that follows from the four pillars: pure functions over small integers.

``facts`` gathers it; ``relations_between`` does the same for a pillar of luck beside a chart.
"""

from fortune.saju.derive.facts import Column, Facts, columns, facts
from fortune.saju.derive.guests import Guest, relations_between

__all__ = ["Column", "Facts", "Guest", "columns", "facts", "relations_between"]

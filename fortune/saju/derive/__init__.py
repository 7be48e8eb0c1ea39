"""Everything that follows from the four pillars: pure functions over small integers. ``facts`` gathers it."""

"""Everything that follows from the four pillars: pure functions over small integers. ``facts`` gathers it.

- Signs: ``basics`` (십성, 12운성, 공망, 납음), ``hidden_stems``, ``elements``, ``relations`` (합·충 …), ``palaces``.
- Stars: ``stars``, by ``star_tables``.
- ``judgements``: strength (신강약), structure (격국), 용신, and what an unknown hour leaves open.
"""

"""From one machine to many: the costs of a reading, and the needs of a thousand to a million readings at once.

``measured`` asks real PostgreSQL and real Valkey what a reading costs, ``memory`` what it keeps there and how long, and
``heartbeats`` what workers cost by being there; ``model`` lets visitors arrive at workers of that
cost, event by event; ``page`` writes ``docs/scale.md`` and its picture. Run: ``make bench-scale``.
"""

"""A reading and what hangs on it.

``reading`` (its page, and the pages that show more of its chart), ``events`` (its stream), ``questions`` and their answers,
``verdicts`` (what its reader says of it).
"""

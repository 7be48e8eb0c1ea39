"""A reading and what hangs on it.

- ``reading``: its page. ``events``: its stream. ``chart``: the pages that show more of its chart.
- ``more``: another reading of the same chart. ``questions``: about it, and their answers. ``verdicts``: its reader's.
- ``dates``: years and days as addresses and buttons give them.
"""

"""The engine's answers for two hundred births and from its tables, written down line by line.

These are no truths of an outside source, as the tables beside them; they keep what the engine says from changing by
accident, and a diff of them shows which fact of which birth a change touches. After a change that is meant, raise the
engine's version and write them anew: ``python -m tests.golden.recorded``.

``births`` draws them, ``charts``, ``words``, ``days`` and ``tables`` say what is recorded; each function there whose
name begins with ``record_`` writes the file of its name in ``texts``.
"""

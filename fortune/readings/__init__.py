"""Prompts for a model, checks and rendering of its answer, and the interpreter that needs no model.

- In: ``inputs`` (the values that a reading is made from), ``life`` (age and stage of life), ``names`` (which never go to a
  model), ``kinship`` (the second of two people), ``sections`` (the titles of each kind), ``texts`` (sentences in both
  languages).
- ``facts``: all that may be claimed and cited.
- Who writes: ``prompts`` (for a model), ``classic`` (by rules).
- Checks: ``crisis`` (its signs in a visitor's words), ``safety`` (the help lines, and advice), ``grounding`` (the text
  against the engine).
- Out: ``rendering`` (safe HTML, block by block); ``followups`` (questions that may come next).
"""

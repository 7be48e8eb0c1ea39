"""The truths that claims are held against.

``truth`` says whose charts they are, and of which day. ``table`` has the values that are true of each topic and place, from
``natal`` (the chart itself), ``wholes`` (all of it, and the age), ``judged`` (strength, 용신, 격국), ``signs`` (signs by themselves) and ``times`` (decades, years,
days). ``told``, ``told_signs`` and ``told_times`` say in a sentence what is true instead of a claim.
"""

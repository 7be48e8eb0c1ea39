"""A visitor's question, read by rules: about whom, about what, in which form, and of which time.

``asked`` puts the parts together. ``recognise`` finds matter, person and form in the words, by the phrases of
``vocabulary`` and the dictionary ``words``; ``named_time`` finds the year and the months, ``aims`` what is wanted beyond
the form; ``story`` finds matter and person in the sentences around a question that names none itself, and ``feeling`` the
feeling that it tells of.
"""

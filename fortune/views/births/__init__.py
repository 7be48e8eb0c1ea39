"""Forms on which a birth is given.

``form`` (one person; the home page) and ``match`` (two) begin a reading; ``while_typing`` answers their script. ``pillars``
shows a chart that is known by its four pillars.
"""

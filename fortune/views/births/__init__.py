"""Forms on which a birth is given.

``form`` begins a reading of one person or of two; ``pillars`` shows a chart that is known by its four pillars.
"""

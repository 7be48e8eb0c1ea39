"""Notes on how a chart was cast.

``notices`` are the corrections applied and the warnings; ``near_edges`` warns of a 절, or a turn of the hour or of the day,
close by; ``day_spans`` says which days a birth of unknown hour may have.
"""

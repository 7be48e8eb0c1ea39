"""Readers of whole clauses: what is said of a subject that stands far from it, or in a clause before.

``predicates`` (over an attribute), ``continued`` (of the subject of the clause before), ``meets`` (합 and 충 with each of several), ``shown`` (투출), ``of_luck`` (the ten gods of a 대운), ``acts`` (생 and 극).
"""

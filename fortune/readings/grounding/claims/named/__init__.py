"""The claims about what a sentence names: each thing by its kind.

``by_name`` hands every name to its reader: ``gods`` (with ``god_times``), ``judged`` (용신, strength, 격국), ``signs``, ``stars``, ``luck`` and
``samjae``, over ``births``.
"""

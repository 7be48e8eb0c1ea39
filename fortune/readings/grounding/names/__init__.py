"""The parts of a chart that a sentence names, in Korean, Hanja or English.

``lexicon.mentions`` finds each name as a ``mention`` (its kind, its value, where it stands): by ``words``, with the ``bare``
names of one syllable, ``numbers`` (ages told in Korean numerals) and ``pictures`` (푸른 소, Fire Horse). ``values`` has the
kind and the value of every match. ``endings`` holds the verbs by which something is said to be what is named.
"""

"""Judgements of a whole chart, on which schools differ.

``strength`` (신강약), ``exceptional`` (종격, 화격), ``structure`` (격국) and ``useful`` (용신), over ``force``, which weighs the
elements, and ``seasons``, the table of 조후. ``open_hour`` says what of them an unknown hour leaves open.
"""

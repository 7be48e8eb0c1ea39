"""The facts that a reading may rest on.

``fact_sheet`` has all that may be claimed of a chart, with ``years`` and ``pairs`` for time and for two people. ``evidence``
says what a text may cite of it, over ``citations``, which keep that packed while a text is written.
"""

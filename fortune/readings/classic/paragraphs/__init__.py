"""Paragraphs that several kinds of reading have.

``portrait`` tells of the chart itself, ``contacts`` of those between its signs, ``luck`` of the present time and ``flow``
of the time ahead, ``habits`` of things to try.
"""

"""The sentences of a text, and how the names of one belong together.

``split`` cuts a text into sentences, and ``tables`` makes sentences of a table's cells; ``scope`` knows what a sentence leaves
open (asked, supposed, said of somebody else), and ``shin`` what 신금 may mean. ``places`` finds the part of the chart that a value is said of.
"""

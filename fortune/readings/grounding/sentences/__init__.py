"""The sentences of a text, and how the names of one belong together.

``scope`` cuts a text into sentences and knows what each leaves open (asked, supposed, said of somebody else); ``tables``
makes sentences of a table's cells. ``places`` finds the part of the chart that a value is said of.
"""

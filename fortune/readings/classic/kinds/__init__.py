"""The kinds of reading, each with a ``write``; an answer to a question has a room of its own.

``full`` (for everybody, and for teachers), ``topics``, ``days``, ``years``, and ``pairs`` (two people).
Their functions write paragraphs to the ``Page`` that they are given.
"""

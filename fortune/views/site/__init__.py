"""The site itself: its ``pages``, and the ``scenes`` of the day pillars as files."""

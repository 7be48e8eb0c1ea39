"""The site itself: ``pages`` about it, ``browser_files``, and the ``scenes`` of the day pillars as files."""

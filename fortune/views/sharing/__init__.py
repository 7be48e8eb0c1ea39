"""Sharing a reading: its links for their ``owner``, and what a link shows its ``recipient``."""

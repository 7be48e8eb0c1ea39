"""The database: the pooled backend (``base``, named in settings), releasing connections, retries, and look-ups."""

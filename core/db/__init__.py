"""The database: the pooled backend (``base``, named in settings), releasing connections, retries, look-ups, ids, the replica."""

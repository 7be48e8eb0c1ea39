"""The append-only log in Redis: the bytes of a text while its run lives, fenced by the token of its claim."""

"""The database: the pooled backend (`base`, named in settings), giving connections back, short outages."""

"""An HTTP/1.1 client for event streams: connections, their pool, one exchange, server-sent events."""

"""Bringing a text to browsers: frames, the response, detached connections, the log tailer, arrivals."""

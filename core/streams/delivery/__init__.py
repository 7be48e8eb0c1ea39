"""Bringing a text to browsers: frames, the response, detached connections, the log tailer, the text so far, arrivals."""

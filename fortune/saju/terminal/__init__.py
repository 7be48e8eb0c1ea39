"""The engine on the command line: a report to read, and one JSON answer a line."""

"""The effects of failures on running readings, and the time that a stop takes. Run: ``python -m bench.resilience``."""

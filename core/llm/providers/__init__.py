"""A folder per provider: its client, its form of events, its errors."""

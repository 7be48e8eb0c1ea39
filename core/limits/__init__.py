"""Limits: the daily ledger, the hourly limit, days in Korea, and client addresses behind proxies."""

"""How much may be asked: the daily ledger, the hourly limit, and whose address a request comes from."""

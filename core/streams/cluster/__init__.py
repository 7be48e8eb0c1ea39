"""This process among the others: membership and heartbeat, takeover of dead workers' runs, stops, deletions, drain."""

"""The figures of ``make bench``: what each measures, and the session that they share."""

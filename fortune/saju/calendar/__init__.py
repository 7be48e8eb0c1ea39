"""Dates, clocks and places to instants, and instants to pillars."""

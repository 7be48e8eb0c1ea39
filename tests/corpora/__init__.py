"""Corpora of what models say, with what the code must make of it, and the figures over them."""

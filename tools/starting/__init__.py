"""Programs that start the site as people and platforms start it, from a fresh copy, and use it."""

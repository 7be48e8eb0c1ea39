"""What surrounds every page: middleware, errors, health, maintenance, visits."""

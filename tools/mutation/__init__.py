"""Change the source in one small place and see whether a test fails: ``make mutate`` (docs/mutation.md)."""

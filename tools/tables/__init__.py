"""Programs that write the tables of the engine (``fortune/saju/data``) from their sources, once."""

"""Tables of the engine. The programs in ``tools/`` write them, all but ``place_names``: do not edit those."""

"""Tables written by the programs in ``tools/``. Do not edit them by hand."""

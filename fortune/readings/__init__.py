"""Prompts for a model, checks and rendering of its answer, and the interpreter that needs no model.

``inputs`` holds the values that a reading is made from; ``classic`` writes it by rules; ``prompts`` builds the
prompt for a model; ``grounding`` compares a text with the engine; ``render`` turns it into safe HTML with chips
that name the evidence.
"""

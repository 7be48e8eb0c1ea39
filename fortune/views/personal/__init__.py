"""A person's own rows.

``history`` (readings), ``people`` and ``favorites`` (what a member saves), ``account`` (a member's data: export, deletion),
``forget`` (the deletion of a guest's), ``downloads`` (how both exports are sent).
"""

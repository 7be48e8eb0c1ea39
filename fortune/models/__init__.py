from __future__ import annotations

from fortune.models.people import Colour, FavoriteDate, Relation, SavedPerson
from fortune.models.reading import Kind, Mode, Reading, Topic

__all__ = ["Colour", "FavoriteDate", "Kind", "Mode", "Reading", "Relation", "SavedPerson", "Topic"]

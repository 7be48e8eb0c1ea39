from __future__ import annotations

from fortune.models.people import Colour, FavoriteDate, Relation, SavedPerson

__all__ = ["Colour", "FavoriteDate", "Relation", "SavedPerson"]

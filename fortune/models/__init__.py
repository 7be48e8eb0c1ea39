"""The rows of the product."""

from __future__ import annotations

from fortune.models.people import Colour, FavoriteDate, Relation, SavedPerson
from fortune.models.reading import Kind, Mode, PairKind, Reading, Topic
from fortune.models.share import ShareLink, Shown
from fortune.models.verdict import Verdict

__all__ = [
    "Colour",
    "FavoriteDate",
    "Kind",
    "Mode",
    "PairKind",
    "Reading",
    "Relation",
    "SavedPerson",
    "ShareLink",
    "Shown",
    "Topic",
    "Verdict",
]

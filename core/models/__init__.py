"""The rows of the platform."""

from __future__ import annotations

from core.models.audit import FactorReset, TextOpening
from core.models.people import Picture, Profile, Role, profile_of
from core.models.quota import Charge, ChargeState, DayCount
from core.models.site import SiteState
from core.models.visits import DailyVisits, Visit
from core.security.models import KeyRotation

__all__ = [
    "Charge",
    "ChargeState",
    "DailyVisits",
    "DayCount",
    "FactorReset",
    "KeyRotation",
    "Picture",
    "Profile",
    "Role",
    "SiteState",
    "TextOpening",
    "Visit",
    "profile_of",
]

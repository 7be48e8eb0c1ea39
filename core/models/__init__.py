from __future__ import annotations

from core.models.people import Profile, Role
from core.models.quota import Charge, ChargeState, DayCount
from core.models.site import SiteState
from core.models.visits import DailyVisits, Visit

__all__ = ["Charge", "ChargeState", "DailyVisits", "DayCount", "Profile", "Role", "SiteState", "Visit"]

"""Key functions for django-ratelimit. They take a request, or the ``Who`` behind one."""

from __future__ import annotations

from django.http import HttpRequest

from core import access


def ratelimit_key_for_master_only(group: str, asking: HttpRequest | access.Who) -> str | None:
    """Return the key of a person who uses the site's own (master) AI keys.

    None means "not limited": staff, and people whose readings are paid by their own key. A guest is counted
    by their token, and by network as well (below).
    """
    person = asking if isinstance(asking, access.Who) else access.who(asking)
    return None if person.unlimited else person.key


def ratelimit_key_for_everybody(group: str, asking: HttpRequest | access.Who) -> str:
    """Return the key of a person, limited or not."""
    person = asking if isinstance(asking, access.Who) else access.who(asking)
    return person.key


def ratelimit_key_for_guests_network(group: str, asking: HttpRequest | access.Who) -> str | None:
    """Return the network of a guest, which clearing cookies doesn't change; None for members."""
    person = asking if isinstance(asking, access.Who) else access.who(asking)
    return None if person.unlimited or person.user_id is not None else person.address

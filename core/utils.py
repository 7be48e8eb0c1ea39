"""The keys django-ratelimit counts by. They take a request, or who a request turned out to come from."""

from __future__ import annotations

from django.http import HttpRequest

from core import access


def ratelimit_key_for_master_only(group: str, asking: HttpRequest | access.Who) -> str | None:
    """This will give the key of a person who uses the site's own (master) AI keys.

    None means "not limited": staff, and people whose readings are paid by their own key. A guest is known
    by session, and besides by network (below).
    """
    person = asking if isinstance(asking, access.Who) else access.who(asking)
    return None if person.unlimited else person.key


def ratelimit_key_for_guests_network(group: str, asking: HttpRequest | access.Who) -> str | None:
    """This will give the network of a guest: clearing cookies doesn't change it. None for members."""
    person = asking if isinstance(asking, access.Who) else access.who(asking)
    return None if person.unlimited or person.user_id is not None else person.address

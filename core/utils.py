"""The function django-ratelimit counts by."""

from __future__ import annotations

from django.http import HttpRequest

from core import access


def ratelimit_key_for_master_only(group: str, request: HttpRequest) -> str | None:
    """This will give the key of a person who uses the site's own (master) AI keys.

    None means "not limited": staff, and people whose readings are paid by their own key. A guest is known
    by session; their network has a limit of its own besides (`core.ratelimits`).
    """
    asking = access.who(request)
    return None if asking.unlimited else asking.key

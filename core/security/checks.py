"""System checks of a deployment (``check --deploy``)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def encryption_keys(**kwargs: Any) -> list[checks.CheckMessage]:
    if settings.FIELD_ENCRYPTION_KEYS:
        return []
    return [
        checks.Warning(
            "FIELD_ENCRYPTION_KEYS is not set: birth data is encrypted under a key derived from SECRET_KEY.",
            hint="Set it to a Fernet key, so that SECRET_KEY can be changed without losing what is stored.",
            id="core.W001",
        )
    ]

"""The database between two tests that commit (tests/flushing.py)."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command


def as_migrated() -> tuple[set[tuple[str, str]], set[str]]:
    types = set(ContentType.objects.values_list("app_label", "model"))
    return types, set(Permission.objects.values_list("codename", flat=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("spoilt", ["", "a type too many", "a permission too few"])
def test_it_is_as_after_migrating(spoilt: str) -> None:
    before = as_migrated()
    assert all(before)
    get_user_model().objects.create_user(username="a", email="a@example.com", password="unused")
    if spoilt == "a type too many":
        ContentType.objects.create(app_label="removed", model="long ago")
    elif spoilt:
        Permission.objects.all()[0].delete()
    call_command("flush", verbosity=0, interactive=False)
    assert not get_user_model().objects.exists()
    assert as_migrated() == before

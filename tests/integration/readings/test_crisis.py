"""A cry for help is answered in every field, and is not charged."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from fortune.models import Reading

pytestmark = pytest.mark.django_db

BIRTH = {"gender": "female", "calendar": "solar", "birth_date": "1990-05-15", "birth_time": "12:00"}


def _post(name: str):  # type: ignore[no-untyped-def]
    return Client().post("/fortune/", {**BIRTH, "name": name, "token": uuid.uuid4().hex})


def test_a_cry_for_help_in_the_name_gets_the_line_and_begins_no_reading() -> None:
    answer = _post("죽고 싶은 사람")
    assert answer.status_code == 200
    assert "tel:109" in answer.content.decode()
    assert not Reading.objects.exists()


def test_the_form_itself_raises_no_alarm() -> None:
    assert "tel:109" not in Client().get("/fortune/").content.decode()

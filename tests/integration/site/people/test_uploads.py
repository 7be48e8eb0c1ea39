"""Pictures and bodies: small ones are accepted, large ones are refused unread, and no file is left without an owner."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from core.accounts import profiles
from core.accounts.pictures import MAX_BYTES, MAX_JPEG_PIXELS, MAX_PIXELS, NotAPicture, shrink
from core.models import Picture, Profile
from core.models.people import PICTURE_BYTES
from core.runtime.workers.request_bodies import MAX_BODY
from tests.integration.site.helpers import browser, member

ROOT = Path(__file__).resolve().parents[4]
# The peak of a process that does nothing else, before and after.
MEASURE = """
import sys
from resource import RUSAGE_SELF, getrusage
from core.accounts.pictures import _shrink
raw = sys.stdin.buffer.read()
before = getrusage(RUSAGE_SELF).ru_maxrss
_shrink(raw)
print((getrusage(RUSAGE_SELF).ru_maxrss - before) // 1024)
"""

# WebP's least effort; the others don't know it. A picture unfolds into the same, however well it was packed.
QUICKLY = {"method": 0}


def drawn(kind: str, size: tuple[int, int], mode: str = "RGB", color: Any = 0, **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "pixels", "mode", "more"),
    [
        ("PNG", MAX_PIXELS, "RGBA", {}),
        ("WEBP", MAX_PIXELS, "RGBA", QUICKLY),
        ("JPEG", MAX_JPEG_PIXELS, "RGB", {"progressive": True}),
    ],
)
def test_the_largest_picture_unfolds_into_what_a_small_machine_has(
    kind: str, pixels: int, mode: str, more: dict[str, Any]
) -> None:
    side = int(pixels**0.5)
    raw = drawn(kind, (side, side), mode, **more)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], input=raw, stdout=subprocess.PIPE, check=True, cwd=ROOT
    )
    assert int(done.stdout) < 300, f"{len(raw) // 1024} KB took {int(done.stdout)} MB"


@pytest.mark.parametrize(("kind", "side"), [("PNG", 4100), ("WEBP", 4100), ("JPEG", 7200)])
def test_a_larger_one_is_refused(kind: str, side: int) -> None:
    with pytest.raises(NotAPicture):
        shrink(drawn(kind, (side, side), **QUICKLY))


@pytest.mark.parametrize("size", [(1, 1), (4000, 1), (300, 4000), (1000, 999)])
@pytest.mark.parametrize("mode", ["RGB", "P", "LA", "1", "I;16"])
def test_every_shape_and_mode_becomes_a_square(size: tuple[int, int], mode: str) -> None:
    with Image.open(io.BytesIO(shrink(drawn("PNG", size, mode)))) as image:
        assert image.size == (256, 256)


def noise() -> bytes:
    """Return the picture that compresses worst."""
    out = io.BytesIO()
    Image.frombytes("RGB", (700, 700), os.urandom(700 * 700 * 3)).save(out, "PNG")
    return out.getvalue()


def test_the_worst_picture_takes_half_of_its_bound() -> None:
    assert len(shrink(noise())) < PICTURE_BYTES // 2


@pytest.mark.django_db
def test_a_picture_is_kept_where_every_instance_sees_it(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    alice = member("alice")
    upload = SimpleUploadedFile("me.png", drawn("PNG", (300, 300)), "image/png")
    browser(alice).post(reverse("profile"), {"role": "general", "picture": upload})
    assert not list(tmp_path.iterdir()), "a file is seen by one instance only"
    assert browser(alice).get(reverse("profile_picture")).content == bytes(Picture.objects.get().content)


@pytest.mark.django_db
def test_a_picture_is_served_as_one_and_asked_for_again_only_when_it_has_changed() -> None:
    alice = member("alice")
    client = browser(alice)
    profiles.edit(profile=alice.profile, nickname="", role="general", picture=b"<script>1</script>")
    shown = client.get(reverse("profile_picture"))
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert shown["Cache-Control"] == "private, no-cache"
    assert "Cookie" in shown["Vary"]
    again = client.get(reverse("profile_picture"), headers={"if-none-match": shown["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "private, no-cache"
    profiles.edit(profile=alice.profile, nickname="", role="general", picture=b"another")
    changed = client.get(reverse("profile_picture"), headers={"if-none-match": shown["ETag"]})
    assert (changed.status_code, changed.content) == (200, b"another")


@pytest.mark.django_db
def test_a_picture_is_shown_replaced_and_taken_away_on_its_page() -> None:
    alice = member("alice")
    client, page = browser(alice), reverse("profile")
    assert reverse("profile_picture") not in client.get(page).content.decode()
    for colour in ("red", "blue"):
        upload = SimpleUploadedFile("me.png", drawn("PNG", (300, 300), color=colour), "image/png")
        client.post(page, {"role": "general", "picture": upload})
    assert Picture.objects.count() == 1
    assert (
        client.get(page).content.decode().count(f'"{reverse("profile_picture")}"') == 2
    )  # shown, and linked
    client.post(page, {"role": "general"})
    assert Picture.objects.count() == 1, "saving the rest leaves the picture"
    client.post(page, {"role": "general", "picture-clear": "on"})
    assert not Picture.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_pictures_set_at_once_leave_one() -> None:
    alice = member("alice")
    gate, errors = threading.Barrier(2), []

    def put(picture: bytes) -> None:
        try:
            profile = Profile.objects.get(user=alice)
            gate.wait(10)
            profiles.edit(profile=profile, nickname="", role="general", picture=picture)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=put, args=[b"%d" % number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not errors
    assert bytes(Picture.objects.get().content) in {b"0", b"1"}


@pytest.mark.django_db
def test_the_database_refuses_a_picture_larger_than_ours_ever_are() -> None:
    alice = member("alice")
    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.create(profile=alice.profile, content=b"x" * (PICTURE_BYTES + 1))


@pytest.mark.django_db
def test_reading_a_profile_does_not_read_the_picture(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    alice = member("alice")
    profiles.edit(profile=alice.profile, nickname="", role="general", picture=b"pixels")
    with django_assert_num_queries(1) as queries:
        Profile.objects.get(user=alice)
    assert "picture" not in queries[0]["sql"]


@pytest.mark.django_db
def test_a_picture_above_its_limit_is_told_at_its_field() -> None:
    upload = SimpleUploadedFile("big.jpg", b"x" * (5 * 1024 * 1024 + 1), "image/jpeg")
    answer = browser(member("alice")).post(reverse("profile"), {"role": "general", "picture": upload})
    assert answer.status_code == 422
    assert "너무 커요" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/fortune/", "/nowhere"])
def test_a_body_larger_than_anything_asked_for_is_refused_unread(path: str) -> None:
    class Unread(io.BytesIO):
        def read(self, *args: Any) -> bytes:
            raise AssertionError("a byte of it was read")

    answer = Client(headers={"accept": "text/html"}).generic(
        "POST", path, b"", "multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(MAX_BODY + 1), **{"wsgi.input": Unread()},
    )  # fmt: skip
    assert answer.status_code == 413
    assert "너무 커요" in answer.content.decode()


def test_the_largest_picture_and_its_form_fit_into_a_body() -> None:
    assert MAX_BODY >= MAX_BYTES + 512 * 1024


@pytest.mark.django_db
def test_programs_are_told_in_json() -> None:
    answer = Client().generic(
        "POST", "/fortune/api/chart/", b"", "application/json", CONTENT_LENGTH=str(MAX_BODY + 1)
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")

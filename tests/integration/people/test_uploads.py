"""Pictures and bodies: small ones are taken, large ones never unfold, and no file stays that nobody owns."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from core.accounts import profiles
from core.accounts.pictures import MAX_BYTES, MAX_JPEG_PIXELS, MAX_PIXELS, NotAPicture, shrink
from core.models import Profile
from core.site.middleware.bodies import MAX_BODY
from tests.integration.people.helpers import browser, member

ROOT = Path(__file__).resolve().parents[3]
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


def drawn(kind: str, size: tuple[int, int], mode: str = "RGB", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "pixels", "mode", "more"),
    [
        ("PNG", MAX_PIXELS, "RGBA", {}),
        ("WEBP", MAX_PIXELS, "RGBA", {}),
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
        shrink(drawn(kind, (side, side)))


@pytest.mark.parametrize("size", [(1, 1), (4000, 1), (300, 4000), (1000, 999)])
@pytest.mark.parametrize("mode", ["RGB", "P", "LA", "1", "I;16"])
def test_every_shape_and_mode_becomes_a_square(size: tuple[int, int], mode: str) -> None:
    with Image.open(shrink(drawn("PNG", size, mode)).open()) as image:
        assert image.size == (256, 256)


@pytest.mark.django_db
def test_two_pictures_set_at_once_leave_one_file(
    settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.MEDIA_ROOT = tmp_path
    alice = member("alice")
    both = [Profile.objects.get(user=alice) for _ in range(2)]
    for number, profile in enumerate(both):
        with django_capture_on_commit_callbacks(execute=True):
            picture = ContentFile(b"%d" % number, "p.webp")
            profiles.edit(profile=profile, nickname="", role="general", picture=picture)
    assert [file.read_bytes() for file in tmp_path.rglob("*.webp")] == [b"1"]


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

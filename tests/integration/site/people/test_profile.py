"""Profiles, pictures and own keys."""

from __future__ import annotations

import io
import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from core import access
from core.accounts import own_keys, profiles
from core.accounts.pictures import NotAPicture, shrink
from core.llm import registry
from core.models import Profile, profile_of
from tests.fakes.fake import FakeProvider
from tests.integration.site.helpers import browser, member

KEY = "AIzaSyD-not-a-real-key-0123456789abcdef"


def picture(size: tuple[int, int] = (640, 480), kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", size, "tomato").save(out, kind, exif=exif)
    return out.getvalue()


# -- Made without a race --


@pytest.mark.django_db(transaction=True)
def test_ten_first_requests_at_once_make_one_profile() -> None:
    alice = member("alice")
    Profile.objects.all().delete()
    gate, errors = threading.Barrier(10), []

    def ask() -> None:
        try:
            gate.wait(10)
            profile_of(type(alice).objects.get(pk=alice.pk))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not errors
    assert Profile.objects.count() == 1


@pytest.mark.django_db
def test_a_role_is_one_we_know() -> None:
    alice = member("alice")
    with pytest.raises(IntegrityError), transaction.atomic():
        Profile.objects.filter(user=alice).update(role="king")


@pytest.mark.django_db
def test_a_key_always_has_its_date() -> None:
    alice = member("alice")
    with pytest.raises(IntegrityError), transaction.atomic():
        Profile.objects.filter(user=alice).update(own_key_set_at=alice.date_joined)


# -- Editing --


@pytest.mark.django_db
def test_a_member_edits_their_own_profile() -> None:
    alice, bob = member("alice"), member("bob")
    answer = browser(alice).post(reverse("profile"), {"nickname": " user9 ", "role": "teacher"})
    assert answer.status_code == 302
    assert Profile.objects.get(user=alice).nickname == "user9"
    assert Profile.objects.get(user=bob).nickname == "bob"


@pytest.mark.django_db
def test_strangers_are_asked_to_sign_in() -> None:
    for name in ("profile", "profile_picture", "welcome"):
        answer = browser().get(reverse(name))
        assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
def test_a_nickname_that_is_too_long_comes_back_with_its_error() -> None:
    answer = browser(member("alice")).post(reverse("profile"), {"nickname": "가" * 21, "role": "general"})
    assert answer.status_code == 422
    assert "가" * 21 in answer.content.decode()


# -- Pictures --


@pytest.mark.django_db
def test_a_picture_is_drawn_anew_small_and_square() -> None:
    client = browser(member("alice"))
    upload = SimpleUploadedFile("My House.JPG", picture(), "image/jpeg")
    client.post(reverse("profile"), {"nickname": "", "role": "general", "picture": upload})
    shown = client.get(reverse("profile_picture"))
    image = Image.open(io.BytesIO(shown.content))
    assert (image.size, image.format) == ((256, 256), "WEBP")
    assert not image.getexif()


@pytest.mark.django_db
def test_nobody_can_ask_for_anothers_picture() -> None:
    alice, bob = member("alice"), member("bob")
    profiles.edit(profile=alice.profile, nickname="", role="general", picture=b"x")
    assert browser(alice).get(reverse("profile_picture")).status_code == 200
    assert browser(bob).get(reverse("profile_picture")).status_code == 404


@pytest.mark.parametrize(
    "raw", [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"\0" * 50, picture()[:200], b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_picture_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAPicture):
        shrink(raw)


def test_a_picture_that_unfolds_into_too_much_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert len(out.getvalue()) < 200_000
    with pytest.raises(NotAPicture):
        shrink(out.getvalue())


# -- Own keys --


@pytest.mark.django_db
def test_a_key_is_kept_encrypted_and_never_shown_again() -> None:
    alice = member("alice")
    client = browser(alice)
    assert client.post(reverse("own_key"), {"key": KEY}).status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT own_key FROM core_profile")
        (stored,) = cursor.fetchone()
    assert KEY not in stored and stored.startswith("v3.")
    assert Profile.objects.get(user=alice).own_key == KEY
    page = client.get(reverse("profile")).content.decode()
    assert KEY not in page and KEY[-8:] not in page
    assert "키 시험하기" in page


@pytest.mark.django_db
def test_a_holder_of_a_key_is_not_limited_once_it_has_worked_until_it_is_taken_away(rf: Any) -> None:
    alice = member("alice")
    client = browser(alice)

    def unlimited() -> bool:
        request = rf.get("/")
        request.user, request.session = type(alice).objects.get(pk=alice.pk), {}
        return access.who(request).unlimited

    assert not unlimited()
    client.post(reverse("own_key"), {"key": KEY})
    assert not unlimited()
    profiles.note_own_key(user_id=alice.pk, works=True, now=timezone.now())
    assert unlimited()
    client.post(reverse("own_key"), {"remove": "1"})
    assert not unlimited()
    assert Profile.objects.get(user=alice).own_key == ""


@pytest.mark.django_db
def test_what_is_no_key_is_refused_and_not_repeated() -> None:
    answer = browser(member("alice")).post(reverse("own_key"), {"key": "short secret"})
    assert answer.status_code == 422
    assert "short secret" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("script", "verdict"),
    [
        ("count=1", "works"),
        ("status=401", "refused"),
        ("status=400", "refused"),
        ("status=429", "limited"),
        ("status=503", "unreachable"),
    ],
)
def test_a_key_is_tried_out_on_geminis_own_protocol(settings: Any, script: str, verdict: str) -> None:
    with FakeProvider(script) as fake:
        settings.GEMINI_BASE_URL, settings.AI_PROVIDERS = fake.url, ["gemini"]
        registry.reset()
        try:
            assert own_keys.try_out(KEY) == verdict
            assert [request["key"] for request in fake.requests()] == [KEY]
        finally:
            registry.reset()


@pytest.mark.django_db
def test_trying_needs_a_key_and_a_post() -> None:
    client = browser(member("alice"))
    assert client.get(reverse("test_own_key")).status_code == 405
    assert client.post(reverse("test_own_key")).status_code == 404

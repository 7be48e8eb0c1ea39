"""The pages of people, wholly in one language."""

from __future__ import annotations

import re

import pytest

from tests.integration.site.helpers import browser, member

MAIN = re.compile(r"<main.*?</main>", re.DOTALL)

PUBLIC = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/fortune/history/",
    "/nowhere",
]
MEMBERS = [
    "/accounts/profile/",
    "/accounts/welcome/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/3rdparty/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/fortune/account/",
    "/fortune/people/",
    "/fortune/favorites/",
    "/fortune/history/",
    "/fortune/history/statistics/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_wholly_english_on_wish(path: str) -> None:
    page = browser(**{"accept-language": "en"}).get(path).content.decode()
    assert not re.findall("[가-힣]+", MAIN.findall(page)[0])


@pytest.mark.django_db
@pytest.mark.parametrize("path", MEMBERS)
def test_members_pages_are_wholly_english_on_wish(path: str) -> None:
    page = browser(member("alice"), **{"accept-language": "en"}).get(path).content.decode()
    assert not re.findall("[가-힣]+", MAIN.findall(page)[0])


@pytest.mark.django_db
@pytest.mark.parametrize("path", MEMBERS)
def test_members_pages_are_wholly_korean_by_themselves(path: str) -> None:
    page = browser(member("alice")).get(path).content.decode()
    main = re.sub(r"<[^>]+>", " ", MAIN.findall(page)[0])
    spared = "Google|Gemini|JSON|API|AI Studio|JPG|PNG|WebP|MB|Firefox|Mozilla|alice|example.com|X11"
    words = re.findall(r"[A-Za-z]{3,}", re.sub(spared, "", main))
    assert not words, words

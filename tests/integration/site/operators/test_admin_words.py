"""The admin speaks Korean: no page of it has a Latin word that is not a name."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.integration.site.helpers import browser, member
from tests.integration.site.operators.admin_pages import addresses, row_of_each_model

pytestmark = pytest.mark.django_db

# Brands, and technical names that Korean operators write in Latin letters too.
NAMES = {
    *("Fortune", "Django", "Redis", "PostgreSQL", "Gemini", "DeepSeek", "Kakao", "Naver", "Google"),
    *("deepseek", "gemini", "classic", "kakao"),
    *("API", "App", "ID", "IP", "LDAP", "MFA", "OAuth", "Single", "Sign", "On", "Retry", "After", "ms"),
    *("Mac", "Control", "Command", "English"),
    # Django draws a yes or no as a picture, and has no translation of what it says of it.
    *("True", "False"),
}
# No words: addresses, identifiers, keys of the ledger, a stored password, names of OAuth's own fields.
DATA = re.compile(
    r"\S+@\S+|[0-9a-f]{8}-[0-9a-f-]+|\b[0-9a-f]{12,}\b|(?:user|guest|net):\S+|@/\./\+/-/_|Mozilla\S*"
    r"|md5|\w*\*{4,}|\"oauth_\w+\"|(?:access|refresh) token"
)
LATIN = re.compile(r"[A-Za-z][A-Za-z]+")
SPOKEN = {"alt", "aria-label", "placeholder", "title", "content"}


class Words(HTMLParser):
    """Collects what a page says: its text, and the attributes that are read out or shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style", "pre")
        given = dict(attrs)
        spoken = SPOKEN if tag != "meta" else set()
        self.said += [value for name, value in attrs if name in spoken and value]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self.said.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style", "pre")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def foreign(page: str) -> set[str]:
    """Return the sentences of a page with a Latin word that is not a name."""
    found = set()
    for sentence in Words(page).said:
        words = LATIN.findall(DATA.sub(" ", sentence))
        if any(word not in NAMES for word in words):
            found.add(" ".join(sentence.split()))
    return found


@pytest.fixture
def root() -> User:
    found: User = member("root", is_staff=True, is_superuser=True)
    User.objects.filter(pk=found.pk).update(username="root@example.com")
    found.profile.nickname = "지우"
    found.profile.save()
    return found


@pytest.fixture
def rows(root: User) -> dict[Any, Any]:
    return row_of_each_model(root)


def test_no_page_of_the_admin_has_a_word_that_is_not_korean(root: User, rows: dict[Any, Any]) -> None:
    client = browser(root)
    found: dict[str, set[str]] = {}
    opened = 0
    for address in addresses(rows):
        answer = client.get(address, follow=True)
        if answer.status_code == 403:  # nobody may add or delete such a row
            continue
        assert answer.status_code == 200, address
        opened += 1
        for sentence in foreign(answer.content.decode()):
            found.setdefault(sentence, set()).add(address)
    assert opened > 60
    assert not found, "\n".join(f"{sentence!r}: {min(where)}" for sentence, where in found.items())

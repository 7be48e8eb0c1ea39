"""Deleting reaches Redis and the memory of workers, and a revoked link is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from core.redis import client as redis
from core.streams import Run
from core.streams.log.client import Fenced, keys
from core.streams.node import node
from fortune.casting import chart_of
from fortune.fragment_cache import fragment_cache
from fortune.models import ShareLink, Shown
from fortune.pages.charts.pictures import card
from fortune.services import account, readings, sharing
from tests.integration.site.helpers import browser, member, reading

pytestmark = pytest.mark.django_db(transaction=True)

SAID = "맑은 물 같은 분이에요.".encode()


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    redis().flushdb()
    yield
    redis().flushdb()


def logged(row: Any) -> Run:
    """Put the reading's text into its log, as while it is written."""
    run = Run.objects.get(subject=row.pk)
    node().log.open(row.pk, token=run.token, epoch=1, seed=SAID, again=False)
    return run


def everything() -> bytes:
    """Return all that Redis holds, keys and values."""
    held = []
    for key in redis().scan_iter():
        kind = redis().type(key)
        held.append(key)
        if kind == b"string":
            held.append(redis().get(key))
        elif kind == b"hash":
            held += [part for pair in redis().hgetall(key).items() for part in pair]
        elif kind == b"list":
            held += redis().lrange(key, 0, -1)
    return b"\n".join(held)


def shown(alice: Any, row: Any) -> None:
    """Open the reading's page, which keeps fragments of it, and the picture of a link of it."""
    client = browser(alice)
    assert client.get(row.get_absolute_url()).status_code == 200
    link = sharing.share(reading=row, shown=Shown.CHART, epoch=1, now=timezone.now())
    assert (
        browser().get(reverse("fortune:share_card", args=[link.token, "wide", card.VERSION])).status_code
        == 200
    )
    assert cache.get(sharing.picture_key(link.pk)) is not None


def fragments_of(row: Any) -> list[object]:
    return [key for key in fragment_cache()._values if row.pk in key]  # type: ignore[operator]


def test_a_deleted_reading_leaves_nothing_in_redis_nor_in_memory() -> None:
    alice = member("alice")
    mine, other = reading(owner=alice), reading(owner=alice)
    asked = reading(owner=alice, kind="question", parent=mine, question="?")
    for row in (mine, asked, other):
        logged(row)
    shown(alice, mine)
    browser(alice).get(other.get_absolute_url())
    assert fragments_of(mine) and SAID in everything()
    assert chart_of.cache_info().currsize
    (link,) = ShareLink.objects.all()
    assert browser(alice).post(reverse("fortune:history_delete", args=[mine.pk])).status_code == 302
    for row in (mine, asked):
        assert not redis().exists(keys(row.pk)[1])
        assert not fragments_of(row)
    assert not chart_of.cache_info().currsize
    assert cache.get(sharing.picture_key(link.pk)) is None
    assert redis().exists(keys(other.pk)[1]) and fragments_of(other), "others keep theirs"


def test_a_deleted_account_leaves_no_text_in_redis() -> None:
    alice = member("alice")
    mine = reading(owner=alice)
    logged(mine)
    shown(alice, mine)
    account.delete(user=alice, now=timezone.now())
    assert SAID not in everything()
    assert not fragments_of(mine)
    assert not [key for key in redis().scan_iter() if b"card:" in key]


def test_what_is_still_written_of_a_deleted_reading_is_refused() -> None:
    mine = reading(owner=member("alice"))
    run = logged(mine)
    subject = mine.pk
    readings.delete(reading=mine, now=datetime.now(UTC))
    log = node().log
    assert log.restore(subject, token=run.token, epoch=1, text=SAID) == -1
    with pytest.raises(Fenced):
        log.open(subject, token=run.token + 1, epoch=1, seed=SAID, again=True)
    log.close(subject, token=run.token, epoch=1, text=SAID, end=b"{}", is_saved=True)  # told just after
    assert not redis().exists(keys(subject)[1])
    assert 0 < redis().ttl(keys(subject)[0]) <= 3600, "the refusal itself goes, too"


def test_every_worker_is_told_to_forget_and_does() -> None:
    alice = member("alice")
    mine = reading(owner=alice)
    redis().zadd("streams:expiring", {"another-worker": 10**15, node().worker: 10**15})
    node().forget([mine.pk])
    (told,) = redis().lrange("streams:forget:another-worker", 0, -1)
    assert told == mine.pk.bytes
    assert not redis().exists(f"streams:forget:{node().worker}"), "this one has done so already"
    # The same command, received by this worker.
    browser(alice).get(mine.get_absolute_url())
    assert fragments_of(mine)
    redis().rpush(f"streams:forget:{node().worker}", told)
    node().start()
    for _ in range(1000):
        if not fragments_of(mine):
            break
        redis().blpop(["nothing"], timeout=0.01)  # a pause that lets the listener run
    assert not fragments_of(mine)


def test_a_saved_end_stays_in_redis_for_a_minute() -> None:
    mine = reading(owner=member("alice"))
    run = logged(mine)
    node().log.close(mine.pk, token=run.token, epoch=1, text=SAID, end=b"{}", is_saved=True)
    assert all(0 < redis().ttl(key) <= 60 for key in keys(mine.pk))


# -- Links --


def test_a_revoked_link_is_gone_within_a_minute_with_its_picture() -> None:
    alice = member("alice")
    mine = reading(owner=alice)
    link = sharing.share(reading=mine, shown=Shown.READING, epoch=1, now=timezone.now())
    page, picture = (
        reverse("fortune:shared", args=[link.token]),
        reverse("fortune:share_card", args=[link.token, "wide", card.VERSION]),
    )
    seen = browser().get(picture)
    assert seen["Cache-Control"] == "max-age=60, public", "nobody may keep it for longer"
    assert "no-store" in browser().get(page)["Cache-Control"]
    assert 0 < redis().ttl(cache.make_key(sharing.picture_key(link.pk))) <= 60
    revoke = reverse("fortune:share_revoke", args=[mine.pk])
    assert browser(alice).post(revoke, {"token": link.token}).status_code == 303
    assert browser().get(page).status_code == browser().get(picture).status_code == 404
    assert cache.get(sharing.picture_key(link.pk)) is None


def test_a_link_that_staff_revoke_loses_its_picture_too() -> None:
    mine = reading(owner=member("alice"))
    link = sharing.share(reading=mine, shown=Shown.CHART, epoch=1, now=timezone.now())
    browser().get(reverse("fortune:share_card", args=[link.token, "wide", card.VERSION]))
    staff = browser(member("staff", is_staff=True, is_superuser=True))
    action = {"action": "revoke", "_selected_action": [link.pk]}
    staff.post(reverse("admin:fortune_sharelink_changelist"), action)
    link.refresh_from_db()
    assert link.revoked_at is not None and cache.get(sharing.picture_key(link.pk)) is None


# -- Streams --


def test_a_stream_of_events_is_stored_by_nobody() -> None:
    alice = member("alice")
    mine = reading(owner=alice)
    answer = browser(alice).get(reverse("fortune:events", args=[mine.pk]))
    assert answer["Cache-Control"] == "no-store, no-transform"
    assert SAID.decode().split()[0] in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "no-store" in browser(alice).head(reverse("fortune:events", args=[mine.pk]))["Cache-Control"]

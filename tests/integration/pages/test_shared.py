"""A shared link travels: it explains the 일주, shows its scene, and lets the recipient's own chart meet it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from fortune.models import Reading, ShareLink, Shown
from fortune.pages.charts.pictures import card
from fortune.services import sharing
from tests.integration.site.helpers import browser, member, reading

pytestmark = pytest.mark.django_db

BIRTH = {"gender": "male", "birth_date": "1988-03-02", "birth_time": "07:10", "birth_place": "busan"}
SECRETS = ("지우비밀", "1990", "14:30", "126.98")


@pytest.fixture
def hers() -> Any:
    return reading(owner=member("alice"), label="지우비밀", text="## 한눈에\n\n맑은 물 같은 분이에요.\n")


@pytest.fixture
def link(hers: Any) -> ShareLink:
    return sharing.share(reading=hers, shown=Shown.DAY, epoch=1, now=datetime.now(UTC))


def test_the_page_explains_the_day_pillar_and_offers_a_next_step(link: ShareLink):
    html = browser().get(f"/s/{link.token}/").content.decode()
    assert "경진일주" in html and "봄비를 머금은 기름진 들을 만난 무쇠" in html
    assert 'class="scene land-jin motif-gyeong"' in html
    assert "나도 보기" in html and f"/s/{link.token}/meet/" in html
    for name in ("og:title", "og:description", "og:image", "og:image:width", "og:image:height"):
        assert f'property="{name}"' in html


def test_the_addressed_pictures_are_there_and_gone_within_a_minute_of_being_revoked(link: ShareLink):
    html = browser().get(f"/s/{link.token}/").content.decode()
    (picture,) = re.findall(r'og:image" content="http://testserver([^"]+)"', html)
    answer = browser().get(picture)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "max-age=60, public"
    sharing.revoke(links=ShareLink.objects.filter(pk=link.pk), now=datetime.now(UTC))
    assert browser().get(picture).status_code == 404
    assert browser().get(f"/s/{link.token}/").status_code == 404
    assert browser().get(f"/s/{link.token}/meet/").status_code == 404


def test_a_recipients_chart_meets_the_day_pillar_and_nothing_of_either_birth_is_kept_or_shown(
    link: ShareLink,
):
    before = Reading.objects.count()
    answer = browser().post(f"/s/{link.token}/meet/", BIRTH)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "경진일주" in html and html.count('class="scene ') == 2
    assert "나에게 그 사람은" in html
    assert not [told for told in (*SECRETS, "1988", "07:10") if told in html]
    assert Reading.objects.count() == before
    assert "no-store" in answer["Cache-Control"]


def test_a_birth_that_cannot_be_read_is_asked_for_again_with_what_was_typed(link: ShareLink):
    answer = browser().post(f"/s/{link.token}/meet/", BIRTH | {"birth_date": "1990-13-01"})
    assert answer.status_code == 422
    assert 'value="1990-13-01"' in answer.content.decode()


def test_words_of_crisis_are_answered_first(link: ShareLink):
    html = browser().post(f"/s/{link.token}/meet/", BIRTH | {"name": "죽고 싶어요"}).content.decode()
    assert 'href="tel:109"' in html and "나에게 그 사람은" not in html


def test_an_unknown_picture_is_not_there(link: ShareLink):
    assert browser().get(f"/s/{link.token}/wide-{card.VERSION + 1}.png").status_code == 404
    assert browser().get(f"/s/{link.token}/round-{card.VERSION}.png").status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/about/", "/accuracy/", "/privacy/", "/fortune/glossary/", "/fortune/match/"]
)
def test_every_public_page_tells_messengers_what_it_is(path: str):
    html = browser().get(path).content.decode()
    title, image = (
        re.findall(f'property="{name}" content="([^"]+)"', html) for name in ("og:title", "og:image")
    )
    assert len(title) == 1 and title[0]
    assert image and image[0].startswith("http://testserver/static/icons/card")


def test_scenes_are_files_that_anybody_may_keep():
    answer = browser().get("/fortune/scenes/gyeong-jin-dark.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "public" in answer["Cache-Control"]
    for name in ("gap-chuk-dark", "gyeong-jin-blue"):
        assert browser().get(f"/fortune/scenes/{name}.svg").status_code == 404

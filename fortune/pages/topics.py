"""The topics a reading may be about, each with a line that says what one will read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fortune.models import Topic


@dataclass(frozen=True, slots=True)
class TopicCard:
    value: str
    label: str
    about: str


def topic_cards() -> tuple[TopicCard, ...]:
    about = {
        Topic.PERSONALITY: _("타고난 결과 장점, 다듬을 곳"),
        Topic.WEALTH: _("돈을 대하는 방식과 모으는 법"),
        Topic.CAREER: _("힘이 나는 자리와 일하는 방식"),
        Topic.LOVE: _("마음을 주고받는 방식"),
        Topic.HEALTH: _("몸과 마음의 리듬, 쉬는 법"),
        Topic.STUDY: _("잘 배우는 길과 집중하는 법"),
        Topic.COMPATIBILITY: _("나와 잘 맞는 사람, 함께하는 법"),
        Topic.TEACHER: _("교실에서 빛나는 나의 모습"),
    }
    return tuple(TopicCard(value, str(label), about[Topic(value)]) for value, label in Topic.choices)

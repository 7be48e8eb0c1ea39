"""Signs of crisis are found in real phrasing, and ordinary saju talk raises no alarm."""

from __future__ import annotations

import pytest

from fortune.readings.safety import cautions, crisis_text, disclaimer, mentions_crisis

CRISIS = [
    "죽고 싶어요", "그냥 죽고싶다", "너무 힘들어서 죽고 싶은 마음이 들어요", "죽고만 싶어요", "확 죽어버릴까",
    "죽어 버리고 싶어", "이대로 죽는 게 나을까요", "제가 죽으면 편할까요", "자살하고 싶어요", "자살 생각이 나요",
    "자해를 자꾸 해요", "살기 싫어요", "더 이상 살고 싶지 않아요", "살고 싶지가 않네요", "살 이유가 없어요",
    "사는 게 의미 없고 사라지고 싶어요", "극단적인 선택을 생각했어요", "극단적 선택", "목숨을 끊고 싶어요",
    "손목을 그었어요", "뛰어내리고 싶어요", "옥상에서 뛰어내릴까", "세상을 떠나고 싶어요", "생을 마감하고 싶습니다",
    "죽는 방법 알려 주세요", "유서를 썼어요", "수면제를 많이 모았어요", "다 같이 죽을까 생각해요",
    "태어나지 말았어야 했어요", "차라리 죽을래",
    "I want to die", "thinking about suicide", "I want to kill myself", "I don't want to live anymore",
    "I wish I was dead", "there is no reason to live", "ending my life", "should I end it all",
]  # fmt: skip
ORDINARY = [
    "죽을 사(死)는 무슨 뜻인가요?", "사(死) 운성이 나왔는데 나쁜가요?", "12운성에 사, 묘, 절이 있어요",
    "죽마고우와 사업해도 될까요?", "죽을 끓여 먹으면 좋을까요?", "백호살이 있으면 위험한가요?", "자살골 넣는 꿈을 꿨어요",
    "배고파 죽겠어요", "좋아 죽겠어요 결혼할까요", "일이 많아 죽을 맛이에요", "대나무 죽(竹)이 이름에 있어요",
    "역마살이 있어서 이사를 자주 하나요?", "살이 너무 많은 사주인가요?", "살을 빼고 싶어요", "도화살이 싫어요",
    "서울에 살기 좋을까요?", "혼자 살고 싶어요", "시골에서 살고 싶지만 직장이 걱정돼요", "절지에 앉은 일주는 어떤가요?",
    "죽이 잘 맞는 친구", "손목이 아파요", "회사를 떠나고 싶어요", "기운이 사라지고 있는 대운인가요?",
    "종살격이 뭔가요?", "묘지 근처 집", "유산 상속은 어떻게 될까요", "열정이 죽어 있는 느낌이에요", "김자해", "이자살림",
    "my deadline is near", "I am dying to know my fortune", "suited for work?", "What does the stage of death mean?",
]  # fmt: skip


@pytest.mark.parametrize("words", CRISIS)
def test_a_cry_for_help_is_heard(words: str) -> None:
    assert mentions_crisis(words)
    assert mentions_crisis("민지", words)


@pytest.mark.parametrize("words", ORDINARY)
def test_ordinary_saju_talk_raises_no_alarm(words: str) -> None:
    assert not mentions_crisis(words)


def test_nothing_typed_is_no_alarm() -> None:
    assert not mentions_crisis()
    assert not mentions_crisis("", "")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_line_is_named_first(language: str) -> None:
    assert "109" in crisis_text(language)


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("올해 주식에 투자해도 될까요?", ("money",)),
        ("수술 날짜를 잡아도 될까요?", ("health",)),
        ("소송에서 이길까요?", ("law",)),
        ("이혼하면 집 대출은 어떻게 하죠?", ("money", "law")),
        ("올해 시험 운이 궁금해요", ()),
        ("Should I invest in stocks?", ("money",)),
        ("Will my surgery go well?", ("health",)),
    ],
)
def test_questions_for_a_professional_are_told_apart(question: str, keys: tuple[str, ...]) -> None:
    assert cautions(question) == keys
    assert disclaimer(keys, "ko").count("주세요") == len(keys)

"""Reasons in both languages: the rules behind strength, pattern and useful elements."""

from __future__ import annotations

STRUCTURE = {
    "month_is_geonrok": (
        "월지가 일간의 건록 자리라서 이렇게 불러요.",
        "The month branch is the day stem's Establishment.",
    ),
    "month_is_yangin": (
        "월지가 일간의 양인(제왕) 자리라서 이렇게 불러요.",
        "The month branch is the day stem's Blade (Peak).",
    ),
    "month_is_kin": (
        "월지의 정기가 비겁이고 다른 지장간이 천간에 드러나지 않았어요.",
        "The month's main force is a companion, and no other hidden stem of it shows.",
    ),
    "jeonggi_shows": (
        "월지의 정기가 천간에 투출해(드러나) 있어요.",
        "The month's main force shows among the stems.",
    ),
    "junggi_shows": (
        "월지의 정기는 드러나지 않고 중기가 천간에 투출해(드러나) 있어요.",
        "The month's main force does not show, its middle force does.",
    ),
    "yeogi_shows": (
        "월지의 정기와 중기는 쓰이지 않고 여기가 천간에 투출해(드러나) 있어요.",
        "Of the month's hidden stems the remaining force shows.",
    ),
    "jeonggi_unshown": (
        "천간에 드러난 지장간이 없어서 월지의 정기로 정했어요.",
        "None of the month's hidden stems shows, so its main force names the pattern.",
    ),
    "main_always": (
        "드러남을 따지지 않고 월지의 정기로 정했어요.",
        "By the month's main force, whatever shows.",
    ),
}

CANDIDATE = {
    "hwa_gyeok": (
        "일간이 옆 글자와 합하고 월지가 합한 오행과 같아서, 화격으로 보기도 해요.",
        "The day stem unites with its neighbour and the month is of the resulting element.",
    ),
    "strong": (
        "일간 쪽 기운이 85% 이상이라, 그 흐름을 따르는 특별한 짜임으로 보기도 해요. "
        "이렇게 보면 용신도 달라져요.",
        "At least 85 % stands on the day stem's side; some read a pattern of its own, "
        "with other useful elements.",
    ),
    "weak": (
        "일간 쪽 기운이 15% 미만이고 지지에 뿌리가 없어, 많은 기운을 따르는 짜임으로 보기도 해요. "
        "이렇게 보면 용신도 달라져요.",
        "Less than 15 % stands on the day stem's side, without a root; some read it as following, "
        "with other useful elements.",
    ),
}

USEFUL = {
    "strong_by_seal": (
        "일간이 강하고 인성이 가장 무거워서, 인성을 덜어 주는 재성을 골랐어요.",
        "The day stem is strong by seals, so wealth, which governs seals, is chosen.",
    ),
    "strong_by_self": (
        "일간이 강하고 비겁이 무거워서, 다듬어 주는 관성을 골랐어요.",
        "The day stem is strong by companions, so the officer, which governs them, is chosen.",
    ),
    "strong_to_the_end": (
        "일간이 강하고 누르기보다 흘려보내는 편이 자연스러워서, 식상을 골랐어요.",
        "The day stem is strong and better let flow than held, so output is chosen.",
    ),
    "weak_by_officer": (
        "일간이 약하고 관성이 무거워서, 관성의 힘을 받아 일간에 이어 주는 인성을 골랐어요.",
        "The day stem is weak under officers, so the seal, which passes their force on, is chosen.",
    ),
    "weak_by_output": (
        "일간이 약하고 식상으로 힘이 많이 나가서, 채워 주는 인성을 골랐어요.",
        "The day stem is weak by much output, so the seal, which refills it, is chosen.",
    ),
    "weak_by_wealth": (
        "일간이 약하고 재성이 무거워서, 함께 짊어질 비겁을 골랐어요.",
        "The day stem is weak under wealth, so companions, who share the load, are chosen.",
    ),
    "cold_month": (
        "추운 달에 태어나, 궁통보감의 표에서 이 달에 먼저 찾는 글자예요.",
        "Born in a cold month; the sign 궁통보감 asks for first in it.",
    ),
    "hot_month": (
        "더운 달에 태어나, 궁통보감의 표에서 이 달에 먼저 찾는 글자예요.",
        "Born in a hot month; the sign 궁통보감 asks for first in it.",
    ),
    "mild_month": (
        "춥지도 덥지도 않은 달에 태어나 급하지는 않지만, 궁통보감의 표에서 이 달에 먼저 찾는 글자예요.",
        "Born in a mild month, not pressing; the sign 궁통보감 asks for first in it.",
    ),
    "two_in_conflict": (
        "맞선 두 기운이 각각 30% 이상이라, 그 사이를 이어 주는 기운을 골랐어요.",
        "Two opposed forces hold 30 % or more each, so the one between them is chosen.",
    ),
}

TEST = {
    ("deukryeong", True): ("태어난 달이 일간을 도와요.", "The month supports the day stem."),
    ("deukryeong", False): ("태어난 달은 일간을 돕지 않아요.", "The month does not support the day stem."),
    ("deukji", True): ("일지가 일간을 받쳐 줘요.", "The day branch supports the day stem."),
    ("deukji", False): ("일지는 일간을 받쳐 주지 않아요.", "The day branch does not support the day stem."),
    ("deuksi", True): ("시지가 일간을 도와요.", "The hour branch supports the day stem."),
    ("deuksi", False): ("시지는 일간을 돕지 않아요.", "The hour branch does not support the day stem."),
    ("deuksi", None): ("태어난 시각을 몰라서 판단하지 않아요.", "Not judged: the birth hour is unknown."),
    ("deukse", True): (
        "나머지 글자 가운데 절반 이상이 일간을 도와요.",
        "At least half of the other signs support the day stem.",
    ),
    ("deukse", False): (
        "나머지 글자 가운데 일간을 돕는 글자가 절반이 안 돼요.",
        "Fewer than half of the other signs support the day stem.",
    ),
}

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
        "월지의 정기가 비겁이고, 격을 이룰 다른 지장간이 천간에 드러나지 않았어요.",
        "The month's main force is a companion, and no other hidden stem that could name a pattern shows.",
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
        "격을 이룰 지장간이 천간에 드러나지 않아서 월지의 정기로 정했어요.",
        "None of the month's hidden stems that could name a pattern shows, so its main force does.",
    ),
    "jeonggi_returns": (
        "월지의 다른 지장간이 천간에 드러나 있지만 그것을 누르는 글자도 함께 드러나 있어서, 자평진전을 따라 월지의 정기로 정했어요.",
        "Another hidden stem of the month shows, but a stem that governs it shows too, so the pattern goes back to the "
        "month's main force (變而不失本格, 자평진전).",
    ),
    "main_always": (
        "드러남을 따지지 않고 월지의 정기로 정했어요.",
        "By the month's main force, whatever shows.",
    ),
    "follows_output": (
        "일간의 뿌리가 거의 없고 인성도 없이 식상이 압도해, 그 흐름을 따르는 짜임이에요.",
        "The day stem has next to no root and no seal, and output prevails: it is followed (종아 of 적천수).",
    ),
    "follows_wealth": (
        "일간의 뿌리와 돕는 기운이 거의 없고 재성이 압도해, 그 흐름을 따르는 짜임이에요.",
        "The day stem has next to no root or support, and wealth prevails: it is followed.",
    ),
    "follows_officer": (
        "일간의 뿌리와 돕는 기운이 거의 없고 관성이 압도해, 그 흐름을 따르는 짜임이에요.",
        "The day stem has next to no root or support, and the officer prevails: it is followed.",
    ),
    "follows_itself": (
        "거의 모든 기운이 일간 쪽이고 맞서는 관성이 없어, 그 왕성한 흐름을 따르는 짜임이에요.",
        "Nearly everything stands on the day stem's side and no officer opposes it: its own force is followed.",
    ),
    "follows_seal": (
        "거의 모든 기운이 일간 쪽인데 인성이 더 무겁고 덜어 낼 기운이 드러나지 않아, 그 강한 흐름을 따르는 짜임이에요.",
        "Nearly everything stands on the day stem's side, most of it seals, unopposed: the strong is followed.",
    ),
    "transformed": (
        "일간이 한 글자하고만 합하고 태어난 달이 합한 오행을 도우며 일간을 붙드는 뿌리가 없어, 화한 기운을 따르는 짜임이에요.",
        "The day stem unites with one neighbour in a month of the resulting element, and no root holds it back.",
    ),
}

BY_MONTH = (
    "자평진전처럼 월지로만 보면 이렇게 불러요.",
    "By the month alone, as in 자평진전, it would be called so.",
)

USEFUL = {
    "strong_by_seal": (
        "일간이 강하고 인성이 비겁보다 무거워서, 인성을 덜어 주는 재성을 골랐어요.",
        "The day stem is strong by seals, so wealth, which governs seals, is chosen.",
    ),
    "strong_by_mother": (
        "인성이 절반을 넘고 다스릴 재성도 없으면 오히려 일간이 묻힌다고 보아(모자멸자), 그 힘을 함께 받아 낼 비겁을 골랐어요.",
        "Seals hold half and more with no wealth to check them, which buries the day stem (母慈滅子), so companions, "
        "who take them up with it, are chosen.",
    ),
    "strong_by_self": (
        "일간이 강하고 관성이 뿌리를 두고 드러나 있어서, 다듬어 주는 관성을 골랐어요.",
        "The day stem is strong and the officer shows, so the officer, which governs it, is chosen.",
    ),
    "strong_flows_out": (
        "일간이 강하고 누르기보다 흘려보내는 편이 자연스러워서, 식상을 골랐어요.",
        "The day stem is strong and better let flow than held, so output is chosen.",
    ),
    "strong_let_flow": (
        "일간이 매우 강하면 누르지 않고 흘려보낸다는 임철초(적천수천미)를 따라 식상을 골랐어요. 위천리(천리명고)처럼 "
        "드러난 관성으로 누르는 학파도 있어요.",
        "What is very strong is let flow and not held down, after 임철초 (적천수천미), so output is chosen; others, as 韋千里, "
        "take the officer that shows.",
    ),
    "strong_to_wealth": (
        "일간이 강한데 식상도 관성도 드러나지 않거나 합으로 묶여 있어서, 힘을 쓸 재성을 골랐어요.",
        "The day stem is strong, and neither output nor officer shows free of a union, so wealth takes its force.",
    ),
    "level_by_officer": (
        "강약이 비슷한데 관성이 무거워서, 관성의 힘을 받아 일간에 이어 주는 인성을 골랐어요.",
        "Strength is near the middle under a heavy officer, so the seal, which passes it on, is chosen.",
    ),
    "level_resists": (
        "강약이 비슷한데 관성이 무겁고 식상이 드러나 있어서, 관성에 맞서 주는 식상을 골랐어요.",
        "Strength is near the middle under a heavy officer and output shows, so output, which holds it off, is chosen.",
    ),
    "weak_resists": (
        "일간이 약하고 누르는 기운이 큰데 인성 대신 식상이 드러나 있어서, 그 기운을 막아 주는 식상을 골랐어요.",
        "The day stem is pressed and output shows where no seal does, so output, which holds the officer off, is chosen.",
    ),
    "weak_resists_in_season": (
        "일간이 약하고 누르는 기운이 가장 큰데, 그 기운을 막아 주는 식상을 태어난 달의 조후도 함께 찾아서 식상을 골랐어요.",
        "The day stem is pressed, and the season too asks for output, which holds the officer off, so output is chosen.",
    ),
    "weak_by_officer": (
        "일간이 약하고 누르는 기운이 커서, 그 힘을 받아 일간에 이어 주는 인성을 골랐어요.",
        "The day stem is weak and pressed, so the seal, which passes that force on to it, is chosen.",
    ),
    "weak_by_output": (
        "일간이 약하고 식상으로 힘이 많이 나가서, 채워 주는 인성을 골랐어요.",
        "The day stem is weak by much output, so the seal, which refills it, is chosen.",
    ),
    "weak_on_seal": (
        "일간이 약하고 재성이 무거운데 인성이 드러나 있거나 뿌리가 깊어서, 기댈 인성을 골랐어요.",
        "The day stem is weak under wealth, and a seal shows or has a firm root, so it leans on the seal.",
    ),
    "weak_by_wealth": (
        "일간이 약하고 재성이 무거워서, 함께 짊어질 비겁을 골랐어요.",
        "The day stem is weak under wealth, so companions, who share the load, are chosen.",
    ),
    "weak_without_seal": (
        "일간이 약한데 기댈 인성이 뚜렷하지 않아서, 곁에서 돕는 비겁을 골랐어요.",
        "The day stem is weak and has no seal to lean on, so companions are chosen.",
    ),
    "cold_month": (
        "추운 달에 태어나, 궁통보감의 표에서 이 달에 먼저 찾는 글자예요.",
        "Born in a cold month; the sign 궁통보감 asks for first in it.",
    ),
    "cold_lingers": (
        "입춘이 지났어도 추위가 남은 달에 태어나, 궁통보감의 표에서 이 달에 먼저 찾는 글자예요.",
        "Born while the cold lingers after 입춘; the sign 궁통보감 asks for first in that month.",
    ),
    "mild_month": (
        "따뜻한 봄에 태어나 급하지는 않지만, 궁통보감의 표에서 이 달에 먼저 찾는 글자예요.",
        "Born in mild spring, not pressing; the sign 궁통보감 asks for first in that month.",
    ),
    "hot_month": (
        "더운 달에 태어나, 궁통보감의 표에서 이 달에 먼저 찾는 글자예요.",
        "Born in a hot month; the sign 궁통보감 asks for first in it.",
    ),
    "heat_lingers": (
        "입추가 지났어도 더위가 남은 달에 태어나, 궁통보감의 표에서 이 달에 먼저 찾는 글자예요.",
        "Born while the heat lingers after 입추; the sign 궁통보감 asks for first in that month.",
    ),
    "cool_month": (
        "서늘한 가을에 태어나 급하지는 않지만, 궁통보감의 표에서 이 달에 먼저 찾는 글자예요.",
        "Born in cool autumn, not pressing; the sign 궁통보감 asks for first in that month.",
    ),
    "dry_month": (
        "메마른 늦가을에 태어나, 궁통보감의 표에서 이 달에 먼저 찾는 글자예요.",
        "Born in dry late autumn; the sign 궁통보감 asks for first in that month.",
    ),
    "two_in_conflict": (
        "맞선 두 기운이 각각 30% 이상이라, 그 사이를 이어 주는 기운을 골랐어요.",
        "Two opposed forces hold 30 % or more each, so the one between them is chosen.",
    ),
    "two_forces": (
        "일간의 기운과 식상이 네 글자씩 둘뿐이라(양기성상), 막힘없이 흘러가는 식상을 골랐어요.",
        "The day stem's own element and output alone make up the chart, four signs each (兩氣成象), so output, where it "
        "flows, is chosen.",
    ),
    "follows_output": (
        "식상을 따르는 짜임이라, 식상이 낳는 재성이 있으면 재성을, 아니면 식상을 골랐어요.",
        "The chart follows output, so wealth, its child, is chosen where there is any, else output.",
    ),
    "follows_wealth": (
        "재성을 따르는 짜임이라, 재성을 낳는 식상이 넉넉하면 식상을, 아니면 재성이 흘러갈 관성을 골랐어요.",
        "The chart follows wealth, so output, which feeds it, is chosen where there is enough, else the officer.",
    ),
    "follows_officer": (
        "관성을 따르는 짜임이라, 거스르지 않고 관성을 골랐어요.",
        "The chart follows the officer, so the officer is chosen.",
    ),
    "follows_itself": (
        "왕성한 기운은 누르지 않는다고 보아, 흘려보낼 식상이 있으면 식상을, 없거나 인성이 막고 있으면 인성을 골랐어요.",
        "What is at its height is not held down: output is chosen where it has a way, else the seal.",
    ),
    "follows_seal": (
        "강한 흐름을 따르는 짜임이라, 흘려보낼 식상이 드러나 있으면 식상을, 아니면 인성을 골랐어요.",
        "The strong is followed: output is chosen where it shows, else the seal.",
    ),
    "transformed": (
        "화한 기운을 따르는 짜임이라, 그 기운이 넉넉하면 흘려보내는 쪽을, 모자라면 낳아 주는 쪽을 골랐어요.",
        "The chart follows the element it turned into: what lets it flow where it is plentiful, else what feeds it.",
    ),
}

VERDICT = {
    "same": (
        "억부와 조후가 같은 기운을 가리켜요.",
        "Strength and season ask for the same.",
    ),
    "follows": (
        "임철초의 적천수천미를 따라, 한 기운을 따르는 짜임에서는 억부보다 그 흐름을 먼저 봐요.",
        "A chart that follows one force is read by it before strength (임철초, 적천수천미).",
    ),
    "season_helps": (
        "궁통보감을 따라, 계절이 급하고 그 기운이 뿌리를 두고 천간에 드러나 강약의 균형도 도우면 조후를 먼저 봐요.",
        "The season presses, and its element shows with a root and helps the balance as well, so it comes first (궁통보감).",
    ),
    "season_chooses": (
        "강한 일간을 덜어 낼 길이 여럿이면, 그 가운데 궁통보감이 이 달에 먼저 찾고 뿌리를 둔 채 천간에 드러난 기운을 먼저 "
        "봐요. 강약만 따지는 학파는 억부를 골라요.",
        "Of the ways to restrain a strong day stem, the one that 궁통보감 asks for first in this month goes first where it "
        "shows with a root; a school that weighs strength alone chooses by the balance.",
    ),
    "season_in_middle": (
        "강약이 가운데에 가깝고, 급한 계절이 찾는 기운이 뿌리를 두고 천간에 드러나 있어서 조후를 먼저 봐요. 강약을 "
        "앞세우는 학파는 억부를 골라요.",
        "Strength is near the middle, and what the pressing season asks for shows with a root, so the season comes first; "
        "a school that puts strength first chooses by the balance.",
    ),
    "season_warms": (
        "추운 달의 나무는 볕을 먼저 찾는다고 보는 적천수천미를 따라(한목향양), 천간에 드러난 화를 강약보다 먼저 봐요. 강약을 "
        "앞세우는 학파는 억부를 골라요.",
        "Wood in the cold turns to the sun first (寒木向陽, 적천수천미): the fire among the stems comes before strength; a "
        "school that puts strength first chooses by the balance.",
    ),
    "season_school": (
        "조후를 앞세우는 학파를 골라서 계절을 먼저 봤어요.",
        "The school that was chosen puts the season first.",
    ),
    "strength_against_season": (
        "조후가 찾는 기운은 억부가 고른 기운과 서로 누르는 사이라 둘이 부딪쳐요. 임철초(적천수천미)를 따라 강약의 균형을 먼저 보고, "
        "조후는 계절을 견디는 보조로만 살펴요. 궁통보감을 앞세우는 학파는 조후를 골라요.",
        "What the season asks for and what the balance chooses hold each other down. Strength comes first, after 임철초 "
        "(적천수천미), and the season's element is a help in its own time only; a school that follows 궁통보감 would choose it.",
    ),
    "strength_beside_season": (
        "조후가 찾는 기운이 달라도 서로 부딪치지는 않아요. 강약의 균형을 먼저 보고 조후를 곁들여요.",
        "The season asks for another element that does not disturb the balance. Strength comes first.",
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

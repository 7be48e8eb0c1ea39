"""The checker: true sentences pass, planted contradictions are found with the truth beside them.

The chart is 庚午 辛巳 庚辰 壬午: 목 0 화 3 토 1 금 3 수 1; no 재성, three 관성; 용신 수 (억부, 조후).
"""

from __future__ import annotations

import itertools

import pytest

from fortune.readings.grounding import Finding, Truth, check
from fortune.readings.grounding.names.words import WORDS
from fortune.readings.rendering.render import spoken
from tests.unit.readings.charts import at_random, inputs, person

TRUTH = Truth.of(inputs())
WITHOUT_HOUR = Truth.of(inputs(who=person(hour=None)))
DAILY = Truth.of(inputs("daily"))  # 2026-11-23, 辛丑
PAIR = Truth.of(inputs("match"))  # with 己卯 丙子 戊午 戊午


def _found(text: str, truth: Truth = TRUTH) -> list[Finding]:
    return list(check(text, truth))


FALSE = [
    ("당신의 일주는 갑자예요.", "일주는 갑자", "경진(庚辰)"),
    ("일주인 '무오'의 기운이 강해요.", "무오", "경진(庚辰)"),
    ("월주가 임오라서 바빠요.", "월주가 임오", "신사(辛巳)"),
    ("일주 甲子의 사람은 곧아요.", "일주 甲子", "경진(庚辰)"),
    ("갑자일주답게 곧아요.", "갑자일주", "경진(庚辰)"),
    ("병인 월주라서 따뜻해요.", "병인 월주", "신사(辛巳)"),
    ("당신의 일간은 갑목이에요.", "일간은 갑목", "경금(庚)"),
    ("신금 일간은 섬세해요.", "신금 일간", "경금(庚)"),
    ("당신은 병화예요. 밝아요.", "당신은 병화", "경금(庚)"),
    ("지지 신금은 겁재예요.", "신금은 겁재", "비견"),
    ("편재가 강해서 돈을 잘 굴려요.", "편재가 강해", "0개"),
    ("재성이 많은 편이에요.", "재성이 많", "0개"),
    ("관성이 하나도 없어요.", "관성이 하나도 없", "3개"),
    ("정관이 없어서 자유로워요.", "정관이 없", "2개"),
    ("편재가 2개 있어요.", "편재가 2개", "0개"),
    ("관성이 두 개라 책임감이 있어요.", "관성이 두 개", "3개"),
    ("월지의 십성은 정재예요.", "월지의 십성은 정재", "편관"),
    ("일지에는 식신이 있어요.", "일지에는 식신", "편인"),
    ("월지 사화가 정인이라 그래요.", "월지 사화가 정인", "편관"),
    ("화의 기운이 없어서 차분해요.", "화의 기운이 없", "화 3개"),
    ("나무의 기운이 가장 많아요.", "나무의 기운이 가장 많", "목 0개"),
    ("가장 많은 것은 수의 기운이에요.", "가장 많은 것은 수의 기운", "수 1개"),
    ("세어 보면 목 2개가 있어요.", "목 2개", "목 0개"),
    ("용신은 금이에요.", "용신은 금", "수"),
    ("목의 기운을 용신으로 봐요.", "목의 기운을 용신", "수"),
    ("2026년은 을사년이에요.", "2026년은 을사", "병오(丙午)"),
    ("2025년(갑진)부터 달라져요.", "2025년(갑진", "을사(乙巳)"),
    ("지금은 갑신 대운이에요.", "지금은 갑신 대운", "정축"),
    ("앞으로 무오 대운이 와요.", "무오 대운", "경진"),
    ("33세부터 오는 기묘 대운을 보세요.", "33세부터 오는 기묘 대운", "만 13세"),
    ("대운수는 7이에요.", "대운수는 7", "3"),
    ("일주는 **갑자**".replace("*", ""), "일주는 갑자", "경진(庚辰)"),
]


@pytest.mark.parametrize(("text", "claim", "truth"), FALSE)
def test_a_planted_contradiction_is_found(text: str, claim: str, truth: str) -> None:
    (found,) = _found(text)
    assert claim in found.claim
    assert text[found.start : found.end].strip() == found.claim
    assert truth in found.truth_ko
    assert found.truth_en


TRUE = [
    "11월 30일의 일진은 무신이에요. 당신에게 천간 무토는 편인, 지지 신금은 비견이에요.",
    "당신의 일주는 경진이에요. 경진일주는 무게가 있어요.",
    "년주는 경오, 월주는 신사, 시주는 임오예요.",
    "일간은 경금이에요. 경금 일간은 곧아요.",
    "관성이 3개 있고 재성이 없어요. 편재가 없고 정재도 없어요.",
    "월지의 십성은 편관이고 일지에는 편인이 있어요.",
    "목의 기운이 없어요. 화 3개, 금 3개예요.",
    "용신은 수예요. 조후로도 수를 용신으로 봐요.",
    "2026년은 병오년이에요. 2027년(정미)도 볼게요.",
    "지금은 정축 대운이에요. 다음은 병자 대운이에요.",
    # Looks like a claim and is none.
    "일주일에 한 번 걸어 보세요. 일주가 갑자기 바뀌지는 않아요.",
    "그럴 수가 없어요. 할 수가 없다고 느껴도 괜찮아요.",
    "편재가 없다고 해서 돈과 멀다는 뜻은 아니에요.",
    "관성이 없는 것은 아니에요.",
    "올해는 편재가 강하게 들어와요. 다음 대운에서는 재성이 많아져요.",
    "지장간까지 보면 월지에는 비견이 숨어 있어요.",
    "마음이 가장 많이 움직이는 때예요.",
    "가장 강한 물결도 지나가요.",
    "오전 시간 편안하게 보내세요. 시간에 쫓기지 마세요.",
    "기사 식당에서 만나요. 병사처럼 꿋꿋해요.",
    "네 개의 계절을 지나요. 나무 두 그루를 심어요.",
    "먼저 인사해 보기 좋아요. 할 일을 하나 정해 두세요.",
    "상대의 편재가 강해요.",
]


@pytest.mark.parametrize("text", TRUE)
def test_a_true_sentence_is_left_alone(text: str) -> None:
    assert _found(text) == []


def test_an_hour_pillar_is_a_contradiction_when_the_hour_is_unknown() -> None:
    (found,) = _found("시주는 임오예요.", WITHOUT_HOUR)
    assert "시각을 몰라" in found.truth_ko
    assert _found("대운수는 9예요.", WITHOUT_HOUR) == []


def test_the_pillar_of_the_day_asked_about_is_checked() -> None:
    assert _found("오늘의 일진은 신축이에요.", DAILY) == []
    (found,) = _found("오늘의 일진은 갑자예요.", DAILY)
    assert "신축(辛丑)" in found.truth_ko


def test_of_two_people_a_claim_may_be_about_either() -> None:
    assert _found("일주는 무오예요. 재성이 1개 있어요. 일간은 무토예요.", PAIR) == []
    assert len(_found("일주는 갑자예요.", PAIR)) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Your day pillar is Gyeong-Jin (庚辰).", 0),
        ("Your day pillar is Gap-Ja (甲子).", 1),
        ("2026 is the year Byeong-O (丙午).", 0),
        ("2026 is the year Eul-Sa (乙巳).", 1),
        ("Your day stem is yang metal.", 0),
        ("Your day master is yin wood.", 1),
        ("Your Day Master – Geng (경금) – has the support of the month branch (巳).", 1),
        ("The day branch (辰) doesn’t support you.", 1),
        ("Your Day Master isn’t supported by the hour branch—午.", 0),
        ("At the day branch your Day Master sits in the Nurture (養) stage.", 0),
        ("At the day branch your Day Master sits in the Death stage.", 1),
        ("Geng metal reaches the stage of “Long Life” at the month branch.", 0),
        ("Geng metal over Wu is in the stage of Prosperity.", 1),
        ("Life has a stage of growth and a phase of decline.", 0),
        ("2026, the year of Bing Wu (丙午), brings Wealth energy.", 1),
        ("In 2026 the Seven Killings appears in the stem.", 0),
        ("In 2026 the Direct Officer appears in the stem.", 1),
        ("The two Geng (庚) stems are your Direct Wealth stars.", 1),
        ("The Snake in your month branch combines with the Dragon.", 1),
        ("The stem union of 甲 and 己 takes place between the year and the day.", 1),
        ("Three of your four branches are Horses.", 1),
        ("Fire counts as an unfavorable element for you.", 0),
        ("The Resource stars behind the Day Master give you patience.", 0),
        ("Your samjae begins in the year of the Monkey.", 0),
        ("Your samjae begins in the year of the Tiger.", 1),
        ("All three branches—丑, 戌, 未—are present.", 1),
        ("Geng metal sits on the Tiger.", 1),
        ("Your Day Master sits on the Goat.", 1),
        ("Geng metal appears twice among the stems.", 0),
        ("Geng metal appears three times among the stems.", 1),
        ("Neither Fire nor Water appears in the chart.", 1),
        ("The Rooster and the Rabbit are both missing.", 0),
        ("The Horse and the Rabbit are both missing.", 1),
        ("You were born in early winter.", 1),
        ("Geng metal sits on the Dragon.", 0),
        ("As a woman born in the Year of the Wood Horse, you are quick.", 1),
        ("This is your final samjae year.", 1),
        ("Your ten-year luck moves forward through the pillars.", 1),
    ],
)
def test_english_sentences_are_checked_too(text: str, count: int) -> None:
    assert len(_found(text)) == count


TABLE = """\
| 구분 | 시주 | 일주 | 월주 | 년주 |
|---|---|---|---|---|
| 천간 | 임(壬) | 경(庚) | {stem} | 경(庚) |
| 십성(지지) | 정관 | 편인 | {god} | 정관 |
"""


@pytest.mark.parametrize(
    ("stem", "god", "marked"),
    [("신(辛)", "편관", []), ("을(乙)", "편관", ["을(乙)"]), ("신(辛)", "정재", ["정재"])],
)
def test_a_cell_of_a_table_is_held_against_its_head_and_label(stem: str, god: str, marked: list[str]) -> None:
    plain = spoken(TABLE.format(stem=stem, god=god))
    assert [plain[row.start : row.end] for row in _found(plain)] == marked


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("지금 만 36세인 당신은 바빠요.", 0),
        ("올해 37세인 당신은 바빠요.", 0),
        ("지금 만 44세인 당신은 바빠요.", 1),
        ("마흔을 앞둔 지금은 서두르지 않아도 돼요.", 0),
        ("칠순을 넘긴 지금은 서두르지 않아도 돼요.", 1),
        ("칠순을 넘긴 부모님께 자주 연락드리세요.", 0),
        ("예순 초반의 당신은 바빠요.", 1),
        ("지금처럼 준비하면 오십 대에 열매가 있어요.", 0),
        ("You’re in your mid-thirties.", 0),
        ("You are in your early fifties.", 1),
        ("You have passed seventy—a time to rest.", 1),
        ("In your fifties, money comes more easily.", 0),
        ("당신은 여성으로 태어나 역행해요.", 0),
        ("당신은 남성으로 태어나 순행해요.", 1),
        ("어머니는 44세예요.", 0),
    ],
)
def test_age_and_gender_are_those_of_the_person(text: str, count: int) -> None:
    assert len(_found(text)) == count


def test_findings_come_in_order_and_never_overlap() -> None:
    rows = _found("일주는 갑자, 월주는 을축이에요. 2026년은 을사년이에요. 편재가 2개 있어요.")
    assert len(rows) == 4
    assert all(one.end <= two.start for one, two in itertools.pairwise(rows))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("양의 글자가 많아요.", 0),
        ("양기가 강한 사주라 활동적이에요.", 0),
        ("음기가 강한 사주라 조용해요.", 1),
        ("양기가 하나도 없어요.", 1),
        ("음 기운이 여섯, 양 기운이 둘이에요.", 2),
        ("양 기운이 여섯, 음 기운이 둘이에요.", 0),
        ("음의 글자가 가장 많아요.", 1),
    ],
)
def test_how_much_there_is_of_yin_and_yang_is_held_against_the_signs(text: str, found: int) -> None:
    assert len(_found(text)) == found


@pytest.mark.parametrize(
    "text", ["책임감이 강한 사주예요.", "자존심이 약한 사주라 눈치를 봐요.", "개성이 강한 명식이에요."]
)
def test_a_trait_that_is_strong_says_nothing_of_the_day_stem(text: str) -> None:
    assert _found(text) == []


def test_no_word_with_any_ending_breaks_the_reader() -> None:
    endings = (
        "이 많아요",
        "가 강해요",
        "이 하나도 없어요",
        "가 두 개예요",
        "이 가장 적어요",
        "이에요",
        " is strong",
        " is missing",
    )
    for word in WORDS:
        check("".join(f"당신의 {word}{ending}.\n" for ending in endings), TRUTH)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("도화살이 강해서 인기가 많아요.", 1),
        ("역마살이 여러 개 있어 이사가 잦아요.", 1),
        ("도화살이 두 개나 있어요.", 1),
        ("도화살이 강한 사주예요.", 1),
        ("괴강살이 강해서 주관이 뚜렷해요.", 0),
        ("도화살이 강한 사람은 인기가 많아요.", 0),
        ("도화살이 강하지 않아요.", 0),
        ("도화살이 강한 편은 아니에요.", 0),
        ("도화살이 강하다고 다 좋은 것은 아니에요.", 0),
        ("역마살이 강한 해예요.", 0),
    ],
)
def test_a_star_that_is_strong_or_there_more_than_once_is_there(text: str, found: int) -> None:
    assert len(_found(text)) == found


def test_their_may_mean_a_small_child_beside_somebody_else() -> None:
    child, parent, text = person(2020, 5, 15), person(1990, 5, 15), "This rests on their day pillar, {}."
    own, others = "Mu-O (戊午)", "Gyeong-Jin (庚辰)"
    of_child = Truth.of(inputs("question", who=child, other=parent, language="en"))
    assert not check(text.format(own), of_child)
    assert not check(text.format(others), of_child)
    assert check(text.format("Gap-Ja (甲子)"), of_child)
    assert check(text.format(others), Truth.of(inputs("question", who=parent, other=child, language="en")))


@pytest.mark.parametrize(
    "text",
    [
        "당신은 주변의 도움을 받아 어려움을 넘겨요.",
        "당신은 주변의 도움을 받지 못해 지칠 때가 있어요.",
        "용돈의 절반을 나무에 쓰세요.",
    ],
)
def test_help_from_people_and_half_of_something_say_nothing_of_the_signs(text: str) -> None:
    charts = [Truth.of(inputs(who=at_random(seed))) for seed in range(8)]
    assert not [found for chart in charts for found in check(text, chart)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("관인상생의 구조라 배움이 자리가 돼요.", 0),
        ("식신생재의 흐름이 사주에서 이어져요.", 1),
        ("상관패인을 이룬 명식이에요.", 1),
        ("식신생재가 되려면 재성이 있어야 해요.", 0),
        ("식신생재는 재능이 돈이 되는 구조를 말해요.", 0),
        ("내년에는 식신생재의 흐름이 이어져요.", 0),
        ("은근한 식신생재의 구조예요.", 0),
        ("인오술이 한자리에 모여 화국을 이뤄요.", 1),
        ("사유축이 다 모이면 금국이 돼요.", 0),
        ("오오 자형이 년지와 시지를 흔들어요.", 0),
        ("지지가 모두 오화로 채워져 있어요.", 1),
        ("여덟 글자가 모두 양으로 이루어져 있어요.", 1),
        ("양만으로 승부하지 마세요.", 0),
        ("식신은 시주에만 있어요.", 0),
        ("비견은 일지에만 있어요.", 1),
        ("삼재는 원숭이, 닭, 개의 해에 찾아와요.", 0),
        ("지금 당신은 날삼재의 한복판에 있어요.", 1),
        ("날삼재에 해당하는 올해는 조용히 지내세요.", 1),
        ("2030년은 나가는 삼재예요.", 0),
        ("2029년은 나가는 삼재예요.", 1),
        ("2030년으로 삼재가 끝나요.", 0),
        ("2029년으로 삼재가 끝나요.", 1),
        ("삼재는 돼지, 쥐, 소의 해에 찾아와요.", 1),
        ("편관이 월지와 시지에 있어요.", 1),
        ("경금이 월지에 뿌리를 내렸어요.", 0),
        ("임수가 월지에 뿌리를 내렸어요.", 0),
        ("갑목이 월지에 뿌리를 내렸어요.", 1),
        ("진술축미가 모두 모여 땅이 넓어요.", 1),
        ("천간에 정재가 떠서 살림이 알뜰해요.", 1),
        ("관인상생이라는 말에 겁먹지 마세요.", 0),
        ("상관견관이라는 말에 겁먹지 마세요.", 0),
        ("당신의 중심에는 이슬 같은 계수가 흐르고 있어요.", 1),
        ("Your chart is made up entirely of yang signs.", 1),
    ],
)
def test_structures_triads_and_what_is_all_of_a_kind_are_held_against_the_signs(
    text: str, found: int
) -> None:
    assert len(_found(text)) == found

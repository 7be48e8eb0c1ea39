"""Questions: how they are read and answered."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from fortune.readings.classic.answer.timing import When
from fortune.readings.classic.draft import memory
from fortune.readings.classic.question import feeling, words
from fortune.readings.classic.question.asked import Asked
from fortune.readings.classic.question.vocabulary import FORMS, PEOPLE, SUBJECTS, VOLITION
from fortune.readings.facts.evidence import Evidence
from fortune.readings.rendering.render import blocks, plain_text
from tests.corpora import figures
from tests.unit.readings.charts import at_random, compose, inputs, person

ROWS = figures.question_rows()


@pytest.mark.parametrize(("who", "subject", "form", "year", "question"), ROWS)
def test_a_question_is_read(who: str, subject: str, form: str, year: str, question: str) -> None:
    asked = figures.asked(question)
    assert (asked.who, asked.subject, asked.form, asked.year) == (who, subject, form, int(year))
    assert asked.again == (">" in question)


def test_questions_as_they_are_typed_are_read() -> None:
    assert figures.questions("questions_kept.txt").missed == ()
    found = figures.questions("questions_typed.txt")
    assert found.recall >= 0.97, found.missed
    fresh = figures.questions("questions_fresh.txt")
    assert fresh.recall >= 0.95, fresh.missed
    later = figures.questions("questions_later.txt")
    assert later.recall >= 0.95, later.missed


@pytest.mark.parametrize(
    ("question", "who", "subject", "year"),
    [
        ("남편이 실직했어요. 언제 다시 취직할까요?", "spouse", "job", 0),
        ("아내와 사이가 안 좋아요. 저는 언제 이직하는 게 좋을까요?", "me", "change", 0),
        ("어머니가 돌아가신 뒤로 기운이 없어요. 언제 이사하면 좋을까요?", "me", "move", 0),
        ("대출 받아서 집을 사도 될까요?", "me", "house", 0),
        ("결혼하려는데 대출을 받아도 될까요?", "me", "debt", 0),
        ("올해 35살입니다. 언제 결혼할까요?", "me", "marriage", 0),
        ("丁未년에 이사해도 될까요?", "me", "move", 2027),
    ],
)
def test_what_is_asked_is_told_from_the_story_around_it(
    question: str, who: str, subject: str, year: int
) -> None:
    asked = figures.asked(question)
    assert (asked.who, asked.subject, asked.year) == (who, subject, year)


@pytest.mark.parametrize(
    "question",
    ["ETF 사도 될까요?", "N수 하면 붙을까요?", "NFT 살까요?", "WILL I MARRY?", "Is my BOSS angry?"],
)
def test_capitals_make_no_difference(question: str) -> None:
    asked = figures.asked(question)
    assert asked == figures.asked(question.lower().replace("i ", "I "))
    assert asked.known


def test_patterns_are_written_in_lower_case_as_the_text_that_they_are_looked_for_in() -> None:
    lists = (SUBJECTS, FORMS, PEOPLE, words.MATTERS, words.PEOPLE)
    patterns = [VOLITION, *(pattern for row in lists for pattern in row.values())]
    assert [found for pattern in patterns for found in re.findall(r".?(?<!\\)[A-Z].{,5}", pattern)] == []


def _answer(question: str, **more: object) -> str:
    return compose(inputs("question", question=question, **more))


def _sections(text: str) -> list[str]:
    return [part.split("\n\n", 1)[1] for part in text.split("## ")[1:]]


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("row", ROWS, ids=str)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_question_of_the_corpus_is_answered_with_true_sentences(
    row: tuple[str, ...], language: str
) -> None:
    *earlier, last = (part.strip() for part in row[-1].split(">"))
    turns = tuple((text, "") for text in earlier)
    seed = len(row[-1])
    for other in (None, at_random(seed + 50)):
        made = inputs(
            "question", question=last, turns=turns, who=at_random(seed), other=other, language=language
        )
        text = compose(made)
        assert not re.search(r"[{}]|None|  ", text)
        assert len(plain_text(text)) >= 900
        assert all(part.strip() for part in _sections(text))
        evidence = Evidence.of(made)
        assert [block.html for block in blocks(text, evidence) if "contradiction" in block.html] == []
        cited = {name for ids in re.findall(r"\[\[(.*?)\]\]", text) for name in ids.split(",")}
        assert cited <= evidence.citations.keys()


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_no_answer_says_a_sentence_twice(row: tuple[str, ...]) -> None:
    lines = [
        memory.core(piece)
        for line in _answer(row[-1].split(">")[-1]).split("\n")
        for piece in memory.sentences(line)
    ]
    assert [line for line in set(lines) if len(line) > 8 and lines.count(line) > 1] == []


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("이직해도 될까요?", r"^20\d\d년.*(?:이직|옮기)"),
        ("내년 6월에 이사해도 될까요?", r"^2027년 6월\(병오\)에는"),
        ("언제 이직하는 게 좋을까요?", r"때를 꼽자면 .*\d월"),
        ("왜 이렇게 돈이 안 모일까요?", r"^사주로 보면 돈을 뜻하는 글자가 식상 1개라서"),
        ("저한테 맞는 직업은 뭘까요?", r"^당신에게는 .*쓰는 쪽이 잘 맞아요"),
        ("퇴사할까요 말까요?", r"^20\d\d년.*(?:이직|옮기)"),
        ("사무직이 맞을까요 영업직이 맞을까요?", r"^둘 가운데 고르자면 .*가깝고"),
        ("팀장님은 왜 저만 미워할까요?", r"^윗사람이 어떤 마음인지는 윗사람 본인만"),
        ("남편이 왜 말이 없을까요?", r"^배우자가 어떤 마음인지는"),
        ("몇 살에 결혼하게 되나요?", r"정하기 좋은 해를 꼽자면 20\d\d년\("),
        ("내년에 조심할 것은 무엇일까요?", r"^2027년에 조심할 것은"),
        ("이사 방향은 어디가 좋아요?", r"^방향으로 답하면"),
        ("제 성격의 단점이 뭐예요?", r"^단점을 꼽자면"),
        ("동생한테 돈 빌려줘도 될까요?", r"^20\d\d년.*빌려"),
        ("아들이 공부를 안 해요. 어떻게 할까요?", r"^아이를 키우는 일은"),
        ("남편이 바람을 피우는 것 같아요.", r"^그런 의심이 드는 것만으로도"),
        ("아들이 내년 수능에서 잘 볼까요?", r"^자녀의 시험은 본인의 사주로"),
        ("로또에 당첨될 수 있을까요?", r"^오르고 내리는 것은 사주로 알 수 없어서"),
        ("돌아가신 엄마가 너무 보고 싶어요.", r"^많이 보고 싶으시겠어요"),
        ("그 사람은 저를 어떻게 생각할까요?", r"^그 사람의 마음은 그 사람만"),
        ("집이 언제 나갈까요?", r"^집을 내놓고 계약을 마무리하기 좋은 때를"),
        ("팀장님은 언제 나가나요?", r"^윗사람이 언제 떠날지는"),
        ("친구랑 손절해야 할까요?", r"^20\d\d년.*(?:끊|거리)"),
        ("저는 인복이 있나요?", r"^당신의 사주에는 사람과의 일을 뜻하는 글자가"),
        ("다이어트는 언제 시작할까요?", r"^새로 시작한다면 .*습관을 들이기 좋은 때"),
        ("왜 이렇게 피곤할까요?", r"^사주로 보면 .*지치기 쉬워요"),
        ("딸이 학교에서 따돌림을 당한대요. 어떻게 해야 할까요?", r"^가장 먼저 할 일은 아이의 말을"),
        ("내일 면접인데 붙을까요?", r"^2026년 11월\(기해\)에는 취업"),
        ("저는 몇 살까지 살까요?", r"^언제까지 사는지는 사주로 알 수 없고"),
    ],
)
def test_the_first_sentence_is_the_answer(question: str, first: str) -> None:
    assert re.search(first, _sections(_answer(question))[0])


@pytest.mark.parametrize(
    "question", ["타투해도 될까", "그거 언제 되나요", "에어컨을 왜 못 고를까요", "Is it my turn?"]
)
def test_of_a_matter_that_is_not_recognised_the_answer_says_which_part_of_the_chart_it_is_from(
    question: str,
) -> None:
    assert not figures.asked(question).known
    answer = _sections(_answer(question))[0]
    assert re.search(
        r"^물어보신 일이 .* 가려내지 못해서, (?:한 해의 흐름|타고난 성향)이 보이는 자리를 두고", answer
    )
    assert "한 낱말만 더해" in answer


def test_a_hard_story_is_met_with_a_kind_word_after_the_answer() -> None:
    tired = _sections(_answer("세 번 떨어지고 이제 지쳤어요. 공무원 시험을 한 번 더 봐도 될까요?"))[0]
    assert re.search(r"^20\d\d년.*시험.*애 많이 쓰셨어요", tired)
    plain = _sections(_answer("공무원 시험을 한 번 더 봐도 될까요?"))[0]
    assert "쓰셨어요" not in plain


def test_a_matter_that_only_the_story_told_is_named_so_that_it_can_be_corrected() -> None:
    story = "팀장이 바뀌고 매일 야근이에요. 사표를 써 두었어요. 더 참아야 할까요?"
    assert "물어보신 것으로 읽고 답했어요" in _sections(_answer(story))[0]
    assert "물어보신 것으로" not in _sections(_answer("사표를 써 두었어요. 이직해도 될까요?"))[0]


def test_where_the_chart_cannot_decide_it_chooses_neither_way() -> None:
    assert "둘 가운데" not in _answer("이혼하는 게 맞을까요 참고 사는 게 맞을까요?")


@pytest.mark.parametrize(
    ("question", "who", "subject"),
    [
        (
            "작년에 물린 주식이 아직 마이너스예요. 아내는 모릅니다. 지금이라도 손절해야 할까요?",
            "me",
            "invest",
        ),
        ("친구가 돈 문제로 크게 다투고 연락을 끊었어요. 이쯤에서 정리할까요?", "friend", "people"),
        ("결혼하고 나서 시누이가 자꾸 참견해요. 왜 그럴까요?", "inlaw", "family"),
        ("남편은 반대합니다. 전세 만기인데 집을 사도 될까요?", "me", "house"),
    ],
)
def test_a_story_tells_the_matter_and_the_person_that_a_question_leaves_out(
    question: str, who: str, subject: str
) -> None:
    asked = figures.asked(question)
    assert (asked.who, asked.subject) == (who, subject)


def test_advice_is_about_what_was_asked() -> None:
    affair = _answer("남편이 바람을 피우는 것 같아요")
    assert "목록에서" not in affair
    assert "좋은 달" not in affair
    assert "상담" in _sections(affair)[3]
    seen = {
        figures.asked(row[-1]).about: _sections(_answer(row[-1]))[3] for row in ROWS if ">" not in row[-1]
    }
    advice = {about: re.findall(r"^- .*$", text, re.MULTILINE) for about, text in seen.items()}
    lines = [line for rows in advice.values() for line in rows]
    assert len(seen) >= 28
    assert len(set(lines)) == len(lines)


def test_the_months_are_those_of_the_year_that_was_asked_about() -> None:
    for question, year in (("내년 언제 이직할까요?", 2027), ("2029년 언제 이직할까요?", 2029)):
        named = {int(found) for found in re.findall(r"\*\*(\d{4})년 \d+월", _answer(question))}
        assert named == {year}
    spring = _answer("내년 봄 언제 이사할까요?")
    assert {int(found) for found in re.findall(r"\*\*2027년 (\d+)월", spring)} <= {3, 4, 5}


def test_a_follow_up_keeps_the_subject_and_the_year() -> None:
    text = _answer("그럼 몇 월이 좋아요?", turns=(("내년에 이사해도 될까요?", "…"),))
    assert "자리를 옮기기 좋은 때를 꼽자면 2027년" in text
    assert "앞에서 물어보신 이야기" in text


def test_of_a_childs_chart_the_child_is_the_person_itself() -> None:
    made = inputs(
        "question", who=person(2020, 4, 11, 9), question="우리 아이는 언제 한글을 가르치면 좋을까요?"
    )
    asked = Asked.of(made)
    assert (asked.who, asked.subject, asked.form) == ("me", "study", "when")
    assert compose(made).split("\n\n")[1].startswith("새로 배우기 시작하기 좋은 때를 꼽자면")


def test_a_question_of_two_is_answered_from_both_charts() -> None:
    answers = {
        _sections(_answer("저희가 자주 부딪치는 이유는 무엇일까요?", other=at_random(seed)))[0]
        for seed in range(20)
    }
    assert len(answers) > 5
    wedding = _answer("저희 언제 결혼하면 좋을까요?", other=person(2000, 1, 1, 12, "male"))
    assert "두 사람의 사주를 함께 놓고 본 답" in wedding
    assert "[[pair.stems]]" in wedding


def test_words_of_crisis_come_before_any_reading() -> None:
    assert "109" in _answer("남편이 바람을 피워서 죽고 싶어요")
    assert "##" not in _answer("남편이 바람을 피워서 죽고 싶어요")


def test_verdicts_are_of_all_three_kinds() -> None:
    for subject in ("change", "money", "love", "move"):
        found = Counter(
            When.of(made, Asked("me", subject, "should")).verdict
            for made in (inputs("question", who=at_random(seed)) for seed in range(120))
        )
        assert min(found[verdict] for verdict in ("go", "even", "wait")) >= 12, (subject, found)


@pytest.mark.parametrize(
    ("question", "year", "first"),
    [
        (
            "아들이 학교에서 왕따를 당하는 것 같아요. 어떻게 해야 할까요?",
            1985,
            "가장 먼저 할 일은 아이의 말을",
        ),
        ("우리 아들이 따돌림을 당해요. 괜찮아질까요?", 2015, "가장 먼저 할 일은 아이의 말을"),
        ("저 왕따예요. 어떻게 해요?", 2011, "혼자 견디지 않아도 돼요."),
    ],
)
def test_a_child_that_is_bullied_is_helped_and_not_read(question: str, year: int, first: str) -> None:
    opening = _sections(_answer(question, who=person(year, 3, 3, 9)))[0]
    assert opening.startswith(first)
    assert "117" in opening
    assert "읽고 답했어요" not in opening
    assert "[[" not in opening


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("취업이 너무 힘들어요. 올해는 될까요?", "tired"),
        ("올해 이직은 힘들까요?", ""),
        ("친구 말에 서운했어요. 계속 볼까요?", "hurt"),
        ("무서운 꿈을 꿨어요. 무슨 뜻일까요?", "worried"),
        ("서울어디로 이사하면 좋을까요?", ""),
        ("걱정 없이 살 수 있는 사주인가요?", ""),
        ("버티면 주식이 오를까요?", ""),
        ("Will it hurt my career?", ""),
        ("I felt hurt by her words. Should I call?", "hurt"),
    ],
)
def test_a_feeling_is_what_is_told_and_not_what_is_asked(question: str, kind: str) -> None:
    assert feeling.told(question, "me") == kind


def test_losses_that_recover_are_no_illness() -> None:
    assert figures.asked("코인에 돈을 넣었다가 많이 잃었어요. 언제 회복될까요?").subject == "invest"
    assert figures.asked("수술을 받았어요. 언제 회복될까요?").subject == "health"


@pytest.mark.parametrize(
    ("question", "year", "months"),
    [
        ("썸남이 하루종일 카톡 안봄 왜 이래", 0, ()),
        ("30년지기 친구와 화해할 수 있을까요?", 0, ()),
        ("내년봄에 이사해도 될까요?", 2027, (3, 4, 5)),
        ("This Spring, will I move?", 2027, (3, 4, 5)),
    ],
)
def test_a_season_or_a_year_is_named_by_a_word_of_its_own(
    question: str, year: int, months: tuple[int, ...]
) -> None:
    asked = figures.asked(question)
    assert (asked.year, asked.months) == (year, months)


@pytest.mark.parametrize(
    ("question", "aim"),
    [
        ("방이 안 나가요 언제 나갈까요?", "let"),
        ("원룸이 석 달째 비어 있어요. 내년 봄에는 세입자가 들어올까요?", "let"),
        ("월세를 내놨는데 안 나가네요. 올해 안에 나갈까요?", "let"),
        ("Will I find a tenant for my flat?", "let"),
        ("집이 안 나가요 언제 팔릴까요?", "sell"),
        ("세입자가 안 나가는 집이 팔릴까요?", "sell"),
        ("새집인데 방이 비어 있어요. 뭘 둘까요?", ""),
        ("가게 자리를 알아보는데 언제 계약할까요?", ""),
    ],
)
def test_a_place_that_is_to_be_let_is_not_sold(question: str, aim: str) -> None:
    assert figures.asked(question).aim == aim
    if aim == "let":
        answer = _answer(question)
        assert "팔" not in _sections(answer)[0]
        assert "세" in answer and "파는" not in answer

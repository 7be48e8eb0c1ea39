"""Pages' words about a chart: notices, interactions, the glossary's order, first words of a text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import override

from fortune.forms.birth import BirthForm
from fortune.forms.people import PersonForm
from fortune.models import Kind, Reading, Topic
from fortune.pages.births.birth_check import check_birth
from fortune.pages.charts.components import with_hanja
from fortune.pages.charts.details import details
from fortune.pages.charts.interactions import interactions
from fortune.pages.charts.labels import anchor
from fortune.pages.charts.luck import luck_view
from fortune.pages.days import PLAIN, SHOWN, month_view
from fortune.pages.glossary import glossary_groups
from fortune.pages.reading import title_of, topic_cards
from fortune.saju import Birth, cast
from fortune.saju.calendar.pillars import date_pillar
from fortune.saju.derive.relations import relations_with
from fortune.saju.glossary import TERMS
from fortune.templatetags.page import excerpt

CHART = cast(Birth("solar", 1990, 5, 15, 14, 30, "female"))


def notices(day: str, time: str, place: str = "seoul") -> str:
    form = BirthForm({"gender": "female", "birth_date": day, "birth_time": time, "birth_place": place})
    assert form.is_valid(), form.errors
    return " ".join(check_birth(form)["notices"])


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [
        ("1988-06-15", "12:00", "서머타임"),
        ("1958-06-15", "12:00", "서머타임"),
        ("1958-06-15", "12:00", "30분"),
        ("1958-01-15", "12:00", "30분"),
    ],
)
def test_the_form_tells_which_clock_was_kept(day: str, time: str, said: str):
    assert said in notices(day, time)


@pytest.mark.parametrize(
    ("day", "time", "place"),
    [("1990-05-15", "12:00", "seoul"), ("1988-06-15", "", "seoul"), ("1958-01-15", "12:00", "tokyo")],
)
def test_where_the_clock_was_todays_or_unknown_nothing_is_told(day: str, time: str, place: str):
    told = notices(day, time, place)
    assert "서머타임" not in told and "30분" not in told


def test_each_kind_of_meeting_stands_once_with_every_letter_in_it():
    for number in range(1, 31):
        pillar = date_pillar(date(2026, 11, number))
        found = interactions(CHART.pillars, pillar)
        relations = relations_with(CHART.pillars, pillar)
        assert [interaction.key for interaction in found] == list(
            dict.fromkeys(one.kind for one in relations)
        )
        cells = {cell for one in relations for cell in one.cells if not cell.startswith("luck.")}
        assert {cell for interaction in found for cell in interaction.cells.split()} == cells
        assert all(interaction.meaning and interaction.where for interaction in found)


@pytest.mark.parametrize(("language", "longest"), [("ko", 3), ("en", 6)])
def test_a_cell_of_the_calendar_has_plain_words_that_fit(language: str, longest: int):
    assert set(PLAIN) == set(SHOWN)
    with override(language):
        view = month_view(CHART, month=date(2026, 11, 1), today=date(2026, 11, 26))
    contacts = [contact for week in view.weeks for day in week if day for contact in day.contacts]
    assert contacts and max(map(len, contacts)) <= longest


def test_a_day_says_one_line_two_things_to_do_and_a_word_for_the_evening():
    with override("ko"):
        view = month_view(CHART, month=date(2026, 11, 1), today=date(2026, 11, 26), chosen=date(2026, 11, 26))
    assert view.chosen
    assert view.chosen.word == "오늘" and (view.chosen.mine, view.chosen.mine_name) == ("庚辰", "경진")
    assert (view.chosen.before, view.chosen.after) == ("2026-11-25", "2026-11-27")
    assert all((view.chosen.line, view.chosen.attempt, view.chosen.care, view.chosen.evening))


def test_no_romanised_key_is_shown_to_readers_of_english():
    with override("en"):
        view = details(CHART.facts)
        timeline = luck_view(CHART, now=datetime(2026, 11, 26, tzinfo=UTC))
    rows = [*view.summary, *view.gods, *view.structure, *view.useful, *view.relations, *view.more]
    words = [row.text for row in rows] + [row.why for row in view.tests]
    words += [row.meaning + row.where for row in (*timeline.interactions, *timeline.decade_interactions)]
    assert not [one for one in words if "_" in one]


@pytest.mark.parametrize(("language", "told"), [("ko", "비견\n庚申\n경신\n"), ("en", "Companion\n庚申\n")])
def test_a_pillar_of_the_timeline_is_told_in_the_visitors_language(language: str, told: str):
    for _again in range(2):  # made, and kept
        with override(language):
            steps = luck_view(CHART, now=datetime(2040, 6, 1, tzinfo=UTC)).years
        words = {step.value: re.sub("<[^>]*>", "", step.letters) for step in steps}
        assert words[2040].startswith(told)


def test_hanja_is_marked_and_what_is_not_ours_is_escaped():
    assert with_hanja("갑목(甲木)<b>'&") == ('갑목(<span lang="ko-Hani">甲木</span>)&lt;b&gt;&#x27;&amp;')
    assert with_hanja(SafeString("<i>甲</i>")) == '<i><span lang="ko-Hani">甲</span></i>'


@pytest.mark.parametrize("born", [2011, 2050, 2100])
@pytest.mark.parametrize("opened", [{"decade": 10}, {"decade": 5}, {"year": 2200}])
def test_a_decade_after_the_end_of_the_calendar_opens_the_last_one_within_it(
    born: int, opened: dict[str, int]
):
    chart = cast(Birth("solar", born, 5, 15, 14, 30, "female"))
    view = luck_view(chart, now=datetime(2026, 11, 26, tzinfo=UTC), **opened)
    assert view.years and view.years[-1].value <= 2100
    assert len(view.months) == 12


def test_a_relation_says_what_it_is_like():
    assert all(row.text.count("요.") >= 2 for row in details(CHART.facts).relations)


def test_topics_are_told_in_the_visitors_language():
    with override("en"):
        first = topic_cards()[0]
    assert (first.label, first.about) != (topic_cards()[0].label, topic_cards()[0].about)
    assert not re.search("[가-힣]", first.label + first.about)


def test_every_topic_says_what_one_will_read():
    assert [card.value for card in topic_cards()] == Topic.values
    assert all(card.label and card.about for card in topic_cards())


@pytest.mark.parametrize(("language", "first", "last"), [("ko", "1–9", "ㅎ"), ("en", "1–9", "Y")])
def test_the_glossary_stands_under_first_letters(language: str, first: str, last: str):
    with override(language):
        groups = glossary_groups()
    letters = [group.letter for group in groups]
    assert letters == sorted(set(letters))
    assert (letters[0], letters[-1]) == (first, last)
    assert {term.id for group in groups for term in group.terms} == {anchor(key) for key in TERMS}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("## 한눈에 보는 나\n\n바위 같은 사람이에요. [[ilgan]]\n", "바위 같은 사람이에요."),
        ("## 이렇게 해 보세요\n- **쉬기** — 걸어요. [[element.mok,stage.day]]", "쉬기 — 걸어요."),
        ("## 제목만", ""),
        ("글이 표시 가운데서 끝나요 [[ten_god.da", "글이 표시 가운데서 끝나요"),
        (None, ""),
    ],
)
def test_the_first_words_of_a_text_are_words(text: str | None, plain: str):
    assert excerpt(text) == plain


def test_the_first_words_end_in_time():
    assert len(excerpt("가나다 " * 100)) <= 110


@pytest.mark.parametrize(
    ("kind", "today", "title"),
    [
        (Kind.DAILY, date(2026, 11, 26), "지우님의 오늘의 운세"),
        (Kind.DAILY, date(2026, 11, 27), "지우님의 11월 26일의 운세"),
        (Kind.DAILY, date(2027, 1, 1), "지우님의 2026년 11월 26일의 운세"),
        (Kind.DAILY, None, "지우님의 2026년 11월 26일의 운세"),
        (Kind.YEAR, date(2026, 11, 26), "지우님의 올해의 운세"),
        (Kind.YEAR, date(2027, 1, 1), "지우님의 2026년의 운세"),
    ],
)
def test_only_today_is_called_today(kind: Kind, today: date | None, title: str):
    assert title_of(Reading(kind=kind, label="지우", date=date(2026, 11, 26)), today=today) == title


def test_a_kept_birth_is_written_as_dates_and_times_are():
    typed = {
        "gender": "female",
        "birth_date": "19610512",
        "birth_time": "0905",
        "relation": "self",
        "name": "나",
    }
    form = PersonForm(typed)
    assert form.is_valid(), form.errors
    assert form.normalised() == {"birth_date": "1961-05-12", "calendar": "solar", "birth_time": "09:05"}
    form = PersonForm({**typed, "birth_time": ""})
    assert form.is_valid() and form.normalised() == {"birth_date": "1961-05-12", "calendar": "solar"}

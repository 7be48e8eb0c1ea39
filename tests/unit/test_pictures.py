"""Pictures say in words what they show, and words can't become markup."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fortune.pages.charts.chart import ELEMENT_CLASSES, chart_view
from fortune.pages.charts.details import details
from fortune.pages.charts.pictures import svg
from fortune.saju import Birth, cast

CHART = cast(Birth("solar", 1990, 5, 15, 14, 30, "female", 126.978, "Asia/Seoul"))
SPACE = "{http://www.w3.org/2000/svg}"


def parsed(picture: str) -> ET.Element:
    return ET.fromstring(picture)


def test_every_picture_has_a_title_that_labels_it():
    view = details(CHART.facts)
    for picture in (view.elements_picture, view.gods_picture, view.strength_picture, view.relations_picture):
        root = parsed(picture or "")
        title = root.find("title")
        assert title is not None and title.text
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-labelledby"] == title.attrib["id"]


def test_words_cannot_become_markup():
    bars = [svg.Bar("<script>", 1, "wood")]
    assert "<script>" not in svg.gods_bars("<b>", bars, 1)


def test_larger_shares_have_larger_circles():
    root = parsed(svg.elements_wheel("t", "목화토금수", (50, 25, 12.5, 12.5, 0)))
    radii = [float(circle.attrib["r"]) for circle in root.iter("circle")]
    assert radii == sorted(radii, reverse=True)
    assert len(set(radii)) == 4


def test_arcs_over_the_same_columns_stand_at_different_heights():
    arcs = (svg.Arc((1, 2), False, "육합", "tie"), svg.Arc((1, 2), False, "파", "tension"))
    letters = [("甲", "wood", "子", "water")] * 4
    paths = [path.attrib["d"] for path in parsed(svg.relation_arcs("t", letters, arcs)).iter("path")]
    assert len({path.split("V")[1] for path in paths}) == 2


def test_a_mark_on_the_scale_stands_where_the_score_is():
    edges = (15.0, 25.0, 38.0, 50.0, 62.0, 75.0, 85.0)
    words = [str(n) for n in range(8)]
    xs = []
    for score in (10, 50, 90):
        root = parsed(svg.strength_scale("t", words, edges, score, "약함", "강함"))
        mark = next(path for path in root.iter("path") if path.attrib["class"] == "mark")
        xs.append(float(mark.attrib["d"][1:].split()[0]))
        here = [band for band in root.iter("rect") if "here" in band.attrib["class"]]
        assert len(here) == 1
    assert xs == sorted(xs)


def test_the_table_runs_from_hour_to_year_and_marks_an_unknown_hour():
    view = chart_view(CHART.facts)
    assert [column.place for column in view.columns] == ["hour", "day", "month", "year"]
    unknown = chart_view(cast(Birth("solar", 1990, 5, 15)).facts)
    assert [column.known for column in unknown.columns] == [False, True, True, True]
    assert {column.stem.element for column in view.columns if column.stem} <= set(ELEMENT_CLASSES)


def test_a_name_that_its_circle_cannot_hold_stands_outside():
    root = parsed(svg.elements_wheel("t", ("wood", "fire", "earth", "metal", "water"), (0, 40, 20, 20, 20)))
    texts = [text.text for text in root.iter("text")]
    assert "wood 0%" in texts and "wood" not in texts
    assert "fire" in texts and "40%" in texts

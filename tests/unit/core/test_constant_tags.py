"""Words and addresses that are the same on every page are rendered once for each language, as Django renders them."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.checks import Tags, run_checks
from django.template import Context, Engine, TemplateSyntaxError, engines
from django.template.base import NodeList
from django.urls import NoReverseMatch
from django.utils.translation import override

from core.site.constant_tags import AddressOf, Constant

LOAD = "{% load i18n static %}"
CONSTANT = (
    '{% translate "성별" %}',
    "{% trans '성별' %}",
    '{% translate "여성" %}',
    '{% translate "A < B & 100%" %}',
    '{% static "js/reading.js" %}',
    "{% url 'fortune:form' %}",
    '{% url "admin:index" %}',
)
VARIABLE = (
    '{% translate "성별" as word %}{{ word }}',
    '{% translate "성별"|upper %}',
    "{% translate word %}",
    '{% translate "성별" context "form" %}',
    '{% url "fortune:reading" "00000000-0000-0000-0000-000000000000" %}',
    '{% url "fortune:form" as there %}{{ there }}',
    "{% static file %}",
    '{% static "js/reading.js" as there %}{{ there }}',
    "{% blocktranslate %}성별{% endblocktranslate %}",
)
VALUES = {"word": "여성", "file": "js/reading.js"}


def djangos() -> Engine:
    return Engine(
        libraries={name: f"django.templatetags.{name}" for name in ("i18n", "static")}, autoescape=True
    )


def nodes_of(source: str) -> NodeList:
    ours = "core.site.constant_tags"
    engine = Engine(libraries=dict.fromkeys(("i18n", "static"), ours), builtins=[ours])
    return engine.from_string(LOAD + source).nodelist


@pytest.mark.parametrize("source", CONSTANT)
def test_a_quoted_word_is_rendered_once(source: str) -> None:
    assert any(isinstance(node, Constant) for node in nodes_of(source))


@pytest.mark.parametrize("source", VARIABLE)
def test_anything_else_is_left_to_django(source: str) -> None:
    assert not any(isinstance(node, Constant) for node in nodes_of(source))


ADDRESSES = (
    '{% url "fortune:reading" id %}',
    "{% url 'fortune:reading' reading.id %}?a=1&b=2",
    '{% url "fortune:stop" id|lower %}',
    '{% url "admin:auth_user_change" number %}',
)
THINGS: dict[str, object] = {
    "id": "0b1e7a52-4c1f-4b8e-9a55-3d2c1f0e9a77",
    "reading": {"id": UUID("9a553d2c-1f0e-4a77-8b1e-0b1e7a524c1f")},
    "number": 7,
}


@pytest.mark.parametrize("source", ADDRESSES)
def test_the_address_of_a_thing_is_djangos(source: str) -> None:
    assert any(isinstance(node, AddressOf) for node in nodes_of(source))
    ours, plain = engines["django"].from_string(source), djangos().from_string(source)
    for things in (THINGS, {**THINGS, "id": "00000000-0000-4000-8000-000000000001"}, THINGS):
        assert ours.render(things) == plain.render(Context(things))


@pytest.mark.parametrize("wrong", ["", "7", None, "9A553D2C-1F0E-4A77-8B1E-0B1E7A524C1F", "../x"])
def test_what_is_no_id_has_no_address(wrong: object) -> None:
    template = engines["django"].from_string('{% url "fortune:reading" id %}')
    template.render(THINGS)
    with pytest.raises(NoReverseMatch):
        template.render({"id": wrong})


@pytest.mark.parametrize("source", CONSTANT + VARIABLE)
def test_every_language_reads_what_django_renders(source: str) -> None:
    ours = engines["django"].from_string(LOAD + source)
    plain = djangos().from_string(LOAD + source)
    for language in ("ko", "en", "ko", "en"):
        with override(language):
            assert ours.render(dict(VALUES)) == plain.render(Context(VALUES))


def test_one_template_speaks_the_language_of_each_request() -> None:
    template = engines["django"].from_string(LOAD + '{% translate "성별" %}')
    said = []
    for language in ("ko", "en", "ko"):
        with override(language):
            said.append(template.render())
    assert said[0] == said[2] == "성별"
    assert said[1] != said[0]


def test_an_address_that_is_none_fails_each_time() -> None:
    template = engines["django"].from_string("{% url 'no such view' %}")
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            template.render()


def test_a_tag_without_its_word_is_a_mistake_as_before() -> None:
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string(LOAD + "{% translate %}")


def test_no_other_library_has_a_name_twice() -> None:
    twice = [found.msg for found in run_checks(tags=[Tags.templates]) if found.id == "templates.W003"]
    assert len(twice) == 2
    assert all("core.site.constant_tags" in message for message in twice)


def test_a_part_in_another_language_speaks_that_one() -> None:
    words = '{% translate "성별" %}'
    source = LOAD + words + '{% language "en" %}' + words + "{% language code %}" + words
    source += "{% endlanguage %}{% endlanguage %}" + words
    values = {"LANGUAGE_CODE": "ko", "code": "ko"}
    with override("ko"):
        assert engines["django"].from_string(source).render(values) == djangos().from_string(source).render(
            Context(values)
        )

"""Template tags and filters: the visitor's settings, glossary words, language."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from fortune.models import Kind, Reading
from fortune.pages.charts import components
from fortune.pages.charts.components import term_link, with_hanja
from fortune.pages.charts.labels import name_of
from fortune.pages.charts.scene import scene_address
from fortune.pages.reading import describe
from fortune.preferences import preferences
from fortune.saju import cast
from fortune.scenes import Theme

register = template.Library()


@register.simple_tag(takes_context=True)
def preferences_attributes(context: template.Context) -> SafeString:
    """Return the data attributes of the root element that switch colours, text size and 수's colour."""
    request = context.get("request")
    if request is None:
        return mark_safe("")
    return mark_safe("".join(f' data-{key}="{value}"' for key, value in preferences(request).chosen()))  # noqa: S308 (fixed words)


@register.simple_tag
def term(key: str, text: str = "") -> SafeString:
    """Return a word that explains itself, as in the glossary."""
    return term_link(key, text)


@register.simple_tag
def component(name: str, **values: object) -> SafeString:
    """Return a part of a page that is written for Jinja2: ``{% component "chart_table" chart=page.chart %}``."""
    return components.component(name, **values)


@register.inclusion_tag("components/day_scene.html", takes_context=True)
def day_scene(context: template.Context, reading: Reading) -> dict[str, str]:
    """Show the scene of the day pillar beside the reading of one person; nothing beside a reading of two.

    The reading's ``chart`` should be loaded. Without a chosen theme the browser picks the file that fits its own. The
    reading's name stands beside the picture, so it has no text alternative.
    """
    if reading.kind == Kind.MATCH:
        return {}
    day = cast(reading.birth, reading.options).pillars.day
    chosen = preferences(context["request"]).theme
    if chosen in tuple(Theme):
        return {"src": scene_address(day, Theme(chosen))}
    return {"src": scene_address(day, Theme.LIGHT), "dark": scene_address(day, Theme.DARK)}


register.filter("hanja", with_hanja)


@register.filter
def word(key: str) -> str:
    """Return the name of a glossary term in the visitor's language."""
    return name_of(key)


_HEADING = re.compile(r"^ {0,3}#{1,6}[^\n]*(?:\n|\Z)", re.MULTILINE)
_MARKS = re.compile(r"\[\[[^\]\n]*(?:\]\]?|\Z)|\*\*|^ *[-*>] +", re.MULTILINE)
EXCERPT = 110


@register.filter
def excerpt(text: str | None) -> str:
    """Return the first words of a reading, without its headings, its marks and the names of its facts."""
    plain = " ".join(_MARKS.sub("", _HEADING.sub("", text or "")).split())
    return Truncator(plain).chars(EXCERPT)


@register.filter
def about(reading: Reading) -> str:
    """Return the topic of a reading, with its day or year."""
    return describe(reading)


@register.filter
def days_from(day: date, other: date) -> int:
    """Return the number of days from ``other`` to ``day``."""
    return (day - other).days


@register.filter
def absolute(number: int) -> int:
    return abs(number)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Return the value under a key that is itself a variable."""
    return mapping[key]

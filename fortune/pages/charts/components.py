"""The parts of pages that are rendered from a chart: hundreds of cells, so in Jinja2, which compiles its templates.

All other templates are Django's, which put such a part in place with ``{% component %}``. Jinja2 renders one in a fifth of
the time (docs/decisions/050-visit.md). A template here is given frozen values and the functions below, nothing of a request.
"""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, override
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from fortune.pages.charts.labels import anchor, name_of
from fortune.readings.rendering.hanja import with_marked_hanja
from fortune.release import release
from fortune.scenes import drawing

CONSTANT = re.compile(r'\{\{ (?P<call>_|term)\("(?P<word>[^"\\{}]*)"\) \}\}')
FOLDER = settings.BASE_DIR / "templates" / "jinja2"
COMPILED = settings.BASE_DIR / "var" / "jinja2"


def component(name: str, **values: object) -> SafeString:
    """Return a template of ``templates/jinja2`` as HTML, in the visitor's language."""
    template = _environment(get_language() or settings.LANGUAGE_CODE).get_template(f"{name}.html")
    return mark_safe(template.render(**values))  # noqa: S308 - escaped by the environment


def warm_up() -> None:
    """Load all templates and draw all scenes, which takes longer than a worker may keep its other visitors waiting."""
    for language, _name in settings.LANGUAGES:
        for file in FOLDER.glob("*.html"):
            _environment(language).get_template(file.name)
    for day in range(60):
        drawing(day % 10, day % 12)


def term_link(key: str, shown: str = "") -> SafeString:
    """Return a word that explains itself: a link to the glossary, opened in place by the page's script."""
    return _link(key, shown or name_of(key))


def with_hanja(words: str) -> SafeString:
    """Return ``words``, escaped, with each run of Hanja marked as such, so that it is read aloud and drawn as Hanja."""
    # Django's own escaping looks for lazy words first, which takes as long as the rest.
    escaped = words if hasattr(words, "__html__") else html.escape(words)
    return mark_safe(with_marked_hanja(escaped))  # noqa: S308 - escaped


@lru_cache(maxsize=2048)
def _link(key: str, shown: str) -> SafeString:
    return format_html(
        '<a class="term" href="{}#{}" data-term="{}">{}</a>',
        reverse("fortune:glossary"),
        anchor(key),
        key,
        shown,
    )


@lru_cache(maxsize=8)
def _environment(language: str) -> Environment:
    """Return the environment of one language, in which every sentence is looked up once."""
    found = Environment(
        loader=_Loader(FOLDER),
        bytecode_cache=_Compiled(str(COMPILED), f"{language}-%s"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=settings.DEBUG,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {
        "_": _in(language, lambda sentence: Markup(gettext(sentence))),  # noqa: S704 - ours, as in {% translate %}
        "ngettext": ngettext,
        "term": _in(language, term_link),
    }
    found.filters["hanja"] = with_hanja
    return found


def with_constants(source: str, environment: Environment) -> str:
    """Return a template with its sentences and terms without a variable written in: half of what it would call."""

    def rendered(found: re.Match[str]) -> str:
        call: Any = environment.globals[found["call"]]
        text = str(call(found["word"]))
        return found[0] if "{" in text else text

    return CONSTANT.sub(rendered, source)


class _Loader(FileSystemLoader):
    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        return with_constants(source, environment), path, is_current


class _Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates for the workers that start after this one: 0.2 s of CPU less for each of them.

    They are those of one release: what a filter makes of a constant is compiled in. Where nothing can be kept,
    each worker compiles for itself.
    """

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(source + release())

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def _in(language: str, function: Callable[..., str]) -> Callable[..., str]:
    """Return ``function`` in a language, with its answers kept: templates name a few hundred words."""

    @cache
    def answer(*words: str) -> str:
        with override(language):
            return function(*words)

    return answer

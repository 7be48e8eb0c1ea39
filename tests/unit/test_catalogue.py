"""English is complete: every Korean sentence of templates and code has its translation, compiled."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = ROOT / "locale" / "en" / "LC_MESSAGES"
IN_TEMPLATES = re.compile(r"""\{%\s*translate\s+"([^"]+)"(?:\s+context\s+"([^"]+)")?""")
BLOCKS = re.compile(r"\{%\s*blocktranslate.*?%\}(.*?)\{%\s*(?:plural|endblocktranslate)", re.DOTALL)
IN_JINJA2 = re.compile(r"""\b(?:_|ngettext)\("([^"]+)\"""")
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
HANGUL = re.compile("[가-힣]")


def used() -> Iterator[tuple[str, str, Path]]:
    """(context, sentence, file) of everything that is marked for translation."""
    for path in (ROOT / "templates").rglob("*"):
        if path.suffix not in (".html", ".txt"):
            continue
        text = path.read_text(encoding="utf-8")
        for sentence, context in IN_TEMPLATES.findall(text):
            yield context, sentence, path
        for sentence in BLOCKS.findall(text):
            yield "", re.sub(r"\{\{ ?(\w+) ?\}\}", r"%(\1)s", sentence), path
        for sentence in IN_JINJA2.findall(text):
            yield "", sentence, path
    for room in ("core", "fortune"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        yield "", first.value, path


def test_every_sentence_has_its_english():
    with (MESSAGES / "django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    missing = []
    for context, sentence, path in used():
        if not HANGUL.search(sentence):
            continue
        english = catalogue.pgettext(context, sentence) if context else catalogue.gettext(sentence)
        if english == sentence and catalogue.ngettext(sentence, sentence, 1) == sentence:
            missing.append((path.name, sentence))
    assert not missing


def test_what_is_compiled_is_what_is_written():
    written = (MESSAGES / "django.po").read_text(encoding="utf-8")
    with (MESSAGES / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', written, re.MULTILINE)
    assert len(pairs) > 400
    assert not [one for one, english in pairs if not english]
    wrong = [
        one
        for one, english in pairs
        if '\\"' not in one + english and compiled.gettext(one) != english and HANGUL.search(one)
    ]
    # A sentence that also stands under a context is compiled under that context only there.
    assert not [
        one
        for one in wrong
        if not re.search(rf'^msgctxt ".+"\nmsgid "{re.escape(one)}"$', written, re.MULTILINE)
    ]

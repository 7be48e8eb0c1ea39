"""Django's ``translate``, ``url`` and ``static``, rendered once where their only argument is a string in quotes.

A page has a hundred of them, and they were a third of what its frame costs: each looks for the language, the sentence or
the address anew, and none of them changes while a process runs. An address with one argument, a UUID, is made once as
well, and the UUID is put into it. This library stands in for ``i18n`` and ``static`` in ``TEMPLATES``; templates are written
as ever. Tags with other arguments, a variable or a filter are left to Django.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django import template
from django.template import Context, defaulttags
from django.template.base import FilterExpression, Node, Parser, Token
from django.templatetags import i18n, static
from django.utils.translation import get_language

Compile = Callable[[Parser, Token], Node]

QUOTED: Final = re.compile(r'"[^"]*"|\'[^\']*\'')
UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NIL: Final = "00000000-0000-0000-0000-000000000000"

register = template.Library()
for library in (i18n.register, static.register):
    register.tags |= library.tags
    register.filters |= library.filters


class Constant(Node):
    """Renders a node once for each language."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._made: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        # Asking Django is slower than all else here. A page's context has the language, of which ``language`` takes care.
        language = context.get("LANGUAGE_CODE") or get_language()
        made = self._made.get(language)
        if made is None:
            made = self._made[language] = self._node.render(context)
        return made


class AddressOf(Node):
    """Renders ``{% url "name" argument %}``: with a UUID by putting it in the place of another one."""

    def __init__(self, node: defaulttags.URLNode, nil: FilterExpression) -> None:
        self._node = node
        self._argument = node.args[0]
        self._pattern = Constant(defaulttags.URLNode(node.view_name, [nil], {}, None))

    def render(self, context: Context) -> str:
        argument = str(self._argument.resolve(context))
        if not UUID.fullmatch(argument):
            return self._node.render(context)
        return self._pattern.render(context).replace(NIL, argument)


class Language(i18n.LanguageNode):
    """Django's node, which names its language in the context as well."""

    def render(self, context: Context) -> str:
        with context.push(LANGUAGE_CODE=self.language.resolve(context)):
            return super().render(context)


@register.tag
def language(parser: Parser, token: Token) -> Language:
    node = i18n.language(parser, token)
    return Language(node.nodelist, node.language)


def _constant(compile_: Compile) -> Compile:
    """Return a tag that is compiled as before, and rendered once where its only argument stands in quotes."""

    def compiled(parser: Parser, token: Token) -> Node:
        node = compile_(parser, token)
        _name, *arguments = token.split_contents()
        if not (arguments and QUOTED.fullmatch(arguments[0])):
            return node
        if len(arguments) == 1:
            return Constant(node)
        if isinstance(node, defaulttags.URLNode) and len(arguments) == len(node.args) + 1 == 2:
            return AddressOf(node, parser.compile_filter(f'"{NIL}"'))
        return node

    return compiled


register.tags["url"] = defaulttags.register.tags["url"]
for name in ("translate", "trans", "url", "static"):
    register.tag(name, _constant(register.tags[name]))

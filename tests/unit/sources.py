"""The repository's own Python files, parsed, for tests of rules about them."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """Return all nodes of the file: a dozen rules look through the same ones."""
    return tuple(ast.walk(tree(file)))


def files(*rooms: str) -> Iterator[Path]:
    """Yield every Python file in these folders, or these files, that is ours."""
    for room in rooms:
        path = ROOT / room
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def name_of(node: ast.AST) -> str:
    """`threading.Thread` of the expression, '' if it is no dotted name."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attribute):
            return f"{name_of(value)}.{attribute}"
        case _:
            return ""


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call in the file, with the dotted name that is called."""
    for node in nodes(file):
        if isinstance(node, ast.Call):
            yield name_of(node.func), node


def docstrings(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the first line's number and the text, on one line, of every docstring in the file."""
    for node in nodes(file):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (
            text := ast.get_docstring(node)
        ):
            yield node.body[0].lineno, " ".join(text.split())


def comments(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the first line's number and the text, on one line, of every comment in the file."""
    first, text, next_line = 0, "", 0
    with tokenize.open(file) as source:
        for token in tokenize.generate_tokens(source.readline):
            if token.type != tokenize.COMMENT:
                continue
            line, words = token.start[0], token.string.lstrip("#! ")
            is_own = token.line.lstrip().startswith("#")
            if is_own and line == next_line:
                text += f" {words}"
            else:
                if text:
                    yield first, text
                first, text = line, words
            next_line = line + 1 if is_own else 0
    if text:
        yield first, text

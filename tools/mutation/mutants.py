"""Make mutants of a Python module: copies of its syntax tree that differ in one small thing.

Changed are comparisons (to their opposite, and their boundary), ``and`` and ``or``, ``not``, arithmetic, whole numbers
(one more, one less), ``True`` and ``False``, conditions (always, never), returned values (``None`` instead), ``min`` and
``max``, ``any`` and ``all``, ``break`` and ``continue``; calls made for their effect, raises, and assignments to attributes and items are left
out. Left alone are annotations, decorators, docstrings, assertions, messages to the log, texts, and numbers with a point.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

_COMPARISONS: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.Pow: ast.Mult,
}
_CALLS: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}
_LOGGERS: Final = {"log", "logger", "logging", "incidents"}
_SCOPES: Final = (ast.FunctionDef, ast.ClassDef)
# Names of fields whose nodes stay as they are.
_LEFT_ALONE: Final = {"annotation", "returns", "decorator_list"}

# Where a node is: the fields and indices that lead to it from the module.
Path = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Mutant:
    """One changed module. ``name`` says where and what, without a line number, so that it outlives other changes."""

    file: str
    name: str
    line: int
    path: Path
    change: Callable[[ast.AST], ast.AST]

    def tree(self, source: str) -> ast.Module:
        """Return the changed syntax tree of ``source``."""
        module = ast.parse(source)
        parent: ast.AST = module
        for field, index in self.path[:-1]:
            parent = _child(parent, field, index)
        field, index = self.path[-1]
        new = ast.copy_location(self.change(_child(parent, field, index)), _child(parent, field, index))
        if index is None:
            setattr(parent, field, new)
        else:
            getattr(parent, field)[index] = new
        return ast.fix_missing_locations(module)


def mutants(file: str, source: str) -> list[Mutant]:
    """Return all mutants of a module, in the order of its text."""
    seen: Counter[str] = Counter()
    found = []
    for path, scope, statement, node in _nodes(ast.parse(source), (), "", ""):
        for change in _changes(node):
            before, after = _text(node), _text(change(copy.deepcopy(node)))
            within = "" if isinstance(node, ast.stmt) else f"  in  {statement}"
            name = f"{file} {scope or '(module)'}: {before}  →  {after}{within}"
            seen[name] += 1
            if seen[name] > 1:
                name += f"  (no. {seen[name]})"
            found.append(Mutant(file, name, node.lineno, path, change))  # type: ignore[attr-defined]
    return found


def _nodes(node: ast.AST, path: Path, scope: str, statement: str) -> Iterator[tuple[Path, str, str, ast.AST]]:
    """Yield each node with where it is: its path, its function or class, and the first line of its statement."""
    for field, value in ast.iter_fields(node):
        if field in _LEFT_ALONE:
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or _is_left_alone(child):
                continue
            there = (*path, (field, index))
            line = _text(child) if isinstance(child, ast.stmt) else statement
            yield there, scope, line, child
            inner = f"{scope}.{child.name}".lstrip(".") if isinstance(child, _SCOPES) else scope
            yield from _nodes(child, there, inner, line)


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Assert() | ast.JoinedStr() | ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
            return name in _LOGGERS
        case ast.Assign(targets=[ast.Name(id="__slots__" | "__all__")]):
            return True
    return False


def _changes(node: ast.AST) -> Iterator[Callable[[ast.AST], ast.AST]]:
    """Yield functions that each change (a copy of) such a node in one way."""
    match node:
        case ast.Compare(ops=operators):
            for index, operator in enumerate(operators):
                for other in _COMPARISONS[type(operator)]:
                    yield _with_comparison(index, other())
        case ast.BoolOp(op=ast.And()):
            yield _with(op=ast.Or())
        case ast.BoolOp(op=ast.Or()):
            yield _with(op=ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield lambda old: old.operand  # type: ignore[attr-defined]
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator):
            if type(operator) in _ARITHMETIC and not _is_of_text(node):
                yield _with(op=_ARITHMETIC[type(operator)]())
        case ast.Constant(value=bool(value)):
            yield _with(value=not value)
        case ast.Constant(value=int(value)):
            yield _with(value=value + 1)
            yield _with(value=value - 1)
        case ast.Call(func=ast.Name(id=name)) if name in _CALLS:
            yield _with(func=ast.Name(_CALLS[name], ast.Load()))
        case _:
            yield from _changes_of_statement(node)


def _changes_of_statement(node: ast.AST) -> Iterator[Callable[[ast.AST], ast.AST]]:
    match node:
        case ast.If() | ast.IfExp():
            yield _with(test=ast.Constant(True))
            yield _with(test=ast.Constant(False))
        case ast.While():
            yield _with(test=ast.Constant(False))
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield _with(value=ast.Constant(None))
        case ast.Break():
            yield lambda _: ast.Continue()
        case ast.Continue():
            yield lambda _: ast.Break()
        case ast.Raise() | ast.Expr(value=ast.Call()):
            yield lambda _: ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield lambda _: ast.Pass()


def _with(**fields: object) -> Callable[[ast.AST], ast.AST]:
    def change(old: ast.AST) -> ast.AST:
        new = copy.copy(old)
        for name, value in fields.items():
            setattr(new, name, value)
        return new

    return change


def _with_comparison(index: int, other: ast.cmpop) -> Callable[[ast.AST], ast.AST]:
    def change(old: ast.AST) -> ast.AST:
        operators = list(old.ops)  # type: ignore[attr-defined]
        operators[index] = other
        return _with(ops=operators)(old)

    return change


def _is_of_text(node: ast.BinOp | ast.AugAssign) -> bool:
    sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.value,)
    return any(
        isinstance(part, ast.JoinedStr)
        or (isinstance(part, ast.Constant) and isinstance(part.value, str | bytes))
        for side in sides
        for part in ast.walk(side)
    )


def _child(node: ast.AST, field: str, index: int | None) -> ast.AST:
    value = getattr(node, field)
    return value if index is None else value[index]  # type: ignore[no-any-return]


def _text(node: ast.AST) -> str:
    """Return the node as one line: of a statement with a body its first line, without decorators."""
    if isinstance(node, _SCOPES):
        node = _with(decorator_list=[])(node)
    return ast.unparse(ast.fix_missing_locations(node)).partition("\n")[0]

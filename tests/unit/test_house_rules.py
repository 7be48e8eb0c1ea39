"""Rules of the house that import-linter can't say (docs of the rooms: README, How it is built)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from core import streams
from tests.unit.sources import ROOT, calls, comments, docstrings, files, name_of, nodes, tree

PRODUCT = ("config", "core", "fortune", "gunicorn.conf.py", "manage.py")
PROSE = (*PRODUCT, "bench", "tests", "tools")


def places(found: list[tuple[Path, ast.AST]]) -> list[str]:
    return [f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}" for file, node in found]


def called(last_name: str, *rooms: str) -> list[tuple[Path, ast.AST]]:
    return [
        (file, node)
        for file in files(*rooms)
        for name, node in calls(file)
        if name.split(".")[-1] == last_name
    ]


def test_one_function_builds_streaming_responses():
    found = [file for file, _ in called("StreamingHttpResponse", *PRODUCT)]
    assert found == [ROOT / "core/streams/delivery/response.py"]


@pytest.mark.parametrize("name", ["Thread", "ThreadPoolExecutor", "start_new_thread", "Timer"])
def test_jobs_are_started_by_the_runtime_alone(name):
    runtime = ROOT / "core/runtime"
    assert places([(f, n) for f, n in called(name, *PRODUCT) if not f.is_relative_to(runtime)]) == []


def test_nothing_is_asynchronous_but_the_comparators_of_the_benchmark():
    found = [
        (file, node)
        for file in files(*PRODUCT, "tools", "tests")
        for node in nodes(file)
        if isinstance(node, ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith | ast.Await)
    ]
    assert places(found) == []


def test_the_patch_is_named_in_its_two_places_only():
    """import-linter sees `core` and `fortune`; this sees gunicorn.conf.py, manage.py and late imports too."""
    allowed = [ROOT / "gunicorn.conf.py", *files("core/runtime")]
    found = []
    for file in files(*PRODUCT):
        for node in nodes(file):
            match node:
                case ast.Import(names=names):
                    modules = [alias.name for alias in names]
                case ast.ImportFrom(module=module):
                    modules = [module or ""]
                case _:
                    continue
            tops = {module.partition(".")[0] for module in modules}
            if tops & {"gevent", "greenlet", "psycogreen"} and file not in allowed:
                found.append((file, node))
    assert places(found) == []


def test_docstrings_and_comments_begin_no_sentence_with_a_relative_clause():
    """A sentence that begins with "Who is …" or "What comes …" has to be read twice; "This will" adds nothing."""
    riddle = re.compile(
        r"(^This will|(?:^|(?<=[.!?:] ))(?:Who|Whoever|Whom|What|Whatever|Whichever))\b(?![^.!:]*\?)"
    )
    # Without one of these words there is nothing to find, and finding the comments takes as long as all other rules.
    words = re.compile(r"\b(?:This|Who|Wha|Whi)")
    found = [
        f"{file.relative_to(ROOT)}:{line}: {match[0]}"
        for file in files(*PROSE)
        if words.search(file.read_text("utf-8"))
        for line, text in (*docstrings(file), *comments(file))
        if (match := riddle.search(text))
    ]
    assert found == []


def test_every_module_says_what_it_is():
    code = [file for file in files("config", "core", "fortune") if "migrations" not in file.parts]
    silent = [file for file in code if tree(file).body and not ast.get_docstring(tree(file))]
    assert [str(file.relative_to(ROOT)) for file in silent] == []


def test_a_full_room_lists_its_modules():
    """The listing of more than a dozen files explains nothing by itself."""
    missing = []
    for room in sorted({file.parent for file in files("config", "core", "fortune")}):
        modules = {file.stem for file in room.glob("*.py")} - {"__init__"}
        if len(modules) > 12:
            told = set(re.findall(r"``(\w+)``", ast.get_docstring(tree(room / "__init__.py")) or ""))
            missing += [f"{room.relative_to(ROOT)}: {name}" for name in sorted(modules - told)]
    assert missing == []


def test_no_room_is_a_heap():
    """Beyond fourteen modules a room is several: it gets rooms within it, or beside it."""
    rooms = {file.parent for file in files("config", "core", "fortune") if "migrations" not in file.parts}
    sizes = {str(room.relative_to(ROOT)): len(list(room.glob("*.py"))) - 1 for room in rooms}
    assert {room: size for room, size in sizes.items() if size > 14} == {}


def test_log_messages_have_a_component_an_event_and_key_values():
    """``component: event, key=%s``. A structured logger (core/ops/logs.py) takes the event, and the values by name."""
    sentence = re.compile(r"[a-z -]+: [^%=]+(, \w+=%[sd])*")
    event = re.compile(r"[a-z -]+")
    found = []
    for file in files("config", "core", "fortune"):
        structured = re.search(r"^log = (logs\.get|structlog)", file.read_text("utf-8"), re.MULTILINE)
        for name, call in calls(file):
            owner, _, method = name.rpartition(".")
            if owner not in {"log", "logger"} or method not in {
                "info",
                "warning",
                "error",
                "exception",
                "critical",
            }:
                continue
            message = call.args[0]
            if isinstance(message, ast.Constant) and not (event if structured else sentence).fullmatch(
                message.value
            ):
                found.append((file, call))
    assert places(found) == []


def test_no_state_is_rebound_in_a_module():
    """An app config owns the objects that a process has one of (core/apps.py); tests build two."""
    found = [(file, node) for file in files(*PROSE) for node in nodes(file) if isinstance(node, ast.Global)]
    assert places(found) == []


def test_the_engine_reads_no_clock():
    clocks = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "localtime", "gmtime"}
    found = [
        (file, node)
        for file in files("fortune/saju")
        for name, node in calls(file)
        if name.split(".")[-1] in clocks and name.split(".")[0] in {"datetime", "date", "time", "timezone"}
    ]
    assert places(found) == []


def test_the_environment_is_read_by_the_readers_alone():
    """`os.environ` elsewhere would escape the refusal of nonsense, and the table of settings."""
    # gunicorn.conf.py decides about the patch before anything may be imported.
    allowed = {
        ROOT / name
        for name in (
            "config/boot.py",
            "config/env.py",
            "config/serve.py",
            "gunicorn.conf.py",
            "manage.py",
            "config/wsgi.py",
            "config/settings/test.py",
            "core/ops/metrics.py",  # the metrics library reads a variable of its own, set by gunicorn.conf.py
        )
    }
    found = [
        (file, node)
        for file in files(*PRODUCT)
        for node in nodes(file)
        if name_of(node) in {"os.environ", "os.getenv"} and file not in allowed
    ]
    assert places(found) == []


def test_the_front_door_of_the_streams_says_where_each_of_its_names_is():
    """Type checkers read the imports, Python the table: a name in one of them alone is found by one of them alone."""
    door = tree(ROOT / "core/streams/__init__.py")
    (typed,) = (node for node in door.body if isinstance(node, ast.If))
    offered = {
        alias.name: node.module
        for node in typed.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname == alias.name
    }
    assert offered == {name: f"core.streams.{module}" for name, module in streams._HOMES.items()}
    assert all(hasattr(streams, name) for name in offered)

"""Every variable that is read stands in README's table and in .env.example, and the other way round."""

from __future__ import annotations

import ast
import re
from functools import cache

from tests.unit.sources import ROOT, calls, files

READERS = {
    *("text", "boolean", "integer", "number", "seconds", "listing", "keys", "choice"),
    *("url", "urls", "addresses"),
}


@cache
def read_variables() -> set[str]:
    names = set()
    for file in files("config", "core", "fortune", "gunicorn.conf.py"):
        for name, call in calls(file):
            if name in {f"env.{reader}" for reader in READERS}:
                assert isinstance(call.args[0], ast.Constant), f"{file}: the name must stand in the call"
                names.add(str(call.args[0].value))
    return names


def test_the_example_file_lists_exactly_what_is_read():
    content = (ROOT / ".env.example").read_text()
    listed = re.findall(r"^#?([A-Z][A-Z_]*)=", content, re.MULTILINE)
    assert len(listed) == len(set(listed)), "a variable stands twice"
    assert set(listed) == read_variables() | {"DJANGO_SETTINGS_MODULE"}


def test_the_table_in_the_readme_lists_exactly_what_is_read():
    table = (ROOT / "README.md").read_text().partition("\n## Settings\n")[2].partition("\n## ")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    listed = [name for cell in first_cells for name in re.findall(r"`([A-Z_]+)`", cell)]
    assert len(listed) == len(set(listed)), "a variable stands twice"
    assert set(listed) == read_variables()

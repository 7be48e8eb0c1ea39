"""README's table names every variable that is read, and none that is not."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def variables_read() -> set[str]:
    """The names given to the readers of config/env.py, anywhere."""
    found: set[str] = set()
    for source in [ROOT / "gunicorn.conf.py", *ROOT.glob("config/**/*.py"), *ROOT.glob("core/**/*.py")]:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="env")),
                    args=[ast.Constant(value=str(name)), *_],
                ):
                    found.add(name)
    return found


def variables_told() -> set[str]:
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Settings")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return set(re.findall(r"`([A-Z_]+)`", " ".join(rows)))


def test_every_variable_is_in_the_table_and_no_other() -> None:
    assert variables_told() == variables_read()


def test_every_link_leads_somewhere() -> None:
    for name in ("README.md", "docs/operations.md", "docs/deploying.md"):
        page = ROOT / name
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{name} → {target}"

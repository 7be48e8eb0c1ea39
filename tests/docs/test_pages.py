"""The pages for engineers name files that exist, and the index of decisions lists every one of them."""

from __future__ import annotations

import re

import pytest

from tests.unit.sources import ROOT

PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/glossary.md")
OPERATORS_PAGES = ("docs/operations.md", "docs/deploying.md")
# A name with a folder in it, or with one of these endings, is a file's; an address begins with a slash.
FILE = re.compile(r"\.?\w[\w./-]*(?:/[\w./-]*|\.(?:py|md|toml|txt|json|ya?ml|lua|js|html|po|mo))")
DECISIONS = ROOT / "docs/decisions"
# Made when the site is first started.
MADE = {"var/"}


def files_named(text: str) -> list[str]:
    """Return the files and folders in back-ticks; patterns and ``<placeholders>`` are none."""
    return [name for name in re.findall(r"`([^`\n]+)`", text) if FILE.fullmatch(name)]


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_exists(page: str) -> None:
    named = files_named((ROOT / page).read_text(encoding="utf-8"))
    assert named, "the page names no file: is the pattern still right?"
    assert not [name for name in named if name not in MADE and not (ROOT / name).exists()]


@pytest.mark.parametrize("page", [*PAGES, *OPERATORS_PAGES])
def test_every_link_leads_to_a_file(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert not [target for target in targets if not ((ROOT / page).parent / target).exists()]


def test_the_index_lists_every_decision_with_its_title() -> None:
    index = re.findall(
        r"^\| \[(\d+)\]\(([^)]+)\) \| (.+) \|$", (DECISIONS / "README.md").read_text(), re.MULTILINE
    )
    files = sorted(DECISIONS.glob("[0-9]*.md"))
    first_lines = [file.read_text(encoding="utf-8").partition("\n")[0] for file in files]
    assert [(f"# {number} · {title}", name) for number, name, title in index] == [
        (line, file.name) for line, file in zip(first_lines, files, strict=True)
    ]


def test_every_test_that_a_promise_names_exists() -> None:
    named = re.findall(r"`(test_\w+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    tests = {
        name
        for file in ROOT.glob("tests/**/test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named
    assert not [name for name in named if name not in tests]

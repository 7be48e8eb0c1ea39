"""Run all checks that need no running site: ``make lint``. It fails at the end if any of them failed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = {
    "style": ["ruff", "check"],
    "format": ["ruff", "format", "--check"],
    "types": ["mypy"],
    "import directions": ["lint-imports", "--no-cache"],
    "templates": ["djlint", "templates", "--lint", "--quiet"],
    # It asks the database what has been applied, so there must be one.
    "migrations": [
        *("python", "tools/services.py", "--ephemeral", "--"),
        *("python", "manage.py", "makemigrations", "--check", "--dry-run"),
    ],
}


def main() -> int:
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    failed = []
    for name, command in CHECKS.items():
        print(f"fortune: {name}: {' '.join(command)}", flush=True)
        if subprocess.run(command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, check=False).returncode:
            failed.append(name)
    print("fortune: lint failed: " + ", ".join(failed) if failed else "fortune: lint passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

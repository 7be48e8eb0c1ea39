#!/usr/bin/env python3
"""Django's command line for Fortune.

Under a Python without the requirements it goes on with the one in ``.venv``, which ``make run`` makes. In
development a command that needs PostgreSQL and Redis shares those of ``make run``, or starts them for itself.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
DEVELOPMENT = "config.settings.development"
# These read and write files alone. Every other command gets servers.
WITHOUT_SERVICES = {
    *("check", "diffsettings", "help", "--version", "version"),
    *("collectstatic", "findstatic", "compilemessages", "makemessages", "makemigrations"),
    *("saju", "test"),
}


def main() -> None:
    if not all(find_spec(name) for name in ("django", "psycogreen")):
        _go_on_in_the_environment()
    from config import env

    env.load()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEVELOPMENT)
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    needs_none = command in WITHOUT_SERVICES or not {"-h", "--help"}.isdisjoint(sys.argv)
    if needs_none or os.environ["DJANGO_SETTINGS_MODULE"] != DEVELOPMENT:
        _execute()
        return

    from tools.processes import ServerError
    from tools.services import running

    try:
        with running() as variables:
            os.environ.update(variables)
            _execute()
    except ServerError as error:
        sys.exit(f"fortune: {error}")


def _execute() -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def _go_on_in_the_environment() -> None:
    home = ROOT / os.environ.get("VENV", ".venv")
    python = home / "bin" / "python"
    if not python.exists() or Path(sys.prefix).resolve() == home.resolve():
        sys.exit(
            f"fortune: {sys.executable} lacks the requirements: run make run once, which makes .venv for this command, or "
            "use the Python that requirements.txt was installed for"
        )
    os.execv(python, [str(python), *sys.argv])  # noqa: S606


if __name__ == "__main__":
    main()

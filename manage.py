#!/usr/bin/env python
"""Django's command line for Fortune."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    from django.core.management import execute_from_command_line

    from config import env

    try:
        env.load(Path(__file__).resolve().parent / ".env")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
        execute_from_command_line(sys.argv)
    except env.EnvError as error:
        sys.exit(f"fortune: {error}")


if __name__ == "__main__":
    main()

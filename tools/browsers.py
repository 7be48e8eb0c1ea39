"""The Chromium that tests and pictures use: by preference the build that draws no window of its own.

It renders pages by the same code. Opening twelve pages took 2.9 s of processor in it and 9.0 s in the other, which
draws its tabs and buttons even where nobody sees them.
"""

from __future__ import annotations

import shutil
from typing import Final

# Debian's name of the program, and of the package that it comes from.
WITHOUT_WINDOWS: Final = "chromium-headless-shell"
WITH_WINDOWS: Final = "chromium"


def find() -> str | None:
    """Return the path of this machine's Chromium, or None."""
    programs = (WITHOUT_WINDOWS, WITH_WINDOWS, "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, programs)), None)

"""Write the lock files anew from the .in files: ``make lock``.

One lock serves every Python from 3.11 on, with Django 5.2 below 3.12 and 6.1 from there.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# In this order: each constrains the next.
NAMES = ("requirements", "requirements-local", "requirements-dev", "requirements-bench")


def main() -> int:
    for name in NAMES:
        command = ["uv", "pip", "compile", f"{name}.in", "-o", f"{name}.txt", "--quiet", "--upgrade"]
        command += ["--universal", "--generate-hashes", "--python-version", "3.11"]
        # pip before 23.2 matches a requirement with an extra only with a pin that names the extra.
        command += ["--no-strip-extras"]
        command += ["--custom-compile-command", "make lock"]
        subprocess.run(command, cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

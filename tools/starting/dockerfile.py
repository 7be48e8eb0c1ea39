"""Run the steps of deploy/Dockerfile without a container engine, in folders that stand for its file systems.

Enough of the language for that file: two stages, ARG and ENV, WORKDIR, COPY (also from the first stage), RUN, USER,
HEALTHCHECK and CMD. Anything else is refused, so that no step is passed over in silence.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

Says = Callable[[str], None]


@dataclass(slots=True)
class Image:
    """The result of the last stage."""

    root: Path
    environ: dict[str, str]
    workdir: str = "/"
    user: int = 0
    command: list[str] = field(default_factory=list)
    healthcheck: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.inside(self.workdir)

    def inside(self, path: str) -> Path:
        """Return the folder here that stands for a path of the image."""
        return self.root / str(PurePosixPath(self.workdir) / path).lstrip("/")


def build(context: Path, folder: Path, *, base: Path, says: Says) -> Image:
    """Build the image; ``base`` is the interpreter that its base image has. ``folder`` holds what is made."""
    root, earlier = folder / "root", folder / "earlier"
    start = {"PATH": f"{base.parent}{os.pathsep}{os.defpath}", "HOME": str(folder)}
    image = Image(root, dict(start))
    for instruction, rest in instructions((context / "deploy/Dockerfile").read_text()):
        match instruction:
            case "ARG" | "EXPOSE":
                continue
            case "FROM":
                image = _next_stage(root, earlier, start)
            case "ENV":
                for name, value in re.findall(r"(\w+)=(\S+)", rest):
                    image.environ[name] = _here(value.replace("$PATH", image.environ["PATH"]), image)
            case "WORKDIR":
                image.workdir = rest
                image.folder.mkdir(parents=True, exist_ok=True)
            case "COPY":
                _copy(rest.split(), image, context, earlier)
            case "RUN":
                says(f"docker: {rest}")
                command = ["sh", "-ec", _here(rest, image)]
                subprocess.run(
                    command, cwd=image.folder, env=image.environ, check=True, stdout=subprocess.DEVNULL
                )
            case "USER":
                image.user = int(rest.partition(":")[0])
            case "HEALTHCHECK":
                image.healthcheck = json.loads(rest[rest.index("[") :])
            case "CMD":
                image.command = json.loads(rest)
            case _:
                raise ValueError(f"deploy/Dockerfile: {instruction} is not known here")
    return image


def _next_stage(root: Path, earlier: Path, environ: dict[str, str]) -> Image:
    """Begin a stage in the place of the one before, so that absolute paths in what is copied stay right."""
    if root.exists():
        root.rename(earlier)
    root.mkdir()
    return Image(root, dict(environ))


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Yield each instruction with its arguments, continued lines joined."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        name, _, rest = line.partition(" ")
        yield name, re.sub(r"\s+", " ", rest).strip()


def _here(text: str, image: Image) -> str:
    """Replace the image's own places by the folders that stand for them."""
    return text.replace("/opt/venv", str(image.root / "opt/venv"))


def _copy(words: list[str], image: Image, context: Path, earlier: Path) -> None:
    options = dict(word[2:].split("=", 1) for word in words if word.startswith("--"))
    source, target = (word for word in words if not word.startswith("--"))
    to = image.inside(target)
    if "from" in options:
        found = earlier / source.lstrip("/")
        shutil.copytree(found, to, symlinks=True, dirs_exist_ok=True)
        if "chown" in options and os.geteuid() == 0:
            os.chown(to, *map(int, options["chown"].split(":")))
        return
    for file in sent(context):
        if source in (".", str(file)):
            place = to / file
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(context / file, place)


def sent(context: Path) -> Iterator[Path]:
    """Yield the files that ``.dockerignore`` lets through to the builder, relative to ``context``."""
    rules = [line for line in (context / ".dockerignore").read_text().split("\n") if line and line[0] != "#"]
    names = {rule[1:] for rule in rules if rule.startswith("!")}
    hidden = {rule.removeprefix("**/") for rule in rules if rule.startswith("**/")}
    if set(rules) != {"*", *(f"!{name}" for name in names), *(f"**/{name}" for name in hidden)}:
        raise ValueError(".dockerignore has a rule that is not known here")
    for name in sorted(names):
        found = context / name
        for file in sorted(found.rglob("*")) if found.is_dir() else [found]:
            if file.is_file() and not hidden & set(file.relative_to(context).parts):
                yield file.relative_to(context)

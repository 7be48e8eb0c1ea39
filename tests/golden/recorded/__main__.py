"""Write all recorded files anew: ``python -m tests.golden.recorded``."""

from tests.golden.recorded.kept import FOLDER, records, text_of

FOLDER.mkdir(exist_ok=True)
for name in records():
    (FOLDER / f"{name}.txt").write_text(text_of(name), encoding="utf-8", newline="\n")

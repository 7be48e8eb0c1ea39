"""Write static/css/scenes.css and docs/screenshots/scenes-light.webp and scenes-dark.webp: all sixty on one sheet."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from fortune.saju.cycle import Pillar  # noqa: E402
from fortune.scenes import Theme, standalone, style_sheet  # noqa: E402

COLUMNS, WIDTH = 6, 300
PAPER = {Theme.LIGHT: ("#faf8f4", "#2b2521"), Theme.DARK: ("#171412", "#f1ebe3")}


def sheet(theme: Theme) -> str:
    """Return a page with the sixty scenes of a theme, from 갑자 to 계해."""
    figures = []
    for at in range(60):
        pillar = Pillar(at)
        # Ids are of the whole page; each file has one of its own.
        picture = standalone(pillar.stem, pillar.branch, theme).replace("sky", f"sky-{at}")
        figures.append(f"<figure>{picture}<figcaption>{pillar.hangul} {pillar.hanja}</figcaption></figure>")
    paper, ink = PAPER[theme]
    style = (
        f"body{{margin:16px;background:{paper};color:{ink};font:15px 'Noto Sans CJK KR',sans-serif;display:grid;gap:14px;"
        f"grid-template-columns:repeat({COLUMNS},{WIDTH}px)}}figure{{margin:0}}"
        f"svg{{display:block;width:{WIDTH}px;height:{WIDTH * 2 // 3}px;border-radius:10px}}figcaption{{padding:4px 2px}}"
    )
    return f"<!doctype html><style>{style}</style>{''.join(figures)}"


def main() -> None:
    (ROOT / "static" / "css" / "scenes.css").write_text(style_sheet(), encoding="utf-8")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": COLUMNS * (WIDTH + 14) + 18, "height": 600})
        for theme in Theme:
            page.set_content(sheet(theme))
            shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
            shot.save(ROOT / "docs" / "screenshots" / f"scenes-{theme}.webp", quality=82, method=6)
        browser.close()


if __name__ == "__main__":
    main()

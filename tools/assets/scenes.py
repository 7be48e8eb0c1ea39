"""Write what is drawn from fortune/scenes: the style sheet, the site's own card, and all sixty scenes on a sheet.

They are static/css/scenes.css, static/icons/card.png, docs/screenshots/scenes-light.webp and scenes-dark.webp.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from fortune.saju.cycle import Pillar  # noqa: E402
from fortune.scenes import Theme, paint, standalone, style_sheet  # noqa: E402
from tools import browsers  # noqa: E402

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


def card() -> Image.Image:
    """Return the picture that messengers show for pages of the site itself: 갑인, and the name of the site."""
    image = Image.new("RGB", (1200, 630), "#faf8f4")
    image.paste(paint(0, 2, Theme.LIGHT, (640, 630)), (0, 0))
    pen, serif = ImageDraw.Draw(image), str(ROOT / "static" / "fonts" / "serif-first.woff2")
    for y, words, size, colour in ((280, "여덟 글자에", 66, "#2b2521"), (370, "담긴 나", 66, "#2b2521"),
                                   (570, "Fortune", 40, "#7b3b5d")):  # fmt: skip
        pen.text((700, y), words, font=ImageFont.truetype(serif, size), fill=colour, anchor="ls")
    return image.quantize(128)


def main() -> None:
    card().save(ROOT / "static" / "icons" / "card.png", optimize=True)
    (ROOT / "static" / "css" / "scenes.css").write_text(style_sheet(), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": COLUMNS * (WIDTH + 14) + 18, "height": 600})
        for theme in Theme:
            page.set_content(sheet(theme))
            shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
            shot.save(ROOT / "docs" / "screenshots" / f"scenes-{theme}.webp", quality=82, method=6)
        browser.close()


if __name__ == "__main__":
    main()

"""The fonts' first slices hold what our own pages need, so that a page loads one file of each."""

from __future__ import annotations

import re
from pathlib import Path

from tools.assets.fonts import (
    FONTS,
    PAGES,
    SHEET,
    SIGNS,
    TEXTS,
    first_letters,
    heading_letters,
    near_faces,
    own_letters,
)

FACE = re.compile(r"url\(\"\.\./fonts/([a-z0-9-]+)\.woff2\"\).*?unicode-range: ([^;]+);", re.DOTALL)


def covered(spans: str) -> set[str]:
    found: set[str] = set()
    for span in spans.split(", "):
        first, _, last = span.removeprefix("U+").partition("-")
        found |= {chr(point) for point in range(int(first, 16), int(last or first, 16) + 1)}
    return found


FACES = {name: covered(spans) for name, spans in FACE.findall(SHEET.read_text())}
OURS = FACES["sans-first"] | FACES["sans-core"] | FACES["sans-texts"]


def test_the_first_two_slices_hold_nearly_every_letter_we_wrote():
    """Allow ten letters that are newer than the last cut and come from another slice. Beyond that, cut anew."""
    missing = {c for c in own_letters(PAGES) if "가" <= c <= "힣"} - FACES["sans-first"] - FACES["sans-core"]
    assert len(missing) <= 10, "".join(sorted(missing))


def test_the_first_page_and_the_headings_need_their_first_slice_only():
    """Allow ten newer letters in each."""
    page = first_letters() - FACES["sans-first"]
    assert len(page) <= 10, "".join(sorted(page))
    heads = heading_letters() - FACES["serif-first"]
    assert len(heads) <= 10, "".join(sorted(heads))


def test_a_reading_of_ours_needs_the_first_three_slices_only():
    missing = {c for c in own_letters(TEXTS) if "가" <= c <= "힣"} - OURS
    assert len(missing) <= 10, "".join(sorted(missing))


def test_the_chart_has_its_letters_in_a_small_file_of_its_own():
    assert FACES["serif-signs"] == SIGNS
    assert (FONTS / "serif-signs.woff2").stat().st_size < 12_000


def test_every_face_has_its_file_and_its_licence():
    assert {path.stem for path in FONTS.glob("*.woff2")} == set(FACES)
    for licence in ("OFL-Pretendard.txt", "OFL-NotoSerifCJK.txt"):
        assert (
            "SIL Open Font License" in (FONTS / licence).read_text()
            or "SIL OPEN FONT LICENSE" in (FONTS / licence).read_text()
        )


def test_noto_sans_is_given_the_measures_of_ours():
    """Otherwise lines break elsewhere once the letters are there."""
    assert SHEET.read_text().endswith("\n".join(near_faces()))


def test_no_font_comes_from_elsewhere():
    folder = Path(SHEET).parent
    assert not [
        path.name
        for path in folder.rglob("*.css")
        if re.search(r"url\(\s*[\"']?(https?:)?//", path.read_text())
    ]

"""Cut the site's fonts into slices (static/fonts, static/css/fonts.css) from their full files.

    python tools/assets/fonts.py PretendardVariable.ttf NotoSerifCJK-Bold.ttc

Pretendard is in the npm package of that name (dist/public/variable); Noto Serif CJK is Debian's
fonts-noto-cjk. Both are under the SIL Open Font License, kept beside the slices; as it asks of changed
fonts, the slices go by names of their own (Fortune Sans, Fortune Serif) and keep the copyright notices.

The first slice of each holds the letters of the first page, or of headings, so that a first visit loads little; the
second the other letters of our templates and their code, so that a page without a reading loads two files; the third
what our own readings add. The other syllables of KS X 1001, which only a model's text may need, follow in slices that
a browser fetches when such a letter appears.

Until a slice has come, its letters are shown in a font of the visitor's own. Where that is Noto Sans, "Fortune Sans Near"
gives it the widths and heights of ours, so that no line breaks elsewhere and nothing moves when the slice arrives.
"""

from __future__ import annotations

import re
import subprocess
import sys
from functools import partial
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
FONTS, SHEET = ROOT / "static" / "fonts", ROOT / "static" / "css" / "fonts.css"
PAGES = ("templates/**/*.html", "core/**/*.py", "fortune/*.py", "fortune/forms/*.py", "fortune/pages/**/*.py",
         "fortune/views/**/*.py", "fortune/models/*.py", "fortune/services/*.py", "fortune/saju/**/*.py")  # fmt: skip
# The files of the form, and of the words that its code puts there.
FIRST = ("templates/base.html", "templates/pages/form.html", "templates/components/*fields.html",
         "templates/components/returning.html", "templates/components/offline_notice.html",
         "templates/components/readings_left.html", "templates/components/nav_people.html",
         "templates/components/footer_links.html", "fortune/forms/*.py", "fortune/pages/births/form.py",
         "fortune/pages/births/birth_check.py",
         "fortune/pages/births/home.py", "fortune/models/reading.py")  # fmt: skip
# The hours and cities that the form offers.
OFFERED = set("자축인묘진사오미신유술해시서울부산대구인천광주대전")
# Headings that code makes: a pillar's name, and what stands in the site's own picture.
NAMES = set("갑을병정무기경신임계자축인묘진사오미유술해일주여덟글자에담긴나")
HEADING = re.compile(r"<(h\d)[^>]*>(.*?)</\1>", re.DOTALL)
TEXTS = ("fortune/readings/**/*.*",)
# Letters that visitors and models write and we only look for.
SEARCHED = {"crisis", "vocabulary", "recognise.py", "aims.py", "story.py", "feeling.py", "words", "grounding"}
LATIN = "".join(map(chr, range(0x20, 0x7F))) + "°±·×–—‘’“”…→←↑↓−•「」『』、。%○●"
SLICES = 4
SIGNS = set("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥木火土金水")
FACE = """@font-face {{
  font-family: "{family}";
  font-style: normal;
  font-weight: {weight};
  font-display: swap;
  src: url("../fonts/{file}") format("woff2");
  unicode-range: {ranges};
}}
"""
# Groups of signs, and the mean of their advance widths in Noto Sans CJK KR, in em: whatever is in no other group has the
# ratio of a syllable, which fits Latin letters too.
NOTO = {"가": 0.92, " ": 0.224, "0123456789": 0.555, "·": 0.561}
NOTO_BY_WEIGHT = {
    "45 599": ("Noto Sans CJK KR", "Noto Sans KR"),
    "600 920": ("Noto Sans CJK KR Bold", "Noto Sans KR Bold"),
}
NEAR = """@font-face {{
  font-family: "Fortune Sans Near";
  font-weight: {weight};
  src: {src};
  size-adjust: {size:.2%};
  ascent-override: {ascent:.2%};
  descent-override: {descent:.2%};
  line-gap-override: 0%;{ranges}
}}
"""


def near_faces() -> list[str]:
    """Return the faces that give Noto Sans the measures of the first slice, which all slices share."""
    font = TTFont(FONTS / "sans-first.woff2")
    em, widths, letters = font["head"].unitsPerEm, font["hmtx"], font.getBestCmap()

    faces = []
    for weight, names in NOTO_BY_WEIGHT.items():
        for signs, noto in NOTO.items():
            size = sum(widths[letters[ord(sign)]][0] for sign in signs) / len(signs) / em / noto
            faces.append(
                NEAR.format(
                    weight=weight,
                    src=", ".join(f'local("{name}")' for name in names),
                    size=size,
                    ascent=font["hhea"].ascent / em / size,
                    descent=-font["hhea"].descent / em / size,
                    ranges="" if signs == "가" else f"\n  unicode-range: {ranges(set(signs))};",
                )
            )
    return faces


def own_letters(patterns: tuple[str, ...]) -> set[str]:
    """Return every Hangul syllable and Hanja in what we wrote."""
    found: set[str] = set()
    for pattern in patterns:
        for path in ROOT.glob(pattern):
            if SEARCHED.isdisjoint(path.relative_to(ROOT).parts) and path.suffix in (
                ".html",
                ".py",
                ".toml",
                ".md",
                ".txt",
                ".json",
            ):
                found |= set(re.findall(r"[가-힣一-鿿㐀-䶿]", path.read_text(encoding="utf-8")))
    return found


def first_letters() -> set[str]:
    """Return every Hangul syllable of the first page."""
    return OFFERED | {c for c in own_letters(FIRST) if "가" <= c <= "힣"}


def heading_letters() -> set[str]:
    """Return every Hangul syllable in the headings of our templates."""
    texts = (path.read_text(encoding="utf-8") for path in ROOT.glob("templates/**/*.html"))
    return NAMES | {
        c for text in texts for _, words in HEADING.findall(text) for c in words if "가" <= c <= "힣"
    }


def ksx1001() -> list[str]:
    """Return the 2,350 syllables of KS X 1001, in its order."""
    rows = (bytes((lead, trail)) for lead in range(0xB0, 0xC9) for trail in range(0xA1, 0xFF))
    return [row.decode("euc_kr") for row in rows]


def ranges(letters: set[str]) -> str:
    """Return a unicode-range of exactly these letters."""
    points = sorted(map(ord, letters))
    spans: list[list[int]] = []
    for point in points:
        if spans and point == spans[-1][1] + 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in spans)


def cut(source: str, name: str, letters: set[str], *more: str) -> str:
    """Write one slice; returns its file name."""
    file = f"{name}.woff2"
    subprocess.run(
        [
            sys.executable, "-m", "fontTools.subset", source, f"--output-file={FONTS / file}",
            f"--unicodes={','.join(f'{ord(c):X}' for c in sorted(letters))}", "--flavor=woff2",
            "--layout-features=kern,palt,tnum,lnum,ccmp,locl", "--no-hinting", "--desubroutinize", "--name-IDs=0,13,14", *more,
        ],
        check=True,
    )  # fmt: skip
    return file


def face(
    family: str, weight: str, source: str, name: str, letters: set[str], *more: str, spans: str = ""
) -> str:
    """Cut a slice, and return the rule that loads it for ``spans``, or else for its letters."""
    file = cut(source, name, letters, *more)
    return FACE.format(family=family, weight=weight, file=file, ranges=spans or ranges(letters))


# If several faces claim a letter, the browser uses the last one. So the slices may claim whole ranges, and the
# exact (long) list of the core stands last.
def sans_faces(source: str, hangul: set[str], written: set[str]) -> list[str]:
    """Return the rules of the text's font: the rare syllables, those of our texts, those of pages, the first page's."""
    rest = [c for c in ksx1001() if c not in hangul | written]
    size = -(-len(rest) // SLICES)
    parts = [rest[n * size : (n + 1) * size] for n in range(SLICES)]
    first = first_letters()
    sans = partial(face, "Fortune Sans", "45 920", source)
    return [
        *(
            sans(f"sans-{n}", set(part), spans=f"U+{ord(part[0]):X}-{ord(part[-1]):X}")
            for n, part in enumerate(parts, 1)
        ),
        sans("sans-texts", written),
        sans("sans-core", hangul - first),
        sans("sans-first", first | set(LATIN)),
    ]


def serif_faces(source: str, hangul: set[str], hanja: set[str]) -> list[str]:
    """Return the rules of the headings' font."""
    korean = "--font-number=1"  # the Korean face of the collection
    heads = heading_letters()
    serif = partial(face, "Fortune Serif", "700", source)
    return [
        serif("serif-core", hangul - heads, korean, spans="U+AC00-D7A3"),
        serif("serif-first", heads | set(LATIN), korean),
        serif("serif-hanja", hanja - SIGNS, korean, spans="U+3400-4DBF, U+4E00-9FFF"),
        serif("serif-signs", SIGNS, korean),
    ]


def main(sans: str, serif: str) -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    own, texts = own_letters(PAGES), own_letters(TEXTS)
    hangul = {c for c in own if "가" <= c <= "힣"}
    written = {c for c in texts if "가" <= c <= "힣"} - hangul
    hanja = {c for c in own | texts if not "가" <= c <= "힣"}
    faces = [*sans_faces(sans, hangul, written), *serif_faces(serif, hangul, hanja), *near_faces()]
    SHEET.write_text("/* Written by tools/assets/fonts.py. */\n\n" + "\n".join(faces), encoding="utf-8")
    for path in sorted(FONTS.glob("*.woff2")):
        print(f"{path.stat().st_size / 1024:6.1f} KB  {path.name}")


if __name__ == "__main__":
    main(*sys.argv[1:3])

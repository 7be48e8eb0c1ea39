"""The scene of a day pillar on a page: the picture, its name, and one sentence that says what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fortune.pages.charts.labels import english
from fortune.readings import texts
from fortune.readings.classic.draft.page import BRANCH_KEYS, STEM_KEYS
from fortune.saju.cycle import Pillar
from fortune.scenes import Theme, inline, scene_name


@dataclass(frozen=True, slots=True)
class SceneView:
    """``svg``: for HTML, coloured by ``css/scenes.css``. ``sentence`` is its text alternative too."""

    svg: SafeString
    slug: str
    name: str
    hanja: str
    sentence: str
    about: str


def pillar_name(pillar: Pillar) -> str:
    """Return how a pillar is read: "경진", "Gyeong-Jin"."""
    if english():
        return f"{STEM_KEYS[pillar.stem]}-{BRANCH_KEYS[pillar.branch]}".title()
    return pillar.hangul


def scene_view(day: Pillar) -> SceneView:
    """Return the scene of a day pillar in the visitor's language. It says nothing of a birth but its day pillar."""
    return _scene(day, "en" if english() else "ko")


@lru_cache(maxsize=120)
def _scene(day: Pillar, language: str) -> SceneView:
    stem, branch = STEM_KEYS[day.stem], BRANCH_KEYS[day.branch]
    short, land = (texts.text(language, path) for path in (f"stems.{stem}.short", f"branches.{branch}.scene"))
    sentence = texts.text(language, "self.scene", short=short, scene=land)
    core, inner = texts.text(language, f"stems.{stem}.core"), texts.text(language, f"branches.{branch}.inner")
    return SceneView(
        svg=mark_safe(inline(day.stem, day.branch, label=escape(sentence))),  # noqa: S308 - escaped, the rest is ours
        slug=f"{stem}-{branch}",
        name=_("%(pillar)s일주") % {"pillar": pillar_name(day)},
        hanja=day.hanja,
        sentence=sentence[:1].upper() + sentence[1:],
        about=f"{core} {inner[:1].upper()}{inner[1:]}",
    )


def scene_address(day: Pillar, theme: Theme) -> str:
    """Return where the scene of a day pillar is as a file of its own, the same for everybody."""
    return reverse("fortune:scene", args=[scene_name(day.stem, day.branch), theme])

"""The choices on which schools of 명리 differ, each with a name and a default.

Every option, its values and who uses which is listed in docs/decisions/020-schools.md. Functions of
``derive`` take a ``Schools`` value; a chart's ``Options`` is one (it inherits from it).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

CHOICES: dict[str, tuple[str, ...]] = {
    # The branch from which the twelve 신살 are counted: 년지 or 일지.
    "sinsal_base": ("year", "day"),
    # Where 戊己 begin their twelve stages: with fire (화토동궁) or with water (수토동궁).
    "stage_earth": ("fire", "water"),
    # Yin stems run backwards (양순음역), or share the place of their yang stem (음양동생동사).
    "stage_yin": ("reverse", "together"),
    # Hidden stems: 월률분야 with day counts, or the short 인원용사 list of Chinese handbooks.
    "hidden": ("monthly", "plain"),
    # Days of 월률분야: 7·7·16 in all four 생지, or the uneven counts for 巳 申 亥.
    "hidden_days": ("even", "uneven"),
    # 양인 of yin stems, always marked 이설: the 관대 place (乙辰 …), the 제왕 place (乙寅 …), or none.
    "yangin_yin": ("cap", "peak", "none"),
    # 천을귀인 of 庚: with 甲戊 (丑未), or with 辛 (寅午).
    "cheoneul": ("ox", "tiger"),
    # 괴강: 庚辰 庚戌 壬辰 壬戌 戊戌; the four without 壬戌 of 삼명통회; or six, with 戊辰.
    "goegang": ("five", "four", "six"),
    # 격국 from the hidden stem that shows in the stems (투출), or always from 정기.
    "structure": ("revealed", "main"),
    # Which 용신 is put first.
    "useful": ("eokbu", "johu"),
}


@dataclass(frozen=True, slots=True)
class Schools:
    """One choice for every question in ``CHOICES``; the defaults are the first values."""

    sinsal_base: str = "year"
    stage_earth: str = "fire"
    stage_yin: str = "reverse"
    hidden: str = "monthly"
    hidden_days: str = "even"
    yangin_yin: str = "cap"
    cheoneul: str = "ox"
    goegang: str = "five"
    structure: str = "revealed"
    useful: str = "eokbu"

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} is one of {', '.join(allowed)}, not {getattr(self, name)!r}")


COMMON = Schools()


def schools_of(options: Schools) -> Schools:
    """Return only the school choices of ``options``, whatever else a subclass carries."""
    return Schools(**{field.name: getattr(options, field.name) for field in fields(Schools)})

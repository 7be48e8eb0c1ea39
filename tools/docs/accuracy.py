"""Write docs/accuracy.md and docs/accuracy.json: the engine's accuracy, by the golden tests' own checks.

    python tools/docs/accuracy.py

It takes half a minute and needs requirements-dev.txt. The public page shows the JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import pstdev
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from fortune.saju import ENGINE_VERSION, Birth, Options, SajuError, cast, lunar, pillars_of  # noqa: E402
from fortune.saju.calendar.solar_terms import ALL, instant_of  # noqa: E402
from tests.golden import classics, oracles  # noqa: E402
from tests.golden.saju import japyeong  # noqa: E402
from tests.golden.test_solar_terms import DE440  # noqa: E402

MARKDOWN = ROOT / "docs" / "accuracy.md"
FIGURES = ROOT / "docs" / "accuracy.json"
TEMPLATE = ROOT / "tools" / "docs" / "accuracy.template.md"
PERIODS = ((1900, 1949), (1950, 1999), (2000, 2027), (2028, 2050))
SEED = 20261122
PARTS = 8


def terms() -> dict[str, Any]:
    """Return the differences of the solar terms from three other sources, in seconds."""
    published = []
    for (year, name), text in DE440.items():
        moment = datetime.strptime(f"{year}-{text} +0900", "%Y-%m-%d %H:%M:%S %z")
        published.append(instant_of(year, name) - int(moment.timestamp()))
    errors = oracles.lunar_python_term_errors(1900, 2050)
    periods = []
    for first, last in PERIODS:
        found = [e.seconds for e in errors if first <= e.year <= last]
        periods.append(
            {
                "years": f"{first}-{last}",
                "count": len(found),
                "max_seconds": max(map(abs, found)),
                "sigma_seconds": round(pstdev(found), 2),
            }
        )
    kasi = oracles.kasi_term_errors()
    right = [e for e in kasi if (e.year, e.name) not in oracles.KASI_ERRATA]
    return {
        "count": len(ALL),
        "de440": {"count": len(published), "max_seconds": max(map(abs, published))},
        "lunar_python": periods,
        "kasi": {
            "count": len(kasi),
            "within_40_seconds": sum(abs(e.seconds) <= 40 for e in kasi),
            "max_seconds": max(abs(e.seconds) for e in right),
            "same_minute": sum(abs(e.seconds) <= 30 for e in right),
            "wrong_rows": [
                {"year": e.year, "name": e.name, "seconds": e.seconds}
                for e in kasi
                if (e.year, e.name) in oracles.KASI_ERRATA
            ],
        },
    }


def lunar_calendar() -> dict[str, Any]:
    """Return the months and days of the lunar calendar that differ from KASI's or do not convert back."""
    months = list(oracles.kasi_month_starts())
    refused = 0
    short = [(y, m, leap) for y, m, leap, _ in months if lunar.month_days(y, m, leap) == 29]
    for year, month, leap in short:
        try:
            lunar.to_solar(year, month, 30, leap)
        except SajuError:
            refused += 1
    days = wrong = 0
    for ordinal in range(months[0][3].toordinal(), date(2050, 12, 31).toordinal() + 1):
        found = lunar.from_solar(date.fromordinal(ordinal))
        days += 1
        wrong += lunar.to_solar(found.year, found.month, found.day, found.leap).toordinal() != ordinal
    return {
        "months": len(months),
        "months_wrong": sum(lunar.to_solar(y, m, 1, leap) != start for y, m, leap, start in months),
        "days": days,
        "days_wrong": wrong,
        "short_months": len(short),
        "short_months_refused": refused,
    }


def charts() -> dict[str, Any]:
    """Return the charts on which lunar_python, given the time in its own way, disagrees."""
    found: dict[str, Any] = {"random": {"count": 0, "different": 0}}
    for part in range(PARTS):
        births = oracles.random_births(20_000 // PARTS, SEED + part)
        found["random"]["count"] += len(births)
        found["random"]["different"] += len(oracles.lunar_python_differences(births))
    for kind, births in oracles.hard_births(2_500, SEED).items():
        different = len(oracles.lunar_python_differences(births))
        found[kind] = {"count": len(births), "different": different}
    return found


def luck() -> dict[str, int]:
    """대운 (direction, exact age, ten pillars) on which lunar_python disagrees."""
    births = oracles.random_births(2_000, SEED)
    return {"count": len(births), "different": len(oracles.lunar_python_luck_differences(births))}


def choices() -> dict[str, Any]:
    """Return the shares of births, Seoul 1950-2010, whose day or hour another choice would move."""
    births = [
        b for b in oracles.random_births(30_000, SEED) if 1950 <= b.year <= 2010 and b.longitude == 126.978
    ]
    others: dict[str, Options] = {
        "standard": Options(clock="standard"),
        "apparent": Options(clock="apparent"),
        "midnight": Options(day_change="00:00"),
    }
    found: dict[str, Any] = {"count": len(births)}
    for name, options in others.items():
        pairs = [(pillars_of(birth), pillars_of(birth, options)) for birth in births]
        found[name] = _moved([(a.day, a.hour) for a, _ in pairs], [(b.day, b.hour) for _, b in pairs])
    found["raw_clock"] = _moved(
        [(p.day, p.hour) for p in map(pillars_of, births)],
        [(p.day, p.hour) for p in (pillars_of(_raw(birth), Options(clock="standard")) for birth in births)],
    )
    ages = [cast(birth).luck for birth in births]
    found["luck_floored"] = round(sum(max(1, a.years) != a.start_age for a in ages) / len(ages), 4)
    return found


def _raw(birth: Birth) -> Birth:
    """Return the birth as if the clock on the wall had no history: UTC+9 without summers."""
    return replace(birth, timezone="Etc/GMT-9")


def _moved(ours: list[tuple[Any, Any]], theirs: list[tuple[Any, Any]]) -> dict[str, float]:
    total = len(ours)
    return {
        "day": round(sum(a[0] != b[0] for a, b in zip(ours, theirs, strict=True)) / total, 4),
        "hour": round(sum(a[1].branch != b[1].branch for a, b in zip(ours, theirs, strict=True)) / total, 4),
    }


def judgements() -> dict[str, Any]:
    """Return for each book and kind how many printed judgements the engine makes alike: all lines, and those kept."""
    every, kept = classics.figures(), classics.figures(1)
    return {
        book: {
            kind: {
                "count": row[1],
                "same": row[0],
                "kept": kept[book][kind][1],
                "kept_same": kept[book][kind][0],
            }
            for kind, row in kinds.items()
        }
        for book, kinds in every.items()
    }


def patterns_by_month(judged: dict[str, Any]) -> dict[str, Any]:
    """Return how many charts of 자평진전 get the pattern of chapter and sentence, and the shares with the books'."""
    chapters, count = japyeong.agreement("revealed", by_sentence=False)
    sentences, _ = japyeong.agreement("revealed", by_sentence=True)
    same, of = (sum(book["structure"][name] for book in judged.values()) for name in ("same", "count"))
    return {
        "count": count,
        "chapters": chapters,
        "sentences": sentences,
        "filed": round((chapters + same) / (count + of), 4),
        "together": round((sentences + same) / (count + of), 4),
    }


def measure() -> dict[str, Any]:
    names = ("lunar_python", "korean-saju", "korean_lunar_calendar", "tzdata")
    figures = {
        "engine": ENGINE_VERSION,
        "versions": {name: version(name) for name in names},
        "terms": terms(),
        "lunar": lunar_calendar(),
        "charts": charts(),
        "luck": luck(),
        "choices": choices(),
        "judgements": (judged := judgements()),
        "patterns_by_month": patterns_by_month(judged),
    }
    # The public page shows these rows as they stand.
    return {"measured": datetime.now(UTC).date().isoformat(), "rows": rows(figures), **figures}


Cells = tuple[str, str, str, str, str, str]
COLUMNS = ("what", "against", "result", "what_en", "against_en", "result_en")


def rows(figures: dict[str, Any]) -> list[dict[str, str]]:
    """Return a row for each check, in Korean and English: the subject, the source, the result."""
    cells = [
        *_of_terms(figures["terms"]),
        *_of_lunar_dates(figures["lunar"]),
        *_of_charts(figures["charts"]),
        *_of_luck(figures["luck"]),
        *_of_judgements(figures["judgements"]),
    ]
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells]


def _of_terms(found: dict[str, Any]) -> list[Cells]:
    """The instants of the solar terms, beside three sources."""
    kasi, published = found["kasi"], found["de440"]
    farthest = max(period["max_seconds"] for period in found["lunar_python"])
    terms_checked = sum(period["count"] for period in found["lunar_python"])
    return [
        (
            f"절기 시각 {published['count']}개",
            "NASA DE440 천체력으로 따로 구한 값",
            f"가장 큰 차이 {published['max_seconds']}초",
            f"{published['count']} solar terms",
            "seconds computed apart from NASA's DE440",
            f"at most {published['max_seconds']} s apart",
        ),
        (
            f"절기 시각 {terms_checked:,}개 (1900–2050년)",
            "다른 계산식(lunar_python)",
            f"가장 큰 차이 {farthest}초",
            f"{terms_checked:,} solar terms (1900–2050)",
            "another series (lunar_python)",
            f"at most {farthest} s apart",
        ),
        (
            f"절기 시각 {kasi['count']}개 (2000–2027년)",
            "한국천문연구원이 분 단위로 낸 값",
            f"{kasi['within_40_seconds']}개가 40초 안. 나머지 {len(kasi['wrong_rows'])}개는 낸 값 쪽이 틀렸어요",
            f"{kasi['count']} solar terms (2000–2027)",
            "the minutes that KASI publishes",
            f"{kasi['within_40_seconds']} within 40 s; in the other {len(kasi['wrong_rows'])} KASI's row is wrong",
        ),
    ]


def _of_lunar_dates(months: dict[str, Any]) -> list[Cells]:
    """The lunar calendar, and the way there and back."""
    return [
        (
            f"음력 {months['months']:,}달의 첫날 (1900–2050년)",
            "한국천문연구원 음양력",
            f"다른 달 {months['months_wrong']}개",
            f"first days of {months['months']:,} lunar months (1900–2050)",
            "KASI's lunar calendar",
            f"{months['months_wrong']} differ",
        ),
        (
            f"음력으로 바꿨다가 되돌린 {months['days']:,}일",
            "처음 날짜",
            f"다른 날 {months['days_wrong']}개",
            f"{months['days']:,} days to lunar and back",
            "the day itself",
            f"{months['days_wrong']} differ",
        ),
    ]


def _of_charts(samples: dict[str, Any]) -> list[Cells]:
    """Charts at random, and where a clock is hard to read."""
    hard = {name: row for name, row in samples.items() if name != "random"}
    return [
        (
            f"무작위로 고른 명식 {samples['random']['count']:,}개 × 자시 규칙 2가지",
            "lunar_python (시계를 맞춰서)",
            f"다른 명식 {samples['random']['different']}개",
            f"{samples['random']['count']:,} random charts × 2 day rules",
            "lunar_python, its clock set right",
            f"{samples['random']['different']} differ",
        ),
        (
            f"절기·자시 무렵, 서머타임, UTC+8:30 때의 명식 {_sum(hard, 'count'):,}개 × 2",
            "lunar_python (시계를 맞춰서)",
            f"다른 명식 {_sum(hard, 'different')}개",
            f"{_sum(hard, 'count'):,} charts near terms and day edges, in summer time, at UTC+8:30, × 2",
            "lunar_python, its clock set right",
            f"{_sum(hard, 'different')} differ",
        ),
    ]


def _of_luck(luck_row: dict[str, Any]) -> list[Cells]:
    """The ten decades of luck."""
    return [
        (
            f"무작위로 고른 대운 {luck_row['count']:,}개 (방향, 교운, 열 기둥)",
            "lunar_python (시계를 맞춰서)",
            f"다른 대운 {luck_row['different']}개",
            f"{luck_row['count']:,} random luck cycles (direction, exact age, ten pillars)",
            "lunar_python, its clock set right",
            f"{luck_row['different']} differ",
        ),
    ]


def _of_judgements(judged: dict[str, Any]) -> list[Cells]:
    """Judgements, beside what three classics say of their charts."""
    return [
        (
            f"옛 책 세 권이 풀이한 명식의 강약 {_all(judged, 'strength', 'count')}건, 용신 "
            f"{_all(judged, 'useful', 'count')}건, 격국 {_all(judged, 'structure', 'count')}건",
            "임철초의 적천수천미, 위천리의 천리명고, 장남의 신봉통고",
            f"책과 같은 것이 강약 {_share(judged, 'strength')}, 용신 {_share(judged, 'useful')}, "
            f"격국 {_share(judged, 'structure')}. 나머지는 학파가 갈려요",
            f"{_all(judged, 'strength', 'count')} strengths, {_all(judged, 'useful', 'count')} useful elements and "
            f"{_all(judged, 'structure', 'count')} patterns of charts in three classics",
            "임철초 (滴天髓闡微), 韋千里 (千里命稿), 張楠 (神峰通考)",
            f"as printed: strength {_share(judged, 'strength')}, useful element {_share(judged, 'useful')}, "
            f"pattern {_share(judged, 'structure')}; in the rest schools differ",
        ),
    ]


def _all(judged: dict[str, Any], kind: str, name: str) -> int:
    return sum(int(book[kind][name]) for book in judged.values())


def _share(judged: dict[str, Any], kind: str) -> str:
    return f"{_all(judged, kind, 'same') / _all(judged, kind, 'count'):.0%}"


def _sum(samples: dict[str, Any], name: str) -> int:
    return sum(int(row[name]) for row in samples.values())


def main() -> None:
    figures = measure()
    FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    MARKDOWN.write_text(rendered(figures), encoding="utf-8")
    print(f"wrote {MARKDOWN} and {FIGURES}")


def rendered(figures: dict[str, Any]) -> str:
    """docs/accuracy.md from the figures."""
    found, moved = figures["terms"], figures["choices"]
    kasi = found["kasi"]
    return TEMPLATE.read_text(encoding="utf-8").format(
        engine=figures["engine"],
        versions=", ".join(f"{name} {number}" for name, number in figures["versions"].items()),
        found=found,
        kasi=kasi,
        same=kasi["same_minute"] / (kasi["count"] - len(kasi["wrong_rows"])),
        months=figures["lunar"],
        month=figures["patterns_by_month"],
        moved=moved,
        luck=figures["luck"],
        floored=moved["luck_floored"],
        **{name: "\n".join(lines) for name, lines in _tables(figures).items()},
    )


def _tables(figures: dict[str, Any]) -> dict[str, list[str]]:
    """Return the lines of each table and list of the page, by its name in the template."""
    found, moved = figures["terms"], figures["choices"]
    return {
        "periods": [
            f"| {p['years']} | {p['count']:,} | {p['max_seconds']} | {p['sigma_seconds']} |"
            for p in found["lunar_python"]
        ],
        "wrong": [
            f"- {row['year']} {row['name']}: {_late(-row['seconds'])} late in KASI's table"
            for row in found["kasi"]["wrong_rows"]
        ],
        "samples": [
            f"| {SAMPLES[kind]} | {row['count']:,} × 2 | {row['different']} |"
            for kind, row in figures["charts"].items()
        ],
        "shares": [
            f"| {text} | {moved[name]['hour']:.1%} | {moved[name]['day']:.1%} |"
            for name, text in CHOICES.items()
        ],
        "judged": [
            f"| {BOOKS[book]} | {KINDS[kind]} | {row['same']} of {row['count']} ({row['same'] / row['count']:.0%}) "
            f"| {row['kept_same']} of {row['kept']} ({row['kept_same'] / row['kept']:.0%}) | {BEFORE[book, kind]} |"
            for book, kinds in figures["judgements"].items()
            for kind, row in kinds.items()
            if row["count"]
        ],
    }


def _late(seconds: int) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02} min"


SAMPLES = {
    "random": "births at random, 1900-2050, four in five in Seoul",
    "near_term": "births within 90 minutes of a 절",
    "near_day_edge": "births around 23:00 and midnight",
    "summer_time": "births in the twelve summers of daylight time",
    "half_hour_zone": "births in 1955-1960, at UTC+8:30",
}
BOOKS = {"ditiansui": "임철초, 滴天髓闡微", "qianli": "韋千里, 千里命稿", "shenfeng": "張楠, 神峰通考"}
KINDS = {"strength": "strength", "useful": "useful element", "structure": "pattern"}
BEFORE = {
    ("ditiansui", "strength"): "83 %",
    ("ditiansui", "useful"): "50 %",
    ("ditiansui", "structure"): "50 %",
    ("qianli", "strength"): "84 %",
    ("qianli", "useful"): "60 %",
    ("qianli", "structure"): "72 %",
    ("shenfeng", "strength"): "58 %",
    ("shenfeng", "useful"): "11 %",
}
"""The agreement of engine 2.0, measured on the same lines before anything was changed."""
CHOICES = {
    "raw_clock": "the clock on the wall, read as UTC+9, for local mean time",
    "standard": "the standard clock of the era for local mean time",
    "apparent": "true solar time (equation of time) for local mean time",
    "midnight": "days that turn at midnight instead of 23:00",
}


if __name__ == "__main__":
    main()

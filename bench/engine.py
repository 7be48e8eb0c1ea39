"""The engine beside three libraries, on the same births in the same run: `make bench-engine`.

Every library is given each birth the way its own manual says, and only its documented functions are called;
modules and tables are loaded before the clock starts. CPU time of this process, the best of several rounds.
The libraries do not do the same: what each column holds is in `WORK`, and is printed with the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fortune.saju import Birth, Pillars, cast, pillars_of

RESULTS = Path(__file__).parent / "results" / "engine.json"
SEED = 20261122
ROUNDS = 3
WORK = {
    "pillars": "four pillars",
    "full": "pillars, luck and everything the library derives from them",
}

Chart = Callable[[Birth], str]


def births(count: int) -> list[Birth]:
    """Births in Seoul, 1950-2010, that all four libraries accept."""
    dice = random.Random(SEED)
    first, last = date(1950, 1, 1).toordinal(), date(2010, 12, 31).toordinal()
    found = []
    for _ in range(count):
        day = date.fromordinal(dice.randint(first, last))
        found.append(
            Birth(
                "solar",
                day.year,
                day.month,
                day.day,
                dice.randrange(24),
                dice.randrange(60),
                dice.choice(("male", "female")),
            )
        )
    return found


def _written(pillars: Pillars) -> str:
    return " ".join(pillar.hanja for _, pillar in pillars.named())


def _clock(birth: Birth) -> tuple[int, int, int, int, int]:
    if birth.hour is None or birth.minute is None:
        raise TypeError("a birth without an hour")
    return birth.year, birth.month, birth.day, birth.hour, birth.minute


def fortune_pillars(birth: Birth) -> str:
    return _written(pillars_of(birth))


def fortune_full(birth: Birth) -> str:
    chart = cast(birth)
    assert chart.facts and chart.luck
    return _written(chart.pillars)


def fortune() -> tuple[Chart, Chart]:
    return fortune_pillars, fortune_full


def korean_saju() -> tuple[Chart, Chart]:
    import korean_saju as library

    _, terms = library.load_bundled_data()

    def pillars(birth: Birth) -> Any:
        moment = datetime(*_clock(birth))  # noqa: DTZ001 -- it takes naive Korean time
        return library.Saju.from_birth(kst_moment=moment, solar_terms=terms)

    def short(birth: Birth) -> str:
        return _joined(pillars(birth))

    def full(birth: Birth) -> str:
        saju = pillars(birth)
        analysis = library.SajuAnalysis(saju)
        for name in dir(type(analysis)):
            if isinstance(getattr(type(analysis), name), property):
                getattr(analysis, name)
        library.HapChungAnalyzer.detect_hap(saju)
        library.HapChungAnalyzer.detect_chung_hyung(saju)
        gender = library.Gender(birth.gender)
        library.Daewoon.compute(saju=saju, gender=gender, solar_terms=terms)
        return _joined(saju)

    def _joined(saju: Any) -> str:
        row = (saju.year_pillar, saju.month_pillar, saju.day_pillar, saju.hour_pillar)
        return " ".join(pillar.hanja for pillar in row)

    return short, full


def sajupy() -> tuple[Chart, None]:
    from sajupy import SajuCalculator

    calculator = SajuCalculator()

    def pillars(birth: Birth) -> str:
        found = calculator.calculate_saju(*_clock(birth), longitude=birth.longitude, use_solar_time=True)
        places = ("year", "month", "day", "hour")
        return " ".join(found[f"{place}_pillar"] for place in places)

    return pillars, None


def lunar_python() -> tuple[Chart, Chart]:
    from lunar_python import Solar

    def eight(birth: Birth) -> Any:
        return Solar.fromYmdHms(*_clock(birth), 0).getLunar().getEightChar()

    def pillars(birth: Birth) -> str:
        found = eight(birth)
        return f"{found.getYear()} {found.getMonth()} {found.getDay()} {found.getTime()}"

    def full(birth: Birth) -> str:
        found = eight(birth)
        for place in ("Year", "Month", "Day", "Time"):
            for fact in (
                "HideGan",
                "ShiShenGan",
                "ShiShenZhi",
                "DiShi",
                "NaYin",
                "XunKong",
                "WuXing",
            ):
                getattr(found, f"get{place}{fact}")()
        for palace in ("getTaiYuan", "getMingGong", "getShenGong"):
            getattr(found, palace)()
        for decade in found.getYun(1 if birth.gender == "male" else 0).getDaYun():
            decade.getGanZhi()
        return f"{found.getYear()} {found.getMonth()} {found.getDay()} {found.getTime()}"

    return pillars, full


LIBRARIES: dict[str, Callable[[], tuple[Chart, Chart | None]]] = {
    "fortune": fortune,
    "korean-saju": korean_saju,
    "sajupy": sajupy,
    "lunar_python": lunar_python,
}
OTHERS = [name for name in LIBRARIES if name != "fortune"]


def microseconds(chart: Chart, given: list[Birth]) -> tuple[float, float]:
    """CPU time a chart takes, in microseconds: the best round's mean, and the first's, when nothing is cached."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time_ns()
        for birth in given:
            chart(birth)
        rounds.append(time.process_time_ns() - began)
    best, first = (spent / len(given) / 1000 for spent in (min(rounds), rounds[0]))
    return best, first


def same_months(chart: Chart, given: list[Birth]) -> float:
    """Return the share of births whose year and month pillars are Fortune's (no school differs on these)."""
    same = sum(chart(birth).split()[:2] == fortune_pillars(birth).split()[:2] for birth in given)
    return same / len(given)


def measured(given: list[Birth]) -> dict[str, dict[str, float]]:
    rows: dict[str, dict[str, float]] = {}
    for name, load in LIBRARIES.items():
        pillars, full = load()
        rows[name] = {}
        for work, chart in (("pillars", pillars), ("full", full)):
            if chart is not None:
                rows[name][work], rows[name][f"{work}_first"] = microseconds(chart, given)
        rows[name]["same_months"] = same_months(pillars, given)
    return rows


def table(rows: dict[str, dict[str, float]]) -> str:
    """Return the figures as text; ratios are the library's time over Fortune's."""
    lines = [f"{'':14}{'pillars':>12}{'ratio':>8}{'full':>12}{'ratio':>8}{'year+month as Fortune':>24}"]
    own = rows["fortune"]
    for name, row in rows.items():
        cells = f"{name:14}"
        for work in WORK:
            cells += (
                f"{row[work]:9.1f} µs{row[work] / own[work]:8.1f}" if work in row else f"{'-':>12}{'-':>8}"
            )
        lines.append(f"{cells}{row['same_months']:23.2%}")
    first = " and ".join(f"{own[f'{work}_first']:.1f} µs ({work})" for work in WORK)
    lines.append(f"Fortune's first round, before anything is cached: {first}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.engine", description=__doc__)
    parser.add_argument("--births", type=int, default=500, help="how many (default 500)")
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    if absent := [name for name in OTHERS if not find_spec(name.replace("-", "_"))]:
        sys.exit(f"bench.engine: {', '.join(absent)} not installed; `make bench-engine` installs and runs")
    rows = measured(births(options.births))
    print(table(rows))
    for work, meaning in WORK.items():
        print(f"{work}: {meaning}")
    about = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "births": options.births,
        "rounds": ROUNDS,
        "python": sys.version.split()[0],
        "machine": {"cores": os.cpu_count(), "kernel": platform.release()},
        "load_average": os.getloadavg(),
        "versions": {name: version(name) for name in OTHERS},
        "work": WORK,
        "unit": "microseconds of CPU time per chart",
        "rows": rows,
    }
    options.results.parent.mkdir(parents=True, exist_ok=True)
    options.results.write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

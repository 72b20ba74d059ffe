"""Places, bodies and desks for tests, with keys made as the loader makes them."""

from collections.abc import Iterable
from datetime import time
from itertools import count
from typing import Any

from sportello.core.text import search_key, sort_key
from sportello.territory.enums import DeskKind, DeskState, OrganisationKind
from sportello.territory.models import Desk, Municipality, OpeningHours, Organisation

WORKING_MORNINGS = [(day, time(9), time(12, 30)) for day in range(1, 6)]

_numbers = count(1)


def make_municipality(**fields: Any) -> Municipality:
    """A metropolitan municipality near Segrate; unless given, its ISTAT code is one that no boundary has."""
    number = next(_numbers)
    name = fields.get("name", f"Comune {number:03d}")
    default = {
        "istat_code": f"9{number:05d}",
        "cadastral_code": f"Z{number % 1000:03d}",
        "name": name,
        "sort_key": sort_key(name),
        "search_key": search_key(name),
        "province_code": "MI",
        "province_name": "Milano",
        "region_name": "Lombardia",
        "latitude": 45.48,
        "longitude": 9.28,
        "is_metropolitan": True,
    }
    return Municipality.objects.create(**{**default, **fields})


def make_organisation(**fields: Any) -> Organisation:
    """An agency, unless told otherwise."""
    name = fields.get("name", f"Agenzia {next(_numbers):03d}")
    default = {"kind": OrganisationKind.AGENCY, "name": name, "sort_key": sort_key(name)}
    return Organisation.objects.create(**{**default, **fields})


def make_desk(
    *, serves: Iterable[Municipality] = (), hours: Iterable[tuple[int, time, time]] = (), **fields: Any
) -> Desk:
    """An open desk in the very point of its municipality; `hours` are triples (weekday, opens, closes)."""
    number = next(_numbers)
    municipality = fields.get("municipality") or make_municipality()
    default = {
        "slug": f"sportello-{number}",
        "name": f"Sportello {number:03d}",
        "kind": DeskKind.TOWN_HALL,
        "state": DeskState.OPEN,
        "municipality": municipality,
        "address": "Via Roma 1",
        "latitude": municipality.latitude,
        "longitude": municipality.longitude,
    }
    desk = Desk.objects.create(**{**default, **fields, "managed_by": fields.get("managed_by") or make_organisation()})
    desk.serves.set(serves)
    OpeningHours.objects.bulk_create(
        OpeningHours(desk=desk, weekday=day, opens=opens, closes=closes) for day, opens, closes in hours
    )
    return desk

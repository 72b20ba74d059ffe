"""The territories that have figures: every municipality, zone and pact of a day, and all of them together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from reports.enums import TerritoryKind
from reports.models import FrozenArea
from reports.protect import Area, Geography
from sportello.pacts.models import PactMembership, TerritorialPact
from sportello.territory.models import Municipality, Zone
from sportello.territory.queries import residents_by_municipality

Territory = TerritorialPact | Zone | Municipality

WHOLE = "whole"


@dataclass(frozen=True)
class Places:
    """The areas of a day, with the municipalities by their primary key and the territory behind each area but the whole.

    `residents` counts people from 15 to 64 years, by area; an area that ISTAT did not count whole is absent.
    """

    geography: Geography
    codes: Mapping[UUID, str]
    territories: Mapping[str, Territory]
    residents: Mapping[str, int]

    def pairs(self) -> tuple[list[str], list[UUID]]:
        """Each area beside each of its municipalities, as two columns."""
        keys = {code: pk for pk, code in self.codes.items()}
        pairs = [(area.key, keys[code]) for area in self.geography.areas.values() for code in sorted(area.places)]
        return [area for area, _ in pairs], [place for _, place in pairs]


def area_key(territory: Territory) -> str:
    """What names a territory among the areas of every freeze."""
    match territory:
        case Municipality():
            return territory.istat_code
        case Zone():
            return f"zone:{territory.slug}"
        case TerritorialPact():
            return f"pact:{territory.slug}"


def key_of_frozen(area: FrozenArea) -> str:
    """The same for an area that was frozen; reads its territory (select it)."""
    territory = area.pact or area.zone or area.municipality
    return area_key(territory) if territory else WHOLE


def places_on(day: date) -> Places:
    """The municipalities of the metropolitan area, of a zone, of a pact in force that day, and those that asked for an edition.

    Figures of the whole are given up first, then those of zones, those of pacts last. Six queries.
    """
    members = list(
        PactMembership.objects.in_force(day).select_related("pact").order_by("pact__slug", "municipality__istat_code")
    )
    zones = list(Zone.objects.prefetch_related("municipalities").order_by("slug"))
    wanted = Q(is_metropolitan=True) | Q(pk__in=[m.municipality_id for m in members])
    wanted |= Q(zones__isnull=False) | Q(issues__isnull=False)
    municipalities = list(Municipality.objects.filter(wanted).distinct().order_by("istat_code"))
    codes = {place.pk: place.istat_code for place in municipalities}
    held: dict[str, set[str]] = {WHOLE: set(codes.values())}
    territories: dict[str, Territory] = {}
    for zone in zones:
        if places := {place.istat_code for place in zone.municipalities.all()}:
            held[area_key(zone)] = places
            territories[area_key(zone)] = zone
    for member in members:
        held.setdefault(area_key(member.pact), set()).add(codes[member.municipality_id])
        territories[area_key(member.pact)] = member.pact
    several = tuple(Area(key, frozenset(places)) for key, places in held.items() if places)
    singles = {code: Area(code, frozenset([code])) for code in codes.values()}
    counted = residents_by_municipality(municipalities=municipalities)
    sizes = {codes[pk]: residents.total for pk, residents in counted.items()}
    return Places(
        Geography(singles, several, sizes),
        codes,
        territories | {area_key(place): place for place in municipalities},
        # A total over a part of the territory would make the coverage look better than it is.
        {
            area.key: sum(sizes[code] for code in area.places)
            for area in (*several, *singles.values())
            if area.places <= sizes.keys()
        },
    )


def kind_of(key: str, territories: Mapping[str, Territory]) -> tuple[TerritoryKind, Territory | None]:
    """The kind of an area and its territory, None for the whole."""
    match territories.get(key):
        case TerritorialPact() as pact:
            return TerritoryKind.PACT, pact
        case Zone() as zone:
            return TerritoryKind.ZONE, zone
        case Municipality() as place:
            return TerritoryKind.MUNICIPALITY, place
        case _:
            return TerritoryKind.WHOLE, None

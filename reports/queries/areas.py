"""The territories that have figures: every municipality, zone, desk and pact of a day, and all of them together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from reports.enums import TerritoryKind
from reports.models import FrozenArea, SemesterFreeze
from reports.protect import Area, Cell, Geography
from reports.rules import Dimension
from sportello.pacts.models import PactMembership, TerritorialPact
from sportello.territory.enums import WORKING_AGE, DeskState, Sex
from sportello.territory.models import Desk, Municipality, Zone
from sportello.territory.queries import Residents, residents_by_municipality

Territory = TerritorialPact | Zone | Desk | Municipality

WHOLE = "whole"


@dataclass(frozen=True)
class Places:
    """The areas of a day, with the municipalities by their primary key and the territory behind each area but the whole.

    The geography has each set of municipalities once. `same_as` names the other areas that hold it, each with the key of the one
    that stands for it: they have the same figures, counted and protected together. `residents` counts people from 15 to 64 years,
    by area of the geography and cell: all, by sex, by age band; an area that ISTAT did not count whole is absent.
    """

    geography: Geography
    codes: Mapping[UUID, str]
    territories: Mapping[str, Territory]
    residents: Mapping[str, Mapping[Cell, int]]
    same_as: Mapping[str, str] = field(default_factory=dict)

    def pairs(self) -> tuple[list[str], list[UUID]]:
        """Each area of the geography beside each of its municipalities, as two columns."""
        keys = {code: pk for pk, code in self.codes.items()}
        pairs = [(area.key, keys[code]) for area in self.geography.areas.values() for code in sorted(area.places)]
        return [area for area, _ in pairs], [place for _, place in pairs]

    def standing_for(self, key: str) -> Area:
        """The area of the geography whose figures an area has."""
        return self.geography.areas[self.same_as.get(key, key)]

    @property
    def keys(self) -> list[str]:
        """Every area, those of `same_as` among them."""
        return [*self.geography.areas, *self.same_as]


def area_key(territory: Territory) -> str:
    """What names a territory among the areas of every freeze."""
    match territory:
        case Municipality():
            return territory.istat_code
        case Zone():
            return f"zone:{territory.slug}"
        case Desk():
            return f"desk:{territory.slug}"
        case TerritorialPact():
            return f"pact:{territory.slug}"


def key_of_frozen(area: FrozenArea) -> str:
    """The same for an area that was frozen; reads its territory (select it)."""
    territory = area.pact or area.zone or area.desk or area.municipality
    return area_key(territory) if territory else WHOLE


def desks_with_figures() -> QuerySet[Desk]:
    """Desks that are open and serve some municipality: their edition is about the people who live there."""
    return Desk.objects.filter(state=DeskState.OPEN, serves__isnull=False).distinct().order_by("slug")


def places_on(day: date, *, before: Sequence[SemesterFreeze] = ()) -> Places:
    """The municipalities of the metropolitan area, of a zone, of an open desk, of a pact in force that day, and those that asked for
    an edition.

    Figures of the whole are given up first, then those of desks, those of zones, those of pacts last. What a zone or a desk holds
    has no dates: in a later version of a semester each holds what it held in the first of those `before`, so that nobody learns
    how many live in a municipality that came or went. Eight queries, nine with versions before.
    """
    held_then = _held_in(before)
    members = list(
        PactMembership.objects.in_force(day).select_related("pact").order_by("pact__slug", "municipality__istat_code")
    )
    zones = list(Zone.objects.prefetch_related("municipalities").order_by("slug"))
    desks = list(desks_with_figures().prefetch_related("serves"))
    wanted = Q(is_metropolitan=True) | Q(pk__in=[m.municipality_id for m in members])
    wanted |= Q(zones__isnull=False) | Q(issues__isnull=False) | Q(served_by__in=desks)
    wanted |= Q(istat_code__in={code for codes in held_then.values() for code in codes})
    municipalities = list(Municipality.objects.filter(wanted).distinct().order_by("istat_code"))
    codes = {place.pk: place.istat_code for place in municipalities}
    held: dict[str, set[str]] = {WHOLE: set(codes.values())}
    territories: dict[str, Territory] = {area_key(place): place for place in municipalities}
    for desk in desks:
        held[area_key(desk)] = held_then.get(area_key(desk)) or {place.istat_code for place in desk.serves.all()}
        territories[area_key(desk)] = desk
    for zone in zones:
        held[area_key(zone)] = held_then.get(area_key(zone)) or {
            place.istat_code for place in zone.municipalities.all()
        }
        territories[area_key(zone)] = zone
    for member in members:
        held.setdefault(area_key(member.pact), set()).add(codes[member.municipality_id])
        territories[area_key(member.pact)] = member.pact
    several, same_as = _each_once({key: frozenset(places) for key, places in held.items() if places or key == WHOLE})
    singles = {code: Area(code, frozenset([code])) for code in codes.values()}
    counted = residents_by_municipality(municipalities=municipalities)
    residents = {codes[pk]: _by_cell(found) for pk, found in counted.items()}
    sizes = {codes[pk]: found.total for pk, found in counted.items()}
    wide = {WHOLE} | {area_key(member.pact) for member in members}
    return Places(
        Geography(singles, several, sizes, frozenset(same_as.get(key, key) for key in wide)),
        codes,
        territories,
        # A total over a part of the territory would make the coverage look better than it is.
        {
            area.key: dict(sum((Counter(residents[code]) for code in area.places), Counter()))
            for area in (*several, *singles.values())
            if area.places <= sizes.keys()
        },
        same_as,
    )


def _by_cell(residents: Residents) -> dict[Cell, int]:
    """All, by sex, by band of the working age."""
    key = "residents"
    by_sex = {Cell(key, Dimension.SEX, sex): residents.of_sex(sex) for sex in Sex}
    by_age = {Cell(key, Dimension.AGE, band): residents.of_age(band) for band in WORKING_AGE}
    return {Cell(key): residents.total} | by_sex | by_age


def _held_in(freezes: Sequence[SemesterFreeze]) -> dict[str, set[str]]:
    """What each zone and desk held in the first of some versions that had it; no query where there is none."""
    undated = (TerritoryKind.ZONE, TerritoryKind.DESK)
    areas = FrozenArea.objects.filter(freeze__in=freezes, kind__in=undated).select_related("zone", "desk")
    found: dict[str, set[str]] = {}
    for area in areas.order_by("freeze__version", "pk") if freezes else ():
        found.setdefault(key_of_frozen(area), set(area.istat_codes))
    return found


def _each_once(held: Mapping[str, frozenset[str]]) -> tuple[tuple[Area, ...], dict[str, str]]:
    """Each set of municipalities once, in the order in which figures are given up, and the other areas with the one that stands for
    them: the municipality alone, the whole, else the last that is given up."""
    standing: dict[frozenset[str], str] = {}
    for key, places in reversed([*held.items()]):
        standing.setdefault(places, key)
    # In its place, but under the name that all readers of a geography know.
    standing[held[WHOLE]] = WHOLE
    alone = {places: min(places) for places in standing if len(places) == 1 and places != held[WHOLE]}
    several = [Area(key, places) for places, key in standing.items() if places not in alone]
    named = standing | alone
    return tuple(reversed(several)), {key: named[places] for key, places in held.items() if named[places] != key}


def kind_of(key: str, territories: Mapping[str, Territory]) -> tuple[TerritoryKind, Territory | None]:
    """The kind of an area and its territory, None for the whole."""
    match territories.get(key):
        case TerritorialPact() as pact:
            return TerritoryKind.PACT, pact
        case Zone() as zone:
            return TerritoryKind.ZONE, zone
        case Desk() as desk:
            return TerritoryKind.DESK, desk
        case Municipality() as place:
            return TerritoryKind.MUNICIPALITY, place
        case _:
            return TerritoryKind.WHOLE, None

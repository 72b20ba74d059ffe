"""The areas of a day, with the territories behind them."""

from datetime import date

import pytest

from reports.enums import TerritoryKind
from reports.models import FrozenArea, SemesterFreeze
from reports.protect import Cell
from reports.queries.areas import area_key, key_of_frozen, kind_of, places_on
from sportello.territory.enums import DeskState
from sportello.territory.models import MunicipalityResidents, Zone
from tests.support.queries import queries_of
from tests.support.reports import make_edition, make_pact
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


def test_pacts_of_the_day_zones_and_municipalities_are_areas_and_pacts_are_given_up_last() -> None:
    one, two, elsewhere = (
        make_municipality(istat_code=code, is_metropolitan=False) for code in ("015001", "015002", "015003")
    )
    pact = make_pact([one, two], slug="patto")
    make_pact([one], slug="finito", ends_on=date(2025, 12, 31))
    zone = Zone.objects.create(slug="zona", name="Zona")
    Zone.objects.create(slug="vuota", name="Vuota")
    zone.municipalities.add(two)
    make_edition(elsewhere, "2026-1", users=9)
    make_municipality(istat_code="015004", is_metropolitan=False)  # in nothing, and nobody asked
    metropolitan = make_municipality(istat_code="015005", is_metropolitan=True)
    served = make_municipality(istat_code="015006", is_metropolitan=False)
    desk = make_desk(slug="centro", municipality=one, serves=[two, served])
    make_desk(slug="chiuso", state=DeskState.CLOSED, municipality=one, serves=[one, two, served])
    make_desk(slug="nessuno", municipality=one)
    zone.municipalities.add(one, metropolitan)
    places = places_on(DAY)
    assert [(area.key, sorted(area.places)) for area in places.geography.several] == [
        ("whole", ["015001", "015002", "015003", "015005", "015006"]),
        ("desk:centro", ["015002", "015006"]),
        ("zone:zona", ["015001", "015002", "015005"]),
        ("pact:patto", ["015001", "015002"]),
    ]
    assert places.codes == {place.pk: place.istat_code for place in (one, two, elsewhere, metropolitan, served)}
    assert [
        kind_of(key, places.territories) for key in ("whole", "desk:centro", "zone:zona", "pact:patto", "015001")
    ] == [
        (TerritoryKind.WHOLE, None),
        (TerritoryKind.DESK, desk),
        (TerritoryKind.ZONE, zone),
        (TerritoryKind.PACT, pact),
        (TerritoryKind.MUNICIPALITY, one),
    ]
    assert ("pact:patto", two.pk) in set(zip(*places.pairs(), strict=True))


def test_areas_that_hold_the_same_are_counted_once_under_the_last_that_is_given_up() -> None:
    one, two, three = (make_municipality(istat_code=code) for code in ("015001", "015002", "015003"))
    make_pact([one, two], slug="patto")
    for slug, served in (("a", [one, two]), ("b", [three, two]), ("c", [two, three]), ("d", [one])):
        make_desk(slug=slug, municipality=one, serves=served)
    Zone.objects.create(slug="tutto", name="Tutto").municipalities.set([one, two, three])
    places = places_on(DAY)
    assert [area.key for area in places.geography.several] == ["desk:c", "whole", "pact:patto"]
    assert places.same_as == {
        "desk:a": "pact:patto",
        "desk:b": "desk:c",
        "desk:d": "015001",
        "zone:tutto": "whole",
    }
    assert sorted(places.keys) == sorted([*places.geography.areas, *places.same_as])
    assert places.standing_for("desk:d").places == {"015001"}


def test_a_later_version_keeps_what_zones_and_desks_held() -> None:
    one, two, gone = (
        make_municipality(istat_code=code, is_metropolitan=False) for code in ("015001", "015002", "015003")
    )
    desk = make_desk(slug="centro", municipality=one, serves=[one, two])
    freeze = SemesterFreeze.objects.create(year=2026, half=1, version=1, data_cut=DAY)
    FrozenArea.objects.create(freeze=freeze, kind="desk", desk=desk, istat_codes=["015001", "015003"])
    other = make_desk(slug="altro", municipality=one, serves=[one, two])
    places = places_on(DAY, before=[freeze])
    held = {key: sorted(places.standing_for(key).places) for key in ("desk:centro", "desk:altro")}
    assert held == {"desk:centro": ["015001", "015003"], "desk:altro": ["015001", "015002"]}
    assert gone.pk in places.codes
    assert kind_of("desk:altro", places.territories) == (TerritoryKind.DESK, other)


def test_residents_of_an_area_are_known_where_all_were_counted() -> None:
    counted, other = make_municipality(istat_code="015001"), make_municipality(istat_code="015002")
    MunicipalityResidents.objects.create(municipality=counted, year=2023, sex="F", age_band="35-44", count=70)
    make_pact([counted, other], slug="patto")
    places = places_on(DAY)
    everywhere = {Cell("residents"): 70, Cell("residents", "sex", "F"): 70, Cell("residents", "age", "35-44"): 70}
    assert (places.residents, places.geography.sizes) == ({"015001": everywhere}, {"015001": 70})


@pytest.mark.parametrize("number", [1, 3])
def test_eight_queries_whatever_the_number(number: int) -> None:
    for i in range(number):
        place = make_municipality()
        make_pact([place])
        Zone.objects.create(slug=f"zona-{i}", name="Zona").municipalities.add(place)
        make_desk(municipality=place, serves=[place])
    with queries_of() as asked:
        places_on(DAY)
    assert len(asked) == 8


def test_a_frozen_area_has_the_key_of_its_territory() -> None:
    place = make_municipality()
    pact, zone, desk = make_pact([place]), Zone.objects.create(slug="zona", name="Zona"), make_desk()
    freeze = SemesterFreeze(year=2026, half=1)
    for kind, territory in (("municipality", place), ("pact", pact), ("zone", zone), ("desk", desk)):
        assert key_of_frozen(FrozenArea(freeze=freeze, kind=kind, **{kind: territory})) == area_key(territory)
    assert key_of_frozen(FrozenArea(freeze=freeze, kind="whole")) == "whole"

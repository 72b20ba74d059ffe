"""The areas of a day, with the territories behind them."""

from datetime import date

import pytest

from reports.enums import TerritoryKind
from reports.models import FrozenArea, SemesterFreeze
from reports.queries.areas import area_key, key_of_frozen, kind_of, places_on
from sportello.territory.models import MunicipalityResidents, Zone
from tests.support.queries import queries_of
from tests.support.reports import make_edition, make_pact
from tests.support.territory import make_municipality

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
    places = places_on(DAY)
    assert [(area.key, sorted(area.places)) for area in places.geography.several] == [
        ("whole", ["015001", "015002", "015003", "015005"]),
        ("zone:zona", ["015002"]),
        ("pact:patto", ["015001", "015002"]),
    ]
    assert places.codes == {place.pk: place.istat_code for place in (one, two, elsewhere, metropolitan)}
    assert [kind_of(key, places.territories) for key in ("whole", "zone:zona", "pact:patto", "015001")] == [
        (TerritoryKind.WHOLE, None),
        (TerritoryKind.ZONE, zone),
        (TerritoryKind.PACT, pact),
        (TerritoryKind.MUNICIPALITY, one),
    ]
    assert ("pact:patto", two.pk) in set(zip(*places.pairs(), strict=True))


def test_residents_of_an_area_are_known_where_all_were_counted() -> None:
    counted, other = make_municipality(istat_code="015001"), make_municipality(istat_code="015002")
    MunicipalityResidents.objects.create(municipality=counted, year=2023, sex="F", age_band="35-44", count=70)
    make_pact([counted, other], slug="patto")
    places = places_on(DAY)
    assert (places.residents, places.geography.sizes) == ({"015001": 70}, {"015001": 70})


@pytest.mark.parametrize("number", [1, 3])
def test_six_queries_whatever_the_number(number: int) -> None:
    for i in range(number):
        place = make_municipality()
        make_pact([place])
        Zone.objects.create(slug=f"zona-{i}", name="Zona").municipalities.add(place)
    with queries_of() as asked:
        places_on(DAY)
    assert len(asked) == 6


def test_a_frozen_area_has_the_key_of_its_territory() -> None:
    place = make_municipality()
    pact, zone = make_pact([place]), Zone.objects.create(slug="zona", name="Zona")
    freeze = SemesterFreeze(year=2026, half=1)
    for kind, territory in (("municipality", place), ("pact", pact), ("zone", zone)):
        assert key_of_frozen(FrozenArea(freeze=freeze, kind=kind, **{kind: territory})) == area_key(territory)
    assert key_of_frozen(FrozenArea(freeze=freeze, kind="whole")) == "whole"

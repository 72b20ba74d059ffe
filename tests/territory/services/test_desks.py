"""A desk's address on the web is made once; only hours that change are written."""

from dataclasses import replace
from datetime import time

import pytest

from sportello.accounts.scope import Scope
from sportello.territory.enums import DeskKind, DeskState
from sportello.territory.models import Desk, OpeningHours
from sportello.territory.queries import desk_for
from sportello.territory.rules import Point, Span
from sportello.territory.services import desks
from tests.support.territory import make_municipality, make_organisation

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")
MORNING, AFTERNOON = Span(1, time(9), time(12, 30)), Span(1, time(14), time(17))


@pytest.fixture
def details() -> desks.DeskDetails:
    place = make_municipality(name="Segrate")
    return desks.DeskDetails(
        name="Sportello Città – Sud",
        kind=DeskKind.TOWN_HALL,
        state=DeskState.OPEN,
        municipality=place,
        sub_area=None,
        address="Via Roma 1",
        point=Point(45.49, 9.3),
        phone="02 1234567",
        email="",
        managed_by=make_organisation(),
        serves=(place,),
        hours=(MORNING, AFTERNOON),
    )


def hours_of(desk: Desk) -> list[Span]:
    return [Span(row.weekday, row.opens, row.closes) for row in desk.opening_hours.order_by("weekday", "opens")]


def test_a_desk_receives_those_it_serves_at_once(details: desks.DeskDetails) -> None:
    desk = desks.open_desk(details=details, by=BY)
    assert (desk.slug, hours_of(desk), [*desk.serves.all()]) == (
        "sportello-citta-sud",
        [MORNING, AFTERNOON],
        [details.municipality],
    )
    assert desk_for(details.municipality) == desk


def test_the_slug_outlives_the_name(details: desks.DeskDetails) -> None:
    desk = desks.open_desk(details=details, by=BY)
    changed = desks.change_desk(desk=desk, details=replace(details, name="Altro nome"), by=BY)
    assert (changed.name, changed.slug) == ("Altro nome", "sportello-citta-sud")


def test_a_desk_may_want_its_pacts_read_by_a_second_person(details: desks.DeskDetails) -> None:
    desk = desks.open_desk(details=details, by=BY)
    assert not desk.reviews_pacts
    assert desks.change_desk(desk=desk, details=replace(details, reviews_pacts=True), by=BY).reviews_pacts


def test_desks_of_one_name_in_two_towns_have_two_slugs(details: desks.DeskDetails) -> None:
    desks.open_desk(details=details, by=BY)
    other = replace(details, municipality=make_municipality())
    assert desks.open_desk(details=other, by=BY).slug == "sportello-citta-sud-2"
    assert desks.open_desk(details=replace(other, name="…"), by=BY).slug == "sportello"
    assert desks.open_desk(details=replace(other, name="x" * 120), by=BY).slug == "x" * desks.SLUG_LETTERS


def test_one_town_has_no_two_desks_of_one_name(details: desks.DeskDetails) -> None:
    desk = desks.open_desk(details=details, by=BY)
    with pytest.raises(desks.DeskExists):
        desks.open_desk(details=replace(details, name=details.name.upper()), by=BY)
    assert desks.change_desk(desk=desk, details=details, by=BY) == desk


def test_hours_that_stay_keep_their_row(details: desks.DeskDetails) -> None:
    desk = desks.open_desk(details=details, by=BY)
    kept = OpeningHours.objects.get(desk=desk, opens=MORNING.opens)
    longer = replace(AFTERNOON, closes=time(18))
    desks.change_desk(desk=desk, details=replace(details, hours=(longer, MORNING)), by=BY)
    assert hours_of(desk) == [MORNING, longer]
    assert OpeningHours.objects.get(desk=desk, opens=MORNING.opens) == kept


def test_hours_may_grow_over_those_they_replace(details: desks.DeskDetails) -> None:
    """The old spans go first: the table refuses two that overlap, even for a moment."""
    desk = desks.open_desk(details=details, by=BY)
    whole = Span(1, time(8), time(18))
    desks.change_desk(desk=desk, details=replace(details, hours=(whole,)), by=BY)
    assert hours_of(desk) == [whole]

"""What the database refuses."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from sportello.territory.enums import AccreditationKind, AccreditationStatus, OrganisationKind
from sportello.territory.models import Accreditation, DeskClosure, Municipality, OpeningHours
from tests.support.refusals import refused
from tests.support.territory import make_desk, make_municipality, make_organisation

pytestmark = pytest.mark.django_db


def test_opening_hours_of_a_day_do_not_overlap() -> None:
    desk, other = make_desk(hours=[(1, time(9), time(13))]), make_desk()
    for touching_or_elsewhere in (
        OpeningHours(desk=desk, weekday=1, opens=time(13), closes=time(17)),
        OpeningHours(desk=desk, weekday=2, opens=time(9), closes=time(13)),
        OpeningHours(desk=other, weekday=1, opens=time(9), closes=time(13)),
    ):
        touching_or_elsewhere.save()
    with pytest.raises(IntegrityError, match="opening_hours_do_not_overlap"), transaction.atomic():
        OpeningHours.objects.create(desk=desk, weekday=1, opens=time(12, 59), closes=time(14))
    assert OpeningHours.objects.count() == 4


@pytest.mark.parametrize(
    ("weekday", "opens", "closes", "constraint"),
    [
        (1, time(13), time(13), "desk_closes_after_it_opens"),
        (0, time(9), time(13), "weekday_from_monday_to_sunday"),
        (8, time(9), time(13), "weekday_from_monday_to_sunday"),
    ],
)
def test_impossible_hours_are_refused(weekday: int, opens: time, closes: time, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        OpeningHours.objects.create(desk=make_desk(), weekday=weekday, opens=opens, closes=closes)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"valid_from": date(2020, 1, 2), "valid_to": date(2020, 1, 1)}, "municipality_ends_after_it_starts"),
        ({"latitude": None}, "municipality_point_is_whole_and_on_earth"),
        ({"longitude": None}, "municipality_point_is_whole_and_on_earth"),
        ({"latitude": 91}, "municipality_point_is_whole_and_on_earth"),
    ],
)
def test_impossible_municipality_is_refused(fields: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        make_municipality(**fields)


def test_municipality_may_have_no_point() -> None:
    assert Municipality.objects.filter(pk=make_municipality(latitude=None, longitude=None).pk).exists()


def test_a_municipality_in_being_has_no_successor() -> None:
    with pytest.raises(IntegrityError, match="only_an_ended_municipality_has_a_successor"):
        make_municipality(successor=make_municipality())


def test_a_desk_stands_on_earth() -> None:
    with pytest.raises(IntegrityError, match="desk_point_is_on_earth"):
        make_desk(longitude=181)


def test_a_municipality_has_one_body() -> None:
    place = make_municipality()
    make_organisation(kind=OrganisationKind.MUNICIPALITY, municipality=place)
    make_organisation(kind=OrganisationKind.AGENCY, municipality=place)
    with pytest.raises(IntegrityError, match="one_body_per_municipality"):
        make_organisation(kind=OrganisationKind.MUNICIPALITY, municipality=place)


def test_a_municipal_body_names_its_municipality() -> None:
    with pytest.raises(IntegrityError, match="municipal_body_names_its_municipality"):
        make_organisation(kind=OrganisationKind.MUNICIPALITY, municipality=None)


def test_an_accreditation_ends_after_it_starts() -> None:
    with pytest.raises(IntegrityError, match="accreditation_ends_after_it_starts"):
        Accreditation.objects.create(
            organisation=make_organisation(),
            kind=AccreditationKind.WORK,
            register_no="0001",
            status=AccreditationStatus.DEFINITIVE,
            valid_from=date(2026, 1, 1),
            valid_to=date(2025, 12, 31),
        )


def test_a_closure_ends_after_it_starts_and_overlaps_no_other_of_its_desk() -> None:
    desk = make_desk()
    day = date(2026, 5, 4)
    DeskClosure.objects.create(desk=desk, first_day=day, last_day=day + timedelta(days=2))
    DeskClosure.objects.create(desk=make_desk(), first_day=day, last_day=day)
    DeskClosure.objects.create(desk=desk, first_day=day + timedelta(days=3), last_day=day + timedelta(days=3))
    with refused("closures_of_a_desk_do_not_overlap"):
        DeskClosure.objects.create(desk=desk, first_day=day + timedelta(days=2), last_day=day + timedelta(days=9))
    with refused("closure_ends_after_it_starts"):
        DeskClosure.objects.create(desk=desk, first_day=day, last_day=day - timedelta(days=1))

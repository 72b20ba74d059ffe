"""Bodies, enrolments and desks as they are written."""

from datetime import time
from typing import Any

import pytest

from sportello.territory.forms.administration import AccreditationForm, BodyForm, DeskForm
from sportello.territory.models import Municipality, Organisation, SubArea
from sportello.territory.rules import Point
from tests.support.territory import make_desk, make_municipality, make_organisation


def desk_data(place: Municipality, agency: Organisation, **fields: Any) -> dict[str, Any]:
    return {
        "name": "Sportello",
        "kind": "town_hall",
        "state": "open",
        "municipality": f"{place.name} ({place.province_code})",
        "address": "Via Roma 1",
        "managed_by": str(agency.pk),
        "serves": [str(place.pk)],
        **fields,
    }


@pytest.mark.django_db
def test_a_desk_stands_where_it_is_written_or_in_the_middle_of_its_town() -> None:
    place, agency = make_municipality(latitude=45.5, longitude=9.3), make_organisation()
    form = DeskForm(desk_data(place, agency, hours_1="9-12", hours_5="9-12, 14-17", phone="02 12345678"))
    assert form.is_valid(), form.errors
    details = form.details
    assert (details.point, details.phone) == (Point(45.5, 9.3), "02 1234 5678")
    assert [(span.weekday, span.opens.hour) for span in details.hours] == [(1, 9), (5, 9), (5, 14)]
    exact = DeskForm(desk_data(place, agency, point="45.48930, 9.32710"))
    assert exact.is_valid(), exact.errors
    assert exact.details.point == Point(45.4893, 9.3271)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"point": "9.32710, 45.48930"}, "point"),
        ({"point": "centro"}, "point"),
        ({"phone": "12"}, "phone"),
        ({"hours_2": "9-12, 11-13"}, "hours_2"),
        ({"hours_7": "mai"}, "hours_7"),
        ({"serves": []}, "serves"),
        ({"municipality": "Atlantide"}, "municipality"),
    ],
)
def test_a_slip_about_a_desk_is_shown_beside_its_field(fields: dict[str, Any], wrong: str) -> None:
    form = DeskForm(desk_data(make_municipality(), make_organisation(), **fields))
    assert [*form.errors] == [wrong]
    for name, typed in fields.items():
        assert form[name].value() == typed


@pytest.mark.django_db
def test_a_part_of_another_town_is_no_part_of_this_one() -> None:
    place, other = make_municipality(), make_municipality()
    area = SubArea.objects.create(municipality=other, number=1, name="Centro")
    form = DeskForm(desk_data(place, make_organisation(), sub_area=str(area.pk)))
    assert [*form.errors] == ["sub_area"]


@pytest.mark.django_db
def test_a_town_without_a_centre_wants_the_point() -> None:
    place = make_municipality(latitude=None, longitude=None)
    assert [*DeskForm(desk_data(place, make_organisation())).errors] == ["point"]
    assert DeskForm(desk_data(place, make_organisation(), point="45.4, 9.2")).is_valid()


@pytest.mark.django_db
def test_a_desk_is_shown_again_as_it_is() -> None:
    place = make_municipality()
    desk = make_desk(municipality=place, serves=[place], hours=[(1, time(9), time(12)), (1, time(14), time(17))])
    shown = DeskForm(desk=desk)
    assert (shown["hours_1"].value(), shown["hours_2"].value()) == ("09:00-12:00, 14:00-17:00", "")
    assert shown["point"].value() is None
    assert shown["reviews_pacts"].value() is False
    desk.latitude, desk.reviews_pacts = 45.5, True
    assert DeskForm(desk=desk)["reviews_pacts"].value() is True
    assert DeskForm(desk=desk)["point"].value() == "45.50000, 9.28000"


@pytest.mark.django_db
def test_only_agencies_in_service_manage_desks() -> None:
    agency = make_organisation(name="Una")
    make_organisation(name="Spenta", is_active=False)
    make_organisation(name="Comune", kind="municipality", municipality=make_municipality())
    assert [*DeskForm().fields["managed_by"].queryset] == [agency]  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_municipal_body_names_its_municipality() -> None:
    place = make_municipality()
    assert [*BodyForm({"kind": "municipality", "name": "Comune"}).errors] == ["municipality"]
    assert [*BodyForm({"kind": "municipality", "name": "Comune", "municipality": "Atlantide"}).errors] == [
        "municipality"
    ]
    assert BodyForm({"kind": "municipality", "name": "Comune", "municipality": place.name}).is_valid()
    assert BodyForm({"kind": "region", "name": "Lombardia"}).is_valid()
    assert [*BodyForm({"kind": "company", "name": "Impresa"}).errors] == ["kind"]


@pytest.mark.django_db
def test_what_roles_follow_from_is_asked_once() -> None:
    place = make_municipality()
    town = make_organisation(kind="municipality", municipality=place)
    assert [*BodyForm(body=town).fields] == ["name", "email", "phone", "is_active"]
    assert [*BodyForm(body=make_organisation()).fields] == ["name", "municipality", "email", "phone", "is_active"]


def test_an_enrolment_ends_after_it_begins() -> None:
    days = {"valid_from_day": "1", "valid_from_month": "7", "valid_from_year": "2026"}
    ends = {"valid_to_day": "30", "valid_to_month": "6", "valid_to_year": "2026"}
    said = {"kind": "work", "register_no": "1", "status": "definitive", **days}
    assert AccreditationForm(said).is_valid()
    assert [*AccreditationForm(said | ends).errors] == ["valid_to"]

"""Bodies keep what roles follow from; a municipality has one."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps

from sportello.accounts.scope import Scope
from sportello.territory.enums import AccreditationStatus, DeskState, OrganisationKind
from sportello.territory.models import Accreditation, Organisation
from sportello.territory.services import bodies
from tests.support.territory import make_desk, make_municipality, make_organisation

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def change(body: Organisation, **fields: Any) -> Organisation:
    said: dict[str, Any] = {"name": body.name, "email": "", "phone": "", "is_active": True, **fields}
    return bodies.change_body(body=body, by=BY, **said)


def enrol(body: Organisation, **fields: Any) -> Accreditation:
    said: dict[str, Any] = {"kind": "work", "register_no": "12/2009", "status": "definitive", **fields}
    return bodies.add_accreditation(body=body, valid_from=date(2009, 7, 1), by=BY, **said)


def test_a_municipality_has_one_body() -> None:
    place = make_municipality()
    bodies.open_body(kind=OrganisationKind.MUNICIPALITY, name="Comune", municipality=place, by=BY)
    with pytest.raises(bodies.MunicipalityTaken):
        bodies.open_body(kind=OrganisationKind.MUNICIPALITY, name="Altro nome", municipality=place, by=BY)
    bodies.open_body(kind=OrganisationKind.AGENCY, name="Agenzia", municipality=place, by=BY)


def test_two_bodies_of_a_kind_are_told_apart_by_name() -> None:
    one = bodies.open_body(kind=OrganisationKind.AGENCY, name="Afol Città", by=BY)
    other = bodies.open_body(kind=OrganisationKind.AGENCY, name="Altra", by=BY)
    with pytest.raises(bodies.NameTaken):
        bodies.open_body(kind=OrganisationKind.AGENCY, name="AFOL citta", by=BY)
    with pytest.raises(bodies.NameTaken):
        change(other, name="AFOL citta")
    bodies.open_body(kind=OrganisationKind.OTHER, name="Afol Città", by=BY)
    assert change(one, name="AFOL citta").sort_key == "afol citta"


def test_a_municipal_body_keeps_its_municipality() -> None:
    home = make_municipality()
    town = bodies.open_body(kind=OrganisationKind.MUNICIPALITY, name="Comune", municipality=home, by=BY)
    agency = make_organisation()
    moved = make_municipality()
    assert change(town, municipality=moved).municipality == home
    assert change(agency, municipality=moved).municipality == moved


def test_a_body_with_desks_cannot_be_switched_off() -> None:
    desk = make_desk(state=DeskState.PLANNED)
    with pytest.raises(bodies.ManagesDesks):
        change(desk.managed_by, is_active=False)
    type(desk).objects.filter(pk=desk.pk).update(state=DeskState.CLOSED)
    assert change(desk.managed_by, is_active=False).is_active is False


def test_an_enrolment_is_written_once_and_corrected() -> None:
    agency = make_organisation()
    row = enrol(agency)
    with pytest.raises(bodies.AccreditationWritten):
        enrol(agency)
    bodies.change_accreditation(
        accreditation=row,
        kind="work",
        register_no="12/2009",
        status=AccreditationStatus.SUSPENDED,
        valid_from=row.valid_from,
        valid_to=date(2026, 1, 1),
        by=BY,
    )
    assert list(agency.accreditations.values_list("status", "valid_to")) == [("suspended", date(2026, 1, 1))]


@pytest.mark.parametrize("kind", [OrganisationKind.MUNICIPALITY, OrganisationKind.REGION])
def test_who_governs_the_register_does_not_stand_in_it(kind: OrganisationKind) -> None:
    body = make_organisation(kind=kind, municipality=make_municipality())
    with pytest.raises(bodies.NotAccreditable):
        enrol(body)


def test_the_history_keeps_what_a_body_was() -> None:
    body = bodies.open_body(kind=OrganisationKind.AGENCY, name="Prima", by=BY)
    change(body, name="Poi")
    kept = apps.get_model("territory", "OrganisationEvent").objects.filter(pgh_obj_id=body.pk).order_by("pgh_id")
    assert [*kept.values_list("pgh_label", "name")] == [("insert", "Prima"), ("update", "Poi")]

"""What the administrator keeps, and what a new portal still lacks."""

import pytest

from sportello.territory.enums import AccreditationKind, AccreditationStatus, OrganisationKind
from sportello.territory.models import Accreditation
from sportello.workspaces.queries.administration import (
    administered_bodies,
    administered_desks,
    first_steps,
    open_work_of,
)
from tests.support.employers import make_company
from tests.support.personas import make_candidate, make_case, make_operator
from tests.support.queries import queries_of
from tests.support.territory import WORKING_MORNINGS, make_desk, make_organisation

pytestmark = pytest.mark.django_db


def test_bodies_are_all_but_companies_and_found_by_name() -> None:
    agency = make_organisation(kind=OrganisationKind.AGENCY, name="AFOL Est", sort_key="afol est")
    closed = make_organisation(
        kind=OrganisationKind.AGENCY, name="Vecchia agenzia", sort_key="vecchia agenzia", is_active=False
    )
    company = make_company(make_desk(managed_by=agency)).organisation
    found = list(administered_bodies())
    assert company not in found
    assert found.index(agency) < found.index(closed)
    assert list(administered_bodies(text="vecchia")) == [closed]


def test_desks_are_found_by_name_or_town_and_count_who_receives() -> None:
    desk = make_desk(name="Sportello Est", hours=WORKING_MORNINGS)
    make_operator(desk)
    make_desk(name="Sportello Ovest")
    (found,) = administered_desks(text="est")[:1]
    assert (found.name, getattr(found, "people", None), getattr(found, "spans", None)) == (
        "Sportello Est",
        1,
        len(WORKING_MORNINGS),
    )
    assert [row.name for row in administered_desks(text="ovest")] == ["Sportello Ovest"]


def test_each_first_step_is_done_when_it_is_done() -> None:
    agency = make_organisation(kind=OrganisationKind.AGENCY)
    assert [step.is_done for step in first_steps(agency)] == [False, False, False]
    Accreditation.objects.create(
        organisation=agency,
        kind=AccreditationKind.WORK,
        register_no="1",
        status=AccreditationStatus.DEFINITIVE,
        valid_from="2020-01-01",
    )
    assert [step.is_done for step in first_steps(agency)] == [True, False, False]
    desk = make_desk(managed_by=agency, hours=WORKING_MORNINGS)
    assert [step.is_done for step in first_steps(agency)] == [True, True, False]
    make_operator(desk)
    with queries_of() as queries:
        assert [step.is_done for step in first_steps(agency)] == [True, True, True]
    assert len(queries) == 3
    assert [step.is_done for step in first_steps(None)] == [False, True, True]


def test_the_work_of_a_desk_is_its_own() -> None:
    desk, elsewhere = make_desk(), make_desk()
    assert not open_work_of(desk)
    make_candidate(desk)
    make_case(desk)
    make_case(elsewhere)
    work = open_work_of(desk)
    assert (work.cases, work.intakes, work.appointments) == (1, 1, 0)

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models, transaction
from django.test import Client
from django.urls import reverse

from candidates import states as candidate_states
from candidates.enums import DeclarationKind, IntakeChannel
from candidates.models import (
    Appointment,
    AvailabilityDeclaration,
    Candidate,
    Case,
    Contact,
    DisclosureRequest,
    Intake,
    PlannedAction,
    Profile,
    ServicePact,
)
from candidates.services.notices import load_notices
from employers.models import Company, CompanyVisit, Vacancy
from employers.states import CompanyState, VacancyState
from matching.models import Placement, Referral
from matching.states import REFERRAL_TRANSITIONS, PlacementState, ReferralState
from sportello.accounts.models import User
from sportello.accounts.queries import scope_of
from sportello.accounts.scope import Scope
from sportello.core.validators import birth_date_of, clean_tax_code, clean_vat_number
from sportello.reference.services.curated import load_curated
from sportello.territory.enums import DeskKind, DeskState
from sportello.territory.models import Desk, Municipality
from sportello.territory.services.reference_files import load_territory
from sportello.workspaces.services.demo.draw import lines
from sportello.workspaces.services.demo.seed import SCALES, seed_demo
from tests.support.personas import signed_in

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def _village(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Two hundred people, told once for the module inside a transaction that is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_territory()
        load_curated()
        load_notices()
        seed_demo(scale=SCALES["village"], seed=2018, today=TODAY, by=Scope.of_process("tests"))
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def village(_village: None, db: None) -> None:
    """What a test changes is undone."""


def test_the_village_has_its_people_and_vacancies() -> None:
    assert (Candidate.objects.count(), Vacancy.objects.count(), Profile.objects.count()) == (200, 30, 200)
    assert Intake.objects.values("candidate").distinct().count() == 200


@pytest.mark.parametrize(
    ("model", "field", "choices"),
    [
        (Case, "state", candidate_states.CaseState),
        (Case, "closing", candidate_states.CaseClosing),
        (ServicePact, "state", candidate_states.PactState),
        (PlannedAction, "state", candidate_states.PlannedActionState),
        (Appointment, "state", candidate_states.AppointmentState),
        (DisclosureRequest, "state", candidate_states.DisclosureState),
        (AvailabilityDeclaration, "kind", DeclarationKind),
        (Intake, "channel", IntakeChannel),
        (Company, "state", CompanyState),
        (Vacancy, "state", VacancyState),
        (Referral, "state", ReferralState),
        (Placement, "state", PlacementState),
        (Desk, "state", DeskState),
        (Desk, "kind", DeskKind),
    ],
)
def test_every_state_is_there(model: type[models.Model], field: str, choices: Any) -> None:
    found = set(model._default_manager.order_by().values_list(field, flat=True).distinct())
    assert found - {""} == set(choices.values)


def test_every_number_of_a_person_or_company_is_valid() -> None:
    for code, born in Candidate.objects.values_list("tax_code", "birth_date"):
        assert clean_tax_code(code) == code
        written = birth_date_of(code)
        assert written is not None
        assert (written.month, written.day, written.year % 100) == (born.month, born.day, born.year % 100)
    for number in Company.objects.values_list("vat_number", flat=True):
        assert clean_vat_number(number) == number


def test_logs_of_transitions_are_lawful_and_end_at_the_state() -> None:
    for referral in Referral.objects.prefetch_related("transitions"):
        state = ReferralState.CONSENT_ASKED
        for step in sorted(referral.transitions.all(), key=lambda step: step.at):
            assert step.from_state == state
            assert ReferralState(step.to_state) in REFERRAL_TRANSITIONS[state]
            state = ReferralState(step.to_state)
        assert state == referral.state


def test_nothing_happened_after_today() -> None:
    assert Contact.objects.filter(happened_on__gt=TODAY).count() == 0
    assert Case.objects.filter(opened_on__gt=TODAY).count() == 0
    assert Placement.objects.filter(starts_on__gt=TODAY).count() == 0
    assert CompanyVisit.objects.filter(visited_on__gt=TODAY).count() == 0
    assert Candidate.objects.filter(created_at__date__gt=TODAY).count() == 0


def test_every_member_is_served() -> None:
    served = Municipality.objects.filter(
        served_by__state=DeskState.OPEN, name__in=lines("members"), is_metropolitan=True
    )
    assert served.distinct().count() == len(lines("members"))


def test_the_operator_has_a_caseload_and_a_day() -> None:
    operator = User.objects.get(email="operatore@sportello.example")
    scope = scope_of(operator)
    assert Case.objects.visible_to(scope).filter(responsible_operator=operator).count() == 51
    assert Appointment.objects.filter(operator=operator, starts_at__date=TODAY).count() == 6
    assert len(scope.desk_ids) == 3


def test_the_citizen_has_a_pact_an_appointment_and_a_question() -> None:
    citizen = Candidate.objects.get(user__email="cittadina@sportello.example")
    assert ServicePact.objects.filter(case__candidate=citizen, state="signed").count() == 1
    assert citizen.appointments.filter(state="booked").count() == 1
    assert citizen.disclosures.filter(state="asked").count() == 1
    assert set(citizen.referrals.values_list("state", flat=True)) == {"consent_asked", "interview"}


def test_the_company_has_people_before_it() -> None:
    company = Company.objects.get(organisation__memberships__user__email="impresa@sportello.example")
    states = set(Referral.objects.filter(vacancy__company=company).values_list("state", flat=True))
    assert company.state == CompanyState.APPROVED
    assert states >= {"sent", "viewed", "interview", "offer", "refused"}


@pytest.mark.parametrize(
    ("login", "home"),
    [
        ("cittadina", "citizen_home"),
        ("operatore", "operator_home"),
        ("impresa", "company_home"),
        ("comune", "official_home"),
        ("cabina", "control_room_home"),
        ("admin", "administrator_home"),
    ],
)
def test_each_login_opens_its_home(login: str, home: str) -> None:
    user = User.objects.get(email=f"{login}@sportello.example")
    assert user.check_password(settings.DEMO_PASSWORD)
    client: Client = signed_in(user)
    assert client.get(reverse("home")).url == reverse(home)  # type: ignore[attr-defined]
    assert client.get(reverse(home)).status_code == 200


def test_the_history_knows_who_wrote_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM candidates_candidateevent e JOIN pghistory_context c ON c.id = e.pgh_context_id "
            "WHERE c.metadata->>'reason' = 'seed'"
        )
        assert cursor.fetchone() == (200,)

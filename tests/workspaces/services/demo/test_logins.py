"""The demonstration's own accounts."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from candidates.models import (
    Appointment,
    Candidate,
    Case,
    ServicePact,
)
from employers.models import Company
from employers.states import CompanyState
from matching.models import Referral
from sportello.accounts.models import User
from sportello.accounts.queries import scope_of
from tests.support.personas import signed_in
from tests.workspaces.services.demo.conftest import TODAY

pytestmark = pytest.mark.usefixtures("village")


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
        ("coordinatore", "operator_home"),
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

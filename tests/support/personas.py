"""The people of the tests: an operator, a citizen, an official, each with what they need to act."""

import itertools
from datetime import date
from typing import Any

from django.test import Client

from candidates.enums import EmploymentSituation, IntakeChannel
from candidates.models import Candidate, Case, CaseAssignment, Intake, Profile
from sportello.accounts.enums import Role
from sportello.accounts.models import Membership, User
from sportello.accounts.queries import scope_of
from sportello.accounts.scope import Scope
from sportello.territory.enums import OrganisationKind, Sex
from sportello.territory.models import Desk, Municipality, Organisation
from tests.support.territory import make_desk, make_municipality, make_organisation

_counter = itertools.count(1)

PASSWORD = "una frase lunga per i test"


def make_user(**fields: Any) -> User:
    """An account with a verified look and the suite's password."""
    number = next(_counter)
    fields.setdefault("email", f"persona{number}@example.org")
    fields.setdefault("first_name", "Anna")
    fields.setdefault("last_name", f"Prova{number}")
    return User.objects.create_user(fields.pop("email"), PASSWORD, **fields)


def make_member(role: Role, organisation: Organisation, *desks: Desk, **fields: Any) -> User:
    """A person with a role in a body, at the named desks; of a company, one who decides for it."""
    user = make_user(**fields)
    decides = role == Role.COMPANY
    membership = Membership.objects.create(user=user, organisation=organisation, role=role, decides=decides)
    membership.desks.set(desks)
    return user


def make_operator(desk: Desk | None = None) -> User:
    """An operator of a desk (a new one when none is given)."""
    desk = desk or make_desk()
    return make_member(Role.OPERATOR, desk.managed_by, desk)


def make_official(municipality: Municipality | None = None) -> User:
    """An official of a municipality."""
    municipality = municipality or make_municipality()
    body = Organisation.objects.filter(municipality=municipality, kind=OrganisationKind.MUNICIPALITY).first()
    body = body or make_organisation(kind=OrganisationKind.MUNICIPALITY, municipality=municipality)
    return make_member(Role.OFFICIAL, body)


def scope(user: User) -> Scope:
    """The scope the middleware would give."""
    return scope_of(user)


def signed_in(user: User) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def make_candidate(desk: Desk | None = None, *, user: User | None = None, **fields: Any) -> Candidate:
    """A registered person; with a desk, also their intake there."""
    number = next(_counter)
    residence = fields.pop("residence", None) or (desk.municipality if desk else make_municipality())
    values: dict[str, Any] = {
        "first_name": "Amina",
        "last_name": f"Rossi{number}",
        "sex": Sex.FEMALE,
        "birth_date": date(1980, 5, 17),
        "employment_situation": EmploymentSituation.JOBLESS,
        "email": f"candidata{number}@example.org",
        **fields,
    }
    candidate = Candidate.objects.create(user=user, residence=residence, **values)
    Profile.objects.create(candidate=candidate)
    if desk:
        Intake.objects.create(
            candidate=candidate,
            channel=IntakeChannel.ONLINE,
            desk=desk,
            residence=residence,
            received_on=fields.get("received_on", date(2026, 3, 2)),
        )
    return candidate


def make_case(desk: Desk, *, candidate: Candidate | None = None, operator: User | None = None, **fields: Any) -> Case:
    """An open case at a desk, assigned when an operator is given."""
    candidate = candidate or make_candidate(desk)
    values: dict[str, Any] = {"opened_on": date(2026, 3, 9), **fields}
    case = Case.objects.create(
        candidate=candidate, desk=desk, residence=candidate.residence, responsible_operator=operator, **values
    )
    if operator:
        CaseAssignment.objects.create(case=case, operator=operator, starts_on=case.opened_on)
    return case

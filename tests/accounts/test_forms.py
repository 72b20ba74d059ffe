"""Whom one may invite, to do what."""

from typing import Any
from uuid import uuid4

import pytest

from sportello.accounts.enums import Part, Role
from sportello.accounts.forms import AcceptForm, InviteForm, PartForm
from sportello.accounts.scope import Grant, Scope
from sportello.territory.models import Organisation
from tests.support.territory import make_desk, make_municipality, make_organisation


def invite(organisation: Organisation, *, by: Role = Role.COORDINATOR, **data: Any) -> InviteForm:
    scope = Scope(user_id=uuid4(), grants=(Grant(organisation.pk, "", by, is_admin=True),))
    return InviteForm({"email": "nuova@example.org", **data}, organisation=organisation, scope=scope)


@pytest.mark.django_db
def test_only_an_administrator_makes_another_one() -> None:
    agency = make_organisation()
    assert [*invite(agency, role="administrator").errors] == ["role"]
    assert invite(agency, by=Role.ADMINISTRATOR, role="administrator").is_valid()


@pytest.mark.django_db
def test_a_municipality_makes_officials_only() -> None:
    town = make_organisation(kind="municipality", municipality=make_municipality())
    assert [key for key, _label in invite(town).fields["role"].choices] == ["official"]  # type: ignore[attr-defined]
    assert [*invite(town, role="operator").errors] == ["role"]


@pytest.mark.django_db
def test_who_receives_people_does_so_at_a_desk_of_the_body() -> None:
    desk, foreign = make_desk(), make_desk()
    assert [*invite(desk.managed_by, role="operator").errors] == ["desks"]
    assert [*invite(desk.managed_by, role="operator", desks=[str(foreign.pk)]).errors] == ["desks"]
    assert invite(desk.managed_by, role="operator", desks=[str(desk.pk)]).is_valid()
    assert invite(desk.managed_by, role="control_room").is_valid()


@pytest.mark.django_db
def test_a_body_without_desks_has_nobody_who_receives() -> None:
    """There is no box to tick, so the refusal stands beside the role."""
    assert [*invite(make_organisation(), role="operator").errors] == ["role"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({}, []), ({"password": "corta"}, ["password"]), ({"first_name": "4nna"}, ["first_name"])],
)
def test_a_new_account_wants_a_name_and_a_long_password(fields: dict[str, str], wrong: list[str]) -> None:
    said = {"first_name": "Anna", "last_name": "D'Angelo", "password": " tre parole lunghe ", **fields}
    form = AcceptForm(said)
    assert [*form.errors] == wrong
    if not wrong:
        assert form.cleaned_data["password"] == " tre parole lunghe "


@pytest.mark.django_db
@pytest.mark.parametrize("part", Part)
def test_a_company_says_what_the_invited_may_do(part: Part) -> None:
    form = invite(make_organisation(kind="company"), by=Role.COMPANY, part=str(part.value))
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "email": "nuova@example.org",
        "role": Role.COMPANY,
        "is_admin": part == Part.ADMINISTERS,
        "decides": part >= Part.DECIDES,
    }


@pytest.mark.django_db
def test_of_no_other_body_it_is_asked() -> None:
    assert "part" not in invite(make_organisation()).fields
    assert [*invite(make_organisation(kind="company"), by=Role.COMPANY).errors] == ["part"]


@pytest.mark.parametrize("said", ["0", "4", "x", ""])
def test_a_part_is_one_of_three(said: str) -> None:
    assert [*PartForm({"part": said}).errors] == ["part"]

"""Companies to be won as they are typed."""

from typing import Any

import pytest

from employers.forms.target import LinkForm, StepForm, TargetForm
from employers.states import CompanyState
from tests.employers.forms.test_settlement import days
from tests.support.employers import make_company, make_target
from tests.support.personas import make_operator
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_the_owner_serves_the_desk_and_a_next_step_has_its_day() -> None:
    desk = make_desk()
    me, stranger = make_operator(desk), make_operator()
    town = f"{desk.municipality.name} ({desk.municipality.province_code})"

    def form(**fields: Any) -> TargetForm:
        said = {"name": "Forno", "municipality": town, "desk": desk.pk, "owner": me.pk, **fields}
        return TargetForm(said, instance=None, desks=[desk.pk], me=me.pk)

    assert form().is_valid()
    assert [*form(owner=stranger.pk).errors] == ["owner"]
    assert [*form(next_step="Chiamare").errors] == ["next_step_on"]
    assert [*form(**days(next_step_on=(1, 3, 2027))).errors] == ["next_step"]
    assert form(next_step="Chiamare", **days(next_step_on=(1, 3, 2027))).is_valid()


@pytest.mark.parametrize(("is_registered", "offered"), [(True, ["vacancy", "dropped"]), (False, ["dropped"])])
def test_steps_are_those_that_the_state_permits(is_registered: bool, offered: list[str]) -> None:
    desk = make_desk()
    company = make_company(desk) if is_registered else None
    target = make_target(make_operator(desk), desk, state="interested", company=company)
    form = StepForm({"to": "dropped", **days(happened_on=(1, 3, 2026))}, target=target)
    assert [value for value, _ in form.fields["to"].choices] == offered  # type: ignore[attr-defined]
    assert form.errors == {"note": ["Scrivi perché la lasci."]}
    assert [*StepForm({"to": "dropped", "note": "No", **days(happened_on=(1, 3, 2999))}, target=target).errors] == [
        "happened_on"
    ]


def test_a_record_is_found_by_its_number_while_it_is_served() -> None:
    company = make_company(vat_number="12345670017")
    form = LinkForm({"vat_number": "12345670017"})
    assert form.is_valid()
    assert form.cleaned_data["vat_number"] == company
    company.state, company.decision_reason = CompanyState.REJECTED, "No"
    company.save()
    assert not LinkForm({"vat_number": "12345670017"}).is_valid()

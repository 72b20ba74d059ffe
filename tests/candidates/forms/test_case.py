"""What the desk may write down, and the sentence beside what it may not."""

from datetime import date, time
from typing import Any

import pytest
import time_machine

from candidates.engine.target_area import Area, AreaVerdict
from candidates.enums import ServicePactKind
from candidates.forms import case as forms
from candidates.queries.target_area import AreaCheck
from sportello.accounts.models import User
from sportello.territory.models import Desk
from tests.support.personas import make_operator
from tests.support.territory import WORKING_MORNINGS, make_desk

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def _on_a_monday() -> object:
    with time_machine.travel("2026-05-04 08:00+02:00", tick=False):
        yield


def on(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def meeting(desk: Desk, **fields: str) -> forms.AppointmentForm:
    data = {
        "desk": str(desk.pk),
        **on("day", MONDAY),
        "hour": "9:30",
        "minutes": "45",
        "mode": "in_person",
        "reason": "Incontro",
        **fields,
    }
    return forms.AppointmentForm(data, desks=Desk.objects.all())


def test_a_meeting_has_its_beginning_and_its_end_in_local_time() -> None:
    form = meeting(make_desk())
    assert form.is_valid(), form.errors
    span = form.cleaned_data["starts_at"], form.cleaned_data["ends_at"]
    assert [moment.isoformat() for moment in span] == ["2026-05-04T09:30:00+02:00", "2026-05-04T10:15:00+02:00"]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"hour": "8:00"}, {"hour": ["Quest'ora è già passata."]}),
        (on("day", date(2026, 5, 3)), {"day": ["Questa data è già passata."]}),
        ({"hour": "12:30"}, {"hour": ["A quest'ora lo sportello è chiuso: guarda i suoi orari."]}),
        (on("day", date(2026, 5, 9)), {"hour": ["A quest'ora lo sportello è chiuso: guarda i suoi orari."]}),
    ],
)
def test_a_meeting_lies_ahead_within_the_hours_of_the_desk(
    fields: dict[str, str], errors: dict[str, list[str]]
) -> None:
    form = meeting(make_desk(hours=WORKING_MORNINGS), **fields)
    assert form.errors == errors
    assert form["reason"].value() == "Incontro"


def test_a_desk_without_written_hours_decides_by_itself() -> None:
    assert meeting(make_desk(), hour="21:00").is_valid()
    assert meeting(make_desk(hours=[(1, time(9), time(10))]), hour="9:59").is_valid()


@pytest.mark.parametrize(
    ("day", "errors"), [(MONDAY, {}), (date(2026, 5, 5), {"happened_on": ["Questa data è nel futuro."]})]
)
def test_a_contact_has_happened(day: date, errors: dict[str, Any]) -> None:
    data = {"channel": "phone", **on("happened_on", day), "reason": "Telefonata", "note": "", "visibility": "shared"}
    form = forms.ContactForm(data)
    assert form.errors == errors
    assert form["reason"].value() == "Telefonata"


def test_a_declaration_is_not_of_tomorrow() -> None:
    data = {"kind": "insert", **on("declared_on", date(2026, 5, 5)), "provenance": "inps"}
    assert forms.DeclarationForm(data).errors == {"declared_on": ["Questa data è nel futuro."]}
    assert forms.DeclarationForm({**data, **on("declared_on", MONDAY)}).is_valid()


@pytest.mark.parametrize(("day", "valid"), [(date(2026, 5, 3), False), (MONDAY, True)])
def test_an_action_is_due_today_at_the_earliest(day: date, valid: bool) -> None:
    assert forms.ActionForm({"text": "Corso", **on("due_on", day)}).is_valid() == valid


@pytest.mark.parametrize(("days", "valid"), [("0", False), ("1", True), ("180", True), ("181", False)])
def test_a_draft_of_a_pact_may_have_holes_but_no_impossible_numbers(days: str, valid: bool) -> None:
    operator = make_operator()
    data = {"kind": "local", "responsible": str(operator.pk), "contact_every_days": days}
    form = forms.PactForm(data, operators=User.objects.all(), kinds=[ServicePactKind.LOCAL])
    assert form.is_valid() == valid
    assert set(form.errors) <= {"contact_every_days"}


def test_only_the_pacts_of_the_desk_and_its_own_people_can_be_chosen() -> None:
    operator, stranger = make_operator(), make_operator()
    data = {"kind": "psp", "responsible": str(stranger.pk), "contact_every_days": "30"}
    form = forms.PactForm(data, operators=User.objects.filter(pk=operator.pk), kinds=[ServicePactKind.LOCAL])
    assert set(form.errors) == {"kind", "responsible"}
    assert forms.ReassignForm({"operator": str(stranger.pk)}, operators=User.objects.none()).errors.keys() == {
        "operator",
        "reason",
    }
    assert set(
        forms.TakeInChargeForm({"desk": str(make_desk().pk)}, desks=Desk.objects.none(), check=no_area).errors
    ) == {"desk"}


def test_an_end_and_a_reason_are_said_and_not_guessed() -> None:
    assert set(forms.CloseActionForm({"state": "pending"}).errors) == {"state"}
    assert set(forms.CloseCaseForm({"closing": ""}).errors) == {"closing"}
    assert set(forms.ReadingReasonForm({"purpose": "curiosity"}).errors) == {"purpose"}


def no_area(**declared: int | None) -> AreaCheck:
    return AreaCheck(date(2026, 5, 4), [])


def over_45(**declared: int | None) -> AreaCheck:
    return AreaCheck(date(2026, 5, 4), [AreaVerdict(Area.OVER_45, declared["isee"] is None, {}, ())])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "errors", "reason"),
    [
        ({"target_area": "over_45"}, [], ""),
        ({"target_area": "over_45", "target_reason": "Di troppo"}, [], ""),
        ({"target_area": "youth"}, ["target_reason"], None),
        ({"target_area": ""}, ["target_reason"], None),
        ({"target_area": "youth", "target_reason": "Lo chiede il bando"}, [], "Lo chiede il bando"),
        ({"target_area": "", "isee": "1"}, [], ""),
        ({"target_area": "over_45", "civil_percent": "101"}, ["civil_percent"], None),
    ],
)
def test_an_area_other_than_the_proposed_says_why(typed: dict[str, str], errors: list[str], reason: str | None) -> None:
    desk = make_desk()
    form = forms.TakeInChargeForm({"desk": desk.pk, **typed}, desks=Desk.objects.all(), check=over_45)
    assert [*form.errors] == errors
    assert errors or form.cleaned_data["target_reason"] == reason

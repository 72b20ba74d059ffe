"""What the desk makes of a letter happens once, and the letter says what and who."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.models import InboundMessage, Intake, RegistrationDraft
from candidates.queries.registration import typed
from candidates.services.mail_work import (
    AlreadyHandled,
    add_subject_code,
    begin_registration,
    link_mail,
    reject_mail,
    restore_mail,
)
from candidates.services.registration import send_assisted
from sportello.accounts.models import User
from sportello.pacts.models import PactAction, TerritorialPact
from sportello.reference.models import EducationLevel, Occupation
from sportello.territory.models import Desk
from tests.support.mail import make_code, make_inbound
from tests.support.personas import make_candidate, make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.usefixtures("vocabulary")


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def operator(desk: Desk) -> User:
    return make_operator(desk)


@pytest.fixture
def action(desk: Desk) -> PactAction:
    pact = TerritorialPact.objects.create(
        slug="patto",
        name="Patto",
        lead=desk.municipality,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    return PactAction.objects.create(pact=pact, code="ALMA-1", code_key="alma 1", title="A", starts_on=pact.starts_on)


def answers_of_a_person(residence: str) -> dict[str, Any]:
    """What the four steps keep."""
    level = EducationLevel.objects.first()
    assert level
    who = {"first_name": "Amina", "last_name": "Rossi", "sex": "F", "birth_date": "1985-12-10", "tax_code": ""}
    return {
        "1": {**who, "identity_document": "AB1", "citizenship": "IT"},
        "2": {"residence": residence, "address": "", "phone": "", "email": "", "action_code": ""},
        "3": {
            "employment_situation": "jobless",
            "occupations": [str(Occupation.objects.get(code="bricklayer").pk)],
            "years": "4",
            "hours_wanted": "any",
            "max_travel_km": "15",
        },
        "4": {
            "other_languages": [],
            "italian": "C2",
            "skills": [],
            "education_level": str(level.pk),
            "licences": [],
            "has_vehicle": False,
            "contract_types": [],
        },
    }


def test_a_registration_begins_with_what_the_letter_says(desk: Desk, operator: User) -> None:
    letter = make_inbound(sender_name="Amina Rossi Neri", sender_address="amina@posta.example")
    by = scope(operator)
    draft = begin_registration(message=letter, desk=desk, by=by)
    assert typed(draft, 1) == {"first_name": ["Amina"], "last_name": ["Rossi Neri"]}
    assert typed(draft, 2) == {"email": ["amina@posta.example"]}
    assert (draft.step, draft.email, draft.desk, draft.started_by) == (1, "amina@posta.example", desk, operator)
    assert begin_registration(message=letter, desk=desk, by=by) == draft
    letter.refresh_from_db()
    assert (letter.state, letter.desk) == ("needs_review", desk)


def test_a_colleague_or_a_late_hour_begins_another(desk: Desk, operator: User) -> None:
    letter = make_inbound()
    first = begin_registration(message=letter, desk=desk, by=scope(operator))
    assert begin_registration(message=letter, desk=desk, by=scope(make_operator(desk))) != first
    mine = begin_registration(message=letter, desk=desk, by=scope(operator))
    RegistrationDraft.objects.filter(pk=mine.pk).update(expires_at=timezone.now())
    assert begin_registration(message=letter, desk=desk, by=scope(operator)) != mine


@pytest.mark.parametrize(
    ("written", "names"),
    [("Rossi, Amina", ("Amina", "Rossi")), ("Amina", ("Amina", "")), ("", ("", "")), ("A B C", ("A", "B C"))],
)
def test_names_are_parted_as_well_as_they_can(written: str, names: tuple[str, str], desk: Desk, operator: User) -> None:
    draft = begin_registration(message=make_inbound(sender_name=written), desk=desk, by=scope(operator))
    assert (typed(draft, 1)["first_name"], typed(draft, 1)["last_name"]) == ([names[0]], [names[1]])


def test_the_initiative_of_the_code_is_filled_in(desk: Desk, operator: User, action: PactAction) -> None:
    letter = make_inbound(subject_code=make_code(desk=desk, pact_action=action), desk=desk, state="new")
    draft = begin_registration(message=letter, desk=desk, by=scope(operator))
    assert typed(draft, 2)["action_code"] == [action.code]


def test_the_registration_links_its_letter_and_came_by_mail(desk: Desk, operator: User) -> None:
    letter, other = make_inbound(), make_inbound()
    by = scope(operator)
    draft = begin_registration(message=letter, desk=desk, by=by)
    draft.data = answers_of_a_person(f"{desk.municipality.name} (MI)")
    draft.save()
    intake = send_assisted(draft=draft, by=by)
    letter.refresh_from_db()
    assert (letter.state, letter.candidate, letter.handled_by) == ("linked", intake.candidate, operator)
    assert Intake.objects.get().channel == "email"
    assert InboundMessage.objects.waiting().get() == other


def test_a_letter_is_decided_once(desk: Desk, operator: User) -> None:
    letter, person, by = make_inbound(), make_candidate(desk), scope(operator)
    linked = link_mail(message=letter, candidate=person, desk=desk, by=by)
    assert (linked.state, linked.candidate, linked.desk, linked.handled_by) == ("linked", person, desk, operator)
    with pytest.raises(AlreadyHandled):
        link_mail(message=letter, candidate=make_candidate(desk), desk=desk, by=by)
    with pytest.raises(AlreadyHandled):
        reject_mail(message=letter, rejection="spam", note="", by=by)
    with pytest.raises(AlreadyHandled):
        begin_registration(message=letter, desk=desk, by=by)
    with pytest.raises(AlreadyHandled):
        restore_mail(message=letter, by=by)


def test_a_rejected_letter_is_taken_up_again(desk: Desk, operator: User) -> None:
    letter, by = make_inbound(), scope(operator)
    rejected = reject_mail(message=letter, rejection="other", note="Doppione", by=by)
    assert (rejected.state, rejected.rejection, rejected.note) == ("rejected", "other", "Doppione")
    restored = restore_mail(message=letter, by=by)
    assert (restored.state, restored.rejection, restored.note, restored.handled_at) == ("needs_review", "", "", None)
    reject_mail(message=letter, rejection="spam", note="x", by=by)
    linked = link_mail(message=letter, candidate=make_candidate(desk), desk=desk, by=by)
    assert (linked.rejection, linked.note) == ("", "")


def test_one_meaning_is_recognised_by_one_desk(desk: Desk, operator: User) -> None:
    by = scope(operator)
    fields: dict[str, Any] = {"kind": "crisis", "desk": desk, "valid_from": date(2026, 1, 1), "by": by}
    assert add_subject_code(code="candidato/a AlmavivA", **fields).key == "candidato almaviva"
    with pytest.raises(IntegrityError), transaction.atomic():
        add_subject_code(code="Candidata ALMAVIVA", **fields)

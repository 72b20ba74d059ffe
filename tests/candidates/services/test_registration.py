"""A registration writes the person once, whole or not at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from candidates.enums import EmploymentSituation, IntakeChannel
from candidates.models import Candidate, Intake, RegistrationDraft
from candidates.queries.registration import typed
from candidates.services import registration as service
from candidates.tasks import forget_drafts
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from sportello.reference.models import ContractType, DrivingLicence, Language, Occupation, Skill
from sportello.territory.enums import Sex
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.usefixtures("vocabulary")

BY = Scope()


def a_registration(**fields: object) -> service.Registration:
    values: dict[str, object] = {
        "first_name": "Amina",
        "last_name": "Rossi",
        "sex": Sex.FEMALE,
        "birth_date": date(1985, 12, 10),
        "tax_code": "RSSMRA85T10A562S",
        "residence": make_municipality(name="Segrate"),
        "employment_situation": EmploymentSituation.JOBLESS,
        "email": "amina@example.org",
        **fields,
    }
    return service.Registration(**values)  # type: ignore[arg-type]


def test_person_profile_and_receipt_are_written() -> None:
    desk = make_desk()
    occupation = Occupation.objects.get(code="bricklayer")
    skill = Skill.objects.first()
    italian = Language.objects.get(code="it")
    licence = DrivingLicence.objects.get(code="B")
    permanent = ContractType.objects.get(code="PERMANENT")
    assert skill is not None
    registration = a_registration(
        occupations={occupation.pk: 4},
        skill_ids=(skill.pk,),
        languages={italian.pk: "C2"},
        licences=(licence,),
        contract_types=(permanent,),
    )
    intake = service.register_candidate(registration=registration, channel=IntakeChannel.DESK, desk=desk, by=BY)
    candidate = Candidate.objects.get()
    assert intake.receipt == f"SL-{timezone.localdate().year}-{intake.number:06d}"
    assert intake.residence == candidate.residence
    assert [(w.occupation, w.years) for w in candidate.desired_occupations.all()] == [(occupation, 4)]
    assert [s.skill for s in candidate.skill_statements.all()] == [skill]
    assert [(k.language, k.level) for k in candidate.language_skills.all()] == [(italian, "C2")]
    assert list(candidate.profile.licences.all()) == [licence]
    assert list(candidate.profile.contract_types.all()) == [permanent]
    assert Message.objects.get().recipient == "amina@example.org"


def test_same_tax_code_is_one_person() -> None:
    desk = make_desk()
    service.register_candidate(registration=a_registration(), channel=IntakeChannel.DESK, desk=desk, by=BY)
    with pytest.raises(service.AlreadyRegistered):
        service.register_candidate(
            registration=a_registration(email="altra@example.org"), channel=IntakeChannel.DESK, desk=desk, by=BY
        )
    assert Intake.objects.count() == 1


def test_people_without_tax_code_are_not_confused() -> None:
    desk = make_desk()
    for number in range(2):
        registration = a_registration(tax_code="", identity_document=f"passaporto {number}")
        service.register_candidate(registration=registration, channel=IntakeChannel.DESK, desk=desk, by=BY)
    assert Candidate.objects.count() == 2


def test_employed_person_can_register() -> None:
    registration = a_registration(employment_situation=EmploymentSituation.EMPLOYED)
    intake = service.register_candidate(registration=registration, channel=IntakeChannel.DESK, desk=make_desk(), by=BY)
    assert intake.candidate.employment_situation == "employed"


def test_online_registration_refused_leaves_no_account() -> None:
    desk = make_desk()
    registration = a_registration()
    service.register_candidate(registration=registration, channel=IntakeChannel.DESK, desk=desk, by=BY)
    with pytest.raises(service.AlreadyRegistered):
        service.register_online(
            registration=replace(registration, email="nuova@example.org"), password="una frase lunga", desk=desk, by=BY
        )
    assert not User.objects.filter(email="nuova@example.org").exists()


def test_draft_keeps_each_step() -> None:
    draft = service.start_draft()
    service.save_step(draft=draft, step=1, data={"first_name": "Amina"})
    service.save_step(draft=draft, step=2, data={"email": "amina@example.org"})
    service.save_step(draft=draft, step=1, data={"first_name": "Anna"})
    draft.refresh_from_db()
    assert (draft.data, draft.step, draft.email) == (
        {"1": {"first_name": "Anna"}, "2": {"email": "amina@example.org"}, "typed": {}},
        3,
        "amina@example.org",
    )


def test_step_left_before_it_is_complete_must_be_finished_first() -> None:
    draft = service.start_draft()
    for number in (1, 2, 3):
        service.save_step(draft=draft, step=number, data={"answer": number})
    service.save_typed(draft=draft, step=2, typed={"phone": ["33\x003", "y" * 5000]}, email="amina@example.org")
    draft.refresh_from_db()
    assert (draft.step, draft.email) == (2, "amina@example.org")
    assert typed(draft, 2) == {"phone": ["333", "y" * service.LONGEST_ANSWER]}
    service.save_step(draft=draft, step=2, data={"answer": "new"})
    draft.refresh_from_db()
    assert (draft.step, typed(draft, 2)) == (4, {})
    assert draft.data["3"] == {"answer": 3}


def test_resume_token_opens_only_the_last_link_and_only_in_time() -> None:
    draft = service.start_draft()
    old = service.issue_resume_token(draft=draft)
    new = service.issue_resume_token(draft=draft)
    assert service.draft_by_token(old) is None
    assert service.draft_by_token(new) == draft
    RegistrationDraft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert service.draft_by_token(new) is None


def test_expired_drafts_are_forgotten_and_the_others_stay() -> None:
    open_one, expired, finished = (service.start_draft() for _ in range(3))
    now = timezone.now()
    RegistrationDraft.objects.filter(pk=expired.pk).update(expires_at=now - timedelta(seconds=1))
    RegistrationDraft.objects.filter(pk=finished.pk).update(expires_at=now - timedelta(days=9), finished_at=now)
    forget_drafts()
    assert list(RegistrationDraft.objects.all()) == [open_one]
    assert service.forget_expired_drafts() == 0

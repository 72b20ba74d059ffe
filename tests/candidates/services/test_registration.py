"""A registration writes the person once, whole or not at all."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone
from pytest_django import Settings

from candidates.enums import EmploymentSituation, IntakeChannel
from candidates.models import Candidate, Intake
from candidates.services import registration as service
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core.models import Message, MessageChannel
from sportello.reference.models import ContractType, DrivingLicence, Language, Occupation, Skill
from sportello.territory.enums import Sex
from tests.support.agenda import make_rules
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


def test_what_a_walk_in_said_is_a_half_profile() -> None:
    desk = make_desk()
    intake = service.register_candidate(
        registration=a_registration(reason="cerca pulizie", is_complete=False), channel="desk", desk=desk, by=BY
    )
    assert (intake.reason, intake.candidate.profile.is_complete) == ("cerca pulizie", False)


@pytest.mark.parametrize(
    ("driver", "channel", "to"), [("console", "sms", "+393331234567"), ("", "email", "amina@example.org")]
)
def test_the_receipt_goes_where_the_person_prefers(driver: str, channel: str, to: str, settings: Settings) -> None:
    settings.SMS_DRIVER = driver
    make_rules()
    r = a_registration(phone="+393331234567", receipt_by=MessageChannel.SMS)
    intake = service.register_candidate(registration=r, channel="phone", desk=make_desk(), by=BY)
    message = Message.objects.get()
    assert (message.channel, message.recipient) == (channel, to)
    assert intake.receipt in message.body
    assert intake.candidate.contact_preference.channel == MessageChannel.SMS

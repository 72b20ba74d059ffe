"""From what a person tells to their record, profile and receipt."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from candidates.enums import IntakeChannel
from candidates.models import (
    Candidate,
    ContactPreference,
    DesiredOccupation,
    DuplicatePair,
    InboundMessage,
    Intake,
    LanguageSkill,
    PrivacyNotice,
    Profile,
    RegistrationDraft,
    SkillStatement,
)
from candidates.queries.registration import TWO_PEOPLE, WALK_IN, unanswered_lookalikes
from candidates.services.account import AccountExists, open_citizen_account, write_to_known
from candidates.services.draft import lock_draft
from candidates.services.duplicates import note_duplicates, say_two_people
from candidates.services.messages import send_receipt
from candidates.states import InboundState
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.models import MessageChannel
from sportello.pacts.queries import action_by_code
from sportello.reference.enums import LanguageLevel
from sportello.reference.models import ContractType, DrivingLicence, Language
from sportello.territory.models import Desk, Municipality


class AlreadyRegistered(Exception):
    """The tax code or the account already belongs to somebody on file."""


class LooksKnown(Exception):
    """A record on file resembles the person, and the operator has not said yet whether it is theirs."""


@dataclass(frozen=True)
class Registration:
    """What a person told us, already checked by the forms; ids name rows of the vocabularies."""

    first_name: str
    last_name: str
    sex: str
    birth_date: date
    residence: Municipality
    employment_situation: str
    birth_place: str = ""
    tax_code: str = ""
    identity_document: str = ""
    citizenship: str = "IT"
    email: str = ""
    phone: str = ""
    address: str = ""
    language: str = "it"
    education_level_id: UUID | None = None
    max_travel_km: int = 20
    hours_wanted: str = "any"
    has_vehicle: bool = False
    about: str = ""
    work_permit_until: date | None = None
    action_code: str = ""
    occupations: Mapping[UUID, int] = field(default_factory=dict)
    skill_ids: tuple[UUID, ...] = ()
    licences: tuple[DrivingLicence, ...] = ()
    contract_types: tuple[ContractType, ...] = ()
    languages: Mapping[UUID, str] = field(default_factory=dict)
    reason: str = ""
    is_complete: bool = True
    receipt_by: MessageChannel = MessageChannel.EMAIL


@audit.service("candidate.register")
def register_candidate(
    *,
    registration: Registration,
    channel: str,
    desk: Desk,
    by: Scope,
    user: User | None = None,
    received_on: date | None = None,
) -> Intake:
    """Write the person, their profile and the intake with its receipt number.

    Raises AlreadyRegistered when the tax code is on file: the desk opens that record instead of a second one.
    """
    r = registration
    day = received_on or timezone.localdate()
    try:
        with transaction.atomic():
            candidate = Candidate.objects.create(
                user=user,
                first_name=r.first_name,
                last_name=r.last_name,
                sex=r.sex,
                birth_date=r.birth_date,
                birth_place=r.birth_place,
                tax_code=r.tax_code,
                identity_document=r.identity_document,
                citizenship=r.citizenship,
                email=r.email,
                phone=r.phone,
                address=r.address,
                residence=r.residence,
                employment_situation=r.employment_situation,
                language=r.language,
            )
    except IntegrityError as error:
        raise AlreadyRegistered from error
    _write_profile(candidate, r)
    intake = Intake.objects.create(
        candidate=candidate,
        channel=channel,
        desk=desk,
        residence=r.residence,
        pact_action=action_by_code(r.action_code, on=day) if r.action_code else None,
        reason=r.reason,
        received_on=day,
        registered_by_id=by.user_id,
        privacy_notice=PrivacyNotice.objects.in_force(timezone.localdate()),
    )
    intake.refresh_from_db(fields=["number"])
    if r.receipt_by == MessageChannel.SMS:
        ContactPreference.objects.create(candidate=candidate, channel=r.receipt_by)
    note_duplicates(candidate=candidate, by=by)
    send_receipt(intake=intake, by=by)
    return intake


def _write_profile(candidate: Candidate, r: Registration) -> None:
    profile = Profile.objects.create(
        candidate=candidate,
        education_level_id=r.education_level_id,
        max_travel_km=r.max_travel_km,
        hours_wanted=r.hours_wanted,
        has_vehicle=r.has_vehicle,
        work_permit_until=r.work_permit_until,
        about=r.about,
        is_complete=r.is_complete,
    )
    profile.licences.set(r.licences)
    profile.contract_types.set(r.contract_types)
    DesiredOccupation.objects.bulk_create(
        DesiredOccupation(candidate=candidate, occupation_id=pk, years=years, position=position)
        for position, (pk, years) in enumerate(r.occupations.items())
    )
    SkillStatement.objects.bulk_create(SkillStatement(candidate=candidate, skill_id=pk) for pk in r.skill_ids)
    LanguageSkill.objects.bulk_create(
        # C2 is offered for Italian alone, in the words "it is my language".
        LanguageSkill(candidate=candidate, language_id=pk, level=level, is_native=level == LanguageLevel.C2)
        for pk, level in r.languages.items()
    )


@audit.service("candidate.register_online")
def register_online(*, registration: Registration, password: str, desk: Desk, by: Scope) -> Intake:
    """Account and record in one step, or neither; the address is proved by the link in the receipt. Raises AlreadyRegistered."""
    r = registration
    try:
        user = open_citizen_account(
            email=r.email, password=password, first_name=r.first_name, last_name=r.last_name, by=by
        )
    except AccountExists as error:
        raise AlreadyRegistered from error
    return register_candidate(registration=r, channel=IntakeChannel.ONLINE, desk=desk, user=user, by=by)


@audit.service("registration.send_assisted")
def send_assisted(*, draft: RegistrationDraft, by: Scope, receipt_by: MessageChannel = MessageChannel.EMAIL) -> Intake:
    """Register the person in front of the operator, or who wrote the e-mail the draft began with; sent twice, it is the same intake.

    Raises AlreadyRegistered, and LooksKnown while a record that resembles the person has no answer in the draft.
    """
    draft = lock_draft(draft)
    if draft.intake:
        return draft.intake
    if draft.desk is None:
        raise LookupError("an assisted draft without a desk")
    registration = replace(registration_of(draft), receipt_by=receipt_by)
    if unanswered_lookalikes(draft):
        raise LooksKnown
    letters = InboundMessage.objects.waiting().filter(draft=draft)
    channel = IntakeChannel.EMAIL if letters.exists() else draft.channel
    intake = register_candidate(registration=registration, channel=channel, desk=draft.desk, by=by)
    _keep_answers(draft, intake.candidate, by)
    letters.update(
        state=InboundState.LINKED, candidate=intake.candidate, handled_at=timezone.now(), handled_by=by.user_id
    )
    return finish_draft(draft, intake)


@audit.service("registration.send_online")
def send_online(
    *, draft: RegistrationDraft, desk: Desk, language: str, by: Scope, password: str = "", user: User | None = None
) -> Intake | None:
    """Register the person at the screen, with a new account or with `user`, their own; `language` is the page's.

    None when the tax code or the address is on file: whoever it belongs to is written to, and nobody else learns it.
    Sent twice, it is the same answer.
    """
    draft = lock_draft(draft)
    if draft.finished_at:
        return draft.intake
    registration = replace(registration_of(draft), language=language)
    try:
        if user:
            intake = register_candidate(
                registration=registration, channel=IntakeChannel.ONLINE, desk=desk, user=user, by=by
            )
        else:
            intake = register_online(registration=registration, password=password, desk=desk, by=by)
    except AlreadyRegistered:
        write_to_known(tax_code=registration.tax_code, email=registration.email, by=by)
        _forget(draft)
        return None
    return finish_draft(draft, intake)


def _keep_answers(draft: RegistrationDraft, candidate: Candidate, by: Scope) -> None:
    """What the operator said of the look-alikes they could see is decided; of the others their desk decides."""
    said: dict[str, str] = draft.data.get(TWO_PEOPLE, {})
    pairs = DuplicatePair.objects.decidable_by(by).filter(second=candidate, first__in=[UUID(pk) for pk in said])
    for pair in pairs.order_by("pk"):
        say_two_people(pair=pair, motive=said[str(pair.first_id)], by=by)


def registration_of(draft: RegistrationDraft) -> Registration:
    """The answers of all steps as one registration; raises KeyError when a step is missing."""
    if WALK_IN in draft.data:
        return _walk_in_of(draft)
    who, where, job, skills = (draft.data[str(step)] for step in range(1, 5))
    italian = Language.objects.get(code="it")
    languages = {UUID(pk): "B1" for pk in skills["other_languages"]} | {italian.pk: skills["italian"]}
    occupations = {UUID(pk): 0 for pk in job["occupations"]}
    occupations[next(iter(occupations))] = int(job["years"])
    permit = where.get("work_permit_until") if who["citizenship"] == "XX" else None
    return Registration(
        first_name=who["first_name"],
        last_name=who["last_name"],
        sex=who["sex"],
        birth_date=date.fromisoformat(who["birth_date"]),
        tax_code=who["tax_code"],
        identity_document=who["identity_document"],
        citizenship=who["citizenship"],
        residence=_municipality(where["residence"]),
        address=where["address"],
        phone=where["phone"],
        email=where["email"],
        action_code=where["action_code"],
        work_permit_until=date.fromisoformat(permit) if permit else None,
        employment_situation=job["employment_situation"],
        occupations=occupations,
        hours_wanted=job["hours_wanted"],
        max_travel_km=int(job["max_travel_km"]),
        skill_ids=tuple(UUID(pk) for pk in skills["skills"]),
        education_level_id=UUID(skills["education_level"]),
        languages=languages,
        licences=tuple(DrivingLicence.objects.filter(pk__in=skills["licences"])),
        has_vehicle=bool(skills["has_vehicle"]),
        contract_types=tuple(ContractType.objects.filter(pk__in=skills["contract_types"])),
    )


def _walk_in_of(draft: RegistrationDraft) -> Registration:
    """The least that a desk asks of who walks in; the rest of the profile is told later."""
    who, where, came = draft.data["1"], draft.data["2"], draft.data[WALK_IN]
    return Registration(
        first_name=who["first_name"],
        last_name=who["last_name"],
        sex=who["sex"],
        birth_date=date.fromisoformat(who["birth_date"]),
        tax_code=who["tax_code"],
        citizenship=who["citizenship"],
        residence=_municipality(where["residence"]),
        phone=where["phone"],
        email=where["email"],
        employment_situation=came["employment_situation"],
        reason=came["reason"],
        is_complete=False,
    )


def _municipality(typed: str) -> Municipality:
    name, _, province = typed.rpartition(" (")
    return Municipality.objects.get(name=name, province_code=province.removesuffix(")"), valid_to__isnull=True)


def finish_draft(draft: RegistrationDraft, intake: Intake) -> Intake:
    """Tie the draft to what came of it and forget what was typed: the record is the only copy."""
    draft.intake = intake
    _forget(draft)
    return intake


def _forget(draft: RegistrationDraft) -> None:
    """Drop what was typed: from here the record is the only copy."""
    draft.data = {}
    draft.token_hash = ""
    draft.finished_at = timezone.now()
    draft.save(update_fields=["data", "token_hash", "finished_at", "intake"])

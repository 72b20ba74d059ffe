"""Everything that the portal can keep about one person, one row in each table, with the same word wherever somebody writes."""

from datetime import UTC, date, datetime, timedelta

from django.core.files.base import ContentFile
from django.db import connection

from candidates.enums import ContactChannel, FilePart, ReadingPurpose, SpellKind, SpellProvenance
from candidates.models import (
    Appointment,
    AvailabilityDeclaration,
    AvailabilityWindow,
    BookingInvitation,
    Candidate,
    Case,
    CaseTag,
    Contact,
    ContactPreference,
    DesiredOccupation,
    DuplicatePair,
    Education,
    HeldLicence,
    InboundAttachment,
    LanguageSkill,
    PactReview,
    PersonDocument,
    PlannedAction,
    Question,
    RegistrationDraft,
    Reorientation,
    Restriction,
    RestrictionGrant,
    SearchProof,
    ServiceDelivered,
    ServicePact,
    SigningCode,
    SkillStatement,
    WorkExperience,
    WorkSpell,
)
from candidates.services.merge import merge_candidates
from candidates.states import PactState
from matching.models import MatchRun, Override, PlacementCheck, Proposal, Referral, ReferralTransition
from matching.states import ReferralState
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.models import Message
from sportello.reference.models import DrivingLicence, Language
from tests.support.employers import make_occupation, make_skill, make_vacancy
from tests.support.mail import make_inbound
from tests.support.matching import make_placement, make_referral
from tests.support.personas import make_candidate, make_case, make_operator, make_user
from tests.support.services import make_item
from tests.support.territory import make_desk

WORD = "Zibibbo"
"""What nobody else in the tests writes."""
ADDRESS = "zibibbo@example.org"
TAX_CODE = "ZBBMRA80A41F205Q"
PHONE = "+393331234567"
TRACES = (WORD.lower(), TAX_CODE.lower(), PHONE[1:])


def whole_life() -> Candidate:
    """A person in charge, with an account, of whom every table knows something."""
    desk = make_desk()
    operator = make_operator(desk)
    account = make_user(email=ADDRESS, first_name=WORD, last_name=WORD)
    person = make_candidate(
        desk, user=account, first_name=WORD, last_name=WORD, email=ADDRESS, tax_code=TAX_CODE, phone=PHONE,
        address=WORD, birth_place=WORD, identity_document=WORD,
    )  # fmt: skip
    case = make_case(desk, candidate=person, operator=operator)
    _at_the_desk(case, operator)
    _told_of_themself(person)
    _signed(case, operator)
    _cared_for(case, operator)
    _written(person)
    _proposed(person, operator)
    twin = make_candidate(last_name=WORD, phone=PHONE)
    DuplicatePair.objects.create(
        first=person,
        second=make_candidate(),
        ground="name",
        state="different",
        motive=WORD,
        decided_at=datetime(2026, 3, 2, tzinfo=UTC),
    )
    merge_candidates(kept=person, absorbed=twin, motive=WORD, by=Scope.of_process("tests"))
    return person


def _at_the_desk(case: Case, operator: User) -> None:
    person, desk = case.candidate, case.desk
    place = {"desk": desk, "residence": case.residence}
    starts = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
    meeting = Appointment.objects.create(
        candidate=person, operator=operator, starts_at=starts, ends_at=starts + timedelta(minutes=30), state="seen",
        reason=WORD, cancel_note=WORD, **place,
    )  # fmt: skip
    BookingInvitation.objects.create(
        candidate=person, desk=desk, invited_by=operator, state="booked", appointment=meeting, closed_at=starts
    )
    Contact.objects.create(
        candidate=person, case=case, operator=operator, channel=ContactChannel.PHONE, happened_on=date(2026, 4, 1),
        reason=WORD, note=WORD, **place,
    )  # fmt: skip
    CaseTag.objects.create(case=case, name=WORD)
    AvailabilityDeclaration.objects.create(candidate=person, provenance="cpi", declared_on=date(2026, 3, 3), **place)
    ContactPreference.objects.create(candidate=person)
    audit.log_read(
        subject_id=person.pk, by=Scope.of_process("tests"), part=FilePart.CASE_FILE, purpose=ReadingPurpose.CASE
    )


def _told_of_themself(person: Candidate) -> None:
    person.profile.about = WORD
    person.profile.save()
    DesiredOccupation.objects.create(candidate=person, occupation=make_occupation())
    SkillStatement.objects.create(candidate=person, skill=make_skill(), evidence=WORD)
    italian, _ = Language.objects.get_or_create(code="it", defaults={"label": "Italiano", "position": 1})
    LanguageSkill.objects.create(candidate=person, language=italian, level="C2")
    WorkExperience.objects.create(
        candidate=person, title=WORD, employer=WORD, starts_on=date(2019, 1, 1), description=WORD
    )
    Education.objects.create(candidate=person, title=WORD, provider=WORD, field=WORD)
    AvailabilityWindow.objects.create(candidate=person, weekday=1, band="morning")
    licence, _ = DrivingLicence.objects.get_or_create(code="B", defaults={"label": "Patente B", "position": 1})
    HeldLicence.objects.create(profile=person.profile, drivinglicence=licence, expires_on=date(2031, 1, 1))
    PersonDocument.objects.create(
        candidate=person, kind="cv", name=WORD, file=ContentFile(WORD.encode(), name="cv.pdf"), size=len(WORD)
    )
    WorkSpell.objects.create(
        candidate=person, kind=SpellKind.JOB, starts_on=date(2019, 1, 1), ends_on=date(2025, 12, 31), employer=WORD,
        provenance=SpellProvenance.SELF,
    )  # fmt: skip


def _signed(case: Case, operator: User) -> None:
    pact = ServicePact.objects.create(
        case=case, kind="local", responsible=operator, employability_profile=WORD, search_acts=WORD,
        contact_every_days=30, proof_of_search=WORD, commitments=WORD,
    )  # fmt: skip
    action = PlannedAction.objects.create(pact=pact, text=WORD, due_on=date(2026, 6, 1), outcome=WORD)
    SearchProof.objects.create(action=action, text=WORD, file=ContentFile(WORD.encode(), name="prova.pdf"))
    now = datetime(2026, 3, 10, 10, tzinfo=UTC)
    pact.state, pact.signed_on, pact.person_signed_at, pact.operator_signed_at = PactState.SIGNED, now.date(), now, now
    pact.snapshot = {"skills": [WORD]}
    pact.person_signed_how, pact.drawing = "drawn", WORD
    pact.pdf.save("pact.pdf", ContentFile(WORD.encode()), save=False)
    pact.pdf_sha256 = "0" * 64
    pact.save()
    PactReview.objects.create(
        pact=pact, asked_by=operator, asked_at=now, state="sent_back", decided_by=make_operator(case.desk),
        decided_at=now, motive=WORD,
    )  # fmt: skip
    SigningCode.objects.create(pact=pact, digest="0", sent_at=now, expires_at=now + timedelta(minutes=10))


def _cared_for(case: Case, operator: User) -> None:
    """What the desk decided, gave, hid and asked of another desk."""
    Case.objects.filter(pk=case.pk).update(target_area="youth", target_evidence={"why": WORD}, target_reason=WORD)
    ServiceDelivered.objects.create(
        case=case, residence=case.residence, service=make_item(), delivered_on=date(2026, 4, 1), minutes=60, note=WORD
    )
    restriction = Restriction.objects.create(candidate=case.candidate, motive=WORD, set_by=operator)
    RestrictionGrant.objects.create(
        restriction=restriction, user=operator, granted_by=operator, starts_on=date(2026, 4, 1),
        ends_on=date(2026, 5, 1), motive=WORD,
    )  # fmt: skip
    Reorientation.objects.create(case=case, desk=make_desk(), motive=WORD, asked_by=operator)


def _written(person: Candidate) -> None:
    """Letters from the person, messages to them, what they typed."""
    intake = person.intakes.get()
    RegistrationDraft.objects.create(
        intake=intake, data={"1": {"last_name": WORD}}, email=ADDRESS, expires_at=datetime(2026, 4, 1, tzinfo=UTC)
    )
    Question.objects.create(candidate=person, topic="other", text=WORD)
    letter = make_inbound(
        sender_name=WORD, sender_address=ADDRESS, subject=WORD, text=WORD, raw=WORD.encode(), candidate=person,
        state="linked", handled_at=datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip
    InboundAttachment.objects.create(message=letter, position=1, name=WORD, size=4)
    Message.objects.create(kind="receipt", recipient=ADDRESS, subject=WORD, body=WORD, subject_id=person.pk)


def _proposed(person: Candidate, operator: User) -> None:
    vacancy = make_vacancy()
    run = MatchRun.objects.create(
        vacancy=vacancy, engine_version="1", weights={}, taxonomy="", requirements={}, considered=1, eligible=1,
        actor_label="tests",
    )  # fmt: skip
    Proposal.objects.create(run=run, candidate=person, rank=1, score=5, parts={"found": WORD}, features={})
    Override.objects.create(
        vacancy=vacancy, candidate=person, run=run, kind="set_aside", rank=1, reason="unwilling", motive=WORD,
        actor_label="tests",
    )  # fmt: skip
    referral = make_referral(vacancy, person, state=ReferralState.VIEWED)
    Referral.objects.filter(pk=referral.pk).update(
        note=WORD, message_to_person=WORD, message_to_desk=WORD, referred_by=operator
    )
    ReferralTransition.objects.create(
        referral=referral, from_state="sent", to_state="viewed", reason=WORD, actor_label="tests"
    )
    placement = make_placement(vacancy, candidate=person, referral=referral)
    PlacementCheck.objects.create(placement=placement, months=3, outcome="working", source="person")


def whole_database() -> str:
    """Every row of every table as text, in lower case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        rows = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [f"{table}: {text}" for (text,) in cursor.fetchall()]
    return "\n".join(rows).lower()

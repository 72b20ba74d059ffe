"""Two worlds that know nothing of each other: a municipality, its desk, its people, its company, each with their papers."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from candidates.enums import ContactChannel, IntakeChannel, NoteVisibility
from candidates.models import (
    Absence,
    Appointment,
    BookingInvitation,
    Candidate,
    Case,
    Contact,
    DuplicatePair,
    InboundAttachment,
    Intake,
    Kiosk,
    PactReview,
    PersonDocument,
    Question,
    RegistrationDraft,
    SavedView,
    SearchProof,
    ServicePact,
    WorkExperience,
    WorkSpell,
)
from candidates.services import plan
from candidates.services.draft import save_step, start_draft
from candidates.services.merge import merge_candidates
from candidates.services.restriction import restrict
from candidates.states import AppointmentState, CaseClosing, CaseState
from employers.models import Company, DeclaredInterest, SavedSearch
from matching.states import ReferralState
from reports.services.issue import open_issue
from sportello.accounts.enums import KeyScope, Role
from sportello.accounts.models import Invitation, Membership, User
from sportello.accounts.scope import Scope
from sportello.accounts.services.keys import make_key
from sportello.pacts.services import pact as pacts
from sportello.pacts.services.goal import set_goal
from sportello.territory.enums import OrganisationKind
from sportello.territory.models import Accreditation, Desk, DeskClosure, Municipality, Organisation
from tests.support.agenda import make_group, make_reception
from tests.support.employers import make_company, make_forecast, make_settlement, make_target, make_vacancy
from tests.support.equality import make_advice, make_certificate, make_surveillance, make_tender
from tests.support.mail import PDF, TEXT, file, make_code, make_inbound, parts
from tests.support.matching import make_placement, make_referral
from tests.support.pacts import a_draft, frozen, sign_both
from tests.support.personas import make_candidate, make_case, make_member, make_operator, make_user, scope
from tests.support.programmes import make_course, make_edition
from tests.support.reorientation import ask_desk
from tests.support.reports import make_edition as make_report
from tests.support.services import deliver
from tests.support.territory import make_desk, make_municipality, make_organisation

BY = Scope.of_process("tests")
ROLES = ("anonymous", "citizen", "operator", "coordinator", "company", "official", "control_room", "administrator")


@dataclass
class World:
    """`users` by role; `objects` by the name that a URL gives its part."""

    users: dict[str, User | None]
    objects: dict[str, Any]


def make_world(name: str) -> World:
    """One municipality with everything that the pages show."""
    municipality = make_municipality(name=f"Comune {name}")
    agency = make_organisation(name=f"Agenzia {name}")
    desk = make_desk(municipality=municipality, managed_by=agency, serves=[municipality], slug=f"desk-{name}")
    town = make_organisation(kind=OrganisationKind.MUNICIPALITY, municipality=municipality, name=f"Municipio {name}")
    company = make_company(desk, name=f"Impresa {name}")
    firm = company.organisation
    users: dict[str, User | None] = {
        "anonymous": None,
        "citizen": make_user(),
        "operator": make_member(Role.OPERATOR, agency, desk),
        "coordinator": make_member(Role.COORDINATOR, agency, desk),
        "company": make_member(Role.COMPANY, firm),
        "official": make_member(Role.OFFICIAL, town),
        "control_room": make_member(Role.CONTROL_ROOM, agency),
        "administrator": make_member(Role.ADMINISTRATOR, agency),
    }
    Membership.objects.filter(user=users["company"]).update(is_admin=True)
    objects = _papers(users, municipality, desk, firm, name)
    accreditation = Accreditation.objects.create(
        organisation=agency, kind="work", register_no=f"1/{name}", status="definitive", valid_from=date(2020, 1, 1)
    )
    letter = make_inbound(desk=desk, subject=f"Segreto{name}: candidatura", raw=parts(TEXT, file("cv.pdf", PDF)))
    attachment = InboundAttachment.objects.create(message=letter, position=0, name=f"Segreto{name}.pdf", size=1)
    spell = WorkSpell.objects.create(
        candidate=objects["candidate"],
        kind="job",
        starts_on=date(2025, 2, 3),
        employer=f"Segreto{name}: ditta",
        provenance="self",
    )
    alike, absorbed, kept = (make_candidate(desk, last_name=f"Segreto{name}") for _ in range(3))
    job = WorkExperience.objects.create(
        candidate=objects["candidate"], title=f"Segreto{name}: mestiere", starts_on=date(2020, 2, 3)
    )
    document = PersonDocument.objects.create(
        candidate=objects["candidate"],
        kind="cv",
        name=f"Segreto{name}: curriculum",
        file=SimpleUploadedFile("cv.pdf", PDF),
        size=len(PDF),
    )
    objects |= {
        "pair": DuplicatePair.objects.create(first=objects["candidate"], second=alike, ground="name"),
        "merge": merge_candidates(kept=kept, absorbed=absorbed, motive=f"Segreto{name}", by=BY),
        "document": document,
        "row": job,
        "inbound": letter,
        "kiosk": Kiosk.objects.create(
            desk=desk, token_hash=f"{name}" * 64, ends_at=timezone.now() + timedelta(hours=3)
        ),
        "subject_code": make_code(f"candidati Comune{name}", desk=desk),
        "attachment": attachment,
        "spell": spell,
        "body": agency,
        "accreditation": accreditation,
    }
    business = _business(company, objects["candidate"], desk, name)
    operator = users["operator"]
    assert operator is not None
    business["interest"] = DeclaredInterest.objects.create(user=operator, company=make_company(desk), motive="Parente")
    business["target"] = make_target(operator, desk)
    business["course"] = make_course(desk=desk)
    business["edition"] = make_edition(business["course"], municipality=desk.municipality, address="Via Scuole 2")
    hidden, vacancy = objects["restricted_candidate"], business["vacancy"]
    business |= {
        "restricted_referral": make_referral(vacancy, hidden, state=ReferralState.CONSENT_ASKED),
        "restricted_question": make_referral(make_vacancy(company), hidden, state=ReferralState.CONSENT_ASKED),
        "restricted_placement": make_placement(vacancy, candidate=hidden),
        "restricted_booking_invitation": BookingInvitation.objects.create(candidate=hidden, desk=desk),
    }
    tender = make_tender(town, bidders=[company])
    award = make_tender(town, confirmed=False, bidders=[company]).awards.get()
    return World(users, objects | business | {"tender": tender, "award": award})


def let_meet(mine: World, other: World) -> None:
    """What two desks know of one person: theirs began at my desk, mine left a note at theirs."""
    other_candidate, candidate = other.objects["candidate"], mine.objects["candidate"]
    Intake.objects.create(
        candidate=other_candidate,
        channel=IntakeChannel.DESK,
        desk=mine.objects["desk"],
        residence=other_candidate.residence,
        received_on=date(2025, 1, 8),
    )
    make_case(
        mine.objects["desk"],
        candidate=other_candidate,
        state=CaseState.CLOSED,
        opened_on=date(2025, 1, 8),
        closed_on=date(2025, 6, 30),
        closing=CaseClosing.MOVED,
    )
    Contact.objects.create(
        candidate=candidate,
        desk=other.objects["desk"],
        residence=candidate.residence,
        channel=ContactChannel.PHONE,
        happened_on=date(2025, 3, 3),
        reason="SegretoB: telefonata",
        note="SegretoB: nota del solo sportello",
        visibility=NoteVisibility.DESK,
    )


def _business(company: Company, candidate: Candidate, desk: Desk, name: str) -> dict[str, Any]:
    """A vacancy with a question to the citizen, whom the company must not see yet, and an application it may see."""
    vacancy = make_vacancy(company)
    known = make_case(desk, candidate=make_candidate(desk, last_name=f"Noto{name}")).candidate
    certificate = make_certificate(company)
    settlement = make_settlement(company=company, municipality=desk.municipality)
    return {
        "company": company,
        "successor": make_company(desk),
        "settlement": settlement,
        "forecast": make_forecast(settlement),
        "vacancy": vacancy,
        "workplace": vacancy.workplace,
        "certificate": certificate,
        "surveillance": make_surveillance(certificate, timezone.localdate()),
        "advice": make_advice(company),
        "question": make_referral(vacancy, candidate, state=ReferralState.CONSENT_ASKED),
        "referral": make_referral(vacancy, known, state=ReferralState.SENT),
        "placement": make_placement(vacancy, candidate=known),
        "verified_placement": make_placement(
            vacancy,
            candidate=known,
            starts_on=date(2026, 5, 4),
            state="verified",
            notice_code=f"COB{vacancy.number}",
            verified_at=timezone.now(),
        ),
    }


def _papers(
    users: dict[str, User | None], municipality: Municipality, desk: Desk, firm: Organisation, name: str
) -> dict[str, Any]:
    operator = users["operator"]
    assert operator is not None
    candidate = make_candidate(desk, user=users["citizen"], last_name=f"Segreto{name}")
    case = make_case(desk, candidate=candidate, operator=operator)
    signed_pact, pact = _pacts(case, operator)
    territorial = pacts.found_pact(
        slug=f"patto-{name}",
        kind="pact",
        name=f"Patto {name}",
        lead=municipality,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
        deed_no="1",
        deed_date=date(2025, 12, 1),
        by=BY,
    )
    for semester in ("2025-1", "2025-2"):
        make_report(territorial, semester, posts=12, users=40)
    invited = pacts.invite_municipality(pact=territorial, municipality=make_municipality(), by=BY)
    signed = pacts.sign_membership(
        membership=pacts.invite_municipality(pact=territorial, municipality=make_municipality(), by=BY),
        deed_no="2",
        deed_date=date(2026, 1, 10),
        joined_on=date(2026, 2, 1),
        deed_file=SimpleUploadedFile("atto.pdf", b"%PDF-1.7"),
        by=BY,
    )
    starts = timezone.now() + timedelta(days=2)
    action = pact.actions.get()
    return {
        "candidate": candidate,
        "case": case,
        "service_pact": pact,
        "signed_pact": signed_pact,
        "review": PactReview.objects.create(pact=pact, asked_by=operator, asked_at=timezone.now()),
        "action": action,
        "proof": SearchProof.objects.create(action=action, file=SimpleUploadedFile("prova.pdf", b"%PDF-1.7")),
        "asked_question": Question.objects.create(candidate=candidate, topic="other", text=f"Domanda di {candidate}"),
        "appointment": Appointment.objects.create(
            candidate=candidate,
            desk=desk,
            residence=municipality,
            operator=operator,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=30),
            reason="Incontro",
        ),
        "draft": start_draft(desk=desk, started_by=operator, channel="desk"),
        "walk_in_draft": start_draft(desk=desk, started_by=operator, channel="desk", is_walk_in=True),
        "told_draft": _told_draft(desk, operator, candidate),
        **_agenda(desk, operator, candidate),
        **_restricted(desk, operator),
        **_questions(desk, operator),
        "closure": DeskClosure.objects.create(
            desk=desk, first_day=timezone.localdate(), last_day=timezone.localdate() + timedelta(days=3)
        ),
        "delivered": deliver(case, by=scope(operator)),
        "desk": desk,
        "territorial_pact": territorial,
        "goal": set_goal(
            pact=territorial, title="Prova", indicator="contracts", target=5, due_on=date(2027, 12, 31), by=BY
        ),
        "issue": open_issue(territory=municipality, year=2026, half=1, by=BY),
        "invited": invited,
        "signed": signed,
        "firm": firm,
        "member": Membership.objects.get(user=users["company"]),
        "saved_search": SavedSearch.objects.create(
            user=users["citizen"],
            email=f"{name}@example.org",
            confirmed_at=timezone.now(),
            ends_on=timezone.localdate(),
            words=f"Segreto{name}",
        ),
        "api_key": make_key(organisation=firm, name=f"Programma {name}", scopes=[KeyScope.READ], days=30, by=BY)[0],
        "invitation": Invitation.objects.create(email=f"{name}@example.org", organisation=firm, role=Role.COMPANY),
    }


def _told_draft(desk: Desk, operator: User, alike: Candidate) -> RegistrationDraft:
    """A registration half done, of somebody who resembles a person on file."""
    draft = start_draft(desk=desk, started_by=operator, channel="desk")
    who = {"first_name": alike.first_name, "last_name": alike.last_name, "birth_date": "1980-05-17", "tax_code": ""}
    save_step(draft=draft, step=1, data=who)
    save_step(draft=draft, step=2, data={"email": "", "phone": ""})
    return draft


def _pacts(case: Case, operator: User) -> tuple[ServicePact, ServicePact]:
    """One signed and printed, and the next, which the operator has signed and the person not yet."""
    signed = sign_both(a_draft(case, responsible=operator))
    signed.pdf.save("pact.pdf", ContentFile(f"%PDF-1.7 {case.candidate}".encode()), save=False)
    signed.pdf_sha256 = "0" * 64
    signed.save(update_fields=["pdf", "pdf_sha256"])
    draft = a_draft(case, responsible=operator)
    plan.plan_action(pact=draft, text="Corso", due_on=date(2026, 12, 1), by=BY)
    return signed, frozen(draft)


def _questions(desk: Desk, operator: User) -> dict[str, Any]:
    """A third desk asks this one to take a person, and is asked."""
    third = make_desk()
    name = "Segreto" + desk.slug[-1]
    theirs = make_case(third, candidate=make_candidate(third, last_name=name), operator=make_operator(third))
    mine = make_case(desk, candidate=make_candidate(desk, last_name=name), operator=operator)
    return {"reorientation": ask_desk(theirs, desk), "own_reorientation": ask_desk(mine, third)}


def _restricted(desk: Desk, operator: User) -> dict[str, Any]:
    """A person whom only a colleague may see, with all the papers that the pages name, though the operator follows them."""
    trusted, leader = make_operator(desk), make_member(Role.COORDINATOR, desk.managed_by, desk)
    person = make_candidate(desk, last_name="Riservato" + desk.slug[-1])
    case = make_case(desk, candidate=person, operator=operator)
    draft = frozen(a_draft(case, responsible=operator))
    plan.plan_action(pact=draft, text="Riservato", due_on=date(2026, 12, 1), by=BY)
    now = timezone.now()
    meeting = Appointment.objects.create(
        candidate=person,
        desk=desk,
        residence=person.residence,
        operator=operator,
        starts_at=now + timedelta(minutes=2),
        ends_at=now + timedelta(minutes=30),
        reason="Riservato: incontro",
    )
    restriction = restrict(
        candidate=person,
        motive="Motivo",
        ends_on=timezone.localdate(),
        users=[trusted.pk],
        by=scope(leader),
    )
    return {
        "trusted": trusted,
        "restriction": restriction,
        "grant": restriction.grants.get(user=trusted),
        "restricted_candidate": person,
        "restricted_case": case,
        "restricted_service_pact": draft,
        "restricted_action": draft.actions.get(),
        "restricted_appointment": meeting,
        "restricted_delivered": deliver(case, by=BY),
        "restricted_review": PactReview.objects.create(pact=draft, asked_by=operator, asked_at=now),
    }


def _agenda(desk: Desk, operator: User, candidate: Candidate) -> dict[str, Any]:
    """When the operator receives and is away, and a group that they hold."""
    later = timezone.now() + timedelta(days=20)
    group = make_group(desk, operator, starts_at=timezone.now() + timedelta(days=4))
    Appointment.objects.create(
        candidate=candidate,
        desk=desk,
        residence=candidate.residence,
        operator=operator,
        group=group,
        starts_at=group.starts_at,
        ends_at=group.ends_at,
        state=AppointmentState.SEEN,
        reason=group.title,
    )
    return {
        "hours": make_reception(operator, desk, weekdays=[1])[0],
        "absence": Absence.objects.create(operator=operator, starts_at=later, ends_at=later + timedelta(days=1)),
        "saved_view": SavedView.objects.create(owner=operator, name="Segreto" + desk.slug[-1], query="etichetta=marzo"),
        "booking_invitation": BookingInvitation.objects.create(
            candidate=make_candidate(desk, last_name="Segreto" + desk.slug[-1]), desk=desk
        ),
        "group": group,
    }

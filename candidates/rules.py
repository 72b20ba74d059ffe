"""Pure judgements on people's cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import ServicePactKind
from candidates.models import Appointment, Case, PactReview, PersonDocument, ServiceDelivered, ServicePact
from candidates.states import APPOINTMENT_TRANSITIONS, AppointmentState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.territory.enums import DeskKind
from sportello.territory.models import Desk


def age_on(born: date, day: date) -> int:
    """Completed years on a day; born on 29 February, one ages on 1 March of common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def pact_kinds(desk: Desk) -> list[ServicePactKind]:
    """Pacts that a desk signs: the personalised service pact is the job centre's alone (art. 20 D.Lgs. 150/2015)."""
    return [k for k in ServicePactKind if k != ServicePactKind.PSP or desk.kind == DeskKind.JOB_CENTRE]


def may_reassign(scope: Scope, case: Case) -> bool:
    """Whether the actor may hand the case over: who follows it, and those who lead the desk."""
    leads = any(
        case.desk_id in grant.desk_ids and (grant.is_admin or grant.role == Role.COORDINATOR) for grant in scope.grants
    )
    return leads or (case.desk_id in scope.desk_ids and case.responsible_operator_id == scope.user_id)


def led_desks(scope: Scope) -> frozenset[UUID]:
    """Desks that the actor leads as coordinator."""
    return frozenset(desk for grant in scope.grants if grant.role == Role.COORDINATOR for desk in grant.desk_ids)


def may_approve(scope: Scope, pact: ServicePact, review: PactReview) -> bool:
    """Whether the actor is the second person of a draft: one who serves the desk, and neither wrote it nor put it forward."""
    own = {pact.written_by_id, review.asked_by_id}
    return pact.case.desk_id in scope.desk_ids and scope.user_id not in own


def may_correct(scope: Scope, delivered: ServiceDelivered, *, days: int, now: datetime) -> bool:
    """Whether the actor may still change what was recorded: who recorded it or leads the desk, for some days."""
    leads = any(delivered.case.desk_id in g.desk_ids and g.role == Role.COORDINATOR for g in scope.grants)
    is_recent = delivered.recorded_at + timedelta(days=days) > now
    return is_recent and (leads or delivered.operator_id == scope.user_id)


def may_remove(scope: Scope, document: PersonDocument) -> bool:
    """Whether the actor may take a file away: who added it, nobody else."""
    return document.added_by_id is not None and document.added_by_id == scope.user_id


def after_quiet_hours(moment: datetime, hours: tuple[int, int]) -> datetime:
    """The moment itself, or the end of the quiet hours in which it falls.

    `moment` is aware and in the zone of the clock on the wall; `hours` are when the quiet begins and ends, the same twice
    for none. Where the first is the larger, the quiet lasts over midnight.
    """
    first, last = hours
    quiet = first <= moment.hour < last if first <= last else moment.hour >= first or moment.hour < last
    if not quiet:
        return moment
    day = moment.date() + timedelta(days=1) if first > last and moment.hour >= first else moment.date()
    return datetime.combine(day, time(last), tzinfo=moment.tzinfo)


AFTERWARDS = frozenset({AppointmentState.SEEN, AppointmentState.NO_SHOW})
"""What can be said of a meeting only once it has begun."""

THE_PERSONS = frozenset({AppointmentState.CANCELED})
"""What only the person does."""


def appointment_steps(appointment: Appointment, now: datetime) -> list[AppointmentState]:
    """What the desk may record of a meeting at a moment, in the order of the states."""
    lawful = APPOINTMENT_TRANSITIONS[AppointmentState(appointment.state)]
    begun = appointment.starts_at <= now
    return [s for s in AppointmentState if s in lawful - THE_PERSONS and (s not in AFTERWARDS or begun)]


@dataclass(frozen=True)
class Element:
    """One of the five compulsory elements of a service pact (art. 20 c. 2 D.Lgs. 150/2015)."""

    letter: str
    label: str | Promise
    present: bool


def pact_elements(pact: ServicePact) -> list[Element]:
    """The five elements in the order of the law, each with whether the draft has it."""
    return [
        Element("a", _("Una persona responsabile delle attività"), pact.responsible_id is not None),
        Element("b", _("Il profilo di occupabilità"), bool(pact.employability_profile.strip())),
        Element("c", _("Le azioni di ricerca e i loro tempi"), bool(pact.search_acts.strip())),
        Element("d", _("Ogni quanto ci sentiamo"), pact.contact_every_days > 0),
        Element("e", _("Come si dimostra la ricerca"), bool(pact.proof_of_search.strip())),
    ]


_DAYS_OF_A_YEAR = 365.25


def years_worked(spans: Iterable[tuple[date, date | None]], today: date) -> int:
    """Whole years in jobs of one kind, days in two of them counted once; a job without an end lasts until today."""
    days, reached = 0, date.min
    for begins, ends in sorted((begins, min(ends or today, today)) for begins, ends in spans):
        first = max(begins, reached)
        if ends >= first:
            days += (ends - first).days + 1
            reached = ends + timedelta(days=1)
    return int(days / _DAYS_OF_A_YEAR)


@dataclass(frozen=True)
class Told:
    """What a profile says: each is whether the person has told it."""

    contacts: bool
    job_wanted: bool
    experiences: bool
    education: bool
    skills: bool
    languages: bool
    availability: bool
    about: bool


_TO_TELL: dict[str, tuple[str, str | Promise]] = {
    "contacts": ("contatti", _("un telefono o un'e-mail")),
    "job_wanted": ("lavoro", _("il lavoro che cerchi")),
    "experiences": ("esperienza", _("i lavori che hai fatto")),
    "education": ("titolo", _("il titolo di studio")),
    "skills": ("capacita", _("che cosa sai fare")),
    "languages": ("lingua", _("le lingue che parli")),
    "availability": ("orari", _("quando puoi lavorare")),
    "about": ("chi-sono", _("qualcosa su di te")),
}


def missing_parts(told: Told) -> list[tuple[str, str | Promise]]:
    """What the profile does not say yet: the part that asks for it, and its name inside a sentence; most useful first."""
    return [_TO_TELL[name] for name in _TO_TELL if not getattr(told, name)]

"""What is counted: each measure is one set-based question over events, with the residence stored on the event."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from candidates.enums import DeclarationKind
from candidates.models import Appointment, AvailabilityDeclaration, Contact, Intake, ServicePact
from candidates.models import Case as CareCase
from candidates.states import AppointmentState, CaseClosing, PactState
from employers.models import CompanyVisit, Vacancy
from matching.models import Placement, Referral, ReferralTransition
from matching.states import PlacementState, ReferralState
from reports.rules import Dimension


@dataclass(frozen=True)
class Window:
    """Which events count: those from the day `start` to the day `end`, both included.

    `first_contact_days` is the rule of that name: within how many days a desk answers who has registered.
    """

    start: date
    end: date
    first_contact_days: int

    @property
    def days(self) -> tuple[date, date]:
        return (self.start, self.end)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """First and last moment, in Italian time."""
        first = timezone.make_aware(datetime.combine(self.start, time.min))
        return first, timezone.make_aware(datetime.combine(self.end, time.max))

    def before(self, days: int) -> tuple[date, date]:
        """The same days so many days earlier: whoever registered in them has been followed for as long."""
        return self.start - timedelta(days=days), self.end - timedelta(days=days)


Events = QuerySet[Any, dict[str, Any]]


@dataclass(frozen=True)
class Measure:
    """A count of distinct units, or the sum of their weights.

    `events` gives rows unit, weight, sex, place, day, born, outcome; fields that the measure has no use for are null. `outcomes` are
    the values of `outcome` where each unit ends in one of them: a part of the units, of which nobody may learn that all of them, or
    none, are in it. `employers` gives rows place, employer, number, where a count speaks of what single employers did.
    """

    key: str
    events: Callable[[Window], Events]
    dimensions: tuple[Dimension, ...] = ()
    outcomes: tuple[str, ...] = ()
    sums_weights: bool = False
    is_public: bool = False
    employers: Callable[[Window], Iterable[Mapping[str, Any]]] | None = None


def _person_rows(
    model: type[Model] | QuerySet[Any],
    day: str,
    window: Window,
    *which: Q,
    unit: str = "candidate_id",
    through: str = "",
    place: str = "",
    outcome: Any = None,
) -> Events:
    """Rows of events about people in the window. `day` is a date, or ends in `__date` for a moment; with `through` the person and
    the residence stand on that relation. The unit is the person, or the event itself with `unit="pk"`. `place` is where the
    residence stands if the event does not keep its own."""
    column, is_moment = day.removesuffix("__date"), day.endswith("__date")
    period = {f"{column}__range": window.moments if is_moment else window.days}
    rows = model if isinstance(model, QuerySet) else model._default_manager.all()
    return (
        rows.filter(*which, **period)
        .order_by()
        .values(
            unit=F(unit),
            weight=Value(1),
            sex=F(f"{through}candidate__sex"),
            place=F(place or f"{through}residence_id"),
            day=F(day),
            born=F(f"{through}candidate__birth_date"),
            outcome=outcome or Value(None, output_field=CharField()),
        )
    )


def _business_rows(rows: QuerySet[Any], day: str, place: str, unit: str, weight: Any) -> Events:
    """Rows of events about companies: nobody's sex, nobody's birth."""
    return rows.order_by().values(
        unit=F(unit),
        weight=weight,
        sex=Value(None, output_field=CharField()),
        place=F(place),
        day=F(day),
        born=Value(None, output_field=DateField()),
        outcome=Value(None, output_field=CharField()),
    )


def _intakes(window: Window) -> Events:
    return _person_rows(Intake, "received_on", window)


def _users(window: Window) -> Events:
    """Whoever arrived, spoke with the desk, came to an appointment or was taken in charge."""
    seen = Q(state=AppointmentState.SEEN)
    return _intakes(window).union(
        _person_rows(Contact, "happened_on", window),
        _person_rows(Appointment, "starts_at__date", window, seen),
        _person_rows(CareCase, "opened_on", window),
        all=True,
    )


def _cases(window: Window) -> Events:
    return _person_rows(CareCase, "opened_on", window, unit="pk")


def _open_cases(window: Window) -> Events:
    """Cases that somebody follows at the end of the last day."""
    still = Q(closed_on__isnull=True) | Q(closed_on__gt=window.end)
    ever = replace(window, start=date.min)
    return _person_rows(CareCase, "opened_on", ever, still)


def _closed_cases(window: Window) -> Events:
    placed = Q(closing=CaseClosing.PLACED)
    outcome = Case(When(placed, then=Value("placed")), default=Value("other"), output_field=CharField())
    return _person_rows(CareCase, "closed_on", window, unit="pk", outcome=outcome)


def _first_contacts(window: Window) -> Events:
    """Registrations whose time for an answer has run out within the window, and whether the desk kept to it."""
    last_day = F("received_on") + timedelta(days=window.first_contact_days)
    first, last = window.before(window.first_contact_days)
    due = Intake.objects.annotate(due=ExpressionWrapper(last_day, DateField()))
    period = {"candidate": OuterRef("candidate"), "{day}__gte": OuterRef("received_on"), "{day}__lte": OuterRef("due")}

    def happened(model: type[Model], day: str, **which: Any) -> Exists:
        asked = {key.format(day=day): value for key, value in period.items()}
        return Exists(model._default_manager.filter(**asked, **which))

    spoken = happened(Contact, "happened_on")
    met = happened(Appointment, "starts_at__date", state=AppointmentState.SEEN)
    outcome = Case(When(spoken | met, then=Value("in_time")), default=Value("late"), output_field=CharField())
    return _person_rows(due, "received_on", replace(window, start=first, end=last), unit="pk", outcome=outcome)


def _followed(days: int) -> Callable[[Window], Events]:
    """Who registered so many days before a day of the window, and whether they work on that day, or have worked since."""

    def rows(window: Window) -> Events:
        first, last = window.before(days)
        again = Intake.objects.filter(
            candidate=OuterRef("candidate"), received_on__range=(first, last), received_on__lt=OuterRef("received_on")
        )
        day = ExpressionWrapper(F("received_on") + timedelta(days=days), DateField())
        people = Intake.objects.annotate(day_of_check=day).filter(~Exists(again))
        jobs = Placement.objects.filter(
            _CONTRACTS,
            candidate=OuterRef("candidate"),
            starts_on__gte=OuterRef("received_on"),
            starts_on__lte=OuterRef("day_of_check"),
        )
        lasting = jobs.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("day_of_check")))
        outcome = Case(
            When(Exists(lasting), then=Value("in_work")),
            When(Exists(jobs), then=Value("worked")),
            default=Value("not_yet"),
            output_field=CharField(),
        )
        return _person_rows(people, "received_on", replace(window, start=first, end=last), outcome=outcome)

    return rows


def _referrals(window: Window) -> Events:
    """People sent towards a vacancy, once for each vacancy, by the furthest step that they reached."""
    reached = {
        "hired": [ReferralState.HIRED],
        "interview": [ReferralState.INTERVIEW, ReferralState.OFFER],
        "agreed": [ReferralState.SENT, ReferralState.VIEWED],
    }
    moves = ReferralTransition.objects.filter(referral=OuterRef("pk"))
    steps = (When(Exists(moves.filter(to_state__in=states)), then=Value(step)) for step, states in reached.items())
    outcome = Case(*steps, default=Value("proposed"), output_field=CharField())
    return _person_rows(
        Referral, "created_at__date", window, unit="pk", place="candidate__residence_id", outcome=outcome
    )


def _declarations(window: Window) -> Events:
    """Declarations given; validations and revocations of one already given are not counted again."""
    return _person_rows(AvailabilityDeclaration, "declared_on", window, Q(kind=DeclarationKind.INSERT), unit="pk")


def _service_pacts(window: Window) -> Events:
    """Pacts signed, also those that a new version has replaced since; a case's own new versions count once."""
    signed = ~Q(state=PactState.DRAFT)
    return _person_rows(ServicePact, "signed_on", window, signed, unit="case_id", through="case__")


_CONTRACTS = Q(state=PlacementState.VERIFIED, contract_type__is_employment=True)
_INTERNSHIPS = Q(state=PlacementState.VERIFIED, contract_type__code="INTERNSHIP")


def _contracts(window: Window) -> Events:
    permanent = Q(contract_type__code="PERMANENT")
    outcome = Case(When(permanent, then=Value("permanent")), default=Value("temporary"), output_field=CharField())
    return _person_rows(Placement, "starts_on", window, _CONTRACTS, unit="pk", outcome=outcome)


def _internships(window: Window) -> Events:
    return _person_rows(Placement, "starts_on", window, _INTERNSHIPS, unit="pk")


def _employers_of(which: Q) -> Callable[[Window], Iterable[Mapping[str, Any]]]:
    """By municipality of the worker, how many placements each employer made; one that is not on file goes by its name."""

    def rows(window: Window) -> Iterable[Mapping[str, Any]]:
        employer = Coalesce(Cast("company_id", CharField()), F("employer_name"))
        placements = Placement.objects.filter(which, starts_on__range=window.days).order_by()
        return placements.values(place=F("residence_id"), employer=employer).annotate(number=Count("pk"))

    return rows


def _appointments(window: Window) -> Events:
    """Those that came due: held, or missed with an excuse or without."""
    words = {AppointmentState.SEEN: "kept", AppointmentState.EXCUSED: "excused", AppointmentState.NO_SHOW: "no_show"}
    outcome = Case(*(When(state=state, then=Value(word)) for state, word in words.items()), output_field=CharField())
    return _person_rows(Appointment, "starts_at__date", window, Q(state__in=words), unit="pk", outcome=outcome)


def _companies_met(window: Window) -> Events:
    visits = CompanyVisit.objects.filter(visited_on__range=window.days)
    return _business_rows(visits, "visited_on", "municipality_id", "company_id", Value(1))


def _vacancies(window: Window) -> Events:
    published = Vacancy.objects.filter(published_on__range=window.days)
    return _business_rows(published, "published_on", "workplace__municipality_id", "pk", F("posts"))


_BY_SEX = (Dimension.SEX,)
_CAREERS = ("in_work", "worked", "not_yet")

MEASURES = (
    Measure("users", _users, _BY_SEX),
    Measure("registrations", _intakes, (Dimension.SEX, Dimension.AGE)),
    Measure("cases_opened", _cases, _BY_SEX),
    Measure("declarations", _declarations, _BY_SEX),
    Measure("service_pacts", _service_pacts, _BY_SEX),
    Measure("open_cases", _open_cases, _BY_SEX),
    Measure("closed_cases", _closed_cases, _BY_SEX, outcomes=("placed", "other")),
    Measure("first_contacts", _first_contacts, outcomes=("in_time", "late")),
    Measure("followed_3", _followed(91), outcomes=_CAREERS),
    Measure("followed_6", _followed(182), outcomes=_CAREERS),
    Measure("followed_12", _followed(365), outcomes=_CAREERS),
    Measure("referrals", _referrals, outcomes=("proposed", "agreed", "interview", "hired")),
    Measure("contracts", _contracts, _BY_SEX, outcomes=("permanent", "temporary"), employers=_employers_of(_CONTRACTS)),
    Measure("internships", _internships, _BY_SEX, employers=_employers_of(_INTERNSHIPS)),
    Measure("appointments_due", _appointments, outcomes=("kept", "excused", "no_show")),
    Measure("companies_met", _companies_met),
    # Vacancies are adverts that anybody may read and count.
    Measure("vacancies", _vacancies, is_public=True),
    Measure("posts", _vacancies, sums_weights=True, is_public=True),
)

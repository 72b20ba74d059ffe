"""What is counted: each measure is one set-based question over events, with the residence stored on the event."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Case, CharField, Count, DateField, F, Model, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from candidates.enums import DeclarationKind
from candidates.models import Appointment, AvailabilityDeclaration, Contact, Intake, ServicePact
from candidates.models import Case as CareCase
from candidates.states import AppointmentState, PactState
from employers.models import CompanyVisit, Vacancy
from matching.models import Placement
from matching.states import PlacementState
from reports.rules import Dimension


@dataclass(frozen=True)
class Window:
    """Which events count: those from the day `start` to the day `end`, both included."""

    start: date
    end: date

    @property
    def days(self) -> tuple[date, date]:
        return (self.start, self.end)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """First and last moment, in Italian time."""
        first = timezone.make_aware(datetime.combine(self.start, time.min))
        return first, timezone.make_aware(datetime.combine(self.end, time.max))


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
    model: type[Model],
    day: str,
    window: Window,
    *which: Q,
    unit: str = "candidate_id",
    through: str = "",
    outcome: Any = None,
) -> Events:
    """Rows of events about people in the window. `day` is a date, or ends in `__date` for a moment; with `through` the person and
    the residence stand on that relation. The unit is the person, or the event itself with `unit="pk"`."""
    column, is_moment = day.removesuffix("__date"), day.endswith("__date")
    period = {f"{column}__range": window.moments if is_moment else window.days}
    return (
        model._default_manager.filter(*which, **period)
        .order_by()
        .values(
            unit=F(unit),
            weight=Value(1),
            sex=F(f"{through}candidate__sex"),
            place=F(f"{through}residence_id"),
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
    return _person_rows(Placement, "starts_on", window, _CONTRACTS, unit="pk")


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
    kept = Q(state=AppointmentState.SEEN)
    missed = Q(state__in=[AppointmentState.NO_SHOW, AppointmentState.EXCUSED])
    outcome = Case(When(kept, then=Value("kept")), default=Value("missed"), output_field=CharField())
    return _person_rows(Appointment, "starts_at__date", window, kept | missed, unit="pk", outcome=outcome)


def _companies_met(window: Window) -> Events:
    visits = CompanyVisit.objects.filter(visited_on__range=window.days)
    return _business_rows(visits, "visited_on", "municipality_id", "company_id", Value(1))


def _vacancies(window: Window) -> Events:
    published = Vacancy.objects.filter(published_on__range=window.days)
    return _business_rows(published, "published_on", "workplace__municipality_id", "pk", F("posts"))


_BY_SEX = (Dimension.SEX,)

MEASURES = (
    Measure("users", _users, _BY_SEX),
    Measure("registrations", _intakes, (Dimension.SEX, Dimension.AGE)),
    Measure("cases_opened", _cases, _BY_SEX),
    Measure("declarations", _declarations, _BY_SEX),
    Measure("service_pacts", _service_pacts, _BY_SEX),
    Measure("contracts", _contracts, _BY_SEX, employers=_employers_of(_CONTRACTS)),
    Measure("internships", _internships, _BY_SEX, employers=_employers_of(_INTERNSHIPS)),
    Measure("appointments_due", _appointments, outcomes=("kept", "missed")),
    Measure("companies_met", _companies_met),
    # Vacancies are adverts that anybody may read and count.
    Measure("vacancies", _vacancies, is_public=True),
    Measure("posts", _vacancies, sums_weights=True, is_public=True),
)

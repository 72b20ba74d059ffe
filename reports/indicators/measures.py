"""What is counted: each measure is one set-based question over events, with the residence stored on the event."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import CharField, DateField, F, Model, Q, QuerySet, Value
from django.utils import timezone

from candidates.enums import DeclarationKind
from candidates.models import Appointment, AvailabilityDeclaration, Case, Contact, Intake, ServicePact
from candidates.states import AppointmentState, PactState
from employers.models import CompanyVisit, Vacancy
from matching.models import Placement
from matching.states import PlacementState
from reports.protect import Cell
from reports.rules import Dimension
from sportello.territory.enums import AgeBand, Sex
from sportello.territory.models import Municipality
from sportello.territory.queries import residents_by_municipality

# The bands of AgeBand by their first year of age, so that the database can band people by itself.
_BANDS = {int(band.value.rstrip("+").partition("-")[0]): band for band in AgeBand}
_COLUMNS = {Dimension.SEX: "sex", Dimension.AGE: "band", Dimension.MUNICIPALITY: "place"}


@dataclass(frozen=True)
class Window:
    """Which events count: those of `places` (municipality keys) from the day `start` to the day `end`, both included."""

    places: frozenset[UUID]
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

    `events` gives rows unit, weight, sex, place, day, born; fields that the measure has no use for are null.
    """

    key: str
    events: Callable[[Window], Events]
    dimensions: tuple[Dimension, ...] = (Dimension.MUNICIPALITY,)
    sums_weights: bool = False
    is_public: bool = False


def measured(window: Window, measures: Iterable[Measure]) -> dict[Cell, int]:
    """Every count of the measures, zeros included: one query a measure, whatever the number of municipalities.

    People are counted once in the total however many municipalities served them. Members of the dimension "municipality" are
    ISTAT codes; that dimension is left out where there is one municipality only.
    """
    codes = dict(Municipality.objects.filter(pk__in=window.places).values_list("pk", "istat_code"))
    counts: dict[Cell, int] = {}
    for measure in measures:
        dimensions = [d for d in measure.dimensions if d is not Dimension.MUNICIPALITY or len(codes) > 1]
        counts[Cell(measure.key)] = 0
        for dimension in dimensions:
            for member in _members(dimension, codes.values()):
                counts[Cell(measure.key, dimension, member)] = 0
        for cell, count in _grouped(measure, dimensions, window, codes):
            counts[cell] = count
    return counts


def resident_counts(window: Window) -> dict[Cell, int]:
    """Residents from 15 to 64 years, in all and by municipality where there is more than one; absent where ISTAT has no count."""
    sizes = resident_sizes(window)
    # A total over a part of the territory would make the coverage look better than it is.
    if len(sizes) < len(window.places) or not sizes:
        return {}
    counts = {Cell("residents", Dimension.MUNICIPALITY, code): number for code, number in sizes.items()}
    return {Cell("residents"): sum(sizes.values()), **(counts if len(sizes) > 1 else {})}


def resident_sizes(window: Window) -> dict[str, int]:
    """Residents from 15 to 64 years by ISTAT code; municipalities that ISTAT did not count are absent. Three queries."""
    places = list(Municipality.objects.filter(pk__in=window.places))
    residents = residents_by_municipality(municipalities=places)
    return {place.istat_code: residents[place.pk].total for place in places if place.pk in residents}


def _members(dimension: Dimension, codes: Collection[str]) -> Collection[str]:
    match dimension:
        case Dimension.SEX:
            return Sex.values
        case Dimension.AGE:
            return AgeBand.values
        case _:
            return codes


def _grouped(
    measure: Measure, dimensions: list[Dimension], window: Window, codes: dict[UUID, str]
) -> Iterator[tuple[Cell, int]]:
    """One query with a grouping set for the total and one for each dimension."""
    columns = [_COLUMNS[dimension] for dimension in dimensions]
    inner, params = measure.events(window).query.sql_with_params()
    count = "COALESCE(SUM(weight), 0)" if measure.sums_weights else "COUNT(DISTINCT unit)"
    # The band is the one of the unit's first event of the period: who has a birthday in between stays in one band.
    sql = (  # only names of our own are written into the text; values are parameters
        f"WITH event AS ({inner}),"  # noqa: S608
        " dated AS (SELECT *, MIN(day) OVER (PARTITION BY unit) AS first_day FROM event),"
        " banded AS (SELECT unit, weight, sex, place,"
        " width_bucket(date_part('year', age(first_day, born::date)), %s) AS band FROM dated)"
        f" SELECT {', '.join([count, *columns, *(f'GROUPING({column})' for column in columns)])}"
        f" FROM banded GROUP BY GROUPING SETS ({', '.join(['()', *(f'({column})' for column in columns)])})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, [*_BANDS]])
        rows = cursor.fetchall()
    for number, *rest in rows:
        members, rolled_up = rest[: len(columns)], rest[len(columns) :]
        cell = Cell(measure.key)
        for dimension, member, is_rolled_up in zip(dimensions, members, rolled_up, strict=True):
            if not is_rolled_up:
                cell = Cell(measure.key, dimension, _member(dimension, member, codes))
        yield cell, int(number)


def _member(dimension: Dimension, value: Any, codes: dict[UUID, str]) -> str:
    match dimension:
        case Dimension.SEX:
            return str(value)
        case Dimension.AGE:
            return str(list(_BANDS.values())[value - 1])
        case _:
            return codes[value]


def _person_rows(
    model: type[Model], day: str, window: Window, *which: Q, unit: str = "candidate_id", through: str = ""
) -> Events:
    """Rows of events about people in the window. `day` is a date, or ends in `__date` for a moment; with `through` the person and
    the residence stand on that relation. The unit is the person, or the event itself with `unit="pk"`."""
    column, is_moment = day.removesuffix("__date"), day.endswith("__date")
    period = {f"{column}__range": window.moments if is_moment else window.days}
    return (
        model._default_manager.filter(*which, **period, **{f"{through}residence__in": window.places})
        .order_by()
        .values(
            unit=F(unit),
            weight=Value(1),
            sex=F(f"{through}candidate__sex"),
            place=F(f"{through}residence_id"),
            day=F(day),
            born=F(f"{through}candidate__birth_date"),
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
    )


def _intakes(window: Window) -> Events:
    return _person_rows(Intake, "received_on", window)


def _users(window: Window) -> Events:
    """Whoever arrived, spoke with the desk, came to an appointment or was taken in charge."""
    seen = Q(state=AppointmentState.SEEN)
    return _intakes(window).union(
        _person_rows(Contact, "happened_on", window),
        _person_rows(Appointment, "starts_at__date", window, seen),
        _person_rows(Case, "opened_on", window),
        all=True,
    )


def _cases(window: Window) -> Events:
    return _person_rows(Case, "opened_on", window, unit="pk")


def _declarations(window: Window) -> Events:
    """Declarations given; validations and revocations of one already given are not counted again."""
    return _person_rows(AvailabilityDeclaration, "declared_on", window, Q(kind=DeclarationKind.INSERT), unit="pk")


def _service_pacts(window: Window) -> Events:
    """Pacts signed, also those that a new version has replaced since; a case's own new versions count once."""
    signed = ~Q(state=PactState.DRAFT)
    return _person_rows(ServicePact, "signed_on", window, signed, unit="case_id", through="case__")


def _placements(window: Window, which: Q) -> Events:
    return _person_rows(Placement, "starts_on", window, Q(state=PlacementState.VERIFIED), which, unit="pk")


def _contracts(window: Window) -> Events:
    return _placements(window, Q(contract_type__is_employment=True))


def _internships(window: Window) -> Events:
    return _placements(window, Q(contract_type__code="INTERNSHIP"))


def _appointments_kept(window: Window) -> Events:
    return _person_rows(Appointment, "starts_at__date", window, Q(state=AppointmentState.SEEN), unit="pk")


def _appointments_missed(window: Window) -> Events:
    missed = Q(state__in=[AppointmentState.NO_SHOW, AppointmentState.EXCUSED])
    return _person_rows(Appointment, "starts_at__date", window, missed, unit="pk")


def _companies_met(window: Window) -> Events:
    visits = CompanyVisit.objects.filter(visited_on__range=window.days, municipality__in=window.places)
    return _business_rows(visits, "visited_on", "municipality_id", "company_id", Value(1))


def _vacancies(window: Window) -> Events:
    published = Vacancy.objects.filter(published_on__range=window.days, workplace__municipality__in=window.places)
    return _business_rows(published, "published_on", "workplace__municipality_id", "pk", F("posts"))


_BY_SEX = (Dimension.SEX, Dimension.MUNICIPALITY)

MEASURES = (
    Measure("users", _users, _BY_SEX),
    Measure("registrations", _intakes, (Dimension.SEX, Dimension.AGE, Dimension.MUNICIPALITY)),
    Measure("cases_opened", _cases, _BY_SEX),
    Measure("declarations", _declarations, _BY_SEX),
    Measure("service_pacts", _service_pacts, _BY_SEX),
    Measure("contracts", _contracts, _BY_SEX),
    Measure("internships", _internships, _BY_SEX),
    # No breakdown: a table of kept and missed by municipality could be undone in two directions.
    Measure("appointments_kept", _appointments_kept, ()),
    Measure("appointments_missed", _appointments_missed, ()),
    Measure("companies_met", _companies_met),
    # Vacancies are adverts that anybody may read and count.
    Measure("vacancies", _vacancies, is_public=True),
    Measure("posts", _vacancies, sums_weights=True, is_public=True),
)

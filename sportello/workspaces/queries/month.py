"""A month of a desk in numbers, beside the month before and the same month a year earlier: by the desk where things happened.

The definitions are those of the semester report. Numbers for who works there: they are not protected, and nobody else reads them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.utils import timezone

from candidates.models import Appointment, Case, Contact, Intake, ServiceDelivered
from candidates.states import AppointmentState
from matching.models import ReferralTransition
from matching.states import ReferralState
from reports.indicators.events import terms_on
from reports.indicators.measures import MEASURES, Window
from sportello.accounts.scope import Scope
from sportello.territory.models import Desk

FIRST: Final = date(2000, 1, 1)
"""No register is older."""


@dataclass(frozen=True)
class Month:
    """A calendar month, of which the days count that are not to come."""

    first_day: date

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.replace(day=1))

    @classmethod
    def last_whole(cls) -> "Month":
        """The last month that is over."""
        return cls.of(timezone.localdate()).before

    @classmethod
    def parse(cls, text: str) -> "Month":
        """From "2026-10"; ValueError for anything else, for months to come and before there was a register."""
        found = cls(date.fromisoformat(f"{text}-01"))
        if not FIRST <= found.first_day <= timezone.localdate():
            raise ValueError(text)
        return found

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def last_day(self) -> date:
        return self.after.first_day - timedelta(days=1)

    @property
    def after(self) -> "Month":
        return Month.of(self.first_day + timedelta(days=31))

    @property
    def before(self) -> "Month":
        return Month.of(self.first_day - timedelta(days=1))

    @property
    def year_earlier(self) -> "Month":
        return Month(self.first_day.replace(year=self.first_day.year - 1))

    @property
    def is_running(self) -> bool:
        return self.last_day >= timezone.localdate()

    @property
    def end(self) -> date:
        """The last day that counts."""
        return min(self.last_day, timezone.localdate())


@dataclass(frozen=True)
class Followed:
    """How many cases somebody follows at the end of each month; `name` is empty for cases that nobody follows."""

    name: str
    cases: tuple[int, ...]


@dataclass(frozen=True)
class DeskMonth:
    """The numbers of the three months, this one first: by what they count, zeros included. `days` are those for a first contact."""

    desk: Desk
    months: tuple[Month, ...]
    numbers: dict[str, tuple[int, ...]]
    followed: tuple[Followed, ...]
    days: int
    counted_at: datetime

    @property
    def month(self) -> Month:
        return self.months[0]


def own_desks(scope: Scope) -> list[Desk]:
    """The desks that the actor serves, by name; one query."""
    return list(Desk.objects.filter(pk__in=scope.desk_ids).order_by("name", "pk"))


def desk_month(desk: Desk, month: Month) -> DeskMonth:
    """Five queries, whatever the number of people and operators. MissingParameterError without the days for an answer."""
    months = (month, month.before, month.year_earlier)
    terms = terms_on(month.end)
    days = terms["first_contact_days"]
    counted = [_counted(desk, each, terms) for each in months]
    followed = _followed(desk, months)
    numbers = {key: tuple(found[key] for found in counted) for key in NUMBERS}
    numbers["open_cases"] = tuple(sum(row.cases[i] for row in followed) for i in range(len(months)))
    return DeskMonth(desk, months, numbers, tuple(followed), days, timezone.now())


_BY_DESK: Final = {
    "registrations": "desk",
    "appointments_due": "desk",
    "cases_opened": "desk",
    "closed_cases": "desk",
    "service_pacts": "case__desk",
    "contracts": "desk",
    "internships": "desk",
}
"""Measures of the report, and where each one's events name the desk."""

_OUTCOMES: Final = (
    "appointments_due.kept",
    "appointments_due.excused",
    "appointments_due.no_show",
    "closed_cases.placed",
)
_STEPS: Final = (
    ReferralState.SENT,
    ReferralState.DECLINED,
    ReferralState.VIEWED,
    ReferralState.INTERVIEW,
    ReferralState.OFFER,
    ReferralState.HIRED,
    ReferralState.REFUSED,
)
NUMBERS: Final = (
    *_BY_DESK,
    *_OUTCOMES,
    "first_contacts",
    "first_contacts.in_time",
    "appointments_unwritten",
    "services",
    "service_minutes",
    *(f"referrals.{step}" for step in _STEPS),
)
"""What is counted of a month, beside the open cases at its end."""


def _counted(desk: Desk, month: Month, terms: Mapping[str, int]) -> dict[str, int]:
    """What each measure counts in a month, with its outcomes that are asked for, and what the report does not count; one query."""
    by_key = {measure.key: measure for measure in MEASURES}
    window = Window(month.first_day, month.end, **terms)
    first, last = window.moments
    # Hours that are over and of which nobody wrote how they went.
    unwritten = Appointment.objects.filter(
        desk=desk, state=AppointmentState.BOOKED, starts_at__range=(first, min(last, timezone.now()))
    )
    arrived = Intake.objects.filter(desk=desk, received_on__range=window.before(window.first_contact_days))
    given = ServiceDelivered.objects.filter(case__desk=desk, delivered_on__range=window.days)
    parts = [
        *(
            _row(by_key[key].events(window).filter(**{path: desk}), key, Count("unit", distinct=True), "outcome")
            for key, path in _BY_DESK.items()
        ),
        _row(arrived, "first_contacts", Count("pk")),
        _row(arrived.filter(_answered(window.first_contact_days)), "first_contacts.in_time", Count("pk")),
        _row(unwritten, "appointments_unwritten", Count("pk")),
        _row(given, "services", Count("pk")),
        _row(given, "service_minutes", Sum("minutes")),
        _row(_steps(desk, window), "referrals", Count("referral", distinct=True), "to_state"),
    ]
    found = dict.fromkeys(NUMBERS, 0)
    for row in parts[0].union(*parts[1:], all=True):
        for key in (row["measure"], f"{row['measure']}.{row['ended']}"):
            if key in found:
                found[key] += row["number"] or 0
    return found


def _row(rows: QuerySet[Any, Any], measure: str, number: Any, outcome: str = "") -> QuerySet[Any, Any]:
    """Rows measure, ended (the outcome or null), number."""
    ended = F(outcome) if outcome else Value(None, output_field=CharField())
    found: QuerySet[Any, Any] = rows.order_by().values(measure=Value(measure), ended=ended).annotate(number=number)
    return found


def _answered(days: int) -> Q:
    """Of arrivals: that the desk spoke with the person within the days, or met them."""
    period = (OuterRef("received_on"), OuterRef("received_on") + timedelta(days=days))
    spoken = Contact.objects.filter(candidate=OuterRef("candidate"), happened_on__range=period)
    met = Appointment.objects.filter(
        candidate=OuterRef("candidate"), state=AppointmentState.SEEN, starts_at__date__range=period
    )
    return Q(Exists(spoken)) | Q(Exists(met))


def _steps(desk: Desk, window: Window) -> QuerySet[ReferralTransition]:
    """Steps of referrals of people whom the desk had in charge that day."""
    in_charge = Case.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=OuterRef("at__date")),
        desk=desk,
        candidate=OuterRef("referral__candidate"),
        opened_on__lte=OuterRef("at__date"),
    )
    return ReferralTransition.objects.filter(Exists(in_charge), to_state__in=_STEPS, at__range=window.moments)


def _followed(desk: Desk, months: Sequence[Month]) -> list[Followed]:
    """Open cases at the end of each month by who followed them then: by name, those that nobody followed last; one query."""
    sql = """
        SELECT who.first_name, who.last_name, who.id, span.position, COUNT(*)
        FROM unnest(%s::date[]) WITH ORDINALITY AS span(day, position)
        JOIN candidates_case work ON work.desk_id = %s AND work.opened_on <= span.day
            AND (work.closed_on IS NULL OR work.closed_on > span.day)
        LEFT JOIN candidates_caseassignment turn ON turn.case_id = work.id AND turn.starts_on <= span.day
            AND (turn.ends_on IS NULL OR turn.ends_on > span.day)
        LEFT JOIN accounts_user who ON who.id = turn.operator_id
        GROUP BY who.id, span.position
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [[month.end for month in months], desk.pk])
        rows = cursor.fetchall()
    names = {key: f"{first} {last}".strip() for first, last, key, _position, _number in rows if key}
    cases = {key: [0] * len(months) for _first, _last, key, _position, _number in rows}
    for _first, _last, key, position, number in rows:
        cases[key][position - 1] = number
    ordered = sorted(cases, key=lambda key: (key is None, names.get(key, ""), str(key)))
    return [Followed(names.get(key, ""), tuple(cases[key])) for key in ordered]

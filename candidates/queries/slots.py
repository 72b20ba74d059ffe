"""What people may book: free hours and groups with a seat left."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from candidates.engine.slots import Busy, Hours, Pattern, Slot
from candidates.engine.slots import free_slots as compute
from candidates.enums import AppointmentMode
from candidates.models import Absence, Appointment, Candidate, Case, DeskShortage, GroupMeeting, Intake, ReceptionHours
from candidates.states import AppointmentState, CaseState, GroupMeetingState
from sportello.accounts.enums import Role
from sportello.accounts.models import Membership, User
from sportello.accounts.scope import Scope
from sportello.reference.rules import parameter, parameters
from sportello.territory.models import Desk, OpeningHours
from sportello.territory.queries import RECEIVING, closed_days, closures_of, is_closing_day

ZONE = ZoneInfo(settings.TIME_ZONE)


@dataclass(frozen=True)
class Hour:
    """A moment at which somebody of the desk is free; who it is, the portal chooses."""

    starts_at: datetime
    ends_at: datetime
    mode: str

    @property
    def key(self) -> str:
        """As an address carries it: "2026-03-02T09:00,phone", in UTC."""
        return f"{self.starts_at:%Y-%m-%dT%H:%M},{self.mode}"


@dataclass(frozen=True)
class Day:
    """A day with its free hours, in time order."""

    day: date
    hours: list[Hour]


def bookable_desks(desk_ids: Collection[UUID]) -> list[Desk]:
    """Desks that receive, with what their opening is computed from; two queries."""
    return list(_receiving_desks().filter(pk__in=desk_ids))


def _receiving_desks() -> QuerySet[Desk]:
    return (
        Desk.objects.filter(state__in=RECEIVING)
        .annotate(closed_days=closed_days(timezone.localdate()))
        .select_related("municipality")
        .prefetch_related(Prefetch("opening_hours", OpeningHours.objects.order_by("weekday", "opens")))
        .order_by("name")
    )


def booking_days() -> tuple[date, date]:
    """The first and the last day for which a person may book today."""
    today = timezone.localdate()
    rules = parameters("booking_notice_days", "booking_ahead_days", on=today)
    return (
        today + timedelta(days=int(rules["booking_notice_days"].value)),
        today + timedelta(days=int(rules["booking_ahead_days"].value)),
    )


def receiving(desk_ids: Collection[UUID], *, first_day: date, last_day: date) -> QuerySet[ReceptionHours]:
    """Hours in force between two days of operators who still serve the desk that they name."""
    serves = Membership.objects.in_force().filter(
        user=OuterRef("operator"), desks=OuterRef("desk"), role__in=(Role.OPERATOR, Role.COORDINATOR)
    )
    return ReceptionHours.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=first_day),
        Exists(serves),
        desk__in=desk_ids,
        valid_from__lte=last_day,
    )


def free_slots(desks: Iterable[Desk], *, first_day: date, last_day: date) -> dict[UUID, list[Slot]]:
    """The free slots to come of each desk of `bookable_desks`, by its key; two queries however many desks."""
    by_desk = {desk.pk: desk for desk in desks}
    patterns: dict[UUID, list[Pattern]] = {pk: [] for pk in by_desk}
    for row in receiving(by_desk, first_day=first_day, last_day=last_day).order_by("operator", "begins"):
        hours = Hours(row.weekday, row.begins, row.ends)
        patterns[row.desk_id].append(
            Pattern(row.operator_id, hours, row.minutes, row.mode, row.valid_from, row.valid_to)
        )
    operators = {pattern.operator for offered in patterns.values() for pattern in offered}
    busy = _busy(cast(set[UUID], operators), first_day, last_day) if operators else []
    now = timezone.now()
    return {
        pk: [
            slot
            for slot in compute(
                patterns=patterns[pk],
                opening=[Hours(span.weekday, span.opens, span.closes) for span in desk.opening_hours.all()],
                busy=busy,
                is_closing_day=partial(is_closing_day, desk, closures_of(desk)),
                first_day=first_day,
                last_day=last_day,
                zone=ZONE,
            )
            if slot.starts_at > now
        ]
        for pk, desk in by_desk.items()
    }


def _busy(operators: set[UUID], first_day: date, last_day: date) -> list[Busy]:
    """What keeps operators from receiving, whatever the desk; one query."""
    begins = datetime.combine(first_day, time.min, tzinfo=ZONE)
    ends = datetime.combine(last_day + timedelta(days=1), time.min, tzinfo=ZONE)
    there = Q(operator__in=operators, starts_at__lt=ends, ends_at__gt=begins)
    columns = ("operator_id", "starts_at", "ends_at")
    rows = (
        Absence.objects.filter(there)
        .order_by()
        .values_list(*columns)
        .union(
            Appointment.objects.filter(there, state=AppointmentState.BOOKED).order_by().values_list(*columns),
            GroupMeeting.objects.filter(there, state=GroupMeetingState.PLANNED).order_by().values_list(*columns),
        )
        .order_by("starts_at")
    )
    return [Busy(*row) for row in rows]


def days_of(slots: Iterable[Slot]) -> list[Day]:
    """Slots as a person chooses them: by local day, each hour and way once, whoever is free then."""
    hours = sorted(
        {Hour(slot.starts_at, slot.ends_at, slot.mode) for slot in slots}, key=lambda h: (h.starts_at, h.mode)
    )
    return [
        Day(day, list(found)) for day, found in groupby(hours, key=lambda hour: hour.starts_at.astimezone(ZONE).date())
    ]


@dataclass(frozen=True)
class BookingPage:
    """What a person may book: the desk, the days with their free hours, the groups; `held` is the meeting they have already."""

    desk: Desk
    days: list[Day]
    groups: list[GroupMeeting]
    held: Appointment | None


def own_desk(candidate: Candidate) -> Desk | None:
    """The desk that a person books at: the one that follows them, else where they registered last; None if it does not receive.

    Two queries.
    """
    return next(iter(_own_desks(candidate)), None)


def booking_page(candidate: Candidate, *, moves: bool = False) -> BookingPage | None:
    """What the person may book today, in six queries; None where no desk receives them.

    Who holds a meeting is shown that one and no hours, unless it `moves`; then there are no groups.
    """
    held = candidate.appointments.filter(state=AppointmentState.BOOKED, starts_at__gt=timezone.now(), group=None)
    desk = next(iter(_own_desks(candidate).annotate(holds=Exists(held))), None)
    if desk is None:
        return None
    days: list[Day] = []
    if moves or not desk.holds:
        first_day, last_day = booking_days()
        days = days_of(free_slots([desk], first_day=first_day, last_day=last_day)[desk.pk])
    return BookingPage(
        desk=desk,
        days=days,
        groups=[] if moves else list(open_groups([desk.pk]).exclude(appointments__in=_seats_of(candidate))),
        held=held.select_related("desk").first() if desk.holds and not moves else None,
    )


def _own_desks(candidate: Candidate) -> QuerySet[Desk]:
    followed = Case.objects.filter(candidate=candidate, state=CaseState.OPEN).order_by().values("desk_id")[:1]
    arrived = Intake.objects.filter(candidate=candidate).order_by("-received_at").values("desk_id")[:1]
    return _receiving_desks().filter(pk=Coalesce(Subquery(followed), Subquery(arrived)))


def _seats_of(candidate: Candidate) -> QuerySet[Appointment]:
    return candidate.appointments.filter(state=AppointmentState.BOOKED, group__isnull=False)


def open_groups(desk_ids: Collection[UUID]) -> QuerySet[GroupMeeting]:
    """Groups to come at some desks that still have a seat."""
    return (
        GroupMeeting.objects.filter(
            desk__in=desk_ids, state=GroupMeetingState.PLANNED, starts_at__gt=timezone.now(), taken__lt=F("seats")
        )
        .select_related("desk__municipality", "operator")
        .order_by("starts_at", "pk")
    )


def crowded_desks() -> dict[UUID, bool]:
    """Desks that follow somebody and have no free slot in the days that the rule gives; whether anybody receives there.

    Six queries, however many desks.
    """
    followed = Case.objects.open().order_by("desk").values_list("desk_id", flat=True).distinct()
    desks = bookable_desks(list(followed))
    today = timezone.localdate()
    last_day = today + timedelta(days=int(parameter("no_slot_alert_days", on=today).value))
    free = free_slots(desks, first_day=today, last_day=last_day)
    full = [desk.pk for desk in desks if not free[desk.pk]]
    rows = receiving(full, first_day=today, last_day=last_day).order_by("desk")
    offering = set(rows.values_list("desk_id", flat=True))
    return {pk: pk in offering for pk in full}


def shortages(scope: Scope) -> QuerySet[DeskShortage]:
    """Those of the actor's desks at which nobody finds a free hour."""
    return DeskShortage.objects.filter(desk__in=scope.desk_ids).select_related("desk").order_by("desk__name")


@dataclass(frozen=True)
class SlotChoice:
    """A free slot with its operator and desk, as who works at the desk chooses it."""

    desk: Desk
    operator: User
    starts_at: datetime
    ends_at: datetime
    mode: AppointmentMode

    @property
    def key(self) -> str:
        return f"{self.operator.pk},{self.starts_at:%Y-%m-%dT%H:%M},{self.mode}"


def slot_choices(scope: Scope) -> list[tuple[date, list[SlotChoice]]]:
    """Free slots of the actor's desks by local day, the person's notice aside: whoever calls may come today; six queries."""
    desks = bookable_desks(scope.desk_ids)
    today, last_day = timezone.localdate(), booking_days()[1]
    free = free_slots(desks, first_day=today, last_day=last_day)
    people = User.objects.in_bulk(list({slot.operator for slots in free.values() for slot in slots}))
    choices = [
        SlotChoice(desk, people[cast(UUID, slot.operator)], slot.starts_at, slot.ends_at, AppointmentMode(slot.mode))
        for desk in desks
        for slot in free[desk.pk]
    ]
    choices.sort(key=lambda choice: (choice.starts_at, choice.desk.name, choice.operator.last_name, choice.key))
    return [
        (day, list(found))
        for day, found in groupby(choices, key=lambda choice: choice.starts_at.astimezone(ZONE).date())
    ]


def seats_of_group(scope: Scope, group: GroupMeeting) -> list[Appointment]:
    """The seats held in a group, by name, each with `is_hidden`, those last; seats given back are left out."""
    left = (AppointmentState.CANCELED, AppointmentState.REVOKED)
    seats = group.appointments.exclude(state__in=left).seen_by(scope).select_related("candidate")
    # Among the names, the place of one that is not told would tell how it begins.
    return sorted(seats.order_by("candidate__sort_key", "pk"), key=lambda seat: seat.is_hidden)


def reception_of(operator_id: UUID) -> list[ReceptionHours]:
    """An operator's hours that hold today or later, by day of the week."""
    return list(
        ReceptionHours.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate()), operator=operator_id
        )
        .select_related("desk")
        .order_by("weekday", "begins", "valid_from")
    )


def absences_of(operator_id: UUID) -> list[Absence]:
    """An operator's absences that are not over, in time order."""
    return list(Absence.objects.filter(operator=operator_id, ends_at__gt=timezone.now()).order_by("starts_at"))


def group_meetings(scope: Scope) -> QuerySet[GroupMeeting]:
    """Groups of the actor's desks, those to come first."""
    return (
        GroupMeeting.objects.filter(desk__in=scope.desk_ids)
        .select_related("desk", "operator")
        .order_by("-starts_at", "pk")
    )

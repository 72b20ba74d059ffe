"""Operators who receive, for tests of what people book."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from candidates.models import GroupMeeting, ReceptionHours
from candidates.queries.slots import ZONE
from sportello.accounts.models import User
from sportello.territory.models import Desk
from tests.support.employers import make_rule
from tests.support.personas import make_operator
from tests.support.territory import make_desk

EVERY_DAY = [(day, time(9), time(17)) for day in range(1, 8)]
RULES = {
    "appointment_reminder_days": 1,
    "booking_ahead_days": 30,
    "booking_notice_days": 1,
    "convocation_notice_days": 5,
    "equality_first_reminder_days": 60,
    "incentive_expiry_warning_days": 30,
    "invitation_convocation_days": 7,
    "invitation_reminder_days": 3,
    "no_slot_alert_days": 14,
    "pact_expiry_warning_days": 30,
    "placement_check_months": 6,
    "placement_first_check_months": 3,
    "placement_last_check_months": 12,
    "quiet_hours": [20, 8],
    "stalled_case_days": 30,
    "first_contact_days": 15,
    "referral_answer_days": 7,
}


def make_rules(**changed: Any) -> None:
    """Every rule that the agenda reads, in force for ever."""
    for key, value in {**RULES, **changed}.items():
        make_rule(key, value)


def make_open_desk(**fields: Any) -> Desk:
    """A desk open from 9 to 17 on every day that is no holiday."""
    return make_desk(hours=EVERY_DAY, **fields)


def make_reception(operator: User, desk: Desk, **fields: Any) -> list[ReceptionHours]:
    """The operator receives from 9 to 10 on every day of the week, half an hour each."""
    values = {"begins": time(9), "ends": time(10), "minutes": 30, "valid_from": date(2020, 1, 1), **fields}
    weekdays = values.pop("weekdays", range(1, 8))
    return [ReceptionHours.objects.create(operator=operator, desk=desk, weekday=day, **values) for day in weekdays]


def receiving_desk(**fields: Any) -> tuple[Desk, User]:
    """An open desk with one operator who receives there."""
    desk = make_open_desk()
    operator = make_operator(desk)
    make_reception(operator, desk, **fields)
    return desk, operator


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A local moment."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def make_group(desk: Desk, operator: User, *, seats: int = 2, **fields: Any) -> GroupMeeting:
    """A group two days from now, at 14 o'clock."""
    starts_at = fields.pop("starts_at", at(timezone.localdate() + timedelta(days=2), 14))
    return GroupMeeting.objects.create(
        desk=desk,
        operator=operator,
        title=fields.pop("title", "Scrivere il curriculum"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        seats=seats,
        **fields,
    )

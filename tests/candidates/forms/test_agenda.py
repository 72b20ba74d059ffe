"""What the forms of the agenda refuse, and the moments they give."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from candidates.forms.agenda import AbsenceForm, GroupForm, ReceptionForm, TopicForm
from sportello.territory.models import Desk
from tests.support.agenda import at
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def boxes(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, []),
        ({"ends": "9:30"}, ["ends"]),
        ({"ends": "8:00"}, ["ends"]),
        ({"weekdays": []}, ["weekdays"]),
        ({"minutes": "7"}, ["minutes"]),
        ({"begins": "le nove"}, ["begins"]),
        (boxes("valid_from", date(2020, 1, 1)), ["valid_from"]),
        (boxes("valid_to", timezone.localdate()), ["valid_to"]),
    ],
)
def test_hours_that_cannot_be_kept_are_refused(changed: dict[str, Any], refused: list[str]) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    typed: dict[str, Any] = {
        "desk": make_desk().pk,
        "weekdays": ["1", "3"],
        "begins": "9:00",
        "ends": "12:30",
        "minutes": "45",
        "mode": "phone",
        **boxes("valid_from", tomorrow),
        **changed,
    }
    form = ReceptionForm(typed, desks=Desk.objects.all())
    assert list(form.errors) == refused
    if not refused:
        assert form.cleaned_data["weekdays"] == [1, 3]


def test_an_absence_is_whole_days_unless_hours_are_written() -> None:
    first, last = timezone.localdate() + timedelta(days=1), timezone.localdate() + timedelta(days=3)
    days = {**boxes("first_day", first), **boxes("last_day", last)}
    whole = AbsenceForm(days)
    assert whole.is_valid()
    assert (whole.cleaned_data["starts_at"], whole.cleaned_data["ends_at"]) == (
        at(first, 0),
        at(last + timedelta(days=1), 0),
    )
    part = AbsenceForm({**days, "begins": "14:00", "ends": "18:00"})
    assert part.is_valid()
    assert (part.cleaned_data["starts_at"], part.cleaned_data["ends_at"]) == (at(first, 14), at(last, 18))
    back = AbsenceForm({**boxes("first_day", last), **boxes("last_day", first)})
    assert list(back.errors) == ["last_day"]


def test_a_group_begins_in_the_future_and_is_not_by_telephone() -> None:
    today = timezone.localdate()
    typed = {"desk": make_desk().pk, "title": "Curriculum", "minutes": "90", "mode": "video", "seats": "12"}
    form = GroupForm({**typed, "hour": "10:00", **boxes("day", today + timedelta(days=1))}, desks=Desk.objects.all())
    assert form.is_valid()
    assert form.cleaned_data["ends_at"] == at(today + timedelta(days=1), 11, 30)
    past = GroupForm({**typed, "hour": "0:00", **boxes("day", today)}, desks=Desk.objects.all())
    assert list(past.errors) == ["hour"]
    phone = GroupForm({**typed, "mode": "phone", "hour": "10:00"}, desks=Desk.objects.all())
    assert sorted(phone.errors) == ["day", "mode"]


def test_the_topic_may_stay_unsaid() -> None:
    assert TopicForm({"topic": ""}).is_valid()
    assert list(TopicForm({"topic": "x" * 151}).errors) == ["topic"]

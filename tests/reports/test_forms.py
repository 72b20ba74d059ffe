"""Which semesters and territories can be asked for."""

import pytest
import time_machine

from reports.forms import YEARS_BACK, FilterForm, OwnRequestForm, RequestForm, last_whole_semester, semester_choices
from reports.rules import Semester
from sportello.territory.enums import DeskState
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "newest", "last"),
    [
        ("2026-01-01", "2025-2", "2025-2"),
        ("2026-01-02", "2026-1", "2025-2"),
        ("2026-07-01", "2026-1", "2026-1"),
        ("2026-07-02", "2026-2", "2026-1"),
    ],
)
def test_a_semester_can_be_asked_for_once_a_day_of_it_is_over(day: str, newest: str, last: str) -> None:
    with time_machine.travel(f"{day} 12:00+01:00", tick=False):
        values = [value for value, _ in semester_choices()]
        assert (values[0], values[-1], last_whole_semester()) == (newest, f"{2026 - YEARS_BACK + 1}-1", last)
        assert values == sorted(values, reverse=True)
        assert OwnRequestForm()["semester"].value() == last


def test_a_territory_is_one_of_the_list() -> None:
    place = make_municipality(name="Segrate")
    make_municipality(is_metropolitan=False)
    desk = make_desk(name="Sportello di prova", municipality=place, serves=[place])
    make_desk(municipality=place, serves=[place], state=DeskState.CLOSED)
    with time_machine.travel("2026-08-03"):
        form = RequestForm({"territory": str(place.pk), "semester": "2026-1"})
        assert form.is_valid(), form.errors
        assert (form.cleaned_data["territory"], form.cleaned_data["semester"]) == (place, Semester(2026, 1))
        groups = dict(form.fields["territory"].choices)  # type: ignore[attr-defined]
        assert groups["Comuni"] == [(str(place.pk), "Segrate")]
        assert groups["Sportelli"] == [(str(desk.pk), "Sportello di prova")]
        asked = RequestForm({"territory": str(desk.pk), "semester": "2026-1"})
        assert asked.is_valid()
        assert asked.cleaned_data["territory"] == desk
        assert set(RequestForm({"territory": "altrove", "semester": "2030-1"}).errors) == {"territory", "semester"}


def test_a_list_may_be_left_whole() -> None:
    form = FilterForm({"territory": "", "semester": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"territory": "", "semester": None}

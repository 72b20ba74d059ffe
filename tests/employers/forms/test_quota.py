"""What a company tells of its staff."""

from decimal import Decimal

from employers.engine.quota import Staff
from employers.forms.quota import StaffForm

TOLD = {
    "heads": "20",
    "excluded": "3",
    "part_time_hours": "40,5",
    "full_time_hours": "38",
    "hired_disabled": "1",
    "hired_families": "0",
}


def test_what_is_told_is_the_base() -> None:
    form = StaffForm(TOLD)
    assert form.is_valid(), form.errors
    assert form.staff == Staff(20, 3, Decimal("40.5"), Decimal(38), 1, 0)


def test_no_more_are_left_out_than_there_are() -> None:
    assert list(StaffForm({**TOLD, "excluded": "21"}).errors) == ["excluded"]
    assert list(StaffForm({**TOLD, "full_time_hours": "0"}).errors) == ["full_time_hours"]

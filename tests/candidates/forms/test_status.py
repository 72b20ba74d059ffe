"""Days of work are asked plainly, and what is wrong is said beside its field."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from candidates.forms.status import WorkSpellForm

GOOD = {"kind": "job", "starts_on_day": "2", "starts_on_month": "3", "starts_on_year": "2026"}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, []),
        ({"employer": "Rossi", "yearly_pay": "8000"}, []),
        ({"ends_on_day": "2", "ends_on_month": "3", "ends_on_year": "2026"}, []),
        ({"ends_on_day": "1", "ends_on_month": "3", "ends_on_year": "2026"}, ["ends_on"]),
        ({"kind": "holiday"}, ["kind"]),
        ({"starts_on_year": "1949"}, ["starts_on"]),
        ({"starts_on_month": "13"}, ["starts_on"]),
        ({"yearly_pay": "-1"}, ["yearly_pay"]),
        ({"yearly_pay": "tanto"}, ["yearly_pay"]),
        ({"employer": "x" * 151}, ["employer"]),
        ({"employer": "a\x00b"}, ["employer"]),
    ],
)
def test_each_fault_stands_beside_its_field(said: dict[str, str], wrong: list[str]) -> None:
    form = WorkSpellForm({**GOOD, **said})
    assert list(form.errors) == wrong


def test_tomorrow_has_not_happened() -> None:
    day = timezone.localdate() + timedelta(days=1)
    said: dict[str, Any] = {"starts_on_day": day.day, "starts_on_month": day.month, "starts_on_year": day.year}
    assert list(WorkSpellForm({**GOOD, **said}).errors) == ["starts_on"]

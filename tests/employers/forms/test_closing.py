"""What a closing says."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from employers.forms.closing import ClosingForm, ReopeningForm


def form(day: date, reason: str = "ceased") -> ClosingForm:
    boxes = {"closed_on_day": day.day, "closed_on_month": day.month, "closed_on_year": day.year}
    return ClosingForm({"reason": reason, **boxes})


@pytest.mark.parametrize(("days", "valid"), [(-300, True), (0, True), (1, False)])
def test_a_company_is_closed_today_or_before(days: int, valid: bool) -> None:
    assert form(timezone.localdate() + timedelta(days=days)).is_valid() == valid


def test_the_reason_is_one_of_the_list() -> None:
    assert [*form(timezone.localdate(), "perché sì").errors] == ["reason"]


def test_a_reopening_says_why() -> None:
    assert [ReopeningForm({"reason": words}).is_valid() for words in ("", "  ", "Ha ripreso")] == [False, False, True]

"""What a company may declare of a hire."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from matching.forms.referral import HireForm, ReasonForm, ReferForm
from matching.models import Placement
from matching.states import REASONS_FOR, OverrideKind, OverrideReason
from tests.support.matching import make_placement, make_referral

pytestmark = pytest.mark.django_db


def declared(starts_on: date, weekly_hours: str = "40") -> HireForm:
    referral = make_referral()
    data = {
        "contract_type": str(referral.vacancy.contract_type_id),
        "starts_on_day": starts_on.day,
        "starts_on_month": starts_on.month,
        "starts_on_year": starts_on.year,
        "weekly_hours": weekly_hours,
    }
    return HireForm(data, referral=referral)


@pytest.mark.parametrize(("days", "is_valid"), [(-1, False), (0, True), (366, True), (367, False)])
def test_the_work_begins_after_the_application_and_within_a_year(days: int, is_valid: bool) -> None:
    form = declared(timezone.localdate() + timedelta(days=days))
    assert (form.is_valid(), set(form.errors)) == (is_valid, set() if is_valid else {"starts_on"})


@pytest.mark.parametrize(
    ("hours", "is_valid"), [("-40", False), ("0", False), ("1", True), ("48", True), ("48.5", False), ("", True)]
)
def test_the_hours_fit_in_a_working_week(hours: str, is_valid: bool) -> None:
    form = declared(timezone.localdate(), hours)
    assert (form.is_valid(), set(form.errors)) == (is_valid, set() if is_valid else {"weekly_hours"})


@pytest.mark.parametrize("hours", [-40, 0, 49])
def test_the_database_refuses_impossible_hours(hours: int) -> None:
    placement = make_placement()
    with pytest.raises(IntegrityError, match="placement_hours_within_the_week"), transaction.atomic():
        Placement.objects.filter(pk=placement.pk).update(weekly_hours=hours)


def test_a_reason_is_asked_only_of_who_decides_otherwise() -> None:
    assert ReferForm({"note": ""}, is_outside=False).is_valid()
    asked = ReferForm({"note": "", "reason": "unwilling", "motive": ""}, is_outside=True)
    assert set(asked.errors) == {"reason", "motive"}
    told = ReferForm({"note": "", "reason": "talked", "motive": "Ha esperienza."}, is_outside=True)
    assert told.is_valid()
    assert told.cleaned_data["reason"] is OverrideReason.TALKED


@pytest.mark.parametrize("kind", OverrideKind)
def test_each_kind_offers_its_own_reasons(kind: OverrideKind) -> None:
    for reason in OverrideReason:
        form = ReasonForm({"reason": reason.value, "motive": "Detto a voce."}, kind=kind)
        assert form.is_valid() == (reason in REASONS_FOR[kind])

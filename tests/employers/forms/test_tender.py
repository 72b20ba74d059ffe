"""What the forms of a tender take."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from employers.forms.tender import BidderForm, TenderForm
from sportello.reference.models import RuleParameter
from tests.support.employers import make_rule

pytestmark = pytest.mark.django_db


def form(**changed: Any) -> TenderForm:
    RuleParameter.objects.get_or_create(
        key="tender_premium_self_declared_percent",
        valid_from=date(2023, 5, 30),
        defaults={"value": 0, "citation": "Prova"},
    )
    day = {"day_day": "15", "day_month": "6", "day_year": "2026"}
    return TenderForm({"name": "Gara", "cig": "b00000000a", "points": "2,5", "hour": "0:30", **day, **changed})


def test_hour_and_day_are_local() -> None:
    whole = form()
    assert whole.is_valid(), whole.errors
    assert whole.deadline.astimezone(UTC) == datetime(2026, 6, 14, 22, 30, tzinfo=UTC)
    assert (whole.cleaned_data["cig"], str(whole.cleaned_data["points"])) == ("B00000000A", "2.5")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"cig": "B1"}, "cig"),
        ({"cig": "B00000000-"}, "cig"),
        ({"points": "0"}, "points"),
        ({"hour": "mezzogiorno"}, "hour"),
        ({"day_year": "2023", "day_month": "5", "day_day": "29"}, "day"),
    ],
)
def test_what_no_tender_has_is_refused(changed: dict[str, str], field: str) -> None:
    assert list(form(**changed).errors) == [field]


def test_a_bidder_has_a_true_number() -> None:
    make_rule()
    assert BidderForm({"vat_number": "IT 00743110157"}).is_valid()
    assert list(BidderForm({"vat_number": "00000000000"}).errors) == ["vat_number"]

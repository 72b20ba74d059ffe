"""The arrival: its receipt, and the notice that was in force."""

from datetime import date

import pytest

from candidates.models import Intake, PrivacyNotice
from tests.support.personas import make_candidate
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_every_arrival_has_a_receipt_of_its_own() -> None:
    desk = make_desk()
    for year in (2025, 2026):
        make_candidate(desk)
        Intake.objects.filter(received_on__year=2026).update(received_on=date(year, 3, 2))
    receipts = {intake.received_on.year: intake.receipt for intake in Intake.objects.all()}
    numbers = {year: int(receipt.removeprefix(f"SL-{year}-")) for year, receipt in receipts.items()}
    assert numbers[2026] > numbers[2025]
    assert Intake(number=42, received_on=date(2026, 1, 2)).receipt == "SL-2026-000042"


@pytest.mark.parametrize(
    ("day", "version"),
    [(date(2025, 12, 31), None), (date(2026, 1, 1), "1"), (date(2026, 6, 30), "1"), (date(2026, 7, 1), "2b")],
)
def test_the_notice_in_force_is_the_newest_that_has_begun(day: date, version: str | None) -> None:
    for name, begins in (("1", date(2026, 1, 1)), ("2a", date(2026, 7, 1)), ("2b", date(2026, 7, 1))):
        PrivacyNotice.objects.create(version=name, valid_from=begins, text="Testo")
    found = PrivacyNotice.objects.in_force(day)
    assert (found.version if found else None) == version

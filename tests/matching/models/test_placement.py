"""Placements: verified only with a notice of their own, recorded once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from matching.models import Placement
from matching.states import ReferralState
from tests.support.employers import make_vacancy
from tests.support.matching import make_person, make_placement, make_referral
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db

VERIFIED = {"state": "verified", "notice_code": "COB-7", "verified_at": timezone.now()}
REJECTED = {"state": "rejected", "rejection_reason": "Non risulta"}


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"ends_on": date(2026, 3, 31)}, "placement_ends_after_it_starts"),
        ({"weekly_hours": Decimal(0)}, "placement_hours_within_the_week"),
        ({"weekly_hours": Decimal("48.1")}, "placement_hours_within_the_week"),
        ({**VERIFIED, "notice_code": ""}, "verified_placement_has_its_notice"),
        ({**VERIFIED, "verified_at": None}, "verified_placement_has_its_notice"),
        ({**REJECTED, "rejection_reason": ""}, "rejected_placement_knows_why"),
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, Any], constraint: str) -> None:
    with refused(constraint):
        make_placement(**fields)


def test_the_border_is_good() -> None:
    placement = make_placement(ends_on=date(2026, 4, 1), weekly_hours=Decimal(48))
    assert placement.starts_on == placement.ends_on


def test_a_notice_verifies_one_placement() -> None:
    vacancy = make_vacancy()
    make_placement(vacancy, **VERIFIED)
    with refused("notice_verifies_one_placement"):
        make_placement(vacancy, **VERIFIED)
    make_placement(vacancy, notice_code="COB-7")
    assert Placement.objects.filter(notice_code="COB-7").count() == 2


def test_a_job_is_recorded_once_until_it_was_not_confirmed() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    first = make_placement(vacancy, candidate=person)
    with refused("placement_recorded_once"):
        make_placement(vacancy, candidate=person)
    Placement.objects.filter(pk=first.pk).update(**REJECTED)
    assert make_placement(vacancy, candidate=person).state == "declared"


def test_a_referral_has_one_placement_in_force() -> None:
    referral = make_referral(state=ReferralState.HIRED)
    facts = {"candidate": referral.candidate, "referral": referral}
    first = make_placement(referral.vacancy, **facts)
    with refused("one_placement_in_force_per_referral"):
        make_placement(referral.vacancy, **facts, starts_on=date(2026, 4, 2))
    Placement.objects.filter(pk=first.pk).update(**REJECTED)
    assert make_placement(referral.vacancy, **facts, starts_on=date(2026, 4, 2)).state == "declared"

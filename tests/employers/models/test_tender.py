"""What the database itself holds of a tender's check."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from employers.models import PremiumAward, TenderCriterion
from tests.support.employers import make_company
from tests.support.equality import make_rules, make_tender
from tests.support.personas import make_official, make_operator, scope
from tests.support.territory import make_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "changed", [{"points": 9}, {"name": "Altra"}, {"confirmed_at": None}, {"pdf_sha256": "1" * 64}]
)
def test_a_confirmed_tender_does_not_change(changed: dict[str, Any]) -> None:
    make_rules()
    tender = make_tender(make_organisation(), bidders=[make_company()])
    with pytest.raises(DatabaseError, match="a confirmed tender check does not change"), transaction.atomic():
        TenderCriterion.objects.filter(pk=tender.pk).update(**changed)


def test_a_confirmed_award_neither_changes_nor_goes() -> None:
    make_rules()
    make_tender(make_organisation(), bidders=[make_company()])
    with pytest.raises(DatabaseError, match="a confirmed award does not change"), transaction.atomic():
        PremiumAward.objects.update(points=9)
    with pytest.raises(DatabaseError, match="a confirmed award does not change"), transaction.atomic():
        PremiumAward.objects.all().delete()


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"points": 0}, "premium_is_worth_something"),
        ({"pdf": "x"}, "print_of_a_confirmed_check_has_its_hash"),
    ],
)
def test_a_row_that_lies_is_refused(changed: dict[str, Any], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        make_tender(make_organisation(), confirmed=False, **changed)


def test_points_come_with_their_evidence() -> None:
    tender = make_tender(make_organisation(), confirmed=False)
    with pytest.raises(IntegrityError, match="confirmed_award_has_its_evidence"), transaction.atomic():
        PremiumAward.objects.create(tender=tender, name="Impresa", vat_number="1", points=3)


def test_an_official_sees_the_tenders_of_their_own_body() -> None:
    official = make_official()
    by = scope(official)
    (body,) = by.organisation_ids()
    mine = make_tender(make_organisation(), confirmed=False)
    TenderCriterion.objects.filter(pk=mine.pk).update(organisation=body)
    make_tender(make_organisation(), confirmed=False)
    assert list(TenderCriterion.objects.visible_to(by)) == [mine]
    assert list(TenderCriterion.objects.visible_to(scope(make_operator()))) == []


def test_bids_are_due_from_the_deadline_on() -> None:
    now = timezone.now()
    assert TenderCriterion(deadline=now - timedelta(seconds=1)).is_due
    assert not TenderCriterion(deadline=now + timedelta(minutes=1)).is_due

"""A reckoning is kept when the company wants it, and goes when it wants."""

from decimal import Decimal

import pytest

from employers.engine.quota import Staff
from employers.models import QuotaReckoning
from employers.services.quota import forget_reckoning, save_reckoning
from sportello.accounts.scope import Scope
from tests.support.employers import make_company
from tests.support.equality import make_rules

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def test_the_last_one_saved_stands_until_it_is_taken_away() -> None:
    make_rules()
    company, other = make_company(), make_company()
    for heads, due in ((20, 1), (40, 2)):
        staff = Staff(heads, 0, Decimal(0), Decimal(40), 0, 0)
        assert save_reckoning(company=company, staff=staff, by=BY).verdict["disabled"] == due
    save_reckoning(company=other, staff=staff, by=BY)
    assert QuotaReckoning.objects.filter(company=company).count() == 1
    forget_reckoning(company=company, by=BY)
    assert [row.company for row in QuotaReckoning.objects.select_related("company")] == [other]

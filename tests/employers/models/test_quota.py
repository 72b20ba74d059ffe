"""What the database itself holds of a saved reckoning."""

import pytest
from django.db import IntegrityError, transaction

from employers.models import QuotaReckoning
from tests.support.employers import make_company

pytestmark = pytest.mark.django_db


def test_a_company_keeps_one_and_takes_it_along_when_it_goes() -> None:
    company = make_company()
    QuotaReckoning.objects.create(company=company, told={"heads": 20}, verdict={"disabled": 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        QuotaReckoning.objects.create(company=company, told={"heads": 30}, verdict={"disabled": 1})
    company.delete()
    assert not QuotaReckoning.objects.exists()

"""Facts of deliveries that hold in the database."""

import pytest
from django.db import IntegrityError

from employers.models import VacancyDelivery
from tests.support.employers import make_vacancy

pytestmark = pytest.mark.django_db


def test_a_senders_key_stands_once_for_each_company() -> None:
    vacancy, other = make_vacancy(), make_vacancy()
    for found in (vacancy, other):
        VacancyDelivery.objects.create(company=found.company, key="1", digest="d", vacancy=found)
    with pytest.raises(IntegrityError):
        VacancyDelivery.objects.create(company=vacancy.company, key="1", digest="e", vacancy=vacancy)

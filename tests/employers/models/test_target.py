"""What the database refuses of companies to be won."""

import pytest
from django.utils import timezone

from employers.models import TargetCompany
from tests.support.employers import make_company, make_target
from tests.support.personas import make_operator
from tests.support.refusals import refused
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_a_next_step_has_its_day_and_a_vacancy_its_company() -> None:
    desk = make_desk()
    owner = make_operator(desk)
    target = make_target(owner, desk)
    rows = TargetCompany.objects.filter(pk=target.pk)
    for fields in ({"next_step": "Chiamare"}, {"next_step_on": timezone.localdate()}):
        with refused("next_step_has_its_day"):
            rows.update(**fields)
    for state in ("vacancy", "hired"):
        with refused("target_with_a_vacancy_is_registered"):
            rows.update(state=state)
    company = make_company(desk)
    rows.update(state="hired", company=company)
    with refused("company_id"):
        make_target(owner, desk, company=company)
    with refused("target_named_once_in_a_town"):
        make_target(owner, desk, name=target.name)

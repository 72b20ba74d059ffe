"""A passage leads to another desk, and says why."""

import pytest

from employers.models import CompanyPassage
from tests.support.employers import make_company
from tests.support.refusals import refused
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_the_database_wants_another_desk_and_a_reason() -> None:
    company, other = make_company(), make_desk()
    with refused("passage_leads_to_another_desk"):
        CompanyPassage.objects.create(company=company, from_desk=other, to_desk=other, reason="Vicina")
    with refused("passage_knows_why"):
        CompanyPassage.objects.create(company=company, from_desk=company.desk, to_desk=other, reason="")

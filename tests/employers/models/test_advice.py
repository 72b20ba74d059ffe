"""What the database itself holds of a request."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from employers.models import AdvisoryRequest
from tests.support.employers import make_company, make_company_user
from tests.support.equality import make_advice
from tests.support.personas import make_operator, scope

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"state": "confirmed"}, "confirmed_meeting_has_hour_and_place"),
        ({"state": "closed"}, "request_closes_with_its_outcome"),
        ({"outcome": "plan"}, "request_closes_with_its_outcome"),
    ],
)
def test_a_row_that_lies_is_refused(changed: dict[str, Any], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        make_advice(**changed)


def test_one_open_request_of_a_company() -> None:
    company = make_company()
    make_advice(company, state="withdrawn")
    make_advice(company)
    with pytest.raises(IntegrityError, match="one_open_request_of_a_company"), transaction.atomic():
        make_advice(company)


def test_a_company_sees_its_own_and_operators_all() -> None:
    mine, other = make_advice(), make_advice(state="withdrawn")
    seen = AdvisoryRequest.objects.visible_to
    assert set(seen(scope(make_company_user(mine.company)))) == {mine}
    assert set(seen(scope(make_operator()))) == {mine, other}
    assert set(AdvisoryRequest.objects.open()) == {mine}

"""What the settlements ahead are said to need."""

from datetime import date

import pytest

from employers.enums import SiteState
from employers.models import Settlement
from employers.queries.settlements import Demand, demand, settlements
from tests.support.employers import make_forecast, make_occupation, make_settlement

pytestmark = pytest.mark.django_db


def test_demand_adds_up_what_is_in_force_by_group_and_month() -> None:
    seller, cashier, cook = (make_occupation(n, isco08=i) for n, i in (("a", "5223"), ("b", "5230"), ("c", "5120")))
    one, two = make_settlement(), make_settlement(state=SiteState.OPENING)
    old = make_forecast(one, occupation=seller, headcount=900, needed_on=date(2027, 3, 2))
    make_forecast(one, occupation=seller, headcount=20, needed_on=date(2027, 3, 31), replaces=old)
    make_forecast(two, occupation=cashier, headcount=5, needed_on=date(2027, 3, 1))
    make_forecast(two, occupation=seller, headcount=4, needed_on=date(2027, 4, 1))
    gone = make_forecast(two, occupation=cook, headcount=3, needed_on=date(2027, 4, 1))
    make_forecast(two, occupation=cook, headcount=0, needed_on=date(2027, 4, 1), replaces=gone)
    for state in (SiteState.PRESENT, SiteState.DROPPED):
        make_forecast(make_settlement(state=state), occupation=cook)
    assert demand() == [Demand("52", date(2027, 3, 1), 25), Demand("52", date(2027, 4, 1), 4)]


def test_the_list_counts_what_is_in_force_and_is_narrowed_by_state() -> None:
    one, dropped = make_settlement(), make_settlement(state=SiteState.DROPPED)
    old = make_forecast(one, headcount=900)
    make_forecast(one, headcount=20, replaces=old)
    make_forecast(one, headcount=1)
    found: list[Settlement] = list(settlements())
    assert {row.pk: getattr(row, "needed") for row in found} == {one.pk: 21, dropped.pk: 0}  # noqa: B009
    assert [row.pk for row in settlements(state=SiteState.DROPPED)] == [dropped.pk]

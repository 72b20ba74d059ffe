"""Settlements and companies to be won of the demonstration."""

import pytest

from employers.models import Settlement, TargetCompany, WorkforceForecast
from employers.queries.settlements import demand
from employers.states import TARGET_TRANSITIONS, TargetState

pytestmark = pytest.mark.usefixtures("village")


def test_two_thousand_sellers_are_forecast_and_an_older_word_can_be_read() -> None:
    assert {row.group: row.headcount for row in demand()} == {"52": 2000, "93": 60}
    old = WorkforceForecast.objects.get(replaced_by__isnull=False)
    assert (old.headcount, old.replaced_by.headcount) == (2600, 2000)
    assert old.made_on < old.replaced_by.made_on


def test_one_has_its_company_and_of_the_other_nobody_knows() -> None:
    assert sorted(pk is None for pk in Settlement.objects.values_list("company_id", flat=True)) == [False, True]


def test_the_way_of_each_company_to_be_won_is_lawful_and_ends_at_its_state() -> None:
    for target in TargetCompany.objects.prefetch_related("transitions"):
        state = TargetState.IDENTIFIED
        for step in sorted(target.transitions.all(), key=lambda step: step.at):
            assert step.from_state == state
            assert TargetState(step.to_state) in TARGET_TRANSITIONS[state]
            state = TargetState(step.to_state)
        assert state == target.state
    met = TargetCompany.objects.filter(visits__isnull=False).values_list("name", flat=True)
    assert set(met) == {"Logistica Rivolta", "Officine Idroscalo", "Hotel Linate Est"}
    reached = set(TargetCompany.objects.values_list("state", flat=True))
    assert reached == set(TargetState) - {TargetState.VACANCY}

"""What the database refuses of settlements and forecasts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.models import WorkforceForecast
from tests.support.employers import make_forecast, make_settlement
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_the_window_is_a_window() -> None:
    today = timezone.localdate()
    with refused("settlement_window_is_a_window"):
        make_settlement(opens_from=today, opens_to=today - timedelta(days=1))


def test_nobody_is_needed_only_in_the_place_of_an_older_word() -> None:
    first = make_forecast()
    with refused("a_first_forecast_needs_somebody"):
        make_forecast(headcount=0)
    assert make_forecast(first.settlement, headcount=0, replaces=first).headcount == 0


def test_a_forecast_is_replaced_once_and_not_by_itself() -> None:
    first = make_forecast()
    make_forecast(first.settlement, replaces=first)
    with refused("replaces"):
        make_forecast(first.settlement, replaces=first)
    with refused("forecast_does_not_replace_itself"):
        WorkforceForecast.objects.filter(pk=first.pk).update(replaces=first)

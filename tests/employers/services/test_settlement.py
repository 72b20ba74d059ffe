"""A newer forecast takes the place of the older one, which stays to be read."""

from typing import Any

import pytest
from django.utils import timezone

from employers.models import Settlement, WorkforceForecast
from employers.services.settlement import AlreadyReplaced, write_forecast, write_settlement
from sportello.accounts.scope import Scope
from tests.support.employers import make_forecast, make_settlement
from tests.support.personas import make_operator, scope
from tests.support.races import while_it_waits

BY = Scope.of_process("tests")


def replace(old: WorkforceForecast, headcount: int) -> WorkforceForecast:
    said: dict[str, Any] = {
        name: getattr(old, name) for name in ("settlement", "occupation", "needed_on", "source", "confidence")
    }
    return write_forecast(**said, headcount=headcount, made_on=timezone.localdate(), replaces=old, by=BY)


@pytest.mark.django_db
def test_the_older_one_is_not_deleted_and_the_writer_is_kept() -> None:
    operator = make_operator()
    settlement = make_settlement()
    old = make_forecast(settlement)
    said: dict[str, Any] = {
        "occupation": old.occupation,
        "needed_on": old.needed_on,
        "source": "Sindaco",
        "confidence": "high",
    }
    new = write_forecast(
        settlement=settlement, headcount=7, made_on=timezone.localdate(), replaces=old, by=scope(operator), **said
    )
    assert (new.replaces, new.written_by) == (old, operator)
    assert list(settlement.forecasts.order_by("headcount").values_list("headcount", flat=True)) == [7, 10]
    with pytest.raises(AlreadyReplaced):
        replace(old, 8)
    assert replace(new, 0).headcount == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_newer_words_of_the_same_moment_one_stands() -> None:
    old = make_forecast()

    def late() -> None:
        with pytest.raises(AlreadyReplaced):
            replace(old, 6)

    while_it_waits(lambda: replace(old, 5), late)
    assert [row.headcount for row in WorkforceForecast.objects.filter(replaces=old)] == [5]


@pytest.mark.django_db
def test_a_settlement_is_written_and_corrected() -> None:
    model = make_settlement()
    said: dict[str, Any] = {
        "municipality": model.municipality,
        "opens_from": model.opens_from,
        "opens_to": model.opens_to,
    }
    made = write_settlement(name="Polo", by=BY, **said)
    changed = write_settlement(settlement=made, name="Polo logistico", state="opening", by=BY)
    assert (changed.pk, changed.name, changed.opens_to) == (made.pk, "Polo logistico", model.opens_to)
    assert Settlement.objects.count() == 2

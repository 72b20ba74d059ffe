"""What the desk and the control room write of new settlements and of the people they will need."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from employers.models import Settlement, WorkforceForecast
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.reference.models import Occupation


class AlreadyReplaced(Exception):
    """A newer forecast stands in its place: that one is to be replaced."""


@audit.service("settlement.write")
def write_settlement(*, by: Scope, settlement: Settlement | None = None, **fields: Any) -> Settlement:
    """A new settlement, or what is now known of `settlement`. `fields` are the model's."""
    if settlement is None:
        return Settlement.objects.create(**fields)
    settlement = Settlement.objects.select_for_update(of=("self",)).get(pk=settlement.pk)
    for name, value in fields.items():
        setattr(settlement, name, value)
    settlement.save()
    return settlement


@audit.service("forecast.write")
def write_forecast(
    *,
    settlement: Settlement,
    occupation: Occupation,
    headcount: int,
    needed_on: date,
    source: str,
    confidence: str,
    made_on: date,
    by: Scope,
    replaces: WorkforceForecast | None = None,
) -> WorkforceForecast:
    """One more forecast of the settlement; with `replaces` in the place of an older one, which stays to be read.

    Raises AlreadyReplaced.
    """
    try:
        with transaction.atomic():
            return WorkforceForecast.objects.create(
                settlement=settlement,
                occupation=occupation,
                headcount=headcount,
                needed_on=needed_on,
                source=source,
                confidence=confidence,
                made_on=made_on,
                replaces=replaces,
                written_by_id=by.user_id,
            )
    except IntegrityError as error:
        raise AlreadyReplaced from error

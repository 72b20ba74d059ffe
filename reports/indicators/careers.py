"""Whether people work after they registered, and how long they looked for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Value,
)

from candidates.models import Case as CareCase
from candidates.models import Intake
from candidates.states import CaseClosing
from matching.models import Placement
from matching.states import PlacementState
from reports.indicators.events import Events, Window, fact_rows, person_rows

CONTRACTS = Q(state=PlacementState.VERIFIED, contract_type__is_employment=True)
INTERNSHIPS = Q(state=PlacementState.VERIFIED, contract_type__code="INTERNSHIP")

MONTHS: Final = {"3": 91, "6": 182, "9": 273, "12": 365, "18": 547}
"""After how many days so many months are over. Later ones would be known of few: see `SEARCHED`."""
SEARCHED: Final = 730
"""Days in which who registered is asked how long they looked: fewer people would tell little, longer ago tells of another time."""
WORKED: Final = ("worked", "not_yet")
FOUND: Final = (*(f"found_{months}" for months in MONTHS), "longer")


def followed(days: int, group: Callable[[Window, str], Any] | None = None) -> Callable[[Window], Events]:
    """Who registered so many days before a day of the window, which is when each is due; by their group, if one is given."""

    def rows(window: Window) -> Events:
        first, last = window.before(days)
        day = ExpressionWrapper(F("received_on") + timedelta(days=days), DateField())
        outcome = group(window, "candidate__") if group else None
        return _first_registrations(replace(window, start=first, end=last), outcome=outcome, due=day)

    return rows


def jobs(window: Window) -> Events:
    """Verified contracts until the last day: nobody is followed any longer."""
    begun = Placement.objects.filter(CONTRACTS, starts_on__lte=window.end)
    return fact_rows(begun, "starts_on", whose="candidate_id", until=F("ends_on"))


def searches(window: Window) -> Events:
    """Who registered in the two years until the last day."""
    years = replace(window, start=window.end - timedelta(days=SEARCHED))
    return _first_registrations(years, observed=Value(window.end, output_field=DateField()))


def found_or_gone(window: Window) -> Events:
    """The jobs that end a search. Whoever left the desk for another reason is not observed any longer."""
    closed = CareCase.objects.filter(~Q(closing=CaseClosing.PLACED), closed_on__lte=window.end)
    return jobs(window).union(fact_rows(closed, "closed_on", whose="candidate_id", ends=False), all=True)


def found_within(_window: Window) -> dict[str, int]:
    """The most days of each outcome of a search but the last."""
    return {f"found_{months}": days for months, days in MONTHS.items()}


def _first_registrations(window: Window, **more: Any) -> Events:
    """Of each person the first registration in the window; of two on the same day, either."""
    again = Intake.objects.filter(candidate=OuterRef("candidate"), received_on__range=window.days)
    earlier = again.filter(received_on__lt=OuterRef("received_on"))
    return person_rows(Intake.objects.filter(~Exists(earlier)), "received_on", window, **more)

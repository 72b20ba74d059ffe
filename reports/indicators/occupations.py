"""What jobs people look for and companies offer, group by group of occupations, at the end of each month."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import reduce
from operator import add
from typing import Any, Final

from django.db.models import Case, CharField, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Left

from candidates.models import DesiredOccupation
from employers.models import Vacancy, VacancyTransition
from employers.states import VacancyState
from reports.indicators.events import Events, Window

MONTHS_OF_SEMESTER: Final = 6


def month_ends(window: Window) -> list[date]:
    """The last days of the months that end in the window; its own last day where none does."""
    days = (window.start + timedelta(days=n) for n in range((window.end - window.start).days + 1))
    return [day for day in days if (day + timedelta(days=1)).day == 1][-MONTHS_OF_SEMESTER:] or [window.end]


def wanted(window: Window) -> Events:
    """People with an open case at the end of a month, once for each group of occupations in which they look for a job; their weight
    is the number of months. The jobs are those that they look for now: nobody writes down which they were."""
    ends = month_ends(window)
    still = Q(candidate__cases__closed_on__isnull=True) | Q(candidate__cases__closed_on__gt=ends[0])
    people = DesiredOccupation.objects.filter(still, candidate__cases__opened_on__lte=ends[-1])
    # Two jobs of one group are one, and so are two cases of a month.
    once: Any = people.order_by().values("candidate", outcome=_GROUP, place=F("candidate__cases__residence_id"))
    months = once.annotate(weight=reduce(add, map(_is_open_on, ends)))
    rows: Events = months.filter(weight__gt=0).values("weight", "place", "outcome")
    return rows


def _is_open_on(day: date) -> Max:
    still = Q(candidate__cases__closed_on__isnull=True) | Q(candidate__cases__closed_on__gt=day)
    return Max(Case(When(still, candidate__cases__opened_on__lte=day, then=1), default=0))


def open_posts(window: Window) -> Events:
    """Vacancies that could be answered at the end of a month, with their posts."""
    return over_months(window, _open_on)


def _open_on(day: date) -> Events:
    rows: Any = open_vacancies(day).order_by()
    posts: Events = rows.values(weight=F("posts"), place=F("workplace__municipality_id"), outcome=_GROUP)
    return posts


def open_vacancies(day: date) -> QuerySet[Vacancy]:
    """Those that could be answered at the end of the day."""
    moves = VacancyTransition.objects.filter(vacancy=OuterRef("pk"), at__date__lte=day).order_by("-at", "-pk")
    closed = (VacancyState.FILLED, VacancyState.WITHDRAWN)
    vacancies: QuerySet[Vacancy] = (
        Vacancy.objects.filter(published_on__lte=day, expires_on__gte=day)
        .annotate(last=Coalesce(Subquery(moves.values("to_state")[:1]), Value("")))
        .exclude(last__in=closed)
    )
    return vacancies


def over_months(window: Window, on: Callable[[date], Events]) -> Events:
    """The rows of each month's end, one after the other."""
    first, *others = map(on, month_ends(window))
    return first.union(*others, all=True)


_GROUP = Left("occupation__isco08", 2, output_field=CharField())

"""How a measure is told to the database: the days that count, and rows of events with the residence that each one stored."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, DateField, F, Model, Q, QuerySet, Value
from django.utils import timezone

from reports.rules import Dimension
from sportello.reference.rules import parameters


@dataclass(frozen=True)
class Window:
    """Which events count: those from the day `start` to the day `end`, both included.

    `first_contact_days` is the rule of that name: within how many days a desk answers who has registered; `referral_answer_days` that
    of a company, whom somebody was sent to.
    """

    start: date
    end: date
    first_contact_days: int
    referral_answer_days: int

    @property
    def days(self) -> tuple[date, date]:
        return (self.start, self.end)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """First and last moment, in Italian time."""
        first = timezone.make_aware(datetime.combine(self.start, time.min))
        return first, timezone.make_aware(datetime.combine(self.end, time.max))

    def before(self, days: int) -> tuple[date, date]:
        """The same days so many days earlier: whoever registered in them has been followed for as long."""
        return self.start - timedelta(days=days), self.end - timedelta(days=days)


def terms_on(day: date) -> dict[str, int]:
    """The rules of a `Window` in force on a day, by the names of its fields. One query; MissingParameterError where one has no value."""
    rules = parameters("first_contact_days", "referral_answer_days", on=day)
    return {key: int(rule.value) for key, rule in rules.items()}


Events = QuerySet[Any, dict[str, Any]]

Facts = Callable[[Window], Events]
"""What happened to subjects: rows whose, happened, until (days), ends. To a unit belong those of its subject from its day on; one that
does not end what the unit began ends its observation. None is after the window. They are joined once for all units: a look for each
would take minutes."""


@dataclass(frozen=True)
class Duration:
    """How long the units of a measure last: from their day to the first fact. `quantiles` are percents of the units, `marks` the days,
    by their name, after which it is told how many still last; they need the measure's outcomes. `within` are the most days of each
    outcome, in their order, but of the last one, which has the rest."""

    facts: Facts
    quantiles: tuple[int, ...]
    marks: Mapping[str, int] = field(default_factory=dict)
    within: Callable[[Window], Mapping[str, int]] = field(default=lambda _window: {})


@dataclass(frozen=True)
class Cohort:
    """What became of the units of a measure until the day on which each is due. `stages` are the words for one of which a fact lasts
    on that day, of which one has been, and of which there was none; they follow the outcome of the events, if these have any."""

    facts: Facts
    stages: tuple[str, str, str]


@dataclass(frozen=True)
class Measure:
    """A count of distinct units, or the sum of their weights.

    `events` gives rows unit, subject, weight, place, day, outcome; what the measure has no use for is null or left out. The `subject`
    is the person, whose sex and birth date are looked up where the measure is told by them. A unit counts once in an area. With
    `sums_weights` each row counts by itself, as its weight, and nothing is looked for twice: so things are counted that have one row
    each. `heaviest` is the largest weight that one person can have, so that a threshold of people is one of that many weights.

    `outcomes` are the values of `outcome` where each unit ends in one of them: a part of the units, of which nobody may learn that all
    of them, or none, are in it; `tables` cut the same units in other ways, under the same total: the members of each dimension are
    the values of the column of its name. `refined` has the steps that make up some of the members of both, and then those stand in
    the column. The outcomes of a measure that `is_public` are public as well, but not the steps. With a `duration` the rows have the
    day until which each is `observed`: one that has not ended by then is only known to last longer. With a `cohort` they have the day
    on which each is `due`. Both make the outcomes by themselves.

    `employers` gives rows place, employer, number, where a count speaks of what single employers did; of a public measure, those of
    its steps. `only_with` names an earlier measure, the people of this one: who knows how many things there were would know the
    most people that there can be; breakdowns that the people do not have stand under that total. `part_of` names an earlier measure
    of which every unit of this one is a unit in the same place; one whose members stand alone is a part of its total, member by
    member. `told_with` names measures that are reckoned from one another with this one: each is told where all are. `leaves` has
    the members of a table that are a part of what other measures are reckoned to, each so many times, in the same place: who else
    is in that sum must reach the threshold. `only_wide`: told of the wide areas alone. Where a breakdown `declares_disability`, the
    whole measure has the higher threshold of that rule: its total must not be known more closely.
    """

    key: str
    events: Callable[[Window], Events]
    dimensions: tuple[Dimension, ...] = ()
    outcomes: tuple[str, ...] = ()
    refined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tables: Mapping[Dimension, tuple[str, ...]] = field(default_factory=dict)
    sums_weights: bool = False
    heaviest: int = 1
    only_with: str = ""
    part_of: str = ""
    told_with: tuple[str, ...] = ()
    leaves: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    is_public: bool = False
    only_wide: bool = False
    employers: Callable[[Window], Iterable[Mapping[str, Any]]] | None = None
    declares_disability: bool = False
    duration: Duration | None = None
    cohort: Cohort | None = None


def person_rows(
    model: type[Model] | QuerySet[Any],
    day: str,
    window: Window,
    *which: Q,
    unit: str = "candidate_id",
    through: str = "",
    place: str = "",
    outcome: Any = None,
    **more: Any,
) -> Events:
    """Rows of events about people in the window. `day` is a date, or ends in `__date` for a moment; with `through` the person and
    the residence stand on that relation. The unit is the person, or the event itself with `unit="pk"`. `place` is where the
    residence stands if the event does not keep its own."""
    column, is_moment = day.removesuffix("__date"), day.endswith("__date")
    period = {f"{column}__range": window.moments if is_moment else window.days}
    rows = model if isinstance(model, QuerySet) else model._default_manager.all()
    return (
        rows.filter(*which, **period)
        .order_by()
        .values(
            unit=F(unit),
            weight=Value(1),
            subject=F(f"{through}candidate_id"),
            place=F(place or f"{through}residence_id"),
            day=F(day),
            outcome=outcome or Value(None, output_field=CharField()),
            **more,
        )
    )


def business_rows(
    rows: QuerySet[Any], day: str, place: str, unit: str, weight: Any, *, outcome: Any = None, **more: Any
) -> Events:
    """Rows of events about companies and what they offer: each is its own subject."""
    return rows.order_by().values(
        unit=F(unit),
        subject=F(unit),
        weight=weight,
        place=F(place),
        day=F(day),
        outcome=outcome or Value(None, output_field=CharField()),
        **more,
    )


def fact_rows(rows: QuerySet[Any], happened: str, *, whose: str, until: Any = None, ends: bool = True) -> Events:
    """Rows of what happened to subjects, for `Duration` and `Cohort`."""
    return rows.order_by().values(
        whose=F(whose),
        happened=F(happened),
        until=until or Value(None, output_field=DateField()),
        ends=Value(ends),
    )

"""What a figure of the report is, which days a semester holds, and what a change means."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sportello.core.text import grouped


class Unit(StrEnum):
    """How a figure is written: a number of people or things, a part of a hundred, a part of a thousand."""

    COUNT = "count"
    PERCENT = "percent"
    PER_THOUSAND = "per_thousand"


class Dimension(StrEnum):
    """Along what a figure is broken down; TOTAL is the figure itself."""

    TOTAL = ""
    SEX = "sex"
    AGE = "age"
    OUTCOME = "outcome"
    MUNICIPALITY = "municipality"


class Section(StrEnum):
    """Chapters of the report."""

    PEOPLE = "people"
    TAKING_IN_CHARGE = "taking_in_charge"
    COMPANIES = "companies"
    OUTCOMES = "outcomes"


@dataclass(frozen=True)
class Indicator:
    """One figure of the report and the words that explain it.

    `polarity` is +1 where more is better, -1 where less is better, 0 where neither. `numerator` and `denominator` name the
    measures it is made of ("" for a plain count), the `_text` fields say them to people. `adds_up` where each unit belongs to one
    semester only, so that the figures of several semesters make a total; people may come back, so they do not add up.
    """

    key: str
    section: Section
    label: Promise | str
    english: str
    unit: Unit
    polarity: int
    definition: Promise | str
    numerator: str
    numerator_text: Promise | str
    population: Promise | str
    source: Promise | str
    denominator: str = ""
    denominator_text: Promise | str = ""
    dimensions: tuple[Dimension, ...] = ()
    adds_up: bool = False


@dataclass(frozen=True)
class Semester:
    """Half a calendar year: 1 is January to June, 2 is July to December."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in (1, 2):
            raise ValueError(f"a year has no half number {self.half}")

    @property
    def first_day(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def label(self) -> str:
        first = _("Primo semestre %(year)d")
        return (first if self.half == 1 else _("Secondo semestre %(year)d")) % {"year": self.year}

    def data_cut(self, today: date) -> date:
        """Last day whose records count: yesterday while the semester runs, since today is not over. ValueError before its 2nd day."""
        cut = min(self.last_day, today - timedelta(days=1))
        if cut < self.first_day:
            raise ValueError(f"semester {self.year}-{self.half} has no past day yet")
        return cut

    @classmethod
    def of(cls, day: date) -> "Semester":
        """The semester in which `day` falls."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    @classmethod
    def span(cls, first: date, last: date) -> list["Semester"]:
        """The semesters from that of the day `first` to that of the day `last`, oldest first; none when `last` comes before."""
        begin, end = cls.of(first), cls.of(last)
        numbers = range(2 * begin.year + begin.half - 1, 2 * end.year + end.half)
        return [cls(number // 2, number % 2 + 1) for number in numbers]

    @classmethod
    def parse(cls, text: str) -> "Semester":
        """From "2026-1"; ValueError for anything else."""
        year, _dash, half = text.partition("-")
        return cls(int(year), int(half))

    @classmethod
    def before(cls, day: date) -> "Semester":
        """The last semester that was over on `day`."""
        return cls(day.year, 1) if day.month > 6 else cls(day.year - 1, 2)


class GoalState(StrEnum):
    """Where a goal of a pact stands; AWAITING: the figures published so far cannot tell."""

    REACHED = "reached"
    UNDER_WAY = "under_way"
    MISSED = "missed"
    AWAITING = "awaiting"


def goal_state(reached: float | None, *, target: int, is_due: bool, is_complete: bool) -> GoalState:
    """Judge a goal. `is_due`: its last day is over; `is_complete`: the figures cover every day up to it, none hidden."""
    if reached is not None and reached >= target:
        return GoalState.REACHED
    if is_due and is_complete:
        return GoalState.MISSED
    return GoalState.AWAITING if is_due or reached is None else GoalState.UNDER_WAY


class Trend(StrEnum):
    """What a change against the edition before means to the territory."""

    BETTER = "better"
    WORSE = "worse"
    STABLE = "stable"
    UP = "up"
    DOWN = "down"


def trend(now: float, before: float, polarity: int) -> Trend:
    """Judge a change; figures without polarity only rise or fall. Numbers that are printed alike are stable."""
    change = rounded(now) - rounded(before)
    if change == 0:
        return Trend.STABLE
    if polarity == 0:
        return Trend.UP if change > 0 else Trend.DOWN
    return Trend.BETTER if (change > 0) == (polarity > 0) else Trend.WORSE


def value_of(unit: Unit, numerator: int, denominator: int | None) -> float | None:
    """The figure in its unit; None for a rate over nothing."""
    if unit is Unit.COUNT:
        return numerator
    if not denominator:
        return None
    return numerator * (100 if unit is Unit.PERCENT else 1000) / denominator


def shown(unit: Unit, value: float) -> str:
    """As people read it in Italian: "1.431", "15,8 %", "12,4" (the label says every 1,000)."""
    if unit is Unit.COUNT:
        return grouped(round(value))
    decimal = str(rounded(value)).replace(".", ",")
    return f"{decimal} %" if unit is Unit.PERCENT else decimal


def shown_in_english(unit: Unit, value: float) -> str:
    """As the English summary writes it: "1,431", "15.8%", "12.4 per 1,000"."""
    if unit is Unit.COUNT:
        return f"{round(value):,}"
    return f"{rounded(value)}%" if unit is Unit.PERCENT else f"{rounded(value)} per 1,000"


def rounded(value: float) -> Decimal:
    """To one decimal, halves away from zero as people do: 6.25 is 6.3."""
    # From the shortest text of the number, so that a half is a half whatever its binary form.
    return Decimal(repr(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)

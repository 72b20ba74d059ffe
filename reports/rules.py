"""What a figure of the report is, which days a semester holds, and what a change means."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import sqrt
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sportello.core.text import grouped
from sportello.reference.rules import RULE_KINDS


class Unit(StrEnum):
    """How a figure is written: a number of people or things, of days, a part of a hundred, a part of a thousand.

    What is counted for every hundred of something else is no part of it: five posts for a hundred people. Days are a number for themselves: the denominator of such a figure says of how many people or things it is.
    """

    COUNT = "count"
    DAYS = "days"
    PERCENT = "percent"
    PER_HUNDRED = "per_hundred"
    PER_THOUSAND = "per_thousand"


class Dimension(StrEnum):
    """Along what a figure is broken down; TOTAL is the figure itself."""

    TOTAL = ""
    SEX = "sex"
    AGE = "age"
    OUTCOME = "outcome"
    STEP = "step"
    HOURS = "hours"
    SINCE = "since"
    ARRIVAL = "arrival"
    QUANTILE = "quantile"
    MONTHS = "months"
    SERVICE = "service"
    OCCUPATION = "occupation"
    SKILL = "skill"
    MUNICIPALITY = "municipality"


ALONE: Final = frozenset({Dimension.SERVICE, Dimension.OCCUPATION, Dimension.SKILL})
"""Dimensions of many members, each counted by itself under no total: the members are those that were met anywhere."""


LEAST_ASKED: Final = 5
"""Posts that have to ask for a skill: fewer are the wish of one company, and the list must stay one that can be read."""


SMALL_DENOMINATOR: Final = "small_denominator"
"""The rule parameter of the smallest denominator of a figure that is told."""


class Section(StrEnum):
    """Chapters of the report."""

    PEOPLE = "people"
    TAKING_IN_CHARGE = "taking_in_charge"
    COMPANIES = "companies"
    TRAINING = "training"
    OUTCOMES = "outcomes"


@dataclass(frozen=True)
class Indicator:
    """One figure of the report and the words that explain it.

    `polarity` is +1 where more is better, -1 where less is better, 0 where neither. `numerator` and `denominator` name the
    measures it is made of ("" for a plain count), the `_text` fields say them to people. `adds_up` where each unit belongs to one
    semester only, so that the figures of several semesters make a total; people may come back, so they do not add up. `reference` says
    of which days the figure is true.
    `first_version` is the version of the catalogue in which it first stood as it is: a figure whose definition changes begins anew.
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
    reference: Promise | str
    source: Promise | str
    first_version: int
    denominator: str = ""
    denominator_text: Promise | str = ""
    dimensions: tuple[Dimension, ...] = ()
    adds_up: bool = False

    @property
    def least_denominator(self) -> str:
        """The rule parameter under which a denominator hides the figure; "" for what is measured against nothing."""
        return SMALL_DENOMINATOR if self.denominator else ""

    @property
    def least_denominator_text(self) -> str:
        """The same as people read it: the name of the rule."""
        key = self.least_denominator
        return _("la regola «%(rule)s»") % {"rule": RULE_KINDS[key].label} if key else _("nessuno: è un conteggio")

    @property
    def has_total(self) -> bool:
        return not ALONE.intersection(self.dimensions)


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


def change_told(change: int) -> str:
    """How much more or less than before, in words: "1.200 in più", "3 in meno", "uguale"."""
    if change == 0:
        return _("uguale")
    words = _("%(n)s in più") if change > 0 else _("%(n)s in meno")
    return words % {"n": grouped(abs(change))}


def value_of(unit: Unit, numerator: int, denominator: int | None) -> float | None:
    """The figure in its unit; None for a rate over nothing."""
    if unit in (Unit.COUNT, Unit.DAYS):
        return numerator
    if not denominator:
        return None
    return numerator * (1000 if unit is Unit.PER_THOUSAND else 100) / denominator


def shown(unit: Unit, value: float) -> str:
    """As people read it in Italian: "1.431", "12 giorni", "15,8 %", "12,4" (the label says every how many)."""
    if unit is Unit.COUNT:
        return grouped(round(value))
    if unit is Unit.DAYS:
        return ngettext("%(n)s giorno", "%(n)s giorni", round(value)) % {"n": grouped(round(value))}
    decimal = str(rounded(value)).replace(".", ",")
    return f"{decimal} %" if unit is Unit.PERCENT else decimal


def shown_in_english(unit: Unit, value: float) -> str:
    """As the English summary writes it: "1,431", "12 days", "15.8%", "12.4 per 1,000"."""
    if unit is Unit.COUNT:
        return f"{round(value):,}"
    if unit is Unit.DAYS:
        return "1 day" if round(value) == 1 else f"{round(value):,} days"
    written = {Unit.PERCENT: "{}%", Unit.PER_HUNDRED: "{} per 100", Unit.PER_THOUSAND: "{} per 1,000"}
    return written[unit].format(rounded(value))


def rounded(value: float) -> Decimal:
    """To one decimal, halves away from zero as people do: 6.25 is 6.3."""
    # From the shortest text of the number, so that a half is a half whatever its binary form.
    return Decimal(repr(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)


NORMAL_95 = 1.959963984540054
"""The normal deviate that 95 of 100 stay within."""


def wilson(numerator: int, denominator: int) -> tuple[float, float]:
    """The 95 % interval of a share, 0 to 1 (Wilson, 1927). ValueError for a share of nothing."""
    if not 0 <= numerator <= denominator or denominator == 0:
        raise ValueError(f"{numerator} of {denominator} is no share")
    share, z2 = numerator / denominator, NORMAL_95**2
    centre = share + z2 / (2 * denominator)
    half = NORMAL_95 * sqrt(share * (1 - share) / denominator + z2 / (4 * denominator**2))
    whole = 1 + z2 / denominator
    low = (centre - half) / whole if numerator else 0.0
    return low, (centre + half) / whole if numerator < denominator else 1.0


def ratio(one: tuple[int, int], other: tuple[int, int]) -> tuple[float, float, float] | None:
    """The ratio of two shares, each numerator and denominator, with its 95 % interval; None where the other share is zero.

    The limits are recovered from Wilson's of each share (Newcombe's square-and-add, for ratios: Donner and Zou, 2012).
    """
    p, q = one[0] / one[1], other[0] / other[1]
    if q == 0:
        return None
    (low, high), (other_low, other_high) = wilson(*one), wilson(*other)
    square = (p * q) ** 2
    below = p * q + sqrt(max(0.0, square - low * other_high * (2 * p - low) * (2 * q - other_high)))
    above = p * q + sqrt(max(0.0, square - high * other_low * (2 * p - high) * (2 * q - other_low)))
    lowest = low * (2 * p - low) / below if low else 0.0
    return p / q, lowest, above / (other_low * (2 * q - other_low))


GROUPS: Final[dict[str, Promise]] = {
    "f": gettext_lazy("Donne"),
    "m": gettext_lazy("Uomini"),
    "young": gettext_lazy("Fino a 34 anni"),
    "middle": gettext_lazy("Da 35 a 54 anni"),
    "older": gettext_lazy("Da 55 anni in su"),
}
"""Groups that are compared with each other. The ages are whole bands of the residents' table."""

REFERENCE: Final = {"f": "m", "m": "m", "young": "middle", "middle": "middle", "older": "middle"}
"""The group with which each one is compared."""


@dataclass(frozen=True)
class Share:
    """How many of a group came so far, in percent with the 95 % interval; `ratio` compares with the group of reference."""

    numerator: int
    denominator: int
    percent: float
    low: float
    high: float
    ratio: tuple[float, float, float] | None

    @classmethod
    def of(cls, own: tuple[int, int], reference: tuple[int, int] | None) -> "Share":
        """From the two numbers of the group and of that of reference, None where it is the same or is not told."""
        low, high = wilson(*own)
        compared = ratio(own, reference) if reference else None
        return cls(*own, 100 * own[0] / own[1], 100 * low, 100 * high, compared)

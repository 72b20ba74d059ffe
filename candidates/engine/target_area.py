"""Which of the four areas of the municipal service a person belongs to, by dated rules: pure, nothing is read here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

ISEE_LIMIT = "target_economic_isee_limit"
CIVIL_PERCENT = "targeted_placement_civil_percent_above"
WORK_PERCENT = "targeted_placement_work_percent_above"
OVER_AGE = "target_over_45_age"
YOUTH_AGES = "target_youth_ages"
NEEDED = (ISEE_LIMIT, CIVIL_PERCENT, WORK_PERCENT, OVER_AGE, YOUTH_AGES)


class Area(StrEnum):
    """The values of `enums.TargetArea`."""

    ECONOMIC = "economic"
    DISABLED = "disabled"
    OVER_45 = "over_45"
    YOUTH = "youth"


@dataclass(frozen=True)
class Facts:
    """What is known on the day of intake: completed years, whether without work, ISEE in euro, percentages of invalidity.

    None where the person has not said it: nobody is asked twice, and nothing is guessed.
    """

    age: int
    is_jobless: bool
    isee: int | None = None
    civil_percent: int | None = None
    work_percent: int | None = None


@dataclass(frozen=True)
class AreaRule:
    """A dated rule: its number (two of them for a span of ages) and where it is written."""

    key: str
    value: int | tuple[int, int]
    citation: str


@dataclass(frozen=True)
class AreaVerdict:
    """Whether the person belongs to an area: None where the facts do not say; on which of them, by which rules."""

    area: Area
    met: bool | None
    inputs: Mapping[str, int | bool | None]
    rules: tuple[AreaRule, ...]


def judge_areas(facts: Facts, rules: Mapping[str, AreaRule]) -> list[AreaVerdict]:
    """The four verdicts, in the order in which an area is proposed: health first, then means, then age."""
    civil, work = rules[CIVIL_PERCENT], rules[WORK_PERCENT]
    said = [
        percent > _number(rule)
        for percent, rule in ((facts.civil_percent, civil), (facts.work_percent, work))
        if percent is not None
    ]
    first, last = _span(rules[YOUTH_AGES])
    return [
        AreaVerdict(
            Area.DISABLED,
            any(said) if said else None,
            {"civil_percent": facts.civil_percent, "work_percent": facts.work_percent},
            (civil, work),
        ),
        AreaVerdict(
            Area.ECONOMIC,
            None if facts.isee is None else facts.isee <= _number(rules[ISEE_LIMIT]),
            {"isee": facts.isee},
            (rules[ISEE_LIMIT],),
        ),
        AreaVerdict(
            Area.OVER_45,
            facts.is_jobless and facts.age >= _number(rules[OVER_AGE]),
            {"age": facts.age, "is_jobless": facts.is_jobless},
            (rules[OVER_AGE],),
        ),
        AreaVerdict(
            Area.YOUTH,
            facts.is_jobless and first <= facts.age <= last,
            {"age": facts.age, "is_jobless": facts.is_jobless},
            (rules[YOUTH_AGES],),
        ),
    ]


def proposed_area(verdicts: list[AreaVerdict]) -> Area | None:
    """The first area that is met."""
    return next((verdict.area for verdict in verdicts if verdict.met), None)


def _number(rule: AreaRule) -> int:
    if isinstance(rule.value, tuple):
        raise TypeError(f"{rule.key} is a span, not a number")
    return rule.value


def _span(rule: AreaRule) -> tuple[int, int]:
    if not isinstance(rule.value, tuple):
        raise TypeError(f"{rule.key} is a number, not a span")
    return rule.value

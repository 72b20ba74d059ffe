"""How many people a company must hire from the lists of targeted placement (L. 12 March 1999, n. 68). Pure.

Numbers of the law come in as `Rules`; see the rows of `RuleParameter` whose keys begin with `quota_`.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Rules:
    """Staff from which each duty begins, percentages, and the hundredths of a person beyond which one more counts."""

    first_staff: int
    second_staff: int
    percent_staff: int
    percent: int
    families_first_staff: int
    families_percent_staff: int
    families_percent: int
    rounding_percent: int


@dataclass(frozen=True)
class Staff:
    """Who works for the company. `heads` are all full-timers; `excluded` those of them whom the law does not count.

    Part-timers count by their hours: `part_time_hours` a week all together, over `full_time_hours` of one full-timer.
    """

    heads: int
    excluded: int
    part_time_hours: Decimal
    full_time_hours: Decimal
    hired_disabled: int
    hired_families: int


@dataclass(frozen=True)
class Quota:
    """The base of the reckoning, the people due in both lists, and how many are still to hire."""

    base: int
    disabled: int
    families: int
    disabled_to_hire: int
    families_to_hire: int

    @property
    def is_bound(self) -> bool:
        """Whether the company owes the yearly return at all."""
        return self.disabled > 0


def rounded(number: Fraction, *, above_percent: int) -> int:
    """The whole part, and one more where the rest is greater than so many hundredths."""
    whole = number.numerator // number.denominator
    return whole + ((number - whole) * 100 > above_percent)


def base_of(staff: Staff, rules: Rules) -> int:
    """People who count, never below none."""
    part_timers = Fraction(staff.part_time_hours) / Fraction(staff.full_time_hours)
    return max(0, staff.heads - staff.excluded + rounded(part_timers, above_percent=rules.rounding_percent))


def disabled_due(base: int, rules: Rules) -> int:
    """People with a disability whom a company of `base` must employ."""
    if base >= rules.percent_staff:
        return rounded(Fraction(base * rules.percent, 100), above_percent=rules.rounding_percent)
    return 2 if base >= rules.second_staff else int(base >= rules.first_staff)


def families_due(base: int, rules: Rules) -> int:
    """Orphans, widows and the others of art. 18."""
    if base >= rules.families_percent_staff:
        return rounded(Fraction(base * rules.families_percent, 100), above_percent=rules.rounding_percent)
    return int(base >= rules.families_first_staff)


def quota_of(staff: Staff, rules: Rules) -> Quota:
    """What the company owes, and what is missing."""
    base = base_of(staff, rules)
    disabled, families = disabled_due(base, rules), families_due(base, rules)
    return Quota(
        base,
        disabled,
        families,
        disabled_to_hire=max(0, disabled - staff.hired_disabled),
        families_to_hire=max(0, families - staff.hired_families),
    )

"""Named ways of weighing the same parts, for those whom the usual one serves badly. No rule is ever relaxed by one.

A person's own limit of distance is their choice: the strategy that looks farther lets the far count as the near, within it.
"""

from collections.abc import Mapping
from enum import StrEnum

from matching.engine.scoring import WEIGHTS, Part, Weights

WHOLE = 100


class Strategy(StrEnum):
    """In the order in which they are offered."""

    STANDARD = "standard"
    NEAR_OCCUPATIONS = "near_occupations"
    EXPERIENCE = "experience"
    FARTHER = "farther"


_ORDER = tuple(Part)
INSTALLED: Mapping[Strategy, Weights] = {
    Strategy.STANDARD: WEIGHTS,
    Strategy.NEAR_OCCUPATIONS: dict(zip(_ORDER, (15, 40, 13, 10, 7, 5, 7, 3), strict=True)),
    Strategy.EXPERIENCE: dict(zip(_ORDER, (30, 30, 8, 17, 5, 0, 7, 3), strict=True)),
    Strategy.FARTHER: dict(zip(_ORDER, (32, 32, 9, 11, 7, 5, 0, 4), strict=True)),
}
"""What each weighs until somebody changes it. Proposals: no outcomes were at hand to fit or to check them."""


def is_balanced(weights: Mapping[Part, int]) -> bool:
    """Whether every part has a weight that is no less than nothing, and all together make the whole."""
    return set(weights) == set(Part) and min(weights.values()) >= 0 and sum(weights.values()) == WHOLE

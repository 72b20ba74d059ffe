"""What every figure says of itself, and that it is what is done."""

import pytest

from reports.indicators import FROZEN, ProtectedFigure, cells_of, figures_of
from reports.protect import Cell
from reports.rules import Dimension, Indicator
from sportello.reference.rules import RULE_KINDS

LEAST = 20


def dimensions_of(indicator: Indicator) -> list[Dimension]:
    """Those along which it stands, municipalities apart: they have figures of their own."""
    total = [Dimension.TOTAL] if indicator.has_total else []
    return [*total, *(dimension for dimension in indicator.dimensions if dimension is not Dimension.MUNICIPALITY)]


def told(indicator: Indicator, dimension: Dimension, denominator: int) -> int | None:
    """The numerator that is frozen where the cells of the denominator sum up to this."""
    member = "x" if dimension else ""
    above, under = cells_of(indicator, dimension, member)
    cells: dict[Cell, int | None] = dict.fromkeys((*above, *under, Cell(above[0].measure, dimension, member)), 0)
    cells |= {under[0]: denominator} if under else {}
    figures = figures_of({"a": cells}, residents={}, small_denominator=LEAST)["a"]
    (figure,) = (f for f in figures if (f.indicator, f.dimension, f.member) == (indicator.key, dimension, member))
    return figure.numerator


@pytest.mark.parametrize("indicator", FROZEN, ids=lambda indicator: indicator.key)
def test_every_figure_says_of_which_days_it_is_and_which_rule_bounds_it(indicator: Indicator) -> None:
    assert str(indicator.reference)
    rule = indicator.least_denominator
    assert (rule in RULE_KINDS) == bool(indicator.denominator)
    assert ("«" in indicator.least_denominator_text) == bool(rule)


@pytest.mark.parametrize("indicator", FROZEN, ids=lambda indicator: indicator.key)
def test_the_rule_that_is_stated_is_the_one_that_hides(indicator: Indicator) -> None:
    for dimension in dimensions_of(indicator):
        is_hidden = [told(indicator, dimension, number) is None for number in (LEAST - 1, LEAST)]
        assert is_hidden == [bool(indicator.least_denominator), False]


def test_what_stands_member_by_member_has_no_total() -> None:
    cells: dict[Cell, int | None] = {
        Cell("skill_posts"): 90,
        Cell("skill_posts", "skill", "x"): 30,
        Cell("open_posts"): 60,
    }
    figures = figures_of({"a": cells}, residents={}, small_denominator=LEAST)["a"]
    assert figures == [ProtectedFigure("skill_asked", "skill", "x", 30, 60)]

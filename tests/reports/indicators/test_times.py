"""Figures in days: what they count and what they are told of."""

import pytest

from reports.indicators import ProtectedFigure, cells_of, figures_of
from reports.indicators.times import ANSWERS, FILLS, SEARCHES
from reports.protect import Cell
from reports.rules import Unit

BY_KEY = {indicator.key: indicator for indicator in (*ANSWERS, *FILLS, *SEARCHES)}


@pytest.mark.parametrize(("key", "percent"), [("search_p25", "25"), ("search_p50", "50"), ("search_p75", "75")])
def test_a_quantile_is_told_in_days_with_how_many_it_is_about(key: str, percent: str) -> None:
    assert cells_of(BY_KEY[key]) == ((Cell("searches", "quantile", percent),), (Cell("searches"),))
    assert (BY_KEY[key].unit, BY_KEY[key].polarity) == (Unit.DAYS, -1)


def test_who_still_searches_is_told_month_by_month_of_the_same_people() -> None:
    indicator = BY_KEY["searching_after_12"]
    assert cells_of(indicator) == ((Cell("searches", "months", "12"),), (Cell("searches"),))
    assert cells_of(indicator, "months", "3") == ((Cell("searches", "months", "3"),), (Cell("searches"),))


def test_a_quantile_that_was_not_reached_is_left_out_and_a_hidden_one_is_hidden() -> None:
    cells = {Cell("searches"): 40, Cell("searches", "quantile", "25"): 12, Cell("searches", "quantile", "50"): None}
    found = figures_of({"a": cells}, residents={}, small_denominator=20)["a"]
    assert [figure for figure in found if figure.indicator.startswith("search_p")] == [
        ProtectedFigure("search_p25", "", "", 12, 40),
        ProtectedFigure("search_p50", "", "", None, None),
    ]

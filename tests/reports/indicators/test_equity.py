"""Each group of a table once, measured against itself."""

from reports.indicators import cells_of
from reports.indicators.equity import EQUITY
from reports.indicators.measures import MEASURES
from reports.protect import Cell

OUTCOMES = {measure.key: measure.outcomes for measure in MEASURES}


def test_the_groups_of_a_table_are_all_of_its_outcomes() -> None:
    under = [cell for indicator in EQUITY for cell in cells_of(indicator)[1]]
    assert len(under) == len(set(under))
    assert set(under) == {
        Cell(key, "outcome", member) for key in ("followed_6_by_sex", "followed_6_by_age") for member in OUTCOMES[key]
    }


def test_who_has_worked_is_a_part_of_the_group() -> None:
    for indicator in EQUITY:
        above, under = cells_of(indicator)
        assert set(above) < set(under)

"""The gap between who is said to be needed and who looks for such a job."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from employers.queries.settlements import Demand
from sportello.workspaces.rules import MonthGap, gaps

MARCH, JUNE = date(2027, 3, 1), date(2027, 6, 1)


def test_two_thousand_sellers_and_three_hundred_people() -> None:
    (row,) = gaps([Demand("52", JUNE, 1500), Demand("52", MARCH, 500)], {"52": 300}, threshold=5)
    assert (row.headcount, row.people, row.gap) == (2000, 300, 1700)
    assert row.months == (MonthGap(MARCH, 500, 500, 200), MonthGap(JUNE, 1500, 2000, 1700))


def test_the_widest_gap_comes_first_and_nobody_is_a_number_that_may_be_told() -> None:
    rows = gaps([Demand("51", MARCH, 10), Demand("52", MARCH, 20)], {"51": 40}, threshold=5)
    assert [(row.group, row.people, row.gap) for row in rows] == [("52", 0, 20), ("51", 40, 0)]


@given(headcounts=st.lists(st.integers(1, 50), min_size=1, max_size=4), one=st.integers(1, 4), other=st.integers(1, 4))
def test_two_numbers_under_the_threshold_give_the_same_page(headcounts: list[int], one: int, other: int) -> None:
    demands = [Demand("52", date(2027, month, 1), n) for month, n in enumerate(headcounts, start=1)]
    assert gaps(demands, {"52": one}, threshold=5) == gaps(demands, {"52": other}, threshold=5)


@given(st.lists(st.tuples(st.sampled_from(["51", "52"]), st.integers(1, 6), st.integers(1, 99)), max_size=8))
def test_no_needed_person_is_lost_or_counted_twice(rows: list[tuple[str, int, int]]) -> None:
    found = gaps([Demand(group, date(2027, month, 1), n) for group, month, n in rows], {}, threshold=5)
    assert sum(row.headcount for row in found) == sum(n for _group, _month, n in rows)
    for row in found:
        assert sum(month.headcount for month in row.months) == row.headcount == row.gap
        assert [month.month for month in row.months] == sorted({month.month for month in row.months})

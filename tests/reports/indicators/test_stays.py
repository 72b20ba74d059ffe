"""Who comes back, who stays for long, and how fast those in charge change."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.models import Candidate, Case
from reports.indicators import cells_of, figures_of
from reports.indicators.stays import RETURNS, STAYS, with_turnover
from reports.protect import Cell
from reports.rules import value_of
from sportello.territory.enums import Sex
from tests.support.reports import Register, counts_in, outcomes_in

START, END = date(2026, 1, 1), date(2026, 6, 30)


def balance(at_end: int | None, opened: int | None, closed: int | None) -> dict[Cell, int | None]:
    return {Cell("open_cases"): at_end, Cell("cases_opened"): opened, Cell("closed_cases"): closed}


def turnover(cells: Mapping[Cell, int | None]) -> tuple[int | None, int | None]:
    found = with_turnover(cells)
    return found[Cell("turnover")], found[Cell("turnover_base")]


def test_turnover_is_those_who_left_for_each_hundred_in_charge_on_the_average() -> None:
    # At the beginning 90, at the end 110: a hundred on the average, of whom thirty leave.
    assert turnover(balance(110, 50, 30)) == (60, 200)
    assert value_of(STAYS[1].unit, 60, 200) == 30


def test_turnover_is_hidden_with_any_of_its_numbers_and_absent_without_them() -> None:
    whole = balance(110, 50, 30)
    assert [turnover(whole | {cell: None}) for cell in whole] == [(None, None)] * 3
    assert with_turnover({Cell("open_cases"): 110}) == {Cell("open_cases"): 110}


def test_nobody_in_charge_makes_no_turnover() -> None:
    figures = figures_of({"a": balance(0, 0, 0)}, residents={}, small_denominator=20)["a"]
    assert "turnover" not in {figure.indicator for figure in figures}
    few = figures_of({"a": balance(9, 5, 5)}, residents={}, small_denominator=20)["a"]
    assert {f.numerator for f in few if f.indicator == "turnover"} == {None}


@given(st.integers(0, 500), st.integers(0, 500), st.data())
def test_turnover_is_the_ratio_of_the_mean(before: int, opened: int, data: st.DataObject) -> None:
    closed = data.draw(st.integers(0, before + opened))
    above, under = turnover(balance(before + opened - closed, opened, closed))
    mean = Fraction(before + before + opened - closed, 2)
    assert above == 2 * closed
    assert under == 2 * mean


def test_the_shares_are_of_those_who_registered_and_of_those_in_charge() -> None:
    assert [cells_of(indicator) for indicator in (*RETURNS, STAYS[0])] == [
        ((Cell("registrations", "arrival", "again"),), (Cell("registrations"),)),
        ((Cell("open_cases", "since", "long"),), (Cell("open_cases"),)),
    ]


@pytest.fixture
def six(db: None) -> tuple[Register, list[Candidate]]:
    register = Register()
    return register, register.people(6, Sex.FEMALE)


# Of each person the days before the last on which the case opened, and for how long it was open.
cases = st.lists(st.tuples(st.integers(-5, 400), st.none() | st.integers(0, 400)), max_size=6)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=cases)
def test_the_database_tells_who_stays_as_a_naive_reader_does(
    six: tuple[Register, list[Candidate]], drawn: list[tuple[int, int | None]]
) -> None:
    register, people = six
    expected = {"long": 0, "recent": 0}
    with transaction.atomic():
        for person, (before, length) in zip(people, drawn, strict=False):
            (case,) = register.cases([person], END - timedelta(days=before))
            if length is not None:
                closed_on = case.opened_on + timedelta(days=length)
                Case.objects.filter(pk=case.pk).update(state="closed", closing="other", closed_on=closed_on)
            if before >= 0 and (length is None or length > before):
                expected["long" if before > 365 else "recent"] += 1
        counts = counts_in(register, "open_cases", "cases_opened", "closed_cases")
        transaction.set_rollback(True)
    assert outcomes_in(counts, "open_cases", "since") == expected
    at_beginning = [1 for before, length in drawn if before > 180 and (length is None or length > before - 181)]
    base = with_turnover(counts)[Cell("turnover_base")]
    assert base == len(at_beginning) + sum(expected.values())

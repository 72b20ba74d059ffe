"""Hints that end by themselves, and the file that holds them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.engine.incentives import Incentive, ending, load_incentives
from employers.enums import HoursKind
from employers.rules import DATA
from sportello.reference.services.curated import _rows

ROWS = load_incentives(DATA)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def hint(code: str = "a", *, first: date = date(2026, 1, 1), last: date | None = None, **changed: object) -> Incentive:
    texts = dict.fromkeys(("name", "name_en", "concerns", "concerns_en", "amount", "amount_en"), "testo")
    values: dict[str, object] = {"contracts": frozenset(), "hours": frozenset(), **changed}
    return Incentive(code=code, valid_from=first, valid_to=last, citation="Legge", indicative=True, **texts, **values)  # type: ignore[arg-type]


@given(days, st.integers(0, 1000))
def test_it_holds_from_the_first_day_to_the_last_and_then_is_gone(first: date, length: int) -> None:
    day = timedelta(days=1)
    last = first + length * day
    found = [hint(first=first, last=last).holds_on(when) for when in (first - day, first, last, last + day)]
    assert found == [False, True, True, False]


@given(days, st.integers(0, 60), st.integers(0, 90))
def test_who_must_be_told_is_told_until_the_end(today: date, left: int, within: int) -> None:
    row = hint(first=today - timedelta(days=1), last=today + timedelta(days=left))
    assert ending([row, hint("b")], on=today, within_days=within) == ([row] if left <= within else [])
    assert ending([row], on=today + timedelta(days=left + 1), within_days=within) == []


def test_the_nearest_end_comes_first() -> None:
    today = date(2026, 6, 1)
    late, soon = hint("a", last=date(2026, 6, 20)), hint("b", last=date(2026, 6, 10))
    assert ending([late, soon], on=today, within_days=30) == [soon, late]


@pytest.mark.parametrize(
    ("contract", "hours", "concerned"),
    [
        ("PERMANENT", "full_time", True),
        ("PERMANENT", "part_time", False),
        ("FIXED_TERM", "full_time", False),
        ("", "full_time", True),
        ("PERMANENT", "", True),
        ("", "", True),
    ],
)
def test_a_job_is_told_from_another_by_contract_and_hours(contract: str, hours: str, concerned: bool) -> None:
    row = hint(contracts=frozenset({"PERMANENT"}), hours=frozenset({"full_time"}))
    assert row.concerns_job(contract=contract, hours=hours) is concerned
    assert hint().concerns_job(contract=contract, hours=hours)


def test_every_row_of_the_file_is_whole() -> None:
    contracts = {row["code"] for row in _rows("contract_types")}
    assert len({row.code for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row.contracts <= contracts
        assert row.hours <= set(HoursKind.values)
        assert row.valid_to is None or row.valid_to >= row.valid_from
        texts = (row.name, row.name_en, row.concerns, row.concerns_en, row.amount, row.amount_en, row.citation)
        assert all(texts)
        assert not any(text.endswith(".") for text in texts[:6])


def test_what_ended_in_april_is_gone_in_may() -> None:
    def held(day: date) -> set[str]:
        return {row.code for row in ROWS if row.holds_on(day)}

    assert held(date(2026, 4, 30)) - held(date(2026, 5, 1)) == {"youth_2026"}

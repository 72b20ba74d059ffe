"""The verdict on a day: the last day counts, the day after does not, a bare word never does."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from employers.engine.certificate import (
    Paper,
    Standing,
    best_of,
    premium,
    standing_of,
    surveillance_days,
)

DAY = timedelta(days=1)
days = st.dates(date(2022, 3, 16), date(2040, 12, 31))


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    first = draw(days)
    last = first + draw(st.integers(1, 1100)) * DAY
    verified = draw(st.booleans())
    revoked = first + draw(st.integers(0, 1100)) * DAY if verified and draw(st.booleans()) else None
    return Paper(
        key=str(draw(st.uuids())),
        is_certificate=draw(st.booleans()),
        first_day=first,
        last_day=last,
        is_verified=verified,
        is_refused=not verified and draw(st.booleans()),
        revoked_on=revoked,
    )


def certificate(first: date, last: date, **changed: object) -> Paper:
    values = {"is_certificate": True, "is_verified": True, "is_refused": False, "revoked_on": None, **changed}
    return Paper(key="a", first_day=first, last_day=last, **values)  # type: ignore[arg-type]


@given(days, st.integers(1, 1100))
def test_first_and_last_day_count_and_their_neighbours_do_not(first: date, length: int) -> None:
    last = first + length * DAY
    paper = certificate(first, last)
    found = [standing_of(paper, day) for day in (first - DAY, first, last, last + DAY)]
    assert found == [Standing.NOT_YET, Standing.VALID, Standing.VALID, Standing.EXPIRED]


@given(days, st.integers(1, 1100), st.integers(0, 1100))
def test_revoked_it_holds_until_the_day_before(first: date, length: int, after: int) -> None:
    last = first + length * DAY
    revoked_on = first + min(after, length) * DAY
    paper = certificate(first, last, revoked_on=revoked_on)
    assert standing_of(paper, revoked_on) is Standing.REVOKED
    assert standing_of(paper, revoked_on - DAY) is (Standing.VALID if revoked_on > first else Standing.NOT_YET)


@given(papers(), days)
def test_only_a_verified_certificate_is_ever_valid(paper: Paper, day: date) -> None:
    if standing_of(paper, day) is Standing.VALID:
        assert paper.is_certificate
        assert paper.is_verified
        assert paper.first_day <= day <= paper.last_day
        assert paper.revoked_on is None or day < paper.revoked_on
    if not paper.is_certificate:
        assert standing_of(paper, day) is Standing.SELF_DECLARED


@given(st.lists(papers(), max_size=6), days)
def test_the_best_paper_speaks_whatever_their_order(found: list[Paper], day: date) -> None:
    standing, paper = best_of(found, day)
    assert best_of(reversed(found), day) == (standing, paper)
    each = {standing_of(one, day) for one in found}
    assert (standing is Standing.VALID) == (Standing.VALID in each)
    assert (paper is None) == (standing is Standing.NONE) == (found == [])
    if paper:
        assert standing_of(paper, day) is standing


@given(st.decimals("0.01", 100, places=2), st.integers(0, 100))
def test_points_are_all_or_nothing_but_for_what_the_law_gives_a_word(points: Decimal, percent: int) -> None:
    for standing in Standing:
        expected = {Standing.VALID: points, Standing.SELF_DECLARED: points * percent / 100}.get(standing, Decimal(0))
        assert premium(standing, points, self_declared_percent=percent) == expected


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 11, 22), 36, date(2026, 11, 22)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
    ],
)
def test_months_end_where_the_calendar_does(day: date, months: int, after: date) -> None:
    assert surveillance_days(day, after + DAY, months=months)[0] == after


def test_three_years_want_two_surveillances() -> None:
    assert surveillance_days(date(2024, 5, 10), date(2027, 5, 10), months=12) == [date(2025, 5, 10), date(2026, 5, 10)]


@given(days, st.integers(1, 1100), st.integers(1, 24))
def test_surveillances_lie_within_the_life_of_the_certificate(first: date, length: int, months: int) -> None:
    last = first + length * DAY
    found = surveillance_days(first, last, months=months)
    assert found == sorted(set(found))
    assert all(first < day < last for day in found)
    assert first + relativedelta(months=months * (len(found) + 1)) >= last

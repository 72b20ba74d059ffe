"""Which events count, and how they are told."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from matching.models import Placement
from reports.indicators.events import Window, fact_rows, terms_on
from reports.protect import Cell
from sportello.territory.enums import Sex
from tests.support.queries import queries_of
from tests.support.reports import Register, appointment, counts_in, make_rules, moment, window

pytestmark = pytest.mark.django_db

END = date(2026, 6, 30)


def test_an_evening_of_the_last_day_still_counts_and_the_midnight_after_does_not() -> None:
    register = Register()
    (anna,) = register.people(1, Sex.FEMALE)
    for starts in (moment(END, 23), moment(END + timedelta(days=1), 0)):
        appointment(register, anna, starts, "seen")
    assert counts_in(register)[Cell("appointments_due")] == 1


def test_the_same_days_earlier_are_as_many() -> None:
    first, last = window().before(91)
    assert (first, last) == (date(2025, 10, 2), date(2026, 3, 31))


def test_the_rules_of_a_window_are_those_of_its_last_day_and_take_one_query() -> None:
    make_rules()
    with queries_of() as queries:
        terms = terms_on(END)
    assert Window(date(2026, 1, 1), END, **terms) == window()
    assert len(queries) == 1


def test_a_fact_says_whose_it_is_and_whether_it_ends_what_began() -> None:
    register = Register()
    anna, berta = register.people(2, Sex.FEMALE)
    register.placements([anna], date(2026, 2, 2))
    register.placements([berta], date(2026, 2, 9))
    Placement.objects.filter(candidate=anna).update(ends_on=END)
    rows = fact_rows(Placement.objects.filter(candidate=anna), "starts_on", whose="candidate_id", until=F("ends_on"))
    others = fact_rows(Placement.objects.filter(candidate=berta), "starts_on", whose="candidate_id", ends=False)
    found = {row["whose"]: (row["happened"], row["until"], row["ends"]) for row in rows.union(others, all=True)}
    assert found == {anna.pk: (date(2026, 2, 2), END, True), berta.pk: (date(2026, 2, 9), None, False)}

"""The balance of a year: sums that are those of its editions, and nothing that they hide."""

import csv
import io
from datetime import date
from typing import Any

import page
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from reports.indicators import INDICATORS
from reports.queries.issues import FrozenFigure
from reports.queries.series import Edition, Series
from reports.queries.year import HalfYear, PactYear
from reports.render.year import Balance, balance_csv, balance_of, print_balance, total_of
from reports.rules import Unit
from sportello.pacts.models import PactGoal, TerritorialPact
from tests.support.pdf import failures, text_of
from tests.support.reports import make_edition, make_pact
from tests.support.territory import make_municipality

HIDDEN = (None, None)
counts = st.none() | st.integers(0, 10_000)


def figure(number: int | None) -> FrozenFigure:
    return FrozenFigure(number, None)


def half(pact: TerritorialPact, semester: str, members: frozenset[str], **totals: Any) -> HalfYear:
    issue = make_edition(pact, semester, **totals)
    numbers = {key: t if isinstance(t, tuple) else (t, None) for key, t in totals.items()}
    return HalfYear(Edition(issue, {key: FrozenFigure(*both) for key, both in numbers.items()}), members)


def year_of(
    first: dict[str, Any],
    second: dict[str, Any],
    before: tuple[dict[str, Any], dict[str, Any]] | None = None,
    goals: tuple[dict[str, Any], ...] = (),
) -> PactYear:
    """The 2025 of a pact with these totals, after a 2024 with other municipalities."""
    pact = make_pact([make_municipality()])
    earlier = (
        (half(pact, "2024-1", frozenset("a"), **before[0]), half(pact, "2024-2", frozenset("a"), **before[1]))
        if before
        else None
    )
    halves = half(pact, "2025-1", frozenset("a"), **first), half(pact, "2025-2", frozenset("ab"), **second)
    rows = tuple(PactGoal(pact=pact, title="Prova", **goal) for goal in goals)
    editions = tuple(h.edition for h in (*(earlier or ()), *halves))
    return PactYear(pact, 2025, halves, earlier, Series(editions), rows, (), ())


def balance(*args: Any, **kwargs: Any) -> Balance:
    return balance_of(year_of(*args, **kwargs), INDICATORS)


def test_all_that_adds_up_is_a_count() -> None:
    assert {i.unit for i in INDICATORS if i.adds_up} == {Unit.COUNT}


@given(first=counts, second=counts)
def test_a_sum_is_told_where_both_halves_are(first: int | None, second: int | None) -> None:
    total = total_of((figure(first), figure(second)))
    assert total == figure(None if first is None or second is None else first + second)


def test_half_a_sum_is_none() -> None:
    assert total_of((figure(3), None)) is None


@pytest.mark.django_db
def test_what_adds_up_is_summed_beside_its_halves_and_the_year_before() -> None:
    made = balance(
        {"posts": 700, "contracts": 20, "closed_cases": 30, "vacancies": 5},
        {"posts": 800, "contracts": HIDDEN, "closed_cases": 40},
        ({"posts": 600, "contracts": 20, "closed_cases": 35}, {"posts": 650, "contracts": 20, "closed_cases": 35}),
    )
    assert made.sums is not None
    assert made.sums.columns == (
        *("Indicatore", "Primo semestre", "Secondo semestre", "Tutto il 2025", "Tutto il 2024", "Differenza"),
    )
    assert made.sums.rows == (
        ("Pratiche chiuse", "30", "40", "70", "70", "uguale"),
        ("Offerte pubblicate", "5", "–", "–", "–", "–"),
        ("Posti offerti", "700", "800", "1.500", "1.250", "250 in più: meglio"),
        ("Contratti avviati", "20", "•", "•", "40", "•"),
    )
    assert not made.has_same_members


@pytest.mark.django_db
def test_without_the_year_before_nothing_is_compared() -> None:
    made = balance({"posts": 7}, {"posts": 8})
    assert made.sums is not None
    assert (made.sums.rows, made.before) == ((("Posti offerti", "7", "8", "15"),), None)


@pytest.mark.django_db
def test_what_does_not_add_up_stands_side_by_side() -> None:
    made = balance(
        {"users": 90, "open_cases": 40, "appointments_kept_rate": (30, 40), "first_contact_median": (12, 50)},
        {"users": HIDDEN, "open_cases": 35, "appointments_kept_rate": HIDDEN},
    )
    tables = [table.rows if table else None for table in (made.sums, made.at_the_end, made.returning, made.rates)]
    assert tables == [
        None,
        (("Persone in carico a fine periodo", "40", "35"),),
        (("Persone seguite", "90", "•"),),
        (
            ("Appuntamenti svolti", "75,0 % (30 su 40)", "•"),
            ("Giorni fino al primo contatto: la metà delle persone", "12 giorni (su 50)", "–"),
        ),
    ]


@pytest.mark.django_db
def test_what_neither_half_publishes_is_named_once() -> None:
    made = balance({"posts": HIDDEN, "users": 40}, {"posts": HIDDEN, "users": HIDDEN, "companies_met": HIDDEN})
    assert (made.sums, made.untold) == (None, ("Imprese incontrate", "Posti offerti"))
    assert made.returning is not None
    assert made.returning.rows == (("Persone seguite", "40", "•"),)


@pytest.mark.django_db
def test_goals_stand_as_at_the_end_of_the_year() -> None:
    made = balance(
        {"contracts": 20, "users": HIDDEN},
        {"contracts": 20, "users": HIDDEN},
        goals=(
            {"indicator": "contracts", "target": 80, "due_on": date(2026, 12, 31)},
            {"indicator": "contracts", "target": 50, "due_on": date(2025, 12, 31)},
            {"indicator": "users", "target": 50, "due_on": date(2025, 12, 31)},
            {
                "indicator": "contracts",
                "target": 9,
                "due_on": date(2026, 12, 31),
                "retired_on": date(2025, 3, 1),
                "retirement_reason": "Troppo poco.",
            },
            {
                "indicator": "contracts",
                "target": 40,
                "due_on": date(2026, 12, 31),
                "retired_on": date(2026, 1, 1),
                "retirement_reason": "Raggiunto.",
            },
        ),
    )
    contracts = "Prova (Contratti avviati)"
    assert made.goals is not None
    assert made.goals.rows == (
        (contracts, "40 (50%)", "80", "31 dicembre 2026", "In corso"),
        (contracts, "40 (80%)", "50", "31 dicembre 2025", "Non raggiunto"),
        ("Prova (Persone seguite)", "•", "50", "31 dicembre 2025", "In attesa dei rapporti"),
        (contracts, "40 (100%)", "40", "31 dicembre 2026", "Raggiunto"),
    )
    assert made.retired == ("Prova: ritirato il 1 marzo 2025. Troppo poco.",)


@pytest.mark.django_db
def test_the_print_keeps_both_profiles_and_carries_its_figures() -> None:
    everything: dict[str, Any] = {
        i.key: 1234 if i.unit is Unit.COUNT else (1234, 4321) for i in INDICATORS if i.has_total
    }
    everything["internships"] = HIDDEN
    goal = {"indicator": "contracts", "target": 80, "due_on": date(2026, 12, 31)}
    made = balance(everything, everything | {"contracts": HIDDEN}, (everything, everything), goals=(goal,))
    printed = print_balance(made)
    assert failures(printed.pdf, archival=page.ValidationProfile.PDF_A_3A) == []
    assert print_balance(made) == printed
    text = text_of(printed.pdf)
    assert [e.issue.code for e in made.editions if e.issue.code not in text] == []
    assert made.sums is not None
    assert [row[0] for row in made.sums.rows if row[0] not in text] == []
    assert "riconoscere le persone: Tirocini avviati." in text
    (carried,) = PdfReader(io.BytesIO(printed.pdf)).attachments["bilancio.csv"]
    assert carried == balance_csv(made)


@pytest.mark.django_db
def test_the_table_for_machines_has_the_halves_and_the_sum() -> None:
    made = balance({"posts": 7, "users": HIDDEN}, {"posts": 8, "coverage": (5, 1000)})
    first, second = (edition.issue.code for edition in made.editions)
    rows = list(csv.reader(io.StringIO(balance_csv(made).decode("utf-8-sig")), delimiter=";"))
    slug = made.pact.slug
    assert rows[1:] == [
        [slug, "2025", "users", "Persone seguite", first, "", "", "c", second, "", "", "", ""],
        [slug, "2025", "coverage", "Copertura ogni 1.000 residenti", first, "", "", "", second, "5", "1000", "a", ""],
        [slug, "2025", "posts", "Posti offerti", first, "7", "", "a", second, "8", "", "a", "15"],
    ]
    assert len(rows[0]) == 13

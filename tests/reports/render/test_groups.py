"""Groups beside the one of reference, with their intervals."""

from datetime import date

from reports.indicators import INDICATORS
from reports.models import ReportIssue
from reports.protect import Cell
from reports.queries.issues import FrozenFigure, Reading
from reports.render.groups import comparisons_in

(COVERAGE,) = (indicator for indicator in INDICATORS if indicator.key == "coverage")


def compared(figures: dict[Cell, tuple[int | None, int | None]]) -> tuple[tuple[str, str, str], ...]:
    issue = ReportIssue(year=2026, half=1, data_cut=date(2026, 6, 30))
    cells = {cell: FrozenFigure(*numbers) for cell, numbers in figures.items()}
    return comparisons_in(
        Reading(issue=issue, figures=cells, municipalities=[], before_issue=None, before={}), COVERAGE
    )


def test_what_is_hidden_everywhere_is_not_compared() -> None:
    assert compared({Cell("worked_within_6_f"): (None, None)}) == ()


def test_groups_are_compared_with_the_one_of_reference() -> None:
    found = compared(
        {
            Cell("worked_within_6_f"): (30, 100),
            Cell("worked_within_6_m"): (40, 100),
            Cell("worked_within_6_young"): (None, None),
            Cell("worked_within_6_middle"): (50, 100),
            Cell("coverage", "sex", "F"): (60, 1000),
            Cell("coverage", "sex", "M"): (40, 1000),
            Cell("coverage", "age", "15-24"): (10, 400),
            Cell("coverage", "age", "25-34"): (20, 600),
            Cell("coverage", "age", "35-44"): (30, 500),
            Cell("coverage", "age", "45-54"): (30, 500),
            Cell("coverage", "age", "55-64"): (None, None),
        },
    )
    assert found == (
        ("Hanno lavorato entro 6 mesi: Donne", "30,0 % (da 21,9 a 39,6)", "0,75 (da 0,51 a 1,09)"),
        ("Hanno lavorato entro 6 mesi: Uomini", "40,0 % (da 30,9 a 49,8)", "riferimento"),
        ("Hanno lavorato entro 6 mesi: Fino a 34 anni", "•", "–"),
        ("Hanno lavorato entro 6 mesi: Da 35 a 54 anni", "50,0 % (da 40,4 a 59,6)", "riferimento"),
        ("Hanno lavorato entro 6 mesi: Da 55 anni in su", "–", "–"),
        ("Copertura ogni 1.000 residenti: Donne", "60,0 (da 46,9 a 76,5)", "1,50 (da 1,02 a 2,21)"),
        ("Copertura ogni 1.000 residenti: Uomini", "40,0 (da 29,5 a 54,0)", "riferimento"),
        ("Copertura ogni 1.000 residenti: Da 15 a 34 anni", "30,0 (da 21,1 a 42,5)", "0,50 (da 0,33 a 0,77)"),
        ("Copertura ogni 1.000 residenti: Da 35 a 54 anni", "60,0 (da 46,9 a 76,5)", "riferimento"),
        ("Copertura ogni 1.000 residenti: Da 55 a 64 anni", "•", "–"),
    )

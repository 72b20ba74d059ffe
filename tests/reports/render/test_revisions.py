"""What a new version changes."""

import pytest

from reports.indicators import INDICATORS
from reports.models import ReportIssue
from reports.protect import Cell
from reports.queries.issues import FrozenFigure, Reading
from reports.render.revisions import Changed, revision_of

USERS = next(str(indicator.label) for indicator in INDICATORS if indicator.key == "users")


def reading(
    now: dict[Cell, int | None], then: dict[Cell, int | None], *, reason: str = "Arrivi registrati tardi"
) -> Reading:
    def figures(numbers: dict[Cell, int | None]) -> dict[Cell, FrozenFigure]:
        return {cell: FrozenFigure(number, None) for cell, number in numbers.items()}

    return Reading(
        issue=ReportIssue(year=2026, half=1, revision_reason=reason),
        figures=figures(now),
        municipalities=[],
        before_issue=None,
        before={},
        replaced_issue=ReportIssue(code="2026-1/015205/01"),
        replaced=figures(then),
    )


def test_the_first_version_of_a_semester_changes_nothing() -> None:
    first = Reading(ReportIssue(year=2026, half=1), {}, [], None, {})
    assert revision_of(first, INDICATORS) is None


def test_totals_are_told_one_by_one_and_their_parts_counted() -> None:
    women, men = Cell("users", "sex", "F"), Cell("users", "sex", "M")
    found = revision_of(
        reading({Cell("users"): 1431, women: 720, men: 711}, {Cell("users"): 1428, women: 717, men: 711}), INDICATORS
    )
    assert found
    assert (found.code, found.reason) == ("2026-1/015205/01", "Arrivi registrati tardi")
    assert (found.changed, found.others) == ((Changed(USERS, "1.428", "1.431"),), 1)


@pytest.mark.parametrize(
    ("now", "then", "told"),
    [
        ({Cell("users"): 40}, {Cell("users"): 40}, []),
        ({Cell("users"): None}, {Cell("users"): 40}, [Changed(USERS, "40", "•")]),
        ({Cell("users"): 40}, {}, []),
        ({}, {Cell("users"): 40}, []),
    ],
    ids=["the same", "hidden now", "new in the catalogue", "gone from it"],
)
def test_only_what_both_versions_say_is_compared(
    now: dict[Cell, int | None], then: dict[Cell, int | None], told: list[Changed]
) -> None:
    found = revision_of(reading(now, then), INDICATORS)
    assert found
    assert (list(found.changed), found.others) == (told, 0)

"""One figure as people read it, and what changed."""

from typing import Any

import pytest

from reports.indicators import INDICATORS
from reports.models import ReportIssue
from reports.protect import Cell
from reports.queries.issues import FrozenFigure, Reading
from reports.render.keys import HIDDEN, KEY_FIGURES, NO_DATA, Change, key_of, text_of
from reports.rules import Trend

BY_KEY = {indicator.key: indicator for indicator in INDICATORS}


def reading(key: str, now: tuple[Any, Any], then: tuple[Any, Any] | None = None) -> Reading:
    return Reading(
        issue=ReportIssue(year=2026, half=1),
        figures={Cell(key): FrozenFigure(*now)},
        municipalities=[],
        before_issue=None,
        before={Cell(key): FrozenFigure(*then)} if then else {},
    )


@pytest.mark.parametrize(
    ("key", "figure", "text"),
    [
        ("users", FrozenFigure(1431, None), "1.431"),
        ("users", FrozenFigure(None, None), HIDDEN),
        ("users", None, NO_DATA),
        ("appointments_kept_rate", FrozenFigure(68, 431), "15,8 %"),
        ("appointments_kept_rate", FrozenFigure(0, 0), NO_DATA),
        ("coverage", FrozenFigure(5, 2000), "2,5"),
    ],
)
def test_a_figure_is_written_as_italian_readers_expect(key: str, figure: FrozenFigure | None, text: str) -> None:
    assert text_of(BY_KEY[key], figure) == text


def test_a_rate_tells_both_its_numbers_and_a_count_its_only_one() -> None:
    rate = key_of(reading("appointments_kept_rate", (1068, 1431)), BY_KEY["appointments_kept_rate"])
    assert (rate.shown, rate.fraction, rate.in_english) == ("74,6 %", "1.068 su 1.431", "74.6%")
    count = key_of(reading("users", (1431, None)), BY_KEY["users"])
    assert (count.shown, count.fraction, count.in_english, count.change) == ("1.431", "", "1,431", None)


def test_a_hidden_figure_tells_nothing_in_any_language() -> None:
    key = key_of(reading("appointments_kept_rate", (None, None), (3, 40)), BY_KEY["appointments_kept_rate"])
    assert (key.shown, key.is_hidden, key.in_english, key.fraction, key.change) == (
        HIDDEN,
        True,
        "not published",
        "",
        None,
    )


@pytest.mark.parametrize(
    ("key", "now", "then", "change"),
    [
        ("users", 200, 100, Change(Trend.UP, "▲", "era 100 nel rapporto precedente", "in aumento")),
        ("users", 100, 200, Change(Trend.DOWN, "▼", "era 200 nel rapporto precedente", "in calo")),
        ("users", 100, 100, Change(Trend.STABLE, "=", "era 100 nel rapporto precedente", "stabile")),
        ("contracts", 200, 100, Change(Trend.BETTER, "▲", "era 100 nel rapporto precedente", "meglio")),
        ("contracts", 100, 200, Change(Trend.WORSE, "▼", "era 200 nel rapporto precedente", "peggio")),
        ("contracts", 100, None, None),
    ],
)
def test_a_change_has_a_word_and_not_only_an_arrow(key: str, now: int, then: int | None, change: Change | None) -> None:
    assert key_of(reading(key, (now, None), (then, None)), BY_KEY[key]).change == change


def test_an_edition_without_the_figure_says_so_and_the_first_page_has_figures_that_exist() -> None:
    with pytest.raises(KeyError):
        key_of(reading("users", (1, None)), BY_KEY["contracts"])
    assert set(KEY_FIGURES) <= set(BY_KEY)

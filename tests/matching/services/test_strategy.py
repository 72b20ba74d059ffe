"""Weights are changed whole, by name, one change after the other."""

import pytest

from matching.engine.scoring import Part
from matching.engine.strategies import INSTALLED, Strategy
from matching.models import StrategyEdition
from matching.queries.strategies import chosen
from matching.services.strategy import ChangedMeanwhile, Unbalanced, edit_strategy
from tests.support.personas import make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

WEIGHTS = {**INSTALLED[Strategy.STANDARD], Part.OCCUPATION: 25, Part.EXPERIENCE: 15}


def test_a_change_is_the_next_edition_with_its_editor() -> None:
    editor = make_operator(make_desk())
    for after in (0, 1):
        edition = edit_strategy(
            strategy=Strategy.STANDARD, weights=WEIGHTS, motive="Prova", after=after, by=scope(editor)
        )
        assert (edition.number, edition.edited_by, edition.motive) == (after + 1, editor, "Prova")
    assert chosen(Strategy.STANDARD).weights == WEIGHTS
    assert chosen(Strategy.FARTHER).edition == 0


def test_what_was_read_before_another_change_is_not_written_over_it() -> None:
    by = scope(make_operator(make_desk()))
    edit_strategy(strategy=Strategy.STANDARD, weights=WEIGHTS, motive="Prova", after=0, by=by)
    with pytest.raises(ChangedMeanwhile):
        edit_strategy(strategy=Strategy.STANDARD, weights=WEIGHTS, motive="Prova", after=0, by=by)
    assert StrategyEdition.objects.count() == 1


def test_weights_that_do_not_make_the_whole_are_refused() -> None:
    with pytest.raises(Unbalanced):
        edit_strategy(
            strategy=Strategy.STANDARD,
            weights={**WEIGHTS, Part.RECENCY: 4},
            motive="Prova",
            after=0,
            by=scope(make_operator(make_desk())),
        )

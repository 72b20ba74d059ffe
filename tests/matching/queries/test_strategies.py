"""What each strategy weighs now."""

import pytest

from candidates.models import Candidate
from matching.engine.scoring import Part
from matching.engine.strategies import INSTALLED, Strategy
from matching.queries.strategies import LABELS, MEANINGS, chosen, editions, strategies, weights_beside, weights_of
from tests.matching.models.test_strategy import make_edition
from tests.support.personas import make_candidate
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def test_until_somebody_changes_it_a_strategy_is_as_installed() -> None:
    assert [(way.strategy, way.weights, way.edition) for way in strategies()] == [
        (strategy, INSTALLED[strategy], 0) for strategy in Strategy
    ]
    assert [(way.label, way.meaning) for way in strategies()] == [(LABELS[s], MEANINGS[s]) for s in Strategy]


def test_the_newest_edition_counts_and_all_are_told() -> None:
    weights = {**dict.fromkeys((part.value for part in Part), 0), "occupation": 100}
    old = make_edition(number=1, weights={**dict.fromkeys((part.value for part in Part), 0), "recency": 100})
    new = make_edition(number=2, weights=weights)
    with queries_of() as asked:
        way = chosen(Strategy.FARTHER)
        ways = strategies()
    assert len(asked) == 2
    assert (way.edition, way.last, way.weights[Part.OCCUPATION]) == (2, new, 100)
    assert [way.edition for way in ways] == [0, 0, 0, 2]
    assert list(editions()) == [new, old]


def test_the_weights_of_now_can_be_read_beside_another_row() -> None:
    make_edition(number=1, weights={**dict.fromkeys((part.value for part in Part), 0), "recency": 100})
    make_edition(number=2, weights={**dict.fromkeys((part.value for part in Part), 0), "occupation": 100})
    person = make_candidate()
    found = Candidate.objects.annotate(**{way.value: weights_beside(way) for way in Strategy}).get(pk=person.pk)
    told = {way: weights_of(way, getattr(found, way.value)) for way in Strategy}
    assert told == {way.strategy: way.weights for way in strategies()}
    assert told[Strategy.FARTHER][Part.OCCUPATION] == 100

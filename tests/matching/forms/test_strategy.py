"""What an editor of weights is told."""

from matching.engine.scoring import Part
from matching.engine.strategies import INSTALLED, Strategy
from matching.forms.strategy import StrategyForm, WeightsForm
from matching.queries.strategies import Chosen

WAY = Chosen(Strategy.STANDARD, INSTALLED[Strategy.STANDARD])
TYPED = {part.value: str(weight) for part, weight in WAY.weights.items()} | {"motive": "Prova"}


def test_the_weights_of_now_are_there_to_be_changed() -> None:
    form = WeightsForm(WAY)
    assert {name: form.fields[name].initial for name in TYPED if name != "motive"} == {
        part.value: weight for part, weight in WAY.weights.items()
    }


def test_weights_make_a_hundred() -> None:
    form = WeightsForm(WAY, TYPED)
    assert form.is_valid()
    assert form.weights == WAY.weights
    wrong = WeightsForm(WAY, TYPED | {Part.RECENCY.value: "5"})
    assert wrong.errors == {"__all__": ["I pesi devono fare 100 in tutto: adesso fanno 102."]}
    assert set(WeightsForm(WAY, TYPED | {Part.RECENCY.value: "-1", "motive": ""}).errors) == {"recency", "motive"}


def test_only_a_known_way_is_chosen() -> None:
    assert [name for name, _ in StrategyForm().fields["strategy"].choices] == list(Strategy)  # type: ignore[attr-defined]
    assert not StrategyForm({"strategy": "inventata"}).is_valid()
    unsaid = StrategyForm({})
    assert unsaid.is_valid()
    assert unsaid.cleaned_data["strategy"] is Strategy.STANDARD
    form = StrategyForm({"strategy": "farther"})
    assert form.is_valid()
    assert form.cleaned_data["strategy"] is Strategy.FARTHER
